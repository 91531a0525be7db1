# SPDX-License-Identifier: Apache-2.0
"""The ways in which a run of characters may stand divided in texts, so that none of them is missed.

A text is divided into the words that are likeliest together. Every part of such a division between two of its borders is
the likeliest division of that part. So a run that stands in a text is either within one word, or it is made of the end of
a word (or none), the likeliest division of what follows, and the beginning of a word (or none). All that can be looked up;
of nearly all these readings the index knows beforehand that no text holds them, as two of their words are never neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress

from zhihang.methods.segmentation import Segmenter, is_wide
from zhihang.retrieval.lexicon import Lexicon

LONGEST_EDGE = 7
"""Characters that a word at the edge of a run may share with it."""

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
        found: list[tuple[Placed, ...]] = []
        for left in range(min(self._lead, LONGEST_EDGE, length - 1) + 1):
            for right in range(min(self._tail, LONGEST_EDGE, length - 1, length - left) + 1):
                if (left or right) and self._before(left) and self._after(right):
                    found.extend(self._reaching(left, right))
        return tuple(found)

    def _reaching(self, left: int, right: int) -> Iterator[tuple[Placed, ...]]:
        middle = self.text[left : len(self.text) - right]
        words = [word for word in self.segmenter.cut(middle) if not word.isspace()] if middle else []
        before, after = self._before(left), self._after(right)
        if not words:
            for word, others in self._pairs(before, after):
                yield ((0, (word,)), (1, others))
            return
        if not self.lexicon.in_a_row(words):
            return
        before = tuple(word for word, _ in self._pairs(before, words[:1])) if left else before
        after = next((others for _, others in self._pairs(words[-1:], after)), ()) if right else after
        if before and after:
            first = 1 if left else 0
            start: tuple[Placed, ...] = ((0, before),) if left else ()
            end: tuple[Placed, ...] = ((first + len(words), after),) if right else ()
            yield (*start, *placed(words, first), *end)

    def _pairs(self, firsts: Sequence[str], seconds: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Give each of some words with those of others that stand after it in some text; those without any not."""
        for word, beside in zip(firsts, self.lexicon.neighbours(firsts, seconds), strict=True):
            others = tuple(compress(seconds, beside))
            if others:
                yield word, others

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
