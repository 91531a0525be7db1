# SPDX-License-Identifier: Apache-2.0
"""Application numbers: many spellings in, one id per application out (office + number without check digit)."""

from __future__ import annotations

from dataclasses import dataclass, fields

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.terms.application_spelling import SPELLINGS
from zhihang.terms.office import with_office
from zhihang.terms.spelling import read_spellings
from zhihang.terms.text_repair import fold


@dataclass(frozen=True)
class ApplicationNumbers:
    """What application numbers say: one array per part, all of the same length.

    `check_digit` is `right`, `wrong` or `absent`, null where the office has none. `kind` is the kind of right
    the number itself implies and `pct_entry` whether it says that the application came through the PCT, both
    for China only. `problem` says why no number could be read; a blank is no problem.
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


def settle(
    raw: pa.StringArray | pa.ChunkedArray,
    office: pa.StringArray | pa.ChunkedArray | str | None = None,
    *,
    default_office: str | None = None,
) -> ApplicationNumbers:
    """Read application numbers in whatever spelling they come.

    Parameters
    ----------
    raw
        The numbers as the source writes them.
    office
        Office of each, where the source says it apart from the number; a prefix in the number goes before it.
    default_office
        Office of the numbers that name none, such as `CN` for a Chinese table.
    """
    text = with_office(fold(raw), office, default_office)
    found = read_spellings(text, SPELLINGS, _SCHEMA)
    unread = pc.and_(pc.is_valid(text), pc.is_null(found["application_id"]))
    problem = pc.if_else(unread, "not readable as an application number", pa.scalar(None, pa.string()))
    columns = {name: found[name].combine_chunks() for name in _SCHEMA.names}
    return ApplicationNumbers(**columns, problem=_flat(problem))


def settle_one(raw: str | None, office: str | None = None, *, default_office: str | None = None) -> ApplicationNumber:
    """Read one application number."""
    many = settle(pa.array([raw], pa.string()), office, default_office=default_office)
    return ApplicationNumber(**{part.name: getattr(many, part.name)[0].as_py() for part in fields(many)})


def _flat(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
