# SPDX-License-Identifier: Apache-2.0
"""A source: one file, or one member of an archive, opened as a stream of bytes within safe bounds."""

from __future__ import annotations

import gzip
import hashlib
import io
import lzma
import os
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from zhihang.errors import SourceError

MAX_EXPANDED = 64 << 30
"""An archive member may unpack to at most 64 GiB."""
MAX_RATIO = 250
"""... and to at most 250 times its packed size, once it is over `RATIO_FREE`."""
RATIO_FREE = 64 << 20
MAX_MEMBERS = 10_000
MAX_DIRECTORY = 32 << 20
"""The list of files at the end of an archive may take at most 32 MiB; an honest one of `MAX_MEMBERS` takes less."""
MAX_IN_MEMORY = 2 << 30
"""Formats that must be read whole (workbooks, JSON) may be at most 2 GiB unpacked."""

GZIP_MAGIC = b"\x1f\x8b"
_ZIP_NOISE = ("__MACOSX/", ".DS_Store")
_WORKBOOK_PARTS = ("[Content_Types].xml", "xl/", "mimetype")


class UnknownKind(SourceError):
    """A whole file that is none of ours; beside others in an archive it is left out, unlike a damaged one."""


@dataclass(frozen=True)
class Share:
    """Which part of a source one of several processes reads: every `of`-th batch, beginning with number `number`."""

    number: int = 0
    of: int = 1

    def holds(self, batch: int) -> bool:
        """Whether batch `batch` (from 0) is to be read here."""
        return batch % self.of == self.number


class Meter:
    """Tells how many bytes of a file have been read from the disk, without slowing the reading."""

    def __init__(self) -> None:
        self._stream: BinaryIO | None = None
        self._last = 0

    def attach(self, stream: BinaryIO) -> None:
        """Watch an open file."""
        self._stream = stream

    def detach(self) -> None:
        """Stop watching, before the file is closed."""
        self._last = self.position()
        self._stream = None

    def position(self) -> int:
        """Bytes read so far."""
        stream = self._stream
        if stream is not None and not stream.closed:
            self._last = os.lseek(stream.fileno(), 0, os.SEEK_CUR)
        return self._last


@dataclass(frozen=True)
class Source:
    """One file or one member of an archive.

    `path` is the file on disk, `member` the name inside an archive, `packing` how its bytes are packed.
    """

    path: Path
    member: str | None = None
    packing: str = "plain"
    meter: Meter = field(default_factory=Meter, compare=False, repr=False)
    share: Share = Share()

    @property
    def name(self) -> str:
        """Name by which people know it: ``week.zip!ipg.xml``."""
        return f"{self.path.name}!{self.member}" if self.member else self.path.name

    @property
    def content_name(self) -> str:
        """File name of the content, without ``.gz``; only its ending is a hint of the format."""
        inner = PurePosixPath(self.member).name if self.member else self.path.name
        return inner[:-3] if inner.lower().endswith(".gz") else inner

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Open the unpacked content; a packed one that grows beyond its bounds stops with `SourceError`."""
        with _readable(self), self._raw() as stream:
            yield stream

    def read_all(self) -> bytes:
        """Return the whole unpacked content, for formats that cannot be read as a stream."""
        with self.open() as stream:
            content = stream.read(MAX_IN_MEMORY + 1)
        if len(content) > MAX_IN_MEMORY:
            raise SourceError(
                f'"{self.name}" is too large to be read as a whole.',
                {"limit": f"{MAX_IN_MEMORY >> 20} MiB unpacked"},
                todo="Split the file, or export it as CSV.",
            )
        return content

    @contextmanager
    def _raw(self) -> Iterator[BinaryIO]:
        with self.path.open("rb") as disk:
            self.meter.attach(disk)
            try:
                if self.packing == "gzip":
                    with gzip.open(disk) as unpacked:
                        yield _Guarded(unpacked, self, self.path.stat().st_size)
                elif self.packing == "zip":
                    yield from self._member_of(disk)
                else:
                    yield disk
            finally:
                self.meter.detach()

    def _member_of(self, disk: BinaryIO) -> Iterator[BinaryIO]:
        member = self.member or ""
        with zipfile.ZipFile(disk) as archive, archive.open(member) as unpacked:
            packed = archive.getinfo(member).compress_size
            inner: BinaryIO = _Guarded(unpacked, self, packed)
            if cast("zipfile.ZipExtFile", unpacked).peek(2)[:2] == GZIP_MAGIC:
                with gzip.GzipFile(fileobj=inner, mode="rb") as twice:
                    yield _Guarded(twice, self, packed)
            else:
                yield inner


class _Guarded(io.RawIOBase, BinaryIO):
    """A stream that counts what it unpacks and stops a bomb."""

    def __init__(self, stream: object, source: Source, packed: int) -> None:
        super().__init__()
        self._stream: BinaryIO = stream  # type: ignore[assignment]
        self._source = source
        self._packed = packed
        self._allowed = min(MAX_EXPANDED, max(RATIO_FREE, packed * MAX_RATIO))
        self._given = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        want = self._allowed - self._given + 1 if size is None or size < 0 else size
        data = self._stream.read(want)
        self._given += len(data)
        if self._given > self._allowed:
            raise SourceError(
                f'"{self._source.name}" unpacks to far more than an honest file would.',
                {"packed": f"{self._packed >> 10} KiB", "unpacked": f"over {self._allowed >> 20} MiB"},
                todo="Unpack it yourself, look at what it holds, and ingest the result.",
            )
        return data

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        data = self.read(len(view))
        view[: len(data)] = data
        return len(data)


@contextmanager
def _readable(source: Source) -> Iterator[None]:
    """Turn what a file system or a damaged archive raises into one clear message."""
    try:
        yield
    except FileNotFoundError as error:
        raise SourceError(f'"{source.path}" does not exist.', todo="Check the path.") from error
    except PermissionError as error:
        raise SourceError(
            f'"{source.path}" may not be read by this user.',
            {"error": error.strerror},
            todo="Ask for read permission.",
        ) from error
    except (
        zipfile.BadZipFile,
        EOFError,
        zlib.error,
        lzma.LZMAError,
        gzip.BadGzipFile,
        struct.error,
    ) as error:
        raise SourceError(
            f'"{source.name}" is damaged or cut off.',
            {"error": error},
            todo="Copy or download the file again.",
        ) from error
    except (NotImplementedError, RuntimeError) as error:  # zipfile: unknown method, or a password is needed
        raise SourceError(
            f'"{source.name}" cannot be unpacked.',
            {"error": error},
            todo="Unpack it with your own program first.",
        ) from error
    except OSError as error:
        raise SourceError(
            f'"{source.path}" cannot be read.',
            {"system says": error.strerror or error},
            todo="Check the path, the disk or the network drive it lies on.",
        ) from error


@dataclass(frozen=True)
class Fingerprint:
    """Size, time and digest of a file, to see whether it changed while it was read."""

    size: int
    modified: int
    sha256: str


def check_path(path: Path) -> None:
    """Refuse what is not a readable regular file with content."""
    try:
        status = path.stat()
    except FileNotFoundError as error:
        raise SourceError(f'"{path}" does not exist.', todo="Check the path.") from error
    except PermissionError as error:
        raise SourceError(
            f'"{path}" may not be read by this user.', todo="Ask for read permission."
        ) from error
    except OSError as error:
        raise SourceError(
            f'"{path}" cannot be opened.', {"error": error.strerror}, todo="Check the path."
        ) from error
    if stat.S_ISDIR(status.st_mode):
        raise SourceError(f'"{path}" is a folder.', {"expected": "a file"}, todo=f"Name the files: {path}/*")
    if not stat.S_ISREG(status.st_mode):
        raise SourceError(
            f'"{path}" is not a regular file.', {"expected": "a file on disk"}, todo="Copy it to a file."
        )
    if status.st_size == 0:
        raise SourceError(
            f'"{path}" is empty.', {"size": "0 bytes"}, todo="Export or download the file again."
        )


def shown_path(path: Path) -> str:
    """Return a path as text that can be stored and printed, whatever bytes it is made of."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def full_path(path: Path) -> str:
    """Return where a file really lies, as text; symbolic links are followed, be they sound or not."""
    return shown_path(Path(os.path.realpath(path)))


def fingerprint(path: Path) -> Fingerprint:
    """Return size, time of change and SHA-256 of a file."""
    check_path(path)
    with _readable(Source(path)), path.open("rb") as stream:
        before = os.fstat(stream.fileno())
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Fingerprint(before.st_size, before.st_mtime_ns, digest)


def check_unchanged(path: Path, seen: Fingerprint) -> None:
    """Refuse a file that was written to since its fingerprint was taken."""
    try:
        now = path.stat()
    except OSError as error:
        raise SourceError(
            f'"{path}" vanished while it was being read.',
            {"system says": error.strerror},
            todo="Put it back and ingest it again. Nothing of it was stored.",
        ) from error
    if (now.st_size, now.st_mtime_ns) != (seen.size, seen.modified):
        raise SourceError(
            f'"{path}" changed while it was being read.',
            {"size before": seen.size, "size now": now.st_size},
            todo="Wait until the program that writes it is done, then ingest it again. Nothing of it was stored.",
        )


def sources(path: Path) -> list[Source]:
    """Return what a file holds: itself, or the members of an archive that is not a workbook."""
    check_path(path)
    probe = Source(path)
    with probe.open() as stream:
        head = stream.read(4)
    if head[:2] == GZIP_MAGIC:
        return [Source(path, packing="gzip")]
    if head in (b"PK\x03\x04", b"PK\x05\x06"):  # with and without files in it
        with _readable(probe):
            return _members(path)
    return [probe]


def _members(path: Path) -> list[Source]:
    with path.open("rb") as disk:
        listed = _directory_size(disk)
        if listed > MAX_DIRECTORY:
            raise _too_many(path, f"{listed >> 20} MiB of names", f"{MAX_DIRECTORY >> 20} MiB")
        with zipfile.ZipFile(disk) as archive:
            infos = archive.infolist()
        names = [info.filename for info in infos if not _is_noise(info.filename)]
        if any(name.startswith(_WORKBOOK_PARTS) for name in names):
            _check_workbook(path, infos)
            return [Source(path)]
        if len(infos) > MAX_MEMBERS:
            raise _too_many(path, f"{len(infos):,} files", f"{MAX_MEMBERS:,}")
        twice = sorted(name for name, times in Counter(names).items() if times > 1)
        if twice:
            raise SourceError(
                f'"{path.name}" holds several files of one name, of which only one can be seen.',
                {"names": ", ".join(twice[:5])},
                todo="Unpack it and give them different names.",
            )
        return [Source(path, name, "zip") for name in sorted(names)]


def _directory_size(disk: BinaryIO) -> int:
    """Size of the list of files as the end of the archive states it; 0 when it states none."""
    disk.seek(max(0, os.fstat(disk.fileno()).st_size - (1 << 16) - 128))
    end = disk.read()
    disk.seek(0)
    small = end.rfind(b"PK\x05\x06")
    large = end.rfind(b"PK\x06\x06", 0, max(0, small))
    if large >= 0 and end[max(0, small - 20) : small].startswith(b"PK\x06\x07"):
        return int(struct.unpack_from("<Q", end, large + 40)[0])
    return int(struct.unpack_from("<L", end, small + 12)[0]) if 0 <= small <= len(end) - 22 else 0


def _too_many(path: Path, found: str, limit: str) -> SourceError:
    return SourceError(
        f'"{path.name}" holds too many files.',
        {"found": found, "limit": limit},
        todo="Unpack it and ingest the files in parts.",
    )


def _is_noise(name: str) -> bool:
    return (
        name.endswith("/")
        or any(mark in name for mark in _ZIP_NOISE)
        or PurePosixPath(name).name.startswith("._")
    )


def _check_workbook(path: Path, infos: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(info.file_size for info in infos)
    packed = max(1, path.stat().st_size)
    if unpacked > MAX_IN_MEMORY or (unpacked > RATIO_FREE and unpacked / packed > MAX_RATIO):
        raise SourceError(
            f'The workbook "{path.name}" unpacks to far more than an honest file would.',
            {"packed": f"{packed >> 10} KiB", "unpacked": f"{unpacked >> 20} MiB"},
            todo="Save it again from the program it came from, or export it as CSV.",
        )
