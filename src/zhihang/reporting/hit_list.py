# SPDX-License-Identifier: Apache-2.0
"""A list of everything a query found, as a file: rows as they come, with the query and the day inside."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from zhihang.errors import NotFound, SourceError
from zhihang.terms.spreadsheet_text import harmless

COLUMNS: Mapping[str, str] = {
    "publication_id": "公开号",
    "application_id": "申请标识",
    "score": "相关度",
    "title": "标题",
    "applicants": "申请人",
    "filing_date": "申请日",
    "ipc": "分类号",
}
"""Columns of the list for programs, with their names in Chinese."""
PRINTED: Mapping[str, str] = {
    "application_number" if name == "application_id" else name: "申请号" if name == "application_id" else zh
    for name, zh in COLUMNS.items()
}
"""Columns of the list for people, who know an application by its number."""
SUFFIXES = (".csv", ".xlsx", ".parquet", ".json")
BATCH = 20_000

Row = Mapping[str, Any]


@dataclass(frozen=True)
class HitList:
    """What was asked, when, and how much was found.

    `state` says which state of the store was searched, `sets` how the saved sets in the query read on that day, `family`
    whether one application stands for each family.
    """

    query: str
    day: date
    count: int
    state: str
    sets: Mapping[str, str] = field(default_factory=dict)
    family: bool = False

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What stands in the file beside the rows."""
        return (
            ("检索式", self.query),
            ("检索日期", self.day.isoformat()),
            ("命中", str(self.count)),
            ("数据状态", self.state),
            *((f"检索集 {name}", query) for name, query in self.sets.items()),
            *((("同族去重", "是"),) if self.family else ()),
        )

    @property
    def about(self) -> Mapping[str, Any]:
        """The same for programs."""
        return {
            "query": self.query,
            "searched_on": self.day.isoformat(),
            "count": self.count,
            "state": self.state,
            "sets": dict(self.sets),
            "one_of_each_family": self.family,
        }


def write_hit_list(told: HitList, rows: Iterable[Row], path: Path) -> Path:
    """Write all rows to `path` (.csv, .xlsx, .parquet, .json), whole or not at all; return the path."""
    if path.suffix.lower() not in SUFFIXES:
        raise NotFound.named("kind of file", path.suffix or path.name, SUFFIXES)
    writers = {".csv": _csv, ".xlsx": _xlsx, ".parquet": _parquet, ".json": _json}
    with _whole(path) as temporary:
        writers[path.suffix.lower()](told, rows, temporary)
    return path


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """Give a path beside the wanted one, which takes its place when all is written."""
    temporary = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        temporary.replace(path)
    except OSError as error:
        raise SourceError(
            "The list cannot be written.",
            {"file": path, "reason": error.strerror or error},
            todo="Choose a folder that you may write to and that has room.",
        ) from error
    finally:
        temporary.unlink(missing_ok=True)


def _csv(told: HitList, rows: Iterable[Row], path: Path) -> None:
    """Lines about the search, then the list; the mark at the beginning tells spreadsheet programs it is UTF-8."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerows((name, harmless(value)) for name, value in told.facts)
        writer.writerow(PRINTED.values())
        writer.writerows([_cell(_printed(row, name)) for name in PRINTED] for row in rows)


def _xlsx(told: HitList, rows: Iterable[Row], path: Path) -> None:
    from zhihang.reporting.writers._hit_workbook import write_workbook

    listed = ([_joined(_printed(row, name)) for name in PRINTED] for row in rows)
    write_workbook(path, told.facts, list(PRINTED.values()), listed)


def _parquet(told: HitList, rows: Iterable[Row], path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {"score": pa.float64(), "filing_date": pa.date32(), "applicants": pa.list_(pa.string())}
    types["ipc"] = pa.list_(pa.string())
    facts = {**told.about, "hits": told.count}
    about = {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in facts.items()
    }
    schema = pa.schema([(name, types.get(name, pa.string())) for name in COLUMNS], metadata=about)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in _batches(rows):
            columns = [[row[name] for row in batch] for name in COLUMNS]
            arrays = [pa.array(map(_listed, c), f.type) for c, f in zip(columns, schema, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def _json(told: HitList, rows: Iterable[Row], path: Path) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.write(json.dumps(told.about, ensure_ascii=False)[:-1] + ', "hits": [')
        for number, row in enumerate(rows):
            stream.write(",\n" if number else "\n")
            stream.write(json.dumps({name: row[name] for name in COLUMNS}, ensure_ascii=False, default=str))
        stream.write("\n]}\n")


def application_number(row: Row) -> str:
    """Return the number of an application for a reader; blank where no source gives one.

    >>> application_number({"application_id": "CN201010000001", "application_number": "201010000001.7"})
    '201010000001.7'
    >>> application_number({"application_id": "CN201010000001"}), application_number({"application_id": "X-3f2a"})
    ('CN201010000001', '')
    """
    written = row.get("application_number")
    if written:
        return str(written)
    made = str(row["application_id"])
    return "" if made.startswith("X-") or "-P" in made else made


def reader_number(row: Row) -> str:
    """Return the number by which a reader finds a document: that of its publication, else of its application."""
    return str(row["publication_id"] or application_number(row))


def _printed(row: Row, name: str) -> object:
    return application_number(row) if name == "application_number" else row[name]


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _listed(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _joined(value: object) -> object:
    return "；".join(value) if isinstance(value, tuple) else value


def _cell(value: object) -> object:
    value = _joined(value)
    return harmless(value) if isinstance(value, str) else value
