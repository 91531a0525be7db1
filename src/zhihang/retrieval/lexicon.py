# SPDX-License-Identifier: Apache-2.0
"""The Chinese words that an index holds, to be looked up by what they begin with, end with, hold, or stand beside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhihang.retrieval.word_pairs import WordPairs


class Lexicon:
    """All words of an index in one text, a line each: looking through it takes less than a millisecond.

    >>> lexicon = Lexicon(["锂电池", "电池", "电池组", "水池"])
    >>> lexicon.holding("电池"), lexicon.ending("池"), lexicon.beginning("锂")
    (('锂电池', '电池组'), ('锂电池', '电池', '水池'), ('锂电池',))
    """

    def __init__(self, words: Iterable[str], pairs: WordPairs | None = None) -> None:
        self._words = list(words)
        self._pairs = pairs

    def __contains__(self, word: str) -> bool:
        return word in self._by_first.get(word[:1], ())

    def holding(self, part: str) -> tuple[str, ...]:
        """Return the words longer than a part that hold it."""
        return tuple(word for word in dict.fromkeys(self._around(part)) if len(word) > len(part))

    def beginning(self, part: str) -> tuple[str, ...]:
        """Return the words longer than a part that begin with it."""
        near = self._by_first.get(part[:1], ())
        return tuple(word for word in near if len(word) > len(part) and word.startswith(part))

    def ending(self, part: str) -> tuple[str, ...]:
        """Return the words longer than a part that end with it."""
        near = self._by_last.get(part[-1:], ())
        return tuple(word for word in near if len(word) > len(part) and word.endswith(part))

    def neighbours(self, firsts: Sequence[str], seconds: Sequence[str]) -> list[list[bool]]:
        """Say for each of some words which of others may stand after it; unknown counts as yes."""
        if self._pairs is None:
            return [[True] * len(seconds)] * len(firsts)
        found: list[list[bool]] = self._pairs.neighbours(firsts, seconds).tolist()
        return found

    def in_a_row(self, words: Sequence[str]) -> bool:
        """Say whether each of some words may stand after the one before it; unknown counts as yes."""
        return self._pairs is None or self._pairs.in_a_row(words)

    def _around(self, sought: str) -> Iterator[str]:
        lines = self._lines
        at = lines.find(sought)
        while at >= 0:
            end = lines.find("\n", at)
            yield lines[lines.rfind("\n", 0, at) + 1 : end]
            at = lines.find(sought, end)

    @cached_property
    def _lines(self) -> str:
        return "\n".join(["", *self._words, ""])

    @cached_property
    def _by_first(self) -> Mapping[str, Sequence[str]]:
        return _grouped(self._words, 0)

    @cached_property
    def _by_last(self) -> Mapping[str, Sequence[str]]:
        return _grouped(self._words, -1)


def _grouped(words: Iterable[str], place: int) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[place], []).append(word)
    return groups
