# SPDX-License-Identifier: Apache-2.0
"""What a kind code means: the kind of right and the stage of the procedure, from a dated table."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from zhihang.terms.missing import as_text

#: Columns the table must have; `office` may be `*`, `kind_code` may be one letter followed by `*`.
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
    office: pa.StringArray,
    kind_code: pa.StringArray,
    publication_date: pa.Date32Array,
    table: pa.Table,
) -> KindCodes:
    """Look up kind codes in a table of their meanings.

    Parameters
    ----------
    office, kind_code, publication_date
        One of each per document; any may be null.
    table
        Rows of the code list `kind_code`: office, kind_code, kind, stage, valid_from, valid_to.
    """
    rows = table.select(TABLE_SCHEMA.names).to_pylist()
    keys = list(
        zip(
            as_text(office).to_pylist(),
            as_text(kind_code).to_pylist(),
            publication_date.to_pylist(),
            strict=True,
        )
    )
    known = {key: _meaning(*key, rows) for key in set(keys)}
    return KindCodes(
        pa.array([known[key][0] for key in keys], pa.string()),
        pa.array([known[key][1] for key in keys], pa.string()),
    )


def _meaning(office, code, date, rows):  # type: ignore[no-untyped-def]
    if not code:
        return None, None
    for wanted_office in (office, "*"):
        for wanted in (code, code[0] + "*"):
            for row in rows:
                if row["office"] == wanted_office and row["kind_code"] == wanted and _in_time(row, date):
                    return row["kind"], row["stage"]
    return None, None


def _in_time(row, date):  # type: ignore[no-untyped-def]
    if date is None:
        return row["valid_to"] is None
    return (row["valid_from"] is None or row["valid_from"] <= date) and (
        row["valid_to"] is None or date <= row["valid_to"]
    )
