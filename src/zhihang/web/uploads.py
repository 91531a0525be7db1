# SPDX-License-Identifier: Apache-2.0
"""Files on their way in: kept in the workspace from the first byte, with who sent them, until somebody confirms them."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.utils import timezone

from zhihang.errors import NotFound, SourceError, StoreError
from zhihang.web.accounts.models import Person
from zhihang.web.deployment import deployment

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

_ID = re.compile(r"[0-9a-f]{16}")
_SALT = "upload"
HOURS = 12
SPARE = 3
"""How many times its size a file may need on the disk until it is in the store."""
KINDS = ("records", "statistics")


@dataclass(frozen=True)
class Upload:
    """One file that was sent: what it was called, who sent it, and what has become of it."""

    id: str
    name: str
    size: int
    sha256: str
    person: str
    at: str
    kind: str = "records"
    state: str = "waiting"
    job: int | None = None
    replaces: int | None = None

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return _root() / self.id

    @property
    def path(self) -> Path:
        """The file."""
        return self.folder / self.name

    @property
    def mapping(self) -> Path | None:
        """Which of its columns goes where, if a person said so."""
        path = self.folder / "mapping.yaml"
        return path if path.exists() else None

    def note(self, **changes: Any) -> Upload:
        """Write down what became of it, and return it so."""
        made = replace(self, **changes)
        _write(self.folder / "upload.json", json.dumps(asdict(made), ensure_ascii=False))
        return made


def _root() -> Path:
    return deployment().folder / "uploads"


def find(upload: str) -> Upload:
    """Return an upload."""
    try:
        if not _ID.fullmatch(upload):
            raise FileNotFoundError
        return Upload(**json.loads((_root() / upload / "upload.json").read_text("utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        raise NotFound(
            "This upload is not there any more. 该上传文件已不存在。",
            todo="It was taken back, or never arrived whole; upload it again. 可能已撤回或未传完，请重新上传。",
        ) from None


def waiting(person: Person) -> list[Upload]:
    """Return what waits to be confirmed, the newest first: one's own, all of them for who administers."""
    found = []
    for path in _root().glob("*/upload.json"):
        try:
            one = find(path.parent.name)
        except NotFound:
            continue
        mine = one.person == person.name or person.may("administer")
        if mine and one.state == "waiting" and one.path.exists():
            found.append(one)
    return sorted(found, key=lambda one: one.at, reverse=True)


def ticket(person: Person) -> str:
    """Return what lets an upload that is under way be kept even if the session ends meanwhile."""
    return signing.dumps({"person": person.pk}, salt=_SALT)


def sender(text: str) -> Person | None:
    """Return whose ticket it is, if it is still good and the person may still upload."""
    try:
        held = signing.loads(text, salt=_SALT, max_age=HOURS * 3600)
    except signing.BadSignature:
        return None
    person = Person.objects.filter(pk=held.get("person")).first()
    return person if person is not None and person.may("upload") else None


def receive(sent: UploadedFile[Any], person: Person, kind: str, replaces: int | None = None) -> Upload:
    """Keep a file that was sent; nothing stays if the disk is full."""
    name = _file_name(sent.name or "")
    _check_room(sent.size or 0)
    if not sent.size:
        raise SourceError(
            "The file is empty. 文件是空的。", {"file": name}, todo="Choose another. 请重新选择文件。"
        )
    made = Upload(
        secrets.token_hex(8),
        name,
        sent.size,
        "",
        person.name,
        timezone.now().isoformat(timespec="seconds"),
        kind if kind in KINDS else "records",
        replaces=replaces,
    )
    digest = hashlib.sha256()
    try:
        made.folder.mkdir(mode=0o700, parents=True)
        with made.path.open("wb") as stream:
            for piece in sent.chunks(1 << 20):
                digest.update(piece)
                stream.write(piece)
    except OSError as error:
        shutil.rmtree(made.folder, ignore_errors=True)
        raise _no_room(error.strerror or "", made.size) from error
    return made.note(sha256=digest.hexdigest())


def drop(upload: Upload) -> None:
    """Forget an upload that is not in the store."""
    shutil.rmtree(upload.folder, ignore_errors=True)


def write_mapping(upload: Upload, text: str) -> Path:
    """Keep what a person said of its columns."""
    return _write(upload.folder / "mapping.yaml", text)


def mappings() -> Iterable[str]:
    """Return the names of mapping files that the office keeps."""
    return sorted(path.stem for path in (deployment().folder / "mappings").glob("*.yaml"))


def take_mapping(upload: Upload, name: str) -> Path:
    """Use a mapping file that the office keeps."""
    if name not in mappings():
        raise NotFound.named("mapping", name[:60], list(mappings()))
    return write_mapping(upload, (deployment().folder / "mappings" / f"{name}.yaml").read_text("utf-8"))


def keep_mapping(upload: Upload, name: str) -> None:
    """Keep an upload's mapping under a name, for the next month."""
    from zhihang.errors import DefinitionError

    if not re.fullmatch(r"[\w-]{1,40}", name):
        raise DefinitionError(
            "This is no name for a mapping. 对应方案名称无效。",
            {"there is": name[:60] or "—", "expected": "1-40 个汉字、字母、数字、- 或 _"},
        )
    if upload.mapping is not None:
        _write(deployment().folder / "mappings" / f"{name}.yaml", upload.mapping.read_text("utf-8"))


def _file_name(text: str) -> str:
    """Return the name of a file without anything that could lead elsewhere."""
    name = re.sub(r"[\x00-\x1f/\\:]+", "_", text.replace("\\", "/").rpartition("/")[2]).strip(". ")
    return name.encode()[-120:].decode(errors="ignore") if len(name.encode()) > 120 else name or "file"


def _check_room(size: int) -> None:
    root = _root()
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    free = shutil.disk_usage(root).free
    if free < SPARE * size:
        raise _no_room(f"{free >> 20:,} MB free", size)


def _no_room(said: str, size: int) -> StoreError:
    return StoreError(
        "There is no room for the file. 磁盘空间不足，文件没有保存。",
        {"needed": f"{SPARE * size >> 20:,} MB", "system says": said},
        todo="Make room, then upload it again; nothing in the store was changed. 请清理空间后重新上传；库中数据未变。",
    )


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.part")
    fresh.write_text(text, "utf-8")
    return fresh.replace(path)
