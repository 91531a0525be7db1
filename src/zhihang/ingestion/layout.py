# SPDX-License-Identifier: Apache-2.0
"""A layout: which column of a table goes to which field; it turns rows into drafts, column by column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.field import Column, Field, attribute, parse_field
from zhihang.ingestion.headers import fold_header, header_fields
from zhihang.ingestion.regular_csv import row_blocks
from zhihang.ingestion.sample import Sample
from zhihang.ingestion.sheet import Body, Row
from zhihang.ingestion.tabulate import tabulate

T = TypeVar("T")

IDENTIFYING = ("application.number", "publication.number", "publication.grant.number")

SEPARATORS: tuple[str, ...] = (";", "；", "|", "\n")
"""What splits lists unless the layout says otherwise; doubled ones count as one."""
_SEPARATORS_OF: Mapping[str, tuple[str, ...]] = {
    "classification": (*SEPARATORS, ",", "，", "、"),
    "party": (*SEPARATORS, "、"),
}


@dataclass(frozen=True)
class Layout:
    """Which column of a table goes to which field.

    Parameters
    ----------
    columns
        One for each column of the table, from the left.
    language
        Language of texts whose field names none; where it is None, Chinese and Japanese show in the script.
    """

    columns: tuple[Column, ...]
    language: str | None = None

    @classmethod
    def from_header(
        cls,
        row: Sequence[str],
        overrides: Mapping[str, str] | None = None,
        *,
        separators: Mapping[str, tuple[str, ...]] | None = None,
        patterns: Mapping[str, str] | None = None,
        begins: Mapping[str, str] | None = None,
        language: str | None = None,
    ) -> Layout:
        """Read a header: `overrides` (header -> field) go before the known headers; the rest are attributes.

        `separators` says what separates the values in one cell, by the name of the field or its beginning
        (``party.inventor.name``, ``party``); `patterns` how to take one value apart and `begins` where
        the next one begins (see `Column`).
        """
        own = {fold_header(header): name for header, name in (overrides or {}).items()}
        columns = []
        for position, header in enumerate(row):
            if not header.strip() and "" not in own:
                columns.append(Column("", attribute(f"column {position + 1}")))
                continue
            rank, place, values = _place(header, own)
            split = () if values == "one" else _separators(place, separators or {})
            pattern = _stated(place, patterns or {})
            start = _stated(place, begins or {})
            columns.append(Column(header.strip(), place, rank, split, pattern, start, values == "more"))
        return cls(tuple(columns), language)

    @cached_property
    def fields(self) -> frozenset[str]:
        """Names of the fields that have a column."""
        return frozenset(column.field.name for column in self.columns)

    @property
    def identifies(self) -> bool:
        """Whether rows are about patents and can be told apart: there is a number, or a title and an applicant.

        A title alone also heads lists of classes, projects and products.
        """
        titled = any(name.startswith("text.title") for name in self.fields)
        return any(name in IDENTIFYING for name in self.fields) or (
            titled and "party.applicant.name" in self.fields
        )

    def drafts(self, rows: Body | Iterable[Row]) -> Iterator[Draft]:
        """Turn the rows below the header into drafts."""
        header = [column.header for column in self.columns]
        blocks = rows.blocks(header) if isinstance(rows, Body) else row_blocks(iter(rows), header)
        for block in blocks:
            yield tabulate(block, self.columns, self.language)


def find_header(sample: Sample, overrides: Mapping[str, str] | None = None) -> int | None:
    """Index of the sampled row that looks most like a header: the one with most known column names."""
    known = header_fields().keys() | {fold_header(header) for header in overrides or {}}
    hits = [len(row & known) for row in sample.folded_rows]
    best = max(range(len(hits)), key=lambda index: hits[index], default=None)
    return best if best is not None and hits[best] else None


def marked_header(sample: Sample, marks: Iterable[str], *, least: int) -> int | None:
    """Index of the first sampled row that holds at least `least` of the column names that mark a format."""
    marks = {fold_header(name) for name in marks}
    return next((index for index, row in enumerate(sample.folded_rows) if len(row & marks) >= least), None)


def _place(header: str, own: Mapping[str, str]) -> tuple[int, Field, str]:
    folded = fold_header(header)
    if folded in own:
        return -1, parse_field(own[folded]), ""
    known = header_fields().get(folded)
    if known is not None:
        return known.rank, parse_field(known.field), known.values
    return 0, attribute(header.strip()), ""


def _separators(place: Field, stated: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    found = _stated(place, stated)
    if found is not None:
        return found
    return _SEPARATORS_OF.get(place.table, SEPARATORS) if place.is_list else ()


def _stated(place: Field, stated: Mapping[str, T]) -> T | None:
    """Return what is stated for the field by its name, or for the longest beginning of it."""
    words = place.name.split(".")
    for length in range(len(words), 0, -1):
        found = stated.get(".".join(words[:length]))
        if found is not None:
            return found
    return None
