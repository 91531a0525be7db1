# SPDX-License-Identifier: Apache-2.0
"""Write decisions of the office on places into ``decisions/place.csv``: all of them, or none."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from zhihang.derivation.derivation import read_decisions
from zhihang.derivation.places.decisions import COLUMNS
from zhihang.derivation.places.place import make_placer
from zhihang.facts.codelist import CodeLists


def add_place_decisions(folder: Path, rows: Sequence[Mapping[str, str]], codes: CodeLists) -> int:
    """Append decisions; those the file holds already are left out. Return how many were added.

    A fault in any of them, such as a code that no division ever had, leaves the file as it was.
    """
    known = read_decisions(folder, "place")
    complete = [{column: row.get(column, "") for column in COLUMNS} for row in (*known, *rows)]
    distinct = [dict(each) for each in dict.fromkeys(tuple(row.items()) for row in complete)]
    make_placer(codes, distinct)
    _write(folder / "place.csv", distinct)
    return len(distinct) - len(known)


def _write(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.DictWriter(stream, COLUMNS)
            writer.writeheader()
            writer.writerows(rows)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
