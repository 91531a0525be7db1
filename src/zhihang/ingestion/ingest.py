# SPDX-License-Identifier: Apache-2.0
"""Ingest: files in, typed rows in the store, every record accounted for."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from zhihang.errors import NotAllowed, NotFound, SourceError, ZhihangError
from zhihang.ingestion.lanes import LARGE, Progress, read_in_lanes, read_into
from zhihang.ingestion.reader import Reader
from zhihang.ingestion.sniff import Sniffed, sniff
from zhihang.ingestion.source import (
    Fingerprint,
    Source,
    UnknownKind,
    check_unchanged,
    fingerprint,
    full_path,
    shown_path,
    sources,
)
from zhihang.shelf import Shelf
from zhihang.store.manifest import SourceEntry
from zhihang.store.staging import StagedSource
from zhihang.store.store import Store
from zhihang.store.writing import WritingRun

SURE = 0.6
"""A reader is sure of a source from this confidence on; below, it only guesses by the shape."""


@dataclass
class Outcome:
    """What became of one file.

    `records` is what the file holds; each is an application seen for the first time in this file, a further record
    on such an application (`merged`), or refused (`rejected`).
    """

    file: str
    status: str = "ingested"
    reader: str | None = None
    records: int = 0
    applications: int = 0
    merged: int = 0
    publications: int = 0
    rejected: int = 0
    tables: dict[str, int] = field(default_factory=dict)
    sha256: str | None = None
    seconds: float = 0.0
    simulated: bool = False
    skipped: list[str] = field(default_factory=list)
    message: str | None = None


@dataclass(frozen=True)
class Request:
    """What to ingest and how.

    Parameters
    ----------
    paths
        Files. A file already in the store is left alone; a changed one replaces its own rows.
    mapping
        Reader made from a user's mapping file, used for all `paths` instead of sniffing.
    mapping_digest
        Digest of that mapping file, so that a changed mapping reads its files again.
    replaces
        Path or number of a file in the store whose rows the (single) new file replaces.
    again
        Read files again even when nothing about them changed.
    """

    paths: Sequence[Path]
    mapping: Reader | None = None
    mapping_digest: str = ""
    replaces: str | None = None
    again: bool = False


def ingest(
    store: Store,
    request: Request,
    readers: Shelf[Reader],
    *,
    wait: float = 60.0,
    progress: Progress | None = None,
) -> list[Outcome]:
    """Take files into the store in one run and tell what became of each.

    A file that cannot be read is reported and leaves nothing behind; the others are stored.
    """
    arguments = {"paths": [shown_path(path) for path in request.paths], "replaces": request.replaces}
    with store.writing("ingest", arguments, wait=wait) as run:
        replaced = _replaced(run, request) if request.replaces is not None else set()
        outcomes = [_ingest_file(run, path, request, readers, progress) for path in request.paths]
        if all(outcome.status != "failed" for outcome in outcomes):
            digests = {outcome.sha256 for outcome in outcomes}
            run.drop(replaced - {entry.file_id for entry in run.entries() if entry.sha256 in digests})
        if run.changed:
            run.commit(store.clock(), _summary(outcomes))
    return outcomes


def _ingest_file(
    run: WritingRun, path: Path, request: Request, readers: Shelf[Reader], progress: Progress | None
) -> Outcome:
    outcome = Outcome(shown_path(path))
    place = full_path(path)
    began = time.perf_counter()
    staged: list[StagedSource] = []
    try:
        seen = fingerprint(path)
        outcome.sha256 = seen.sha256
        known = [entry for entry in run.entries() if entry.sha256 == seen.sha256]
        same = [entry for entry in run.entries() if entry.path == place]
        parts = recognised(path, request, readers, outcome.skipped)
        again = request.again and not any(run.took(entry) for entry in known)
        if known and not again and _nothing_new(known, parts, request):
            return _as_before(outcome, known, place)
        _take(run, path, seen, parts, request, outcome, staged, progress, readers)
        run.drop({entry.file_id for entry in (*same, *known)})
        outcome.status = "replaced" if same or known else "ingested"
    except ZhihangError as error:
        _fail(run, outcome, staged, str(error))
    outcome.seconds = round(time.perf_counter() - began, 3)
    return outcome


def recognised(
    path: Path, request: Request, readers: Shelf[Reader], skipped: list[str] | None = None
) -> list[Sniffed]:
    """Sniff the file, or each member of an archive; members of unknown kind are named in `skipped`.

    Beside members that a reader is sure of, those that are only guessed at (lists and reports that an office puts
    into its weekly archive) are left out.
    """
    found: list[Sniffed] = []
    first_error: SourceError | None = None
    for source in sources(path):
        try:
            with _FaultsNamed(source, "sniff"):
                if request.mapping is not None:
                    found.append(Sniffed(source, request.mapping.take(source), request.mapping, 1.0))
                else:
                    found.append(sniff(source, readers))
        except UnknownKind as error:
            first_error = first_error or error
            if skipped is not None:
                skipped.append(source.name)
    if any(part.confidence >= SURE for part in found):
        guessed = [part for part in found if part.confidence < SURE]
        found = [part for part in found if part.confidence >= SURE]
        if skipped is not None:
            skipped.extend(part.source.name for part in guessed)
    if not found:
        raise first_error or SourceError(f'"{path}" holds no files.', todo="Check the archive.")
    return found


def _nothing_new(known: Sequence[SourceEntry], parts: Sequence[Sniffed], request: Request) -> bool:
    before = {(entry.member, entry.reader, entry.reader_version, entry.mapping) for entry in known}
    now = {
        (part.source.member, part.reader.name, part.reader.version, request.mapping_digest) for part in parts
    }
    return now <= before


def _as_before(outcome: Outcome, known: Sequence[SourceEntry], place: str) -> Outcome:
    for entry in known:
        _count(outcome, entry)
    elsewhere = {entry.path for entry in known} - {place}
    outcome.status = "unchanged"
    outcome.message = (
        f"already in the store as {', '.join(sorted(elsewhere))}" if elsewhere else "already in the store"
    )
    return outcome


def _take(
    run: WritingRun,
    path: Path,
    seen: Fingerprint,
    parts: Sequence[Sniffed],
    request: Request,
    outcome: Outcome,
    staged: list[StagedSource],
    progress: Progress | None,
    readers: Shelf[Reader],
) -> None:
    entries = []
    applications = publications = 0
    for part in parts:
        place = run.stage()
        staged.append(place)
        records, rejected = _read(run, part, place, seen.size, progress, readers)
        rows = place.rows()
        before = applications, publications
        applications = run.count_distinct(staged, "application", "application_id")
        publications = run.count_distinct(staged, "publication", "publication_id")
        entry = SourceEntry(
            file_id=place.file_id,
            path=full_path(path),
            member=part.source.member,
            sha256=seen.sha256,
            size=seen.size,
            reader=part.reader.name,
            reader_version=part.reader.version,
            mapping=request.mapping_digest,
            precedence=part.reader.precedence,
            simulated=part.simulated,
            records=records,
            applications=applications - before[0],
            publications=publications - before[1],
            rejected=rejected,
            rows=rows,
        )
        entries.append(entry)
    check_unchanged(path, seen)
    for place, entry in zip(staged, entries, strict=True):
        run.take(place, entry)
        _count(outcome, entry)


def _read(
    run: WritingRun,
    part: Sniffed,
    place: StagedSource,
    size: int,
    progress: Progress | None,
    readers: Shelf[Reader],
) -> tuple[int, int]:
    """Read one source into its staging place; return how many records it holds and how many were refused.

    The engine, which the counts after reading need, is started before, or while other processes read.
    """
    with _FaultsNamed(part.source, part.reader.name):
        if part.reader.divisible and size >= LARGE:
            records, rejected = read_in_lanes(
                part, place, size, progress, readers, meanwhile=run.start_engine
            )
        else:
            run.start_engine()
            records, rejected = read_into(part, place, size, progress)
    if not records:
        raise SourceError(
            f'"{part.source.name}" holds no records.',
            {"read as": part.reader.name},
            todo="Check that it is the file you meant.",
        )
    return records, rejected


class _FaultsNamed:
    """A hostile or odd file may break a reader in ways nobody foresaw: say so, keep the other files going."""

    def __init__(self, source: Source, step: str) -> None:
        self._source, self._step = source, step

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if error is None or isinstance(error, (ZhihangError, OSError)) or not isinstance(error, Exception):
            return
        raise SourceError(
            f'"{self._source.name}" could not be read.',
            {
                "step": self._step,
                "fault": f"{type(error).__name__}: {error}"[:300],
                "state": "nothing of this file was stored",
            },
            todo="Check the file; if it opens elsewhere, report it with this message.",
        ) from error


def _fail(run: WritingRun, outcome: Outcome, staged: Sequence[StagedSource], message: str) -> None:
    for place in staged:
        run.discard(place)
    outcome.status, outcome.message = "failed", message
    outcome.skipped.clear()


def _count(outcome: Outcome, entry: SourceEntry) -> None:
    outcome.reader = (
        entry.reader if outcome.reader in (None, entry.reader) else f"{outcome.reader}, {entry.reader}"
    )
    outcome.records += entry.records
    outcome.applications += entry.applications
    outcome.publications += entry.publications
    outcome.rejected += entry.rejected
    outcome.simulated = outcome.simulated or entry.simulated
    about_applications = entry.rows.get("application", 0)
    outcome.merged += about_applications - entry.applications
    for name, rows in entry.rows.items():
        outcome.tables[name] = outcome.tables.get(name, 0) + rows


def _replaced(run: WritingRun, request: Request) -> set[int]:
    named = request.replaces or ""
    if len(request.paths) != 1:
        raise NotAllowed(
            "Only one new file can replace a stored one.",
            {"new files": len(request.paths), "to be replaced": named},
            todo="Ingest them one by one.",
        )
    wanted = full_path(Path(named))
    found = {e.file_id for e in run.entries() if e.path == wanted or str(e.file_id) == named}
    if not found:
        raise NotFound(
            f'The store holds no file "{named}".',
            {"expected": "a path or number of table file"},
            todo="zhihang list files",
        )
    return found


def _summary(outcomes: Sequence[Outcome]) -> str:
    done = [outcome for outcome in outcomes if outcome.status in ("ingested", "replaced")]
    records, rejected = sum(o.records for o in done), sum(o.rejected for o in done)
    return f"{len(done)} files, {records} records, {rejected} rejected"
