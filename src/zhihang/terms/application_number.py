# SPDX-License-Identifier: Apache-2.0
"""Application numbers: many spellings in, one id per application out (office + number without check digit)."""

from __future__ import annotations

from dataclasses import dataclass, fields

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.terms.application_numbers import (
    britain,
    china,
    europe,
    germany,
    japan,
    korea,
    other,
    pct,
    taiwan,
    united_states,
    year_and_serial,
)
from zhihang.terms.number_text import number_text
from zhihang.terms.office import with_office
from zhihang.terms.spelling import Pile, without_unstable


@dataclass(frozen=True)
class ApplicationNumbers:
    """What application numbers say: one array per part, all of the same length.

    application_id
        `CN` + 8 or 12 digits; `PCT` + receiving office + year + 6 digits; `US` + series code + serial number;
        `EP` + 8 digits; for the others office + number in the one form their spellings are brought to.
    office
        Two-letter code; `WO` for international applications.
    check_digit
        `right`, `wrong` or `absent`; null where the office has none that is known here.
    kind
        Kind of right the number itself implies: `invention`, `utility_model`, `design`. China only.
    pct_entry
        Whether the number says that the application came through the PCT. China only.
    filing_year
        Year in the number, where it has one.
    problem
        Why no number could be read. A blank is no problem.
    """

    application_id: pa.StringArray
    office: pa.StringArray
    check_digit: pa.StringArray
    kind: pa.StringArray
    pct_entry: pa.BooleanArray
    filing_year: pa.Int16Array
    problem: pa.StringArray


@dataclass(frozen=True)
class ApplicationNumber:
    """What one application number says; the parts are those of `ApplicationNumbers`."""

    application_id: str | None
    office: str | None
    check_digit: str | None
    kind: str | None
    pct_entry: bool | None
    filing_year: int | None
    problem: str | None


_SCHEMA = pa.schema(
    [
        ("application_id", pa.string()),
        ("office", pa.string()),
        ("check_digit", pa.string()),
        ("kind", pa.string()),
        ("pct_entry", pa.bool_()),
        ("filing_year", pa.int16()),
    ]
)

_FIRST_YEAR, _LAST_YEAR = 1850, 2100

_BY_OFFICE = {
    "CN": china.SPELLINGS,
    "ZL": china.SPELLINGS,
    "US": united_states.SPELLINGS,
    "EP": europe.SPELLINGS,
    "JP": japan.SPELLINGS,
    "KR": korea.SPELLINGS,
    "DE": germany.SPELLINGS,
    "GB": britain.SPELLINGS,
    "TW": taiwan.SPELLINGS,
    "FR": year_and_serial.FRANCE,
    "AU": year_and_serial.AUSTRALIA,
    "RU": year_and_serial.RUSSIA,
    "CA": year_and_serial.CANADA,
    "PL": year_and_serial.POLAND,
    **dict.fromkeys(("DK", "EA", "ES", "RO"), year_and_serial.FIVE_DIGITS),
    **dict.fromkeys(("MX", "UA"), year_and_serial.SIX_DIGITS),
}


def settle(
    raw: pa.StringArray | pa.ChunkedArray,
    office: pa.StringArray | pa.ChunkedArray | str | None = None,
    *,
    default_office: str | None = None,
    filing_year: pa.Array | pa.ChunkedArray | None = None,
) -> ApplicationNumbers:
    """Read application numbers in whatever spelling they come.

    Parameters
    ----------
    raw
        The numbers as the source writes them. Where office, number and kind code come apart, join them by
        blanks (`US 42751873 A`): the blank tells EPO numbers, which end with the year, from American ones.
    office
        Office of each, where the source says it apart from the number; a prefix in the number goes before it.
    default_office
        Office of the numbers that name none, such as `CN` for a Chinese table.
    filing_year
        Year of the filing date, where the source gives one. It settles centuries and completes numbers that
        come without their year.
    """
    if raw.null_count == len(raw):
        nothing = {field.name: pa.nulls(len(raw), field.type) for field in _SCHEMA}
        return ApplicationNumbers(**nothing, problem=pa.nulls(len(raw), pa.string()))
    prepared = number_text(raw)
    text = with_office(prepared.text, office, default_office)
    told = prepared.year if filing_year is None else pc.coalesce(prepared.year, _plausible(filing_year))
    found, as_it_stands = _read(text, told, chinese=default_office == "CN")
    found = without_unstable(found, _flat(found["application_id"]), as_it_stands, _read_again)
    columns = {name: _flat(found[name]) for name in _SCHEMA.names}
    return ApplicationNumbers(**columns, problem=_problem(text, columns["application_id"]))


def settle_one(
    raw: str | None,
    office: str | None = None,
    *,
    default_office: str | None = None,
    filing_year: int | None = None,
) -> ApplicationNumber:
    """Read one application number.

    >>> settle_one("ZL 2012 2 0249767.4").application_id
    'CN201220249767'
    """
    year = pa.array([filing_year], pa.int16())
    many = settle(pa.array([raw], pa.string()), office, default_office=default_office, filing_year=year)
    return ApplicationNumber(**{part.name: getattr(many, part.name)[0].as_py() for part in fields(many)})


def _read(text: pa.StringArray, told: pa.Int16Array, *, chinese: bool) -> tuple[pa.Table, pa.BooleanArray]:
    """Read prepared numbers; also say of which ones no spelling of their office is known."""
    pile = Pile(text, _SCHEMA, {"told_year": told})
    start = pc.utf8_slice_codeunits(text, 0, 2)
    through_pct = pc.or_(pc.is_in(start, value_set=pa.array(["PC", "WO"])), pc.ends_with(text, "W"))
    pile.read(pct.SPELLINGS, among=through_pct)
    if not chinese:
        pile.read(china.EPODOC, among=pc.equal(start, "CN"))
    for code in pc.unique(start).to_pylist():
        if code in _BY_OFFICE:
            pile.read(_BY_OFFICE[code], among=pc.equal(start, code))
    as_they_stand = pile.unread
    pile.read(other.SPELLINGS)
    return pile.table(), as_they_stand


def _read_again(application_id: pa.StringArray) -> pa.StringArray:
    text = with_office(number_text(application_id).text, None, None)
    return _flat(_read(text, pa.nulls(len(text), pa.int16()), chinese=False)[0]["application_id"])


def _plausible(filing_year: pa.Array | pa.ChunkedArray) -> pa.Int16Array:
    year = _flat(filing_year).cast(pa.int16())
    possible = pc.and_(pc.greater_equal(year, _FIRST_YEAR), pc.less_equal(year, _LAST_YEAR))
    return pc.if_else(possible, year, pa.scalar(None, pa.int16()))


def _problem(text: pa.StringArray, application_id: pa.StringArray) -> pa.StringArray:
    nothing = pa.scalar(None, pa.string())
    unread = pc.and_(pc.is_valid(text), pc.is_null(application_id))
    if not pc.any(unread).as_py():
        return pa.nulls(len(text), pa.string())
    chinese = pc.match_substring_regex(text, r"^(?:CN|ZL)")
    reason = pc.if_else(
        pc.match_substring_regex(text, r"\d"), "not a number this office gives", "no number in it"
    )
    reason = pc.if_else(pc.match_substring_regex(text, r"^[^A-Z]"), "the office is not known", reason)
    for pattern, words in reversed(china.PROBLEMS):
        reason = pc.if_else(pc.and_(chinese, pc.match_substring_regex(text, pattern)), words, reason)
    return pc.if_else(unread, reason, nothing)


def _flat(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
