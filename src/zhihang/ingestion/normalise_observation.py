# SPDX-License-Identifier: Apache-2.0
"""Normalisation of published figures: numbers, periods, regions, indicators in the dictionary's spelling."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.facts.codelist import CodeList, CodeLists
from zhihang.facts.region_name import packaged_regions
from zhihang.ingestion.columns import as_missing
from zhihang.ingestion.refused import Refusals
from zhihang.terms.period import Period, read_period
from zhihang.terms.quantity import Quantity, read_quantity

T = TypeVar("T")

_TABLE = "observation"
_PLAIN_NUMBER = r"^[+-]?\d{1,15}(\.\d+)?$"


def normalise_observations(raw: pa.Table, refusals: Refusals) -> pa.Table:
    """Turn raw observations into rows of table `observation`, with `record`, without provenance.

    A row without a readable number, a period, an indicator or a region is refused whole. A region that the
    list does not know keeps its name as its code, and that is told once per name. A value stands in the unit
    given; what the source wrote, where it is more than a number, stays in `value_text`.
    """
    raw = raw.combine_chunks()
    text = {name: as_missing(raw.column(name)) for name in raw.schema.names if name != "record"}
    indicator, text["unit"] = _indicators(text["indicator"], text["unit"])
    kind = _codes(text["period_kind"], "period_kind")
    period, kind = _periods(text["period"], kind, indicator)
    value, unit, value_text = _quantities(text["value"], text["unit"])
    region = _regions(raw, text["region"], text["region_name"], refusals)
    name = pc.coalesce(text["region_name"], _words(text["region"]))
    status = _codes(text["status"], "observation_status")
    rows = pa.table(
        {
            "record": raw.column("record"),
            "indicator": indicator,
            "region": region,
            "region_name": name,
            "period": period,
            "period_kind": kind,
            "dimension": text["dimension"],
            "value": value,
            "value_text": value_text,
            "unit": unit,
            "status": pc.coalesce(status, pa.scalar("published")),
            "note": _with_word(text["note"], text["status"], status),
            "source": text["source"],
            "source_address": text["source_address"],
        }
    )
    return _complete(rows, text, refusals)


_NEEDED = {
    "indicator": "the row names no indicator",
    "region": "the row names no region",
    "period": "not readable as a period",
    "value": "not readable as a number",
}


def _complete(rows: pa.Table, text: dict[str, pa.Array], refusals: Refusals) -> pa.Table:
    """Refuse rows that lack something needed."""
    kept = pa.repeat(pa.scalar(True), rows.num_rows)
    for column, reason in _NEEDED.items():
        missing = pc.and_(kept, pc.is_null(rows.column(column).combine_chunks()))
        for place in pc.indices_nonzero(missing).to_pylist():
            written = text[column][place].as_py()
            told = reason if written or column in ("indicator", "region") else f"the row has no {column}"
            refusals.record(rows.column("record")[place].as_py(), _TABLE, column, written, told)
        kept = pc.and_(kept, pc.invert(missing))
    return rows if pc.all(kept).as_py() else rows.filter(kept)


def _quantities(written: pa.Array, unit: pa.Array) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Value, its unit, and the text where it is more than a number."""
    plain = pc.fill_null(pc.match_substring_regex(written, _PLAIN_NUMBER), False)
    value = pc.cast(pc.if_else(plain, written, pa.scalar(None, pa.string())), pa.float64())
    odd = pc.and_(pc.is_valid(written), pc.invert(plain))
    if not pc.any(odd).as_py():
        return value, unit, pa.nulls(len(written), pa.string())
    known: dict[tuple[str, str | None], Quantity | None] = {}
    read: list[Quantity | None] = []
    pairs = zip(written.filter(odd).to_pylist(), unit.filter(odd).to_pylist(), strict=True)
    for pair in pairs:
        if pair not in known:
            known[pair] = read_quantity(*pair)
        read.append(known[pair])
    numbers = pa.array([q.value if q else None for q in read], pa.float64())
    units = pa.array([q.unit if q else None for q in read], pa.string())
    texts = pc.if_else(
        pa.array([q is not None and q.plain for q in read]), pa.scalar(None, pa.string()), written.filter(odd)
    )
    nothing = pa.nulls(len(written), pa.string())
    return (
        pc.replace_with_mask(value, odd, numbers),
        pc.replace_with_mask(unit, odd, units),
        pc.replace_with_mask(nothing, odd, texts),
    )


def _periods(written: pa.Array, kind: pa.Array, indicator: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Canonical period and its kind; where no word tells the kind, the nature of the indicator may."""
    natures = _natures()
    known: dict[tuple[str | None, str | None, str | None], Period | None] = {}
    periods: list[Period | None] = []
    for key in zip(written.to_pylist(), kind.to_pylist(), indicator.to_pylist(), strict=True):
        if key not in known:
            known[key] = _period(*key, natures)
        periods.append(known[key])
    texts = pa.array([p.text if p else None for p in periods], pa.string())
    return texts, pa.array([p.kind if p else None for p in periods], pa.string())


def _period(
    written: str | None, kind: str | None, indicator: str | None, natures: dict[str, str]
) -> Period | None:
    read = read_period(written, kind) if written else None
    if written is None or read is None or read.kind is not None:
        return read
    nature = natures.get(indicator or "")
    if nature == "stock":
        return read_period(written, "stock")
    return read_period(written, "year") if nature == "flow" and re.fullmatch(r"\d{4}", read.text) else read


def _regions(raw: pa.Table, code: pa.Array, name: pa.Array, refusals: Refusals) -> pa.Array:
    """Code of each region; the name as written where the list does not know it."""
    pairs = list(zip(code.to_pylist(), name.to_pylist(), strict=True))
    known = {pair: find_region(*pair) for pair in set(pairs)}
    told: set[tuple[str | None, str | None]] = set()
    for record, pair in zip(raw.column("record").to_pylist(), pairs, strict=True):
        problem = known[pair][1]
        if problem and pair not in told:
            told.add(pair)
            refusals.value(record, _TABLE, "region", " ".join(part for part in pair if part), problem)
    return pa.array([known[pair][0] for pair in pairs], pa.string())


def find_region(code: str | None, name: str | None) -> tuple[str | None, str | None]:
    """Return the region's code, or what stands for it, and what is wrong, if anything."""
    regions = packaged_regions()
    by_name = regions.by_name(name) if name else None
    if code is None or not re.match(r"\d", code):
        written = name or code
        found = by_name or (regions.by_name(code) if code else None)
        if found or written is None:
            return (found.code if found else None), None
        office = _list("office").find(written)
        if office:
            return office.code, None  # another country, or an office for several
        return written, "no division of this name, or several; the name stands in place of the code"
    found = regions.by_code(code)
    if found and by_name and by_name.code != found.code:
        return (
            found.code,
            f"the code is that of {found.label.zh}, the name that of {by_name.code}; the code is kept",
        )
    if found:
        return found.code, None
    if regions.is_former(code):
        return code, None
    if by_name:
        return by_name.code, f"no division has this code; {by_name.code} goes by the name"
    return name or code, "no division has this code; the name stands in its place"


def _words(code: pa.Array) -> pa.Array:
    """The code column where it holds a name."""
    words = pc.invert(pc.fill_null(pc.match_substring_regex(code, r"^\d"), True))
    return pc.if_else(words, code, pa.scalar(None, pa.string()))


def _indicators(written: pa.Array, unit: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Code of each indicator whose name the list knows; a unit in brackets behind such a name is the unit."""
    names = _list("indicator_name")
    read = _each(written, lambda text: _indicator(text, names))
    code = pa.array([found[0] if found else None for found in read], pa.string())
    bracketed = pa.array([found[1] if found else None for found in read], pa.string())
    return code, pc.coalesce(unit, bracketed)


def _indicator(text: str, names: CodeList) -> tuple[str, str | None]:
    found = names.find(text)
    if found:
        return found.code, None
    bracketed = re.fullmatch(r"(.+?)\s*[（(]([^（()）]{1,8})[)）]", text)
    bare = names.find(bracketed[1]) if bracketed else None
    return (bare.code, bracketed[2]) if bracketed and bare else (text, None)


def _with_word(note: pa.Array, word: pa.Array, code: pa.Array) -> pa.Array:
    """Keep in the note a word for the status that is none of the codes."""
    unknown = pc.if_else(pc.is_valid(code), pa.scalar(None, pa.string()), word)
    told = pc.binary_join_element_wise("status", unknown, "=")
    return pc.coalesce(pc.binary_join_element_wise(note, told, ";"), note, told)


def _codes(written: pa.Array, name: str) -> pa.Array:
    """Code of each word in a list; null where the list does not know it."""
    codes = _list(name)

    def code(text: str) -> str | None:
        found = codes.find(text)
        return found.code if found else None

    return pa.array(_each(written, code), pa.string())


def _each(written: pa.Array, read: Callable[[str], T]) -> list[T | None]:
    known = {text: read(text) for text in pc.unique(written).to_pylist() if text is not None}
    return [known.get(text) for text in written.to_pylist()]


@lru_cache(maxsize=8)
def _list(name: str) -> CodeList:
    return CodeLists()[name]


@lru_cache(maxsize=1)
def _natures() -> dict[str, str]:
    return {code.code: code.details["nature"] for code in _list("indicator_name")}
