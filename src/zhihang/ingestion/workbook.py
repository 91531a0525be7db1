# SPDX-License-Identifier: Apache-2.0
"""Rows of a workbook (XLSX, XLSM, XLSB, XLS, ODS) as text, read through python-calamine within bounds."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from zhihang.errors import SourceError
from zhihang.ingestion.source import Source

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Workbook:
    """An opened workbook: the names of its sheets and their rows. The sheet read last stays in memory."""

    def __init__(self, source: Source) -> None:
        from python_calamine import CalamineError, CalamineWorkbook

        self.name = source.name
        self._errors = (CalamineError, OSError, ValueError)
        with _readable(self.name, self._errors):
            if source.packing == "plain":
                self._book = CalamineWorkbook.from_path(source.path)
            else:
                self._book = CalamineWorkbook.from_filelike(io.BytesIO(source.read_all()))
        self.sheets: tuple[str, ...] = tuple(
            meta.name for meta in self._book.sheets_metadata if str(meta.typ).endswith("WorkSheet")
        )
        self._last: tuple[str, Any] | None = None

    def rows(self, sheet: str) -> Iterator[tuple[int, list[str]]]:
        """Yield row number (from 1) and the cells' text for every row of a sheet."""
        for number, row in enumerate(self._sheet(sheet).iter_rows(), start=1):
            yield number, [cell if cell.__class__ is str else _text(cell) for cell in row]

    def _sheet(self, name: str) -> Any:
        if self._last is None or self._last[0] != name:
            self._last = None
            with _readable(self.name, self._errors):
                self._last = (name, self._book.get_sheet_by_name(name))
        return self._last[1]


@lru_cache(maxsize=1)
def _opened(source: Source, _changed: int) -> Workbook:
    return Workbook(source)


def open_workbook(source: Source) -> Workbook:
    """Open a workbook; the one opened last is kept, because it is sampled first and read soon after."""
    return _opened(source, source.path.stat().st_mtime_ns)


def close_workbook() -> None:
    """Let go of the workbook opened last."""
    _opened.cache_clear()


class _readable:
    """Turn what the workbook library raises into one clear message."""

    def __init__(self, name: str, errors: tuple[type[BaseException], ...]) -> None:
        self._name, self._errors = name, errors

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, self._errors):
            locked = type(error).__name__ == "PasswordError"
            raise SourceError(
                f'The workbook "{self._name}" ' + ("is locked with a password." if locked else "is damaged."),
                {"error": error},
                todo="Save it without password."
                if locked
                else "Open it in a spreadsheet program and save it anew.",
            ) from error


def _text(cell: object) -> str:
    """Text of a cell as a person would type it: no `.0`, dates in ISO form."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e17 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    return str(cell)
