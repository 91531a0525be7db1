# SPDX-License-Identifier: Apache-2.0
"""Write a document into a file; the suffix says which kind."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from zhihang.errors import NotFound, NotInstalled, SourceError
from zhihang.reporting.document import Document
from zhihang.reporting.plain_text import with_plain_text
from zhihang.reporting.writer import Writer, writers

ALL = ("docx", "pdf", "xlsx", "html")


def write(document: Document, path: Path, folders: Sequence[Path] = ()) -> Path:
    """Write `document` to `path` (.docx, .pdf, .xlsx, .html), whole or not at all; return the path."""
    return save(render(document, path.suffix, folders), path)


def write_all(document: Document, folder: Path, stem: str, kinds: Sequence[str] = ALL) -> list[Path]:
    """Write `document` into `folder` once for each kind, under one name; return the paths."""
    return [write(document, folder / f"{stem}.{kind}") for kind in kinds]


def render(document: Document, suffix: str, folders: Sequence[Path] = ()) -> bytes:
    """Return the bytes of the file of that suffix; the same document gives the same bytes."""
    shelf = writers(folders)
    name = suffix.removeprefix(".").lower()
    if name not in shelf.names():
        raise NotFound.named(
            "kind of document", name or "(no suffix)", shelf.names(), see="End the name with .docx."
        )
    try:
        return _writer(name, folders).render(with_plain_text(document))
    except ModuleNotFoundError as error:
        raise NotInstalled(
            f"Writing {name} files needs a library that is not installed.",
            {"missing": error.name or str(error)},
            todo="pip install 'zhihang[reports]'",
        ) from error


def _writer(name: str, folders: Sequence[Path]) -> Writer:
    return writers(folders)[name]


def save(content: bytes, path: Path) -> Path:
    """Write a file whole or not at all; return its path."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(content)
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise SourceError(
            f'"{path.name}" cannot be written.',
            {"folder": path.parent, "reason": error.strerror or error},
            todo="Close it where it is open, or name another folder.",
        ) from error
    return path
