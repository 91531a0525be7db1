# SPDX-License-Identifier: Apache-2.0
"""What a kind code means: the kind of right and the stage of the procedure, from a table of dated meanings."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from zhihang.terms.missing import as_text

#: Columns the table of meanings must have. `office` may be `*` and `kind_code` a letter followed by `*`.
TABLE_SCHEMA = pa.schema(
    [
        ("office", pa.string()),
        ("kind_code", pa.string()),
        ("kind", pa.string()),
        ("stage", pa.string()),
        ("valid_from", pa.date32()),
        ("valid_to", pa.date32()),
    ]
)


@dataclass(frozen=True)
class KindCodes:
    """Kind of right and stage of each document; null where the table does not know the kind code."""

    kind: pa.StringArray
    stage: pa.StringArray


def classify(
    office: pa.Array | pa.ChunkedArray,
    kind_code: pa.Array | pa.ChunkedArray,
    publication_date: pa.Array | pa.ChunkedArray,
    table: pa.Table,
) -> KindCodes:
    """Look up kind codes in a table of their meanings.

    Of several rows for a kind code that one counts whose office is named before that for all offices, whose code
    is whole before that of one letter, and which is in force on the publication date. Where none is in force, or
    no date is known, the latest row counts.

    Parameters
    ----------
    office, kind_code, publication_date
        One of each per document; any may be null.
    table
        Rows of the code list `kind_code` with at least the columns of `TABLE_SCHEMA`.
    """
    key = pc.binary_join_element_wise(
        pc.fill_null(as_text(office), "*"), pc.fill_null(as_text(kind_code), ""), "|"
    ).dictionary_encode()
    meanings = _by_key(table)
    candidates = [_candidates(text, meanings) for text in key.dictionary.to_pylist()]
    indices = key.indices.to_numpy(zero_copy_only=False)
    latest = np.array([rows[-1] if rows else -1 for rows in candidates], np.int64)
    place = latest[indices] if len(candidates) else np.empty(0, np.int64)
    if any(len(rows) > 1 for rows in candidates):
        _choose_by_date(place, indices, candidates, _days(publication_date), table)
    rows = pa.array(place, mask=place < 0)
    return KindCodes(*(_flat(table[name]).cast(pa.string()).take(rows) for name in ("kind", "stage")))


def classify_one(
    office: str | None, kind_code: str | None, publication_date: date | None, table: pa.Table
) -> tuple[str | None, str | None]:
    """Kind of right and stage of one document."""
    found = classify(
        pa.array([office], pa.string()),
        pa.array([kind_code], pa.string()),
        pa.array([publication_date], pa.date32()),
        table,
    )
    return found.kind[0].as_py(), found.stage[0].as_py()


def _by_key(table: pa.Table) -> dict[tuple[str, str], list[int]]:
    """Rows of the table by office and kind code, the earliest first."""
    starts = [day or date.min for day in table["valid_from"].to_pylist()]
    names = list(zip(table["office"].to_pylist(), table["kind_code"].to_pylist(), strict=True))
    rows: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in sorted(range(len(starts)), key=starts.__getitem__):
        rows[names[row]].append(row)
    return rows


def _candidates(key: str, meanings: dict[tuple[str, str], list[int]]) -> list[int]:
    office, code = key.split("|", 1)
    named = ((office, code), (office, code[:1] + "*"), ("*", code), ("*", code[:1] + "*"))
    return next((meanings[name] for name in named if name in meanings), []) if code else []


def _choose_by_date(
    place: NDArray[np.int64],
    indices: NDArray[np.int32],
    candidates: list[list[int]],
    days: NDArray[np.int32],
    table: pa.Table,
) -> None:
    """Put the row in force on the day in place of the latest one."""
    first = _days(table["valid_from"], np.iinfo(np.int32).min)
    last = _days(table["valid_to"], np.iinfo(np.int32).max)
    for number, rows in enumerate(candidates):
        if len(rows) > 1:
            same = indices == number
            for row in rows:
                place[same & (days >= first[row]) & (days <= last[row])] = row


def _days(dates: pa.Array | pa.ChunkedArray, missing: int = np.iinfo(np.int32).max) -> NDArray[np.int32]:
    days = pc.fill_null(_flat(dates).cast(pa.date32()).cast(pa.int32()), missing)
    return np.asarray(days.to_numpy(zero_copy_only=False), np.int32)


def _flat(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
