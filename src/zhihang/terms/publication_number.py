# SPDX-License-Identifier: Apache-2.0
"""Publication numbers: many spellings in, one id per document out (office + number + kind code)."""

from __future__ import annotations

from dataclasses import dataclass, fields

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.terms.office import with_office
from zhihang.terms.spelling import Parts, Spelling, read_spellings
from zhihang.terms.text_repair import as_text, fold


@dataclass(frozen=True)
class PublicationNumbers:
    """What publication numbers say: one array per part, all of the same length.

    `kind_code` is null where neither the number nor the source gives it; the id then lacks it.
    `problem` says why no number could be read; a blank is no problem.
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
    text = with_office(fold(raw), office, default_office)
    found = read_spellings(text, _SPELLINGS, _SCHEMA)
    columns = {name: found[name].combine_chunks() for name in _SCHEMA.names}
    code = columns["kind_code"]
    if kind_code is not None:
        given = pa.repeat(kind_code, len(text)) if isinstance(kind_code, str) else as_text(kind_code)
        given = pc.ascii_upper(pc.utf8_trim_whitespace(given))
        code = pc.if_else(pc.fill_null(pc.equal(code, ""), False), given, code)
    code = pc.if_else(pc.equal(code, ""), pa.scalar(None, pa.string()), code)
    identity = pc.binary_join_element_wise(columns["office"], columns["number"], pc.fill_null(code, ""), "")
    unread = pc.and_(pc.is_valid(text), pc.is_null(identity))
    problem = pc.if_else(unread, "not readable as a publication number", pa.scalar(None, pa.string()))
    return PublicationNumbers(identity, columns["office"], columns["number"], code, problem)


def settle_one(
    raw: str | None, office: str | None = None, *, kind_code: str | None = None, default_office: str | None = None
) -> PublicationNumber:
    """Read one publication number."""
    many = settle(pa.array([raw], pa.string()), office, kind_code=kind_code, default_office=default_office)
    return PublicationNumber(**{part.name: getattr(many, part.name)[0].as_py() for part in fields(many)})


def _plain(parts: Parts) -> Parts:
    number = pc.replace_substring_regex(parts["number"], r"[^A-Z0-9]", "")
    return {"office": parts["office"], "number": number, "kind_code": parts["kind_code"]}


_SPELLINGS = (
    Spelling(r"^(?P<office>[A-Z]{2})(?P<number>[^_]*\d)[_\-]?\(?(?P<kind_code>(?:[A-Z]\d?)?)\)?$", _plain),
)
