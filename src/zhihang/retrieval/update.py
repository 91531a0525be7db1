# SPDX-License-Identifier: Apache-2.0
"""Bring the text index up to the state of the store: what changed since the last time, or all of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Literal

import pyarrow as pa
import pyarrow.compute as pc
import tantivy

from zhihang.errors import NotFound
from zhihang.methods.segmentation import DictionaryOnly, segmenter_with
from zhihang.retrieval import generation as generations
from zhihang.retrieval.document_stream import documents
from zhihang.retrieval.documents import DocumentMaker
from zhihang.retrieval.feed import DERIVED, READ, structure, texts, texts_of
from zhihang.retrieval.generation import REGISTER, Generation, State
from zhihang.retrieval.layout import open_folder
from zhihang.retrieval.vocabulary import learned_words
from zhihang.retrieval.word_pairs import NotedPairs
from zhihang.store import manifest as manifests
from zhihang.store.snapshot import Snapshot
from zhihang.store.touched import touched_applications

if TYPE_CHECKING:
    from zhihang.store.manifest import Manifest
    from zhihang.store.store import Store

CHUNK = 100_000
"""Applications whose texts are read at a time."""
HEAP = 512_000_000
"""Bytes that the writer of the index may fill before it writes them down."""
ALL_FROM = 0.3
"""From this share of applications changed on, building anew is faster."""

Progress = Callable[[int, int], None]
"""Told how many applications are done, and how many there are to do."""


@dataclass(frozen=True)
class Indexed:
    """What became of the index: how it was brought up to date, documents written and there, seconds, sizes."""

    extent: Literal["all", "changed", "nothing"]
    written: int
    removed: int
    applications: int
    learned: int
    seconds: float
    text_bytes: int
    index_bytes: int


@dataclass(frozen=True)
class Behind:
    """How far the index is behind the store."""

    files_added: int
    files_dropped: int
    derived_anew: tuple[str, ...]
    another_day: bool

    def __bool__(self) -> bool:
        return bool(self.files_added or self.files_dropped or self.derived_anew)


def behind(found: Generation, manifest: Manifest) -> Behind:
    """Say what the store has that the index does not show, and the other way round."""
    now, then = _files(manifest), set(found.state.files)
    derived = _derived(manifest)
    changed = [name for name in derived if derived[name] != found.state.derived.get(name, 0)]
    return Behind(len(now - then), len(then - now), tuple(changed), False)


def update(root: Path, store: Store, *, rebuild: bool = False, progress: Progress | None = None) -> Indexed:
    """Bring the index in folder `root` to the state the store shows."""
    started = perf_counter()
    with generations.one_writer(root):
        found = None if rebuild else generations.sound(root)
        work = _Update(root, store, found, progress)
        made, extent, written, removed = work.run()
        state = made.state
        return Indexed(
            extent,
            written,
            removed,
            state.applications,
            len(made.words),
            perf_counter() - started,
            state.text_bytes,
            made.size,
        )


class _Update:
    """One update of the index."""

    def __init__(self, root: Path, store: Store, found: Generation | None, progress: Progress | None) -> None:
        self.root = root
        self.store = store
        self.found = found
        self.progress = progress
        self.snapshot = store.snapshot
        self.today = store.clock().date()

    def run(self) -> tuple[Generation, Literal["all", "changed", "nothing"], int, int]:
        if self.found is not None and self._same(self.found):
            return self.found, "nothing", 0, 0
        rows = self.store.collect(structure(self.snapshot.table, self.today))
        rows = rows.append_column("digest", _digests(rows))
        if self.found is not None:
            done = self._changed(self.found, rows)
            if done is not None:
                return done
        return self._all(rows)

    def _same(self, found: Generation) -> bool:
        return not behind(found, self.snapshot.manifest) and found.state.day == self.today.isoformat()

    def _all(self, rows: pa.Table) -> tuple[Generation, Literal["all"], int, int]:
        words = learned_words(self.snapshot, self.store.collect)
        folder = generations.begin(self.root, after=None)
        index = open_folder(str(folder / "text"))
        pairs = NotedPairs.for_applications(rows.num_rows)
        maker = DocumentMaker(DictionaryOnly(segmenter_with(words)), index.schema, pairs)
        writer = index.writer(HEAP, 2)
        for first in range(0, rows.num_rows, CHUNK):
            chunk = rows.slice(first, CHUNK)
            self._write(writer, maker, chunk, range(first, first + chunk.num_rows), rows.num_rows)
        writer.commit()
        writer.wait_merging_threads()
        register = pa.table([rows["application_id"], rows["digest"]], schema=REGISTER)
        state = self._state(rows.num_rows, maker.text_bytes)
        made = generations.finish(self.root, folder, state, register, words, pairs.packed())
        return made, "all", rows.num_rows, 0

    def _changed(
        self, found: Generation, rows: pa.Table
    ) -> tuple[Generation, Literal["changed"], int, int] | None:
        register = found.register
        touched = self._touched(found)
        if touched is None:
            return None
        place = pc.index_in(rows["application_id"], value_set=register["application_id"])
        before = register["digest"].take(place)
        same = pc.fill_null(pc.equal(before, rows["digest"]), False)
        same = pc.and_(same, pc.invert(pc.is_in(rows["application_id"], value_set=touched)))
        changed = rows.filter(pc.invert(same))
        gone = pc.and_(
            pc.is_valid(register["application_id"]),
            pc.invert(pc.is_in(register["application_id"], value_set=rows["application_id"])),
        )
        if changed.num_rows > ALL_FROM * rows.num_rows:
            return None
        return self._write_changed(found, rows, changed, gone)

    def _write_changed(
        self, found: Generation, rows: pa.Table, changed: pa.Table, gone: pa.ChunkedArray
    ) -> tuple[Generation, Literal["changed"], int, int]:
        register, pairs = found.register, NotedPairs.read(found.folder / "pairs.bin")
        maker = DocumentMaker(found.segmenter, found.index.schema, pairs)
        known = pc.index_in(changed["application_id"], value_set=register["application_id"]).to_pylist()
        removed = pc.indices_nonzero(gone).to_pylist()
        fresh = iter(range(register.num_rows, register.num_rows + changed.num_rows))
        ordinals = [next(fresh) if number is None else number for number in known]
        folder = generations.begin(self.root, after=found)
        writer = open_folder(str(folder / "text")).writer(HEAP, 2)
        old = sorted({*removed, *(number for number in known if number is not None)})
        if (
            old
        ):  # deleting by term passes over unsigned numbers in silence (tantivy 0.27); by query it does not
            gone_now = tantivy.Query.term_set_query(found.index.schema, "ordinal", old)
            writer.delete_documents_by_query(gone_now)
        for first in range(0, changed.num_rows, CHUNK):
            part = slice(first, first + CHUNK)
            chunk = changed.slice(first, CHUNK)
            self._write(writer, maker, chunk, ordinals[part], changed.num_rows)
        writer.commit()
        writer.wait_merging_threads()
        entries = _renewed(register, removed, ordinals, changed)
        state = self._state(rows.num_rows, found.state.text_bytes + maker.text_bytes)
        made = generations.finish(self.root, folder, state, entries, found.words, pairs.packed())
        return made, "changed", changed.num_rows, len(removed)

    def _write(
        self,
        writer: tantivy.IndexWriter,
        maker: DocumentMaker,
        chunk: pa.Table,
        ordinals: Sequence[int],
        whole: int,
    ) -> None:
        texts = self._texts(chunk, everything=chunk.num_rows > CHUNK // 20)
        for document in documents(maker, ordinals, chunk, texts):
            writer.add_document(document)
        if self.progress:
            self.progress(min(max(ordinals, default=0) + 1, whole), whole)

    def _texts(self, chunk: pa.Table, *, everything: bool) -> Iterator[pa.RecordBatch]:
        ids = chunk["application_id"]
        if everything:
            found = texts(self.snapshot.table, ids[0].as_py(), ids[-1].as_py())
        else:
            few = self.store.engine.values(pa.table({"application_id": ids}))
            found = texts_of(self.snapshot.table, few)
        return self.store.engine.batches(found.order_by("application_id"))

    def _touched(self, found: Generation) -> pa.Array | None:
        """Return the applications described by files that came or went; None: it can no longer be told."""
        now, then = _files(self.snapshot.manifest), set(found.state.files)
        if now == then:
            return pa.array([], pa.string())
        try:
            earlier = manifests.load(self.store.root, found.state.version)
        except NotFound:
            return None
        before = Snapshot(self.store.root, earlier, self.store.engine)
        ids = touched_applications(before, self.snapshot, READ, sorted(now - then), sorted(then - now))
        if ids is None:
            return pa.array([], pa.string())
        return self.store.collect(ids)["application_id"].combine_chunks()

    def _state(self, applications: int, text_bytes: int) -> State:
        manifest = self.snapshot.manifest
        return State(
            version=manifest.version,
            files=tuple(sorted(_files(manifest))),
            derived=_derived(manifest),
            day=self.today.isoformat(),
            applications=applications,
            text_bytes=text_bytes,
        )


def _renewed(
    register: pa.Table, removed: Sequence[int], ordinals: Sequence[int], changed: pa.Table
) -> pa.Table:
    """Return the register after a change: rows of what went are blank, new ones stand at the end."""
    ids, digests = register["application_id"].to_pylist(), register["digest"].to_pylist()
    for ordinal in removed:
        ids[ordinal] = None
    for ordinal, number, digest in zip(
        ordinals, changed["application_id"].to_pylist(), changed["digest"].to_pylist(), strict=True
    ):
        if ordinal < len(ids):
            digests[ordinal] = digest
        else:
            ids.append(number)
            digests.append(digest)
    return pa.table([pa.array(ids, pa.string()), pa.array(digests, pa.binary(8))], schema=REGISTER)


def _digests(rows: pa.Table) -> pa.Array:
    """Return a digest of the structure of each application."""
    texts = [pc.fill_null(pc.cast(rows[name], pa.string()), "\0") for name in rows.column_names]
    lines = pc.binary_join_element_wise(*texts, "\1").to_pylist()
    return pa.array([hashlib.blake2b(line.encode(), digest_size=8).digest() for line in lines], pa.binary(8))


def _files(manifest: Manifest) -> set[int]:
    return {entry.file_id for entry in manifest.files}


def _derived(manifest: Manifest) -> dict[str, int]:
    """Return the run that last computed each derived table the index rests on."""
    return {name: manifest.derived[name].run_id for name in DERIVED if name in manifest.derived}
