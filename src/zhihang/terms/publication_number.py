# SPDX-License-Identifier: Apache-2.0
"""Publication numbers: many spellings in, one id per document out (office + number + kind code)."""

from __future__ import annotations

from dataclasses import dataclass, fields

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.terms.missing import as_missing
from zhihang.terms.number_text import number_text
from zhihang.terms.office import with_office
from zhihang.terms.publication_numbers import china, japan, korea, other, united_states, year_and_serial
from zhihang.terms.spelling import Pile, without_unstable


@dataclass(frozen=True)
class PublicationNumbers:
    """What publication numbers say: one array per part, all of the same length.

    publication_id
        Office, number and kind code without anything between: `CN101551481B`, `US20130012345A1`, `EP0123456A1`,
        `WO2001045540A1`, `JPH05306117A`. Without kind code where neither number nor source gives it.
    office, number, kind_code
        Its parts; `kind_code` is null where it is not given.
    problem
        Why no number could be read. A blank is no problem.
    """

    publication_id: pa.StringArray
    office: pa.StringArray
    number: pa.StringArray
    kind_code: pa.StringArray
    problem: pa.StringArray


@dataclass(frozen=True)
class PublicationNumber:
    """What one publication number says; the parts are those of `PublicationNumbers`."""

    publication_id: str | None
    office: str | None
    number: str | None
    kind_code: str | None
    problem: str | None


_SCHEMA = pa.schema([("office", pa.string()), ("number", pa.string()), ("kind_code", pa.string())])

_BY_OFFICE = {
    "CN": china.SPELLINGS,
    "US": united_states.SPELLINGS,
    "JP": japan.SPELLINGS,
    "KR": korea.SPELLINGS,
    "WO": year_and_serial.INTERNATIONAL,
    "EP": year_and_serial.EUROPE,
    "AU": year_and_serial.AUSTRALIA,
    "GB": year_and_serial.BRITAIN,
}


def settle(
    raw: pa.StringArray | pa.ChunkedArray,
    office: pa.StringArray | pa.ChunkedArray | str | None = None,
    *,
    kind_code: pa.StringArray | pa.ChunkedArray | str | None = None,
    default_office: str | None = None,
) -> PublicationNumbers:
    """Read publication numbers in whatever spelling they come.

    Parameters
    ----------
    raw
        The numbers as the source writes them.
    office, kind_code
        Office and kind code of each, where the source says them apart; those in the number go before them.
    default_office
        Office of the numbers that name none, such as `CN` for a Chinese table.
    """
    if raw.null_count == len(raw):
        return PublicationNumbers(*[pa.nulls(len(raw), pa.string())] * len(fields(PublicationNumbers)))
    text = _one_kind_code(with_office(number_text(raw).text, office, default_office))
    if kind_code is not None:
        text = _with_kind_code(text, kind_code)
    found, as_they_stand = _read(text)
    found = without_unstable(found, _identity(found), as_they_stand, _read_again)
    return _of(found, text)


def settle_one(
    raw: str | None,
    office: str | None = None,
    *,
    kind_code: str | None = None,
    default_office: str | None = None,
) -> PublicationNumber:
    """Read one publication number.

    >>> settle_one("US 2013/0012345 (A1)").publication_id
    'US20130012345A1'
    """
    many = settle(pa.array([raw], pa.string()), office, kind_code=kind_code, default_office=default_office)
    return PublicationNumber(**{part.name: getattr(many, part.name)[0].as_py() for part in fields(many)})


def _read(text: pa.StringArray) -> tuple[pa.Table, pa.BooleanArray]:
    """Read prepared numbers; also say of which ones no spelling of their office is known."""
    pile = Pile(text, _SCHEMA)
    start = pc.utf8_slice_codeunits(text, 0, 2)
    for code in pc.unique(start).to_pylist():
        if code in _BY_OFFICE:
            pile.read(_BY_OFFICE[code], among=pc.equal(start, code))
    as_they_stand = pile.unread
    pile.read(other.SPELLINGS)
    return pile.table(), as_they_stand


def _read_again(publication_id: pa.StringArray) -> pa.StringArray:
    return _identity(_read(_one_kind_code(with_office(number_text(publication_id).text, None, None)))[0])


def _identity(found: pa.Table) -> pa.StringArray:
    return _flat(pc.binary_join_element_wise(found["office"], found["number"], found["kind_code"], ""))


def _one_kind_code(text: pa.StringArray) -> pa.StringArray:
    """Drop a kind code written twice, as in `USD354655S (S)`."""
    if not pc.any(pc.match_substring_regex(text, r"\d[A-Z]\d?_[A-Z]")).as_py():
        return text
    text = pc.replace_substring_regex(text, rf"(\d)(?:{_twice('ABCDEFPS')})$", r"\1_\2\3\4\5\6\7\8\9")
    return pc.replace_substring_regex(text, rf"(\d)(?:{_twice('TUY')})$", r"\1_\2\3\4")


def _twice(letters: str) -> str:
    """Pattern for a kind code written twice, as in `D354655S_S`: one alternative and group per letter."""
    return "|".join(rf"{letter}\d?_({letter}\d?)" for letter in letters)


def _with_kind_code(
    text: pa.StringArray, kind_code: pa.StringArray | pa.ChunkedArray | str
) -> pa.StringArray:
    """Put the kind code told behind the numbers that carry none."""
    if isinstance(kind_code, str):
        given = pa.repeat(kind_code.strip().upper(), len(text))
    else:
        given = pc.utf8_upper(as_missing(kind_code))
    given = pc.if_else(pc.fill_null(pc.match_substring_regex(given, r"^[A-Z]\d?$"), False), given, "")
    coded = pc.match_substring_regex(text, r"\d_?[A-Z]\d?$")
    bare = pc.and_(pc.and_not(pc.match_substring_regex(text, r"\d$"), coded), pc.not_equal(given, ""))
    return pc.if_else(bare, pc.binary_join_element_wise(text, given, "_"), text)


def _of(found: pa.Table, text: pa.StringArray) -> PublicationNumbers:
    office, number, code = (_flat(found[name]) for name in _SCHEMA.names)
    identity = _identity(found)
    nothing = pa.scalar(None, pa.string())
    unread = pc.and_(pc.is_valid(text), pc.is_null(identity))
    reason = pc.if_else(
        pc.match_substring_regex(text, r"\d"), "not a number this office gives", "no number in it"
    )
    reason = pc.if_else(pc.match_substring_regex(text, r"^[^A-Z]"), "the office is not known", reason)
    return PublicationNumbers(
        publication_id=identity,
        office=office,
        number=number,
        kind_code=pc.if_else(pc.equal(code, ""), nothing, code),
        problem=pc.if_else(unread, reason, nothing),
    )


def _flat(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
