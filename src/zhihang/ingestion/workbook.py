# SPDX-License-Identifier: Apache-2.0
"""Workbooks (XLSX, XLSM, XLSB, XLS, ODS, markup) as blocks of text, read by a process of its own within bounds."""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
import weakref
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from zhihang.errors import SourceError
from zhihang.ingestion.source import Source, UnknownKind
from zhihang.ingestion.workbook_worker import MAX_MEMORY

SheetBlock: TypeAlias = tuple[int, int, list[bytes]]
"""Number of the first row, number of rows, each column: its texts joined by NUL, or nothing if all are blank."""


class Workbook:
    """An opened workbook: the names of its sheets, their first rows, and all rows in blocks of columns."""

    def __init__(self, source: Source) -> None:
        self.name = source.name
        place = Path(__file__).parents[2]
        command = [sys.executable, "-P", "-m", "zhihang.ingestion.workbook_worker"]
        self._process = subprocess.Popen(
            [*command, str(source.path), source.member or "", source.packing],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(place), os.environ.get("PYTHONPATH", "")])},
        )
        self.close = weakref.finalize(self, _end, self._process)
        self.sheets: tuple[str, ...] = tuple(self._receive()[1])

    def head(self, sheet: str) -> list[list[str]]:
        """Return the first rows of a sheet, blank ones included."""
        self._ask("head", sheet)
        return self._receive()[1]  # type: ignore[no-any-return]

    def blocks(self, sheet: str) -> Iterator[SheetBlock]:
        """Yield all rows of a sheet."""
        self._ask("rows", sheet)
        ended = False
        try:
            while not ended:
                kind, content = self._receive()
                ended = kind == "end"
                if not ended:
                    yield content
        finally:
            if not ended:  # what is left unread would be taken for the next answer
                self.close()

    def _ask(self, word: str, sheet: str) -> None:
        command = f"{word} {self.sheets.index(sheet)}\n"
        stdin = self._process.stdin
        if stdin is None or stdin.closed:
            raise self._stopped()
        try:
            stdin.write(command.encode())
            stdin.flush()
        except BrokenPipeError as error:
            raise self._stopped() from error

    def _receive(self) -> tuple[str, Any]:
        stdout = self._process.stdout
        size = stdout.read(8) if stdout else b""
        message = stdout.read(int.from_bytes(size, "big")) if stdout and len(size) == 8 else b""
        if not message:
            raise self._stopped()
        kind, content = marshal.loads(message)  # comes from our own process
        if kind == "refused":
            raise SourceError(content[0], content[1], todo=content[2])
        if kind == "damaged":
            raise self._damaged(*content)
        return kind, content

    def _damaged(self, kind: str, text: str) -> SourceError:
        self.close()
        if kind == "PasswordError":
            return SourceError(
                f'The workbook "{self.name}" is locked with a password.', todo="Save it without a password."
            )
        if "Cannot detect file format" in text:
            return UnknownKind(
                f'"{self.name}" is an archive or document, but no workbook.',
                {"expected": "a workbook; archives within archives are not opened"},
                todo="Unpack it yourself and ingest what it holds.",
            )
        return SourceError(
            f'"{self.name}" looks like a workbook, but cannot be read as one.',
            {"error": text},
            todo="Open it in a spreadsheet program and save it anew.",
        )

    def _stopped(self) -> SourceError:
        self.close()
        return SourceError(
            f'The workbook "{self.name}" cannot be read within bounds: it is damaged, or far too large.',
            {"limit": f"{MAX_MEMORY >> 30} GiB of memory"},
            todo="Delete unused rows and columns and save it anew, or export it as CSV.",
        )


@lru_cache(maxsize=1)
def _opened(source: Source, _changed: int) -> Workbook:
    return Workbook(source)


def open_workbook(source: Source) -> Workbook:
    """Open a workbook; the one opened last is kept, because it is sampled first and read soon after."""
    book = _opened(source, source.path.stat().st_mtime_ns)
    if book.close.alive:
        return book
    close_workbook()
    return _opened(source, source.path.stat().st_mtime_ns)


def close_workbook() -> None:
    """Let go of the workbook opened last."""
    _opened.cache_clear()


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for stream in (process.stdin, process.stdout):
        if stream:
            stream.close()
    process.wait()
