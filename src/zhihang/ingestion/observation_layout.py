# SPDX-License-Identifier: Apache-2.0
"""Which column of a table of statistics says what; it turns rows into drafts with raw table `observation`."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zhihang.facts.region_name import COUNTRY
from zhihang.ingestion.draft import Draft
from zhihang.ingestion.row_block import RowBlock
from zhihang.ingestion.sample import Sample, fold_header
from zhihang.ingestion.sheet import Body

_NO = pa.array(["0", "0.0", "no", "false", "否"])
_DITTO = pa.array(["同上", "同前", "〃", '"', "ditto", "id.", "ibid."])
_TIMES = ("period", "year")
_DIMENSION = "dimension."
_CODE, _NAME = "dimension.industry", "dimension.industry_name"


@dataclass(frozen=True)
class ObservationLayout:
    """The columns of a table of statistics: their headers, and the field of each (None: kept in the note)."""

    headers: tuple[str, ...]
    fields: tuple[str | None, ...]
    unit: str | None = None
    _last_source: dict[str, str | None] = field(default_factory=dict, repr=False)

    @classmethod
    def from_header(cls, row: Sequence[str]) -> ObservationLayout:
        """Read a header; a unit in brackets behind the name of the value column is the unit of all values."""
        names = observation_headers()
        fields: list[str | None] = []
        unit = None
        for cell in row:
            place = names.get(fold_header(cell))
            if place is None:
                bare, bracketed = _unit_apart(fold_header(cell))
                place = names.get(bare) if names.get(bare) == "value" else None
                unit = bracketed if place else unit
            fields.append(place if place not in fields else None)
        return cls(tuple(cell.strip() for cell in row), tuple(fields), unit)

    def has(self, place: str) -> bool:
        """Say whether a column holds this field."""
        return place in self.fields

    @property
    def complete(self) -> bool:
        """Whether the table says what is measured, when and how much."""
        return self.has("indicator") and self.has("value") and any(self.has(time) for time in _TIMES)

    def drafts(self, rows: Body) -> Iterator[Draft]:
        """Turn the rows below the header into drafts, one record and one observation per row."""
        for block in rows.blocks(self.headers):
            yield self._draft(block)

    def _draft(self, block: RowBlock) -> Draft:
        draft = Draft()
        draft.lines.extend(block.lines)
        for line, value, reason in block.rejections:
            draft.reject(line, value, reason)
        if len(block):
            record = pa.array(np.arange(len(block), dtype=np.int32))
            draft.fill("observation", record, self._columns(block))
        return draft

    def _columns(self, block: RowBlock) -> Mapping[str, pa.StringArray]:
        found = {
            place: values
            for place, values in zip(self.fields, block.columns, strict=True)
            if place is not None
        }
        nothing = pa.nulls(len(block), pa.string())
        plain = ("indicator", "value", "source_address")
        columns = {name: found.get(name, nothing) for name in plain}
        columns["region"], columns["region_name"] = self._regions(found, nothing)
        columns["period"], columns["period_kind"] = _periods(found, nothing)
        columns["unit"] = found.get("unit", pa.repeat(pa.scalar(self.unit, pa.string()), len(block)))
        columns["source"] = self._sources(found.get("source", nothing))
        columns["status"] = _statuses(found, nothing)
        columns["dimension"] = _dimensions(found, len(block))
        columns["note"] = self._notes(block, found, nothing)
        return columns

    def _regions(
        self, found: Mapping[str, pa.StringArray], nothing: pa.StringArray
    ) -> tuple[pa.StringArray, pa.StringArray]:
        """Code and name; a table without any column for them speaks of the whole country."""
        if "region_code" not in found and "region" not in found:
            return pa.repeat(pa.scalar(COUNTRY), len(nothing)), nothing
        return found.get("region_code", nothing), found.get("region", nothing)

    def _sources(self, source: pa.StringArray) -> pa.StringArray:
        """Put the source named last in place of "same as above"."""
        ditto = pc.fill_null(pc.is_in(source, value_set=_DITTO), False)
        if pc.any(ditto).as_py():
            last = self._last_source.get("source")
            filled: list[str | None] = []
            for value, same in zip(source.to_pylist(), ditto.to_pylist(), strict=True):
                last = last if same else value
                filled.append(last)
            source = pa.array(filled, pa.string())
        if len(source):
            self._last_source["source"] = source[-1].as_py()
        return source

    def _notes(
        self, block: RowBlock, found: Mapping[str, pa.StringArray], nothing: pa.StringArray
    ) -> pa.StringArray:
        """Join the note and the columns that have no place of their own, these as `name=value`."""
        parts = [found.get("note", nothing)]
        for header, place, values in zip(self.headers, self.fields, block.columns, strict=True):
            if place is None and values.null_count < len(values):
                parts.append(_named(header or "column", values))
        if _NAME in found and _CODE in found:
            beside = pc.if_else(pc.is_valid(found[_CODE]), found[_NAME], pa.scalar(None, pa.string()))
            parts.append(_named("industry_name", beside))
        if "from_memory" in found:
            parts.append(
                pc.if_else(_says_yes(found["from_memory"]), "from memory", pa.scalar(None, pa.string()))
            )
        if not self.has("region") and not self.has("region_code"):
            parts.append(pa.repeat(pa.scalar("the table names no region: the whole country"), len(nothing)))
        return _joined(parts)


def find_observation_header(sample: Sample) -> int | None:
    """Index of the first sampled row that names an indicator, a value and a time."""
    if sample.shape != "sheet":
        return None
    for index, row in enumerate(sample.rows):
        if len(sample.folded_rows[index] - {""}) >= 3 and ObservationLayout.from_header(row).complete:
            return index
    return None


@lru_cache(maxsize=1)
def observation_headers() -> Mapping[str, str]:
    """Return the known headers, folded, with their field."""
    text = files("zhihang.ingestion").joinpath("observation_headers.csv").read_text("utf-8")
    return {fold_header(row["header"]): row["field"] for row in csv.DictReader(text.splitlines())}


def _unit_apart(header: str) -> tuple[str, str | None]:
    found = re.fullmatch(r"(.+?)[(\[]([^()\[\]]{1,12})[)\]]", header)
    return (found[1], found[2].removeprefix("单位:")) if found else (header, None)


def _periods(
    found: Mapping[str, pa.StringArray], nothing: pa.StringArray
) -> tuple[pa.StringArray, pa.StringArray]:
    """Period and its kind; beside a column for the year, a column `period` says the kind."""
    if "year" not in found:
        return found["period"], found.get("period_kind", nothing)
    year = pc.replace_substring_regex(found["year"], r"\.0$", "")
    kind = found.get("period_kind", found.get("period", nothing))
    if "month" not in found:
        return year, kind
    month = pc.replace_substring_regex(found["month"], r"(?:\.0|月)$", "")
    dated = pc.and_(pc.is_valid(month), pc.match_substring_regex(year, r"^\d{4}年?$"))
    plain = pc.replace_substring(year, "年", "")
    return pc.if_else(dated, pc.binary_join_element_wise(plain, month, "-"), year), kind


def _statuses(found: Mapping[str, pa.StringArray], nothing: pa.StringArray) -> pa.StringArray:
    status = found.get("status", nothing)
    if "derived" not in found:
        return status
    return pc.coalesce(
        status, pc.if_else(_says_yes(found["derived"]), "derived", pa.scalar(None, pa.string()))
    )


def _says_yes(values: pa.StringArray) -> pa.BooleanArray:
    low = pc.utf8_lower(values)
    return pc.and_(pc.is_valid(values), pc.invert(pc.fill_null(pc.is_in(low, value_set=_NO), True)))


def _dimensions(found: Mapping[str, pa.StringArray], count: int) -> pa.StringArray:
    """Join the dimensions as `name=value`, in the order of names; an industry without code goes by name."""
    given = {
        place.removeprefix(_DIMENSION): values
        for place, values in found.items()
        if place.startswith(_DIMENSION)
    }
    whole = given.pop("dimension", None)
    named = given.pop("industry_name", None)
    if named is not None:
        given["industry"] = pc.coalesce(given["industry"], named) if "industry" in given else named
    parts = [_named(name, given[name]) for name in sorted(given)]
    if whole is not None:
        parts.append(whole)
    return _joined(parts) if parts else pa.nulls(count, pa.string())


def _named(name: str, values: pa.StringArray) -> pa.StringArray:
    return pc.binary_join_element_wise(name, pc.replace_substring(values, ";", ","), "=")


def _joined(parts: Sequence[pa.StringArray]) -> pa.StringArray:
    """Join what is there with semicolons; null where nothing is."""
    joined = parts[0]
    for part in parts[1:]:
        joined = pc.coalesce(pc.binary_join_element_wise(joined, part, ";"), joined, part)
    return joined
