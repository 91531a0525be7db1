# SPDX-License-Identifier: Apache-2.0
"""Industries by code: their names and levels in an edition, and the lists of other classifications they belong to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from zhihang.errors import NotFound
from zhihang.facts.codelist import CodeLists

LENGTHS: Mapping[str, int] = {"division": 2, "group": 3, "class": 4}


@dataclass(frozen=True)
class IndustryLists:
    """The industrial classification of an edition, and the lists of industries (`industry_tag`)."""

    codes: CodeLists
    edition: str

    def at_level(self, level: str, sections: Sequence[str] = ()) -> dict[str, str]:
        """Return the industries of a level (in some sections), code to name."""
        found = {
            row["code"]: row["zh"]
            for row in self._rows
            if len(row["code"]) == LENGTHS[level] and (not sections or row["section"] in sections)
        }
        if not found:
            raise NotFound(
                "No industries answer to this.",
                {"edition": self.edition, "level": level, "sections": ", ".join(sections) or "all"},
                todo="Check edition and sections in the scheme.",
            )
        return found

    def name(self, code: str) -> str:
        """Return the name of an industry; the code itself where the edition does not know it."""
        return self._names.get(code, code)

    def members(
        self, industries: Sequence[str | None], wanted: Sequence[str], *, partial: bool
    ) -> NDArray[np.int8]:
        """State of membership of any of some lists: a division or group is in where all its classes are.

        Where only some of its classes are, the code is too coarse to tell: unknown.
        """
        unknown = [name for name in wanted if name not in self._tags]
        if unknown:
            raise NotFound.named(
                "list of industries", unknown[0], self._tags, see="zhihang show codelist industry_tag"
            )
        inside = {code for name in wanted for code, some in self._tags[name].items() if partial or not some}
        known = {code: self._state(code, inside) for code in set(industries) if code is not None}
        return np.array([known.get(code, -1) if code else -1 for code in industries], np.int8)

    def _state(self, code: str, inside: set[str]) -> int:
        classes = [code] if len(code) == LENGTHS["class"] else self._classes(code)
        held = sum(each in inside for each in classes)
        return 1 if classes and held == len(classes) else 0 if held == 0 else -1

    def _classes(self, code: str) -> list[str]:
        return [each for each in self._names if len(each) == LENGTHS["class"] and each.startswith(code)]

    @cached_property
    def _rows(self) -> list[Mapping[str, str]]:
        return [row for row in self.codes.rows("industries_gbt4754") if row["edition"] == self.edition]

    @cached_property
    def _names(self) -> dict[str, str]:
        return {row["code"]: row["zh"] for row in self._rows}

    @cached_property
    def _tags(self) -> dict[str, dict[str, bool]]:
        found: dict[str, dict[str, bool]] = {}
        for row in self.codes.rows("industry_tag"):
            held = found.setdefault(row["tag"], {})
            if row["edition"] == self.edition:
                held[row["industry"]] = row["partial"] == "1"
        return found
