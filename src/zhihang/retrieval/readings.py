# SPDX-License-Identifier: Apache-2.0
"""The ways in which a run of characters may stand divided in texts, so that none of them is missed.

A text is divided into the words that are likeliest together. Every part of such a division between two of its borders is
the likeliest division of that part. So a run that stands in a text is either within one word, or it is made of the end of
a word (or none), the likeliest division of what follows, and the beginning of a word (or none). All that can be looked up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from zhihang.methods.segmentation import Segmenter, is_wide
from zhihang.retrieval.lexicon import Lexicon

LONGEST_EDGE = 7
"""Characters that a word at the edge of a run may share with it."""
NEAR_EDGE = 6
"""Words next to the edge that are looked at to say whether a longer word may stand there."""
MOST_TRIED = 3_000
"""Pairs of words that are tried one by one; of more, all are taken."""
_BETWEEN = "\n"

Placed = tuple[int, tuple[str, ...]]
"""A place, and the words one of which stands there."""


@dataclass(frozen=True)
class Readings:
    """The divisions of one folded run: `plain` is its own, `within` longer words that hold all of it."""

    text: str
    segmenter: Segmenter
    lexicon: Lexicon

    @cached_property
    def plain(self) -> tuple[Placed, ...]:
        """The words of the run itself with their places."""
        return placed(self.segmenter.cut(self.text))

    @cached_property
    def within(self) -> tuple[str, ...]:
        """Words of the index that hold the whole run."""
        return self.lexicon.holding(self.text) if self._lead == len(self.text) else ()

    @cached_property
    def sure(self) -> bool:
        """Whether the run is made of words of two characters and more: divided otherwise it means something else."""
        return all(len(word) > 1 for _, (word,) in self.plain)

    @cached_property
    def others(self) -> tuple[tuple[Placed, ...], ...]:
        """Divisions whose first or last word reaches beyond the run."""
        length = len(self.text)
        found = []
        for left in range(min(self._lead, LONGEST_EDGE, length - 1) + 1):
            for right in range(min(self._tail, LONGEST_EDGE, length - 1, length - left) + 1):
                if (left or right) and self._before(left) and self._after(right):
                    made = self._reaching(left, right)
                    if made:
                        found.append(made)
        return tuple(found)

    def _reaching(self, left: int, right: int) -> tuple[Placed, ...]:
        middle = self.text[left : len(self.text) - right]
        before, after = self._before(left), self._after(right)
        words = [word for word in self.segmenter.cut(middle) if not word.isspace()] if middle else []
        if words:
            near, far = "".join(words[:NEAR_EDGE]), "".join(words[-NEAR_EDGE:])
            before = self._kept(before, [word + near for word in before]) if left else before
            after = self._kept(after, [far + word for word in after], last=True) if right else after
        elif len(before) * len(after) <= MOST_TRIED:
            both = [(one, other) for one in before for other in after]
            cut = self._cut([one + other for one, other in both])
            fits = [pair for pair, found in zip(both, cut, strict=True) if found == list(pair)]
            before, after = (
                (tuple(dict.fromkeys(side)) for side in zip(*fits, strict=True)) if fits else ((), ())
            )
        if not before or not after:
            return ()
        first = 1 if left else 0
        start: tuple[Placed, ...] = ((0, before),) if left else ()
        end: tuple[Placed, ...] = ((first + len(words), after),) if right else ()
        return (*start, *placed(words, first), *end)

    def _kept(self, words: Sequence[str], tried: Sequence[str], *, last: bool = False) -> tuple[str, ...]:
        place = -1 if last else 0
        cut = self._cut(tried)
        return tuple(word for word, found in zip(words, cut, strict=True) if found and found[place] == word)

    def _cut(self, texts: Sequence[str]) -> list[list[str]]:
        """Divide many texts at once."""
        joined = " ".join(self.segmenter.cut(_BETWEEN.join(text.replace(_BETWEEN, " ") for text in texts)))
        return [line.split() for line in joined.split(_BETWEEN)]

    def _before(self, length: int) -> tuple[str, ...]:
        return self._befores[length]

    def _after(self, length: int) -> tuple[str, ...]:
        return self._afters[length]

    @cached_property
    def _befores(self) -> list[tuple[str, ...]]:
        sizes = range(1, min(self._lead, LONGEST_EDGE, len(self.text) - 1) + 1)
        return [("",), *(self.lexicon.ending(self.text[:size]) for size in sizes)]

    @cached_property
    def _afters(self) -> list[tuple[str, ...]]:
        sizes = range(1, min(self._tail, LONGEST_EDGE, len(self.text) - 1) + 1)
        return [("",), *(self.lexicon.beginning(self.text[-size:]) for size in sizes)]

    @cached_property
    def _lead(self) -> int:
        return next((n for n, sign in enumerate(self.text) if not is_wide(sign)), len(self.text))

    @cached_property
    def _tail(self) -> int:
        return next((n for n, sign in enumerate(reversed(self.text)) if not is_wide(sign)), len(self.text))


def placed(words: Sequence[str], first: int = 0) -> tuple[Placed, ...]:
    """Return words with their places; a sign has a place of its own and is not looked for, a blank has none."""
    seen = [word for word in words if not word.isspace()]
    return tuple((place, (word,)) for place, word in enumerate(seen, first) if any(map(str.isalnum, word)))
