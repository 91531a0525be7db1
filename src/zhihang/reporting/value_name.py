# SPDX-License-Identifier: Apache-2.0
"""Names of the values of dimensions, in the order in which documents list them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from zhihang.facts.codelist import CodeLists
from zhihang.measurement.dimension import DIMENSIONS
from zhihang.reporting.answers import UNKNOWN
from zhihang.terms.label import Label, Language

UNNAMED = Label("未注明", "Not stated")
UNALLOCATED = Label("未归类", "Not classified")
_EDITION = "GB/T 4754-2017"


class ValueNames:
    """Names and order of the values of dimensions; `given` are further names, such as those of organisations."""

    def __init__(self, codes: CodeLists, given: Mapping[str, Mapping[str, Label]] | None = None) -> None:
        self._codes = codes
        self._given = given or {}

    def name(self, dimension: str, value: str, language: Language) -> str:
        """Return the name of a value; the value itself where no list knows it."""
        if value == UNKNOWN:
            return UNNAMED.in_language(language)
        if value == "unallocated":
            return UNALLOCATED.in_language(language)
        label = self._known(dimension).get(value)
        return label.in_language(language) if label else value

    def ordered(self, dimension: str, values: Iterable[str]) -> list[str]:
        """Return values in the order of their list, unknown ones last; of values with given names only those."""
        if dimension in self._given:
            values = [value for value in values if value in self._given[dimension]]
        place = {value: index for index, value in enumerate(self._known(dimension))}
        last = len(place)
        return sorted(values, key=lambda v: (v in ("unallocated", UNKNOWN), place.get(v, last), v))

    def _known(self, dimension: str) -> Mapping[str, Label]:
        if dimension in self._given:
            return self._given[dimension]
        if dimension == "industry":
            return self._industries
        codes = DIMENSIONS[dimension].codes
        return {code.code: code.label for code in self._codes[codes]} if codes else {}

    @cached_property
    def _industries(self) -> Mapping[str, Label]:
        rows = self._codes.rows("industries_gbt4754")
        return {row["code"]: Label(row["zh"], row["zh"]) for row in rows if row["edition"] == _EDITION}
