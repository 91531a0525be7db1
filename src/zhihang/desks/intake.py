# SPDX-License-Identifier: Apache-2.0
"""The desk for what comes in: tables nobody knows yet, refused records to mend, files to take out again."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhihang.desks.room import Room
from zhihang.errors import NotFound, SourceError

if TYPE_CHECKING:
    from zhihang.store.manifest import SourceEntry

Row = dict[str, Any]
LINE, REASON = "原文件行号", "未入库原因"
"""Columns added to refused rows for a person to mend; they are ignored when the rows come back."""
MOST_ROWS = 100_000
LONGEST = 80


@dataclass(frozen=True)
class IntakeDesk:
    """Files of one workspace on their way in, and back out."""

    room: Room

    def table_of(self, path: Path) -> list[Row] | None:
        """Return the columns of a table with an example each, whether known or not; None if it is no table."""
        from zhihang.ingestion.layout import find_header
        from zhihang.ingestion.sample import take_sample
        from zhihang.ingestion.source import sources

        for source in sources(path)[:1]:
            sample = take_sample(source)
            if sample.shape != "sheet" or not sample.rows:
                return None
            header = find_header(sample) or 0
            below = sample.rows[header + 1 :]
            return [
                {"column": name.strip(), "field": "", "example": _example(below, place)}
                for place, name in enumerate(sample.rows[header])
                if name.strip()
            ]
        return None

    def fields(self) -> list[Row]:
        """Return the fields that a column may go to: `name`, and what it is called (`zh`)."""
        return _fields()

    def mapping(self, columns: Mapping[str, str]) -> str:
        """Return the text of a mapping file for columns that go to fields; those without one are left as attributes."""
        import yaml

        from zhihang.errors import DefinitionError

        named = {header: name.strip() for header, name in columns.items() if name.strip()}
        if not named:
            raise DefinitionError(
                "No column goes to a field. 没有任何列对应到字段。",
                todo="Choose a field for at least one column. 请至少为一列选择字段。",
            )
        return yaml.safe_dump({"columns": named}, allow_unicode=True, sort_keys=False)

    def entry(self, number: int) -> SourceEntry:
        """Return what the store knows of a file."""
        for entry in self.room.store.manifest.files:
            if entry.file_id == number:
                return entry
        raise NotFound(
            f"The store holds no file {number}. 库中没有该文件。",
            todo="It may have been replaced or removed; see the list of files. 可能已被替换或移除，请查看文件列表。",
        )

    def known(self, sha256: str) -> list[int]:
        """Return the numbers of files in the store with the same content."""
        return [entry.file_id for entry in self.room.store.manifest.files if entry.sha256 == sha256]

    def rejected(self, number: int, *, most: int = 100, skip: int = 0) -> list[Row]:
        """Return refused records and values of a file in the order of their lines."""
        rows = self.room.store.table("rejection")
        mine = rows.filter(rows.file_id == number)
        ordered = mine.order_by([mine.line, mine.column_name, mine.reason]).limit(most, offset=skip)
        found: list[Row] = self.room.store.collect(ordered).to_pylist()
        return found

    def reasons(self, number: int) -> list[Row]:
        """Return why records and values of a file were refused, the most frequent reason first."""
        rows = self.room.store.table("rejection")
        mine = rows.filter(rows.file_id == number)
        counted = mine.group_by("scope", "column_name", "reason").aggregate(rows=mine.count())
        ordered = counted.order_by([counted["rows"].desc(), counted["reason"], counted["column_name"]])
        found: list[Row] = self.room.store.collect(ordered.limit(50)).to_pylist()
        return found

    def to_mend(self, number: int) -> list[list[str]]:
        """Return the refused lines of a table as they stand in the file, header first, with line and reason added.

        Corrected, and with the same header, they are taken in as a file of their own.
        """
        entry = self.entry(number)
        why = self._why(number)
        if not why:
            return []
        return list(_lines(entry, why))

    def _why(self, number: int) -> dict[int, str]:
        found: dict[int, list[str]] = {}
        for row in self.rejected(number, most=MOST_ROWS):
            if row["line"] is not None:
                said = f"{row['column_name']}: {row['reason']}" if row["column_name"] else row["reason"]
                found.setdefault(row["line"], []).append(said)
        return {line: "; ".join(said) for line, said in found.items()}

    def remove(self, number: int) -> Row:
        """Take a file's rows out of the store; the store's history keeps them. Return what went."""
        store = self.room.store
        entry = self.entry(number)
        gone = {"file": Path(entry.path).name, "records": entry.records, "applications": entry.applications}
        with store.writing("remove", {"file": number, "path": entry.path}, wait=self.room.wait) as run:
            run.drop({number})
            if run.changed:
                run.commit(store.clock(), f"removed {gone['file']}: {entry.records} records")
        return gone


def _example(rows: Sequence[Sequence[str]], place: int) -> str:
    return next((row[place] for row in rows if place < len(row) and row[place].strip()), "")[:LONGEST]


def _lines(entry: SourceEntry, why: Mapping[int, str]) -> Iterator[list[str]]:
    from zhihang.ingestion.layout import find_header
    from zhihang.ingestion.sample import take_sample
    from zhihang.ingestion.sheet import body
    from zhihang.ingestion.source import sources

    path = Path(entry.path)
    if not path.exists():
        raise SourceError(
            "The file that was read is no longer where it was. 原文件已不在原处。",
            {"file": entry.path},
            todo="Mend your own copy and upload it in its place. 请改正自己保存的文件后重新上传替换。",
        )
    source = next((one for one in sources(path) if one.member == entry.member), None)
    sample = take_sample(source) if source is not None else None
    if source is None or sample is None or sample.shape != "sheet":
        raise SourceError(
            "Only tables can be mended line by line. 只有表格可以逐行改正。",
            {"file": path.name, "read as": entry.reader},
            todo="Ask who sent the file for a right one. 请联系数据提供方。",
        )
    header = find_header(sample) or 0
    names = list(sample.rows[header])
    yield [*names, LINE, REASON]
    for line, cells in body(source, sample, header):
        if line in why:
            kept = [*cells, *[""] * (len(names) - len(cells))][: len(names)]
            yield [*kept, str(line), why[line]]


@cache
def _fields() -> list[Row]:
    from zhihang.facts.form import FORMS
    from zhihang.ingestion import field

    headers = Path(field.__file__).with_name("headers.csv")
    words: dict[str, str] = {}
    with headers.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            words.setdefault(row["field"], row["header"])
    made = [{"name": name, "zh": words.get(name, name)} for name in field.field_names()]
    for form in FORMS.values():
        made += [
            {"name": f"{form.name}.{column.name}", "zh": f"{form.label.zh}：{column.label.zh}"}
            for column in form.columns
        ]
    return made
