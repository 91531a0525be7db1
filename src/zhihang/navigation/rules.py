# SPDX-License-Identifier: Apache-2.0
"""Which patents a rule tells: by its query, its words, its classes, its examples."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from zhihang.navigation.patents import Patent, folded
from zhihang.navigation.scan import word_pattern
from zhihang.navigation.study import Rule

if TYPE_CHECKING:
    import pyarrow as pa

Find = Callable[[str], list[str]]
Mask = NDArray[np.bool_]


@dataclass
class Matcher:
    """Patents that rules are held against; `find` answers queries with applications."""

    patents: Sequence[Patent]
    find: Find

    def told(self, rule: Rule) -> Mask:
        """Return which patents a rule tells; any of its parts will do."""
        found = np.zeros(len(self.patents), np.bool_)
        if rule.query.strip():
            found |= self._of_applications(self.find(rule.query))
        if rule.keywords:
            found |= self.with_words(rule.keywords)
        if rule.classes:
            found |= self.in_classes(rule.classes)
        if rule.examples:
            wanted = {bare(one) for one in rule.examples}
            found |= np.array(
                [bool(wanted & {bare(p.number), *map(bare, p.applications)}) for p in self.patents], bool
            )
        return found

    def with_words(self, keywords: Sequence[str]) -> Mask:
        """Return which patents have one of some words in title or abstract, in any language."""
        import pyarrow.compute as pc

        pattern = "|".join(word_pattern(word) for word in keywords if word.strip())
        if not pattern or not len(self.patents):
            return np.zeros(len(self.patents), np.bool_)
        return np.asarray(pc.match_substring_regex(self._texts, pattern), dtype=np.bool_)

    def in_classes(self, classes: Sequence[str]) -> Mask:
        """Return which patents are classified at one of some symbols or below."""
        wanted = ["".join(one.split()).upper() for one in classes]
        known = {symbol for patent in self.patents for symbol in patent.symbols}
        inside = {symbol for symbol in known if any(_below(symbol, one) for one in wanted)}
        return np.array([not inside.isdisjoint(patent.symbols) for patent in self.patents], np.bool_)

    def _of_applications(self, ids: Sequence[str]) -> Mask:
        wanted = set(ids)
        return np.array([not wanted.isdisjoint(patent.applications) for patent in self.patents], np.bool_)

    @cached_property
    def _texts(self) -> pa.Array:
        import pyarrow as pa

        return pa.array([folded(patent) for patent in self.patents], pa.large_string())


def bare(number: str) -> str:
    """Return a number without what differs between spellings: hyphens, blanks, points, case."""
    return "".join(char for char in number.upper() if char.isalnum())


def _below(symbol: str, wanted: str) -> bool:
    if not symbol.startswith(wanted):
        return False
    rest = symbol[len(wanted) :]
    return not rest or len(wanted) <= 4 or not rest[0].isdigit()
