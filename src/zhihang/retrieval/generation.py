# SPDX-License-Identifier: Apache-2.0
"""Generations of the text index on disk: each is whole and never changes; a file names the one that counts.

::

    index/CURRENT            name of the generation that counts; replacing it is the commit
    index/<generation>/text/           the fields, kept by tantivy
    index/<generation>/register.arrow  one row per ordinal: application, digest of its structure
    index/<generation>/words.csv       words learned from the user's own texts
    index/<generation>/lexicon.txt     all Chinese words of the fields, a line each
    index/<generation>/pairs.bin       which of them stand next to each other somewhere
    index/<generation>/state.json      what state of the store it shows

A new generation begins with links to the files of the last, which are never written again. A process killed at any
moment leaves the last generation as it was; what it began is swept away by the next.
"""

from __future__ import annotations

import csv
import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pyarrow as pa
from pydantic import BaseModel, ConfigDict, ValidationError

from zhihang.errors import NotFound, StoreBusy, StoreError
from zhihang.methods.segmentation import DictionaryOnly, Segmenter, is_wide, segmenter_with
from zhihang.retrieval.kept import Kept
from zhihang.retrieval.layout import FORMAT, SCOPES, field_name, open_folder
from zhihang.retrieval.lexicon import Lexicon
from zhihang.retrieval.word_pairs import WordPairs

if TYPE_CHECKING:
    import tantivy

REGISTER = pa.schema([("application_id", pa.string()), ("digest", pa.binary(8))])
"""Row n stands for ordinal n; a blank application is one that went."""


MOST_NAMED = 2_000_000
"""Applications that kept questions may name together (about 100 bytes each)."""
MOST_COUNTED = 1_000
Counts: TypeAlias = tuple[Mapping[str, tuple[tuple[str, int], ...]], Mapping[str, int], int]
"""Counts by facet, what is beyond them, and how many applications there are."""
MOST_OPEN = 4
"""Indexes that stay open, each with its dictionary."""
_OPEN: dict[Path, tuple[tuple[str, int, int], Generation]] = {}


class State(BaseModel):
    """What state of the store a generation shows."""

    model_config = ConfigDict(frozen=True)

    format: int = FORMAT
    version: int
    files: tuple[int, ...]
    derived: dict[str, int]
    day: str
    applications: int
    text_bytes: int


@dataclass(frozen=True)
class Generation:
    """One whole state of the index."""

    folder: Path
    state: State

    @cached_property
    def index(self) -> tantivy.Index:
        """The fields."""
        return open_folder(str(self.folder / "text"))

    @cached_property
    def searcher(self) -> tantivy.Searcher:
        """What answers questions on this generation."""
        return self.index.searcher()

    @cached_property
    def register(self) -> pa.Table:
        """One row per ordinal, mapped from disk."""
        return read_register(self.folder)

    @cached_property
    def words(self) -> dict[str, int]:
        """Words learned from the user's own texts, with how often they stand there."""
        return read_words(self.folder)

    @cached_property
    def segmenter(self) -> Segmenter:
        """What divides Chinese, as it was divided for this generation."""
        return DictionaryOnly(segmenter_with(self.words))

    @cached_property
    def lexicon(self) -> Lexicon:
        """All Chinese words of the fields."""
        held = (self.folder / "lexicon.txt").read_text("utf-8").split()
        return Lexicon(held, WordPairs.mapped(self.folder / "pairs.bin"))

    @cached_property
    def chosen(self) -> Kept[tantivy.Query]:
        """What structured conditions chose among its applications: questions, each as large as what it names."""
        return Kept(MOST_NAMED)

    @cached_property
    def counted(self) -> Kept[Counts]:
        """How many applications of each year, class and so on the last queries found."""
        return Kept(MOST_COUNTED)

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())


def current(root: Path) -> Generation | None:
    """Return the generation that counts; None where there is no index, or one of another layout."""
    try:
        name = (root / "CURRENT").read_text("ascii").strip()
        state = State.model_validate_json((root / name / "state.json").read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (ValidationError, UnicodeDecodeError, NotADirectoryError) as error:
        raise StoreError(
            "The text index is damaged.", {"folder": root, "fault": error}, todo="zhihang index --rebuild"
        ) from error
    if state.format != FORMAT:
        return None
    written = (root / name / "state.json").stat()
    key = (name, written.st_ino, written.st_mtime_ns)
    kept = _OPEN.get(root)
    if kept is None or kept[0] != key:
        kept = _OPEN[root] = (key, Generation(root / name, state))
        for other in list(_OPEN)[:-MOST_OPEN]:
            _OPEN.pop(other, None)
    return kept[1]


def sound(root: Path) -> Generation | None:
    """Return the generation that counts; None where it is damaged."""
    try:
        return current(root)
    except StoreError:
        return None


def require(root: Path) -> Generation:
    """Return the generation that counts, or say how to make one."""
    found = current(root)
    if found is None and (root / "CURRENT").exists():
        raise NotFound(
            "The text index was made by another version of the program.",
            {"folder": root},
            todo="zhihang index",
        )
    if found is None:
        raise NotFound("There is no text index yet.", {"expected": root / "CURRENT"}, todo="zhihang index")
    return found


@contextmanager
def one_writer(root: Path) -> Iterator[None]:
    """Hold the index for writing; the system lets go of it when the process dies."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / "lock").open("a") as lock:
        try:
            fcntl.flock(lock.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreBusy(
                "The text index is being written by another process.",
                {"folder": root},
                todo="Wait for it to end, then try again; searching goes on meanwhile.",
            ) from error
        yield


def begin(root: Path, *, after: Generation | None) -> Path:
    """Make the folder of a new generation, with the files of the one before it where there is one."""
    _sweep(root, keep=sound(root))
    numbers = [int(path.name[1:]) for path in root.glob("g[0-9]*")]
    folder = root / f"g{max(numbers, default=0) + 1:06d}"
    (folder / "text").mkdir(parents=True)
    if after is not None:
        for path in sorted((after.folder / "text").iterdir()):
            if not path.name.endswith(".lock"):
                _link(path, folder / "text" / path.name)
    return folder


def finish(
    root: Path,
    folder: Path,
    state: State,
    register: pa.Table,
    words: Mapping[str, int],
    pairs: WordPairs,
) -> Generation:
    """Write what stands beside the fields and let the new generation count."""
    with pa.OSFile(str(folder / "register.arrow"), "wb") as sink, pa.ipc.new_file(sink, REGISTER) as writer:
        writer.write_table(register.cast(REGISTER).combine_chunks())
    with (folder / "words.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(sorted(words.items()))
    pairs.write(folder / "pairs.bin")
    (folder / "lexicon.txt").write_text("\n".join(_words_held(folder)), encoding="utf-8")
    (folder / "state.json").write_text(state.model_dump_json(), encoding="utf-8")
    for path in folder.rglob("*"):
        if path.is_file():
            _sync(path)
    _sync(folder)
    temporary = root / "CURRENT.new"
    temporary.write_text(folder.name, encoding="ascii")
    _sync(temporary)
    temporary.replace(root / "CURRENT")
    _sync(root)
    made = Generation(folder, state)
    _sweep(root, keep=made)
    return made


def read_register(folder: Path) -> pa.Table:
    """Return the register of a generation, mapped from disk."""
    return pa.ipc.open_file(pa.memory_map(str(folder / "register.arrow"))).read_all()


def read_words(folder: Path) -> dict[str, int]:
    """Return the words a generation learned."""
    with (folder / "words.csv").open(encoding="utf-8", newline="") as stream:
        return {word: int(times) for word, times in csv.reader(stream)}


def _words_held(folder: Path) -> list[str]:
    """Return the Chinese words that the fields hold."""
    searcher = open_folder(str(folder / "text")).searcher()
    held: set[str] = set()
    for scope in SCOPES:
        held.update(word for word, _ in searcher.terms_with_prefix(field_name(scope, "words"), ""))
    return sorted(filter(is_wide, held))


def _sweep(root: Path, *, keep: Generation | None) -> None:
    for path in root.glob("g[0-9]*"):
        if keep is None or path != keep.folder:
            shutil.rmtree(path, ignore_errors=True)


def _link(source: Path, target: Path) -> None:
    """Share a file that is never written again; the two that tantivy replaces are replaced, not written into."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
