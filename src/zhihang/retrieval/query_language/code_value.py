# SPDX-License-Identifier: Apache-2.0
"""Values of fields with a list of codes: the code, a name in Chinese or English, or another name sources use."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from zhihang.facts.codelist import CodeList, CodeLists, fold_name
from zhihang.facts.region_name import RegionNames
from zhihang.retrieval.query import Equals, Industry, Or, Place, Query, Span, Status
from zhihang.retrieval.query_language.fault import Fault, close
from zhihang.retrieval.query_language.field import Field, fields

_YES = frozenset({"是", "有", "yes", "y", "true", "1"})
_NO = frozenset({"否", "无", "no", "n", "false", "0"})
_EDITION = "GB/T 4754-2017"


@dataclass(frozen=True)
class CodeValues:
    """Reads values by the code lists of a workspace."""

    codes: CodeLists

    def code(self, field: Field, text: str, at: Span) -> Query:
        """Return the leaf for one code of the field's list."""
        if field.name == "locarno":
            return Equals(field.name, text.strip().replace("/", "-"), at=at)
        listed = self._list(field.codes)
        found = listed.find(text)
        code = (
            found.code if found else self._kind_words.get(fold_name(text)) if field.name == "kind" else None
        )
        if code is None:
            raise self._unknown(field, text, at, (one.label.zh for one in listed))
        return Equals(field.name, code, at=at)

    def flag(self, field: Field, text: str, at: Span) -> Query:
        """Return the leaf for yes or no."""
        answer = fold_name(text)
        if answer not in _YES | _NO:
            raise Fault("flag", at, name=field.code, text=text)
        return Equals(field.name, "true" if answer in _YES else "false", at=at)

    def emerging(self, field: Field, text: str, at: Span) -> Query:
        """Return the leaf for a strategic emerging industry, or for any or none."""
        found = self._list(field.codes).find(text)
        if found is not None:
            return Equals(field.name, found.code, at=at)
        if fold_name(text) in _YES | _NO:
            return self.flag(field, text, at)
        raise self._unknown(field, text, at, (one.label.zh for one in self._list(field.codes)))

    def place(self, field: Field, text: str, at: Span) -> Query:
        """Return the leaf for a division, or for the divisions of a group of the workspace."""
        members = self._region_groups.get(text)
        if members:
            leaves = tuple(Place(region, at=at) for region in members)
            return leaves[0] if len(leaves) == 1 else Or(leaves, at=at)
        found = self._regions.by_code(text) or self._regions.by_name(text)
        if found is None:
            raise self._unknown(field, text, at, self._region_labels)
        return Place(found.code, at=at)

    def industry(self, field: Field, text: str, at: Span) -> Query:
        """Return the leaf for an industry by code (C, 39, C39, 3911) or name."""
        word = text.strip()
        lettered = re.fullmatch(r"[A-Ta-t](\d{2,4})", word)
        code = lettered[1] if lettered else word.upper()
        if code not in self._industries:
            code = self._industries_by_name.get(fold_name(word), "")
        if not code:
            raise self._unknown(field, text, at, self._industries.values())
        return Industry(code, at=at)

    def status(self, field: Field, text: str, at: Span) -> Query:
        """Return the leaf for a state, or for all states that a word stands for."""
        states = _groups().get(fold_name(text)) or self._state(text)
        if not states:
            known = (*_groups(), *(one.label.zh for one in self._list(field.codes)))
            raise self._unknown(field, text, at, known)
        leaves = tuple(Status(state, at=at) for state in states)
        return leaves[0] if len(leaves) == 1 else Or(leaves, at=at)

    def _state(self, text: str) -> tuple[str, ...]:
        listed = self._list("right_state").find(text)
        if listed is not None:
            return (listed.code,)
        word = fold_name(text)
        rows = self.codes.rows("legal_status_word")
        found = next((row["right_state"] for row in rows if fold_name(row["word"]) == word), "")
        return (found,) if found in self._list("right_state") else ()

    def _unknown(self, field: Field, text: str, at: Span, known: Iterable[str]) -> Fault:
        return Fault(
            "value",
            at,
            text=text,
            name=f"{field.zh} ({field.code})",
            expected=field.expected,
            **close(text, known),
        )

    def _list(self, name: str) -> CodeList:
        found = self._lists.get(name)
        if found is None:
            found = self._lists[name] = self.codes[name]
        return found

    @cached_property
    def _lists(self) -> dict[str, CodeList]:
        return {}

    @cached_property
    def _regions(self) -> RegionNames:
        return RegionNames(self.codes)

    @cached_property
    def _region_labels(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.label.zh for one in self._regions.regions))

    @cached_property
    def _region_groups(self) -> Mapping[str, list[str]]:
        groups: dict[str, list[str]] = {}
        for row in self.codes.rows("region_group") if "region_group" in self.codes else ():
            for name in {row.get("group", ""), row.get("zh", "")} - {""}:
                groups.setdefault(name, []).append(row.get("region", ""))
        return groups

    @cached_property
    def _industries(self) -> Mapping[str, str]:
        rows = self.codes.rows("industries_gbt4754")
        return {row["code"]: row["zh"] for row in rows if row["edition"] == _EDITION}

    @cached_property
    def _industries_by_name(self) -> Mapping[str, str]:
        return {fold_name(name): code for code, name in reversed([*self._industries.items()])}

    @cached_property
    def _kind_words(self) -> Mapping[str, str]:
        rows = self.codes.rows("kind_word")
        return {fold_name(row["word"]): row["kind"] for row in rows if not row["stage"]}


_FURTHER = ("region_change", "kind_word", "legal_status_word")
_KEPT: dict[tuple[int, ...], tuple[CodeValues, list[object]]] = {}
_MOST_KEPT = 8


def code_values(codes: CodeLists) -> CodeValues:
    """Return the reader of values for some code lists; the same one as long as their files stay as they are."""
    names = sorted({one.codes for one in fields().values() if one.codes} | {*_FURTHER})
    rows = [codes.rows(name) for name in (*names, *(["region_group"] if "region_group" in codes else []))]
    key = tuple(map(id, rows))  # the rows are kept beside the reader, so that no other list can get their ids
    if key not in _KEPT:
        while len(_KEPT) >= _MOST_KEPT:
            _KEPT.pop(next(iter(_KEPT)))
        _KEPT[key] = (CodeValues(codes), [*rows])
    return _KEPT[key][0]


@lru_cache(maxsize=1)
def _groups() -> Mapping[str, tuple[str, ...]]:
    with Path(__file__).with_name("status_groups.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {fold_name(row["word"]): tuple(row["states"].split("|")) for row in rows}
