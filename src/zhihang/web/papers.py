# SPDX-License-Identifier: Apache-2.0
"""Papers made by jobs: where they lie, which there are, and how one is handed out."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from django.http import FileResponse

from zhihang.errors import NotFound, StoreError
from zhihang.terms.label import Label
from zhihang.web.deployment import deployment

KINDS = ("docx", "pdf", "xlsx", "html")
LETTER_KINDS = ("docx", "pdf", "html")
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "zip": "application/zip",
}
SHEET_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'; sandbox"
)
"""What a paper may do in a browser: look as it was written, and nothing else."""
_WORDS = {
    "bulletin": Label("通报", "Bulletin"),
    "evaluation": Label("评估报告", "Evaluation"),
    "notice": Label("预警通知", "Notice to"),
    "undertaking": Label("目标责任书", "Undertaking of"),
}
_PART = re.compile(r"[\w.-]{1,80}")


@dataclass(frozen=True)
class Paper:
    """One document that was made: its name inside the set, and in which kinds it is there."""

    stem: str
    kinds: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of its file."""
        return self.stem.rpartition("/")[2]

    @property
    def label(self) -> Label:
        """What it is, for a person: kind, time, to whom."""
        parts = self.name.removeprefix("annual-").split("-")
        word = _WORDS.get(parts[0], Label(parts[0], parts[0]))
        if self.name.startswith("annual-"):
            word = Label("年度" + word.zh, "Annual " + word.en.lower())
        years = [part for part in parts[1:] if part.isdigit() and len(part) != 6]
        whom = parts[-1] if self.group else ""
        when = "-".join(years[:1] if self.group else years)
        return Label(f"{whom}{word.zh} {when}", f"{word.en} {when} {whom}".strip())

    @property
    def group(self) -> str:
        """The folder inside the set; blank for what stands for the whole."""
        return self.stem.rpartition("/")[0]


def paper_folder(*parts: str) -> Path:
    """Return the folder of a set of papers."""
    for part in parts:
        if not _PART.fullmatch(part) or set(part) == {"."}:
            raise NotFound("There are no such papers. 没有这些文件。", {"named": part[:80]})
    return deployment().state.joinpath("papers", *parts)


@contextmanager
def fresh_folder(folder: Path) -> Iterator[Path]:
    """Give an empty folder to write into; at the end it takes the place of `folder`, or leaves nothing."""
    made = folder.with_name(f".{folder.name}.part")
    try:
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir(parents=True)
        yield made
        old = folder.with_name(f".{folder.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        if folder.exists():
            folder.rename(old)
        made.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise StoreError(
            "The papers cannot be written. 文件无法写入。",
            {"folder": folder, "system says": error.strerror},
            todo="Check the space on the disk; earlier papers are as they were. 请检查磁盘空间；原有文件未变。",
        ) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)


def papers_in(folder: Path) -> list[Paper]:
    """Return the papers of a set, those for the whole first."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*.*")) if folder.is_dir() else ():
        kind = path.suffix[1:]
        if path.is_file() and kind in KINDS and not path.name.startswith("."):
            found.setdefault(path.relative_to(folder).with_suffix("").as_posix(), []).append(kind)
    made = [Paper(stem, tuple(one for one in KINDS if one in kinds)) for stem, kinds in found.items()]
    return sorted(made, key=lambda one: (one.group, one.stem))


def made_at(folder: Path) -> datetime | None:
    """Return when a set was made."""
    try:
        return datetime.fromtimestamp(folder.stat().st_mtime, UTC)
    except FileNotFoundError:
        return None


def hand_out(path: Path, inside: Path) -> FileResponse:
    """Return a paper as a file; a page is shown, the others are taken away."""
    place = path.resolve()
    if not place.is_relative_to(inside.resolve()) or not place.is_file() or place.suffix[1:] not in TYPES:
        raise NotFound(
            "There is no such paper. 没有这份文件。",
            {"file": path.name},
            todo="Make the papers again. 请重新生成。",
        )
    kind = place.suffix[1:]
    answer = FileResponse(place.open("rb"), content_type=TYPES[kind])
    where = "inline" if kind == "html" else "attachment"
    answer.headers["Content-Disposition"] = f"{where}; filename*=UTF-8''{quote(place.name)}"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    if kind == "html":
        answer.headers["Content-Security-Policy"] = SHEET_POLICY
    return answer
