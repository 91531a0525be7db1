# SPDX-License-Identifier: Apache-2.0
"""A workspace: a user's folder with settings, store and shelves; every verb by name, for notebooks, command line, web."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhihang.desks.hall import Hall
from zhihang.errors import NotFound, StoreError
from zhihang.settings import DEFAULT_SETTINGS, SETTINGS, read_settings

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir
    import pyarrow as pa

    from zhihang.derivation.derivation import Derivation
    from zhihang.derivation.derive import DeriveOutcome
    from zhihang.facts.codelist import CodeLists
    from zhihang.ingestion.ingest import Outcome
    from zhihang.ingestion.lanes import Progress
    from zhihang.ingestion.reader import Reader
    from zhihang.measurement.catalogue import Indicators
    from zhihang.measurement.explain import Explanation
    from zhihang.measurement.grid import Every
    from zhihang.measurement.identity import Finding as Discrepancy
    from zhihang.measurement.measure import Basis, Measured, Question
    from zhihang.quality.inspect import Finding
    from zhihang.reporting.explanation import ToldFigure
    from zhihang.reporting.status import StatusSection
    from zhihang.shelf import Shelf
    from zhihang.simulation.simulate import Simulated
    from zhihang.store.manifest import RunEntry
    from zhihang.store.origin import Origin
    from zhihang.store.store import Store


@dataclass
class Workspace(Hall):
    """One opened workspace folder.

    `as_of` shows the store as it stood after an earlier run; `wait` is how long writing verbs wait for another
    writer, in seconds.
    """

    folder: Path
    as_of: int | None = None
    wait: float = 60.0
    settings: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def store(self) -> Store:
        """The store of this workspace."""
        from zhihang.store.store import open_store

        chosen = self.settings.get("store", {})
        engine = str(chosen.get("engine", "duckdb"))
        options = {key: value for key, value in chosen.items() if key != "engine"}
        options.update(self.settings.get(engine, {}))
        return open_store(self.folder / "store", engine=engine, settings=options, as_of=self.as_of)

    @property
    def readers(self) -> Shelf[Reader]:
        """Readers of this workspace and of the package."""
        from zhihang.ingestion.reader import readers

        own = self.folder / "readers"
        return readers([own] if own.is_dir() else [])

    def ingest(
        self,
        paths: Iterable[Path | str],
        *,
        mapping: Path | None = None,
        replaces: str | None = None,
        again: bool = False,
        progress: Progress | None = None,
    ) -> list[Outcome]:
        """Take files into the store; see `zhihang.ingestion.ingest.Request`."""
        from zhihang.ingestion.ingest import Request, ingest
        from zhihang.store.compaction import compact, needs_compaction

        own, digest = self._mapping(mapping)
        request = Request([Path(path) for path in paths], own, digest, replaces, again)
        outcomes = ingest(self.store, request, self.readers, wait=self.wait, progress=progress)
        if needs_compaction(self.store.manifest):
            compact(self.store, wait=self.wait)
        return outcomes

    def import_observations(
        self, paths: Iterable[Path | str], *, replaces: str | None = None, progress: Progress | None = None
    ) -> list[Outcome]:
        """Take published figures into the store; each file is read as a table of statistics."""
        from zhihang.ingestion.ingest import Request, ingest

        reader = self.readers["statistics_table"]
        request = Request([Path(path) for path in paths], reader, "", replaces)
        return ingest(self.store, request, self.readers, wait=self.wait, progress=progress)

    def preview(
        self, path: Path | str, *, mapping: Path | None = None, records: int = 3
    ) -> list[dict[str, Any]]:
        """Say how a file would be read, with its first records, storing nothing; archives give a part per member."""
        from zhihang.ingestion.ingest import Request, recognised
        from zhihang.ingestion.preview import preview

        own, digest = self._mapping(mapping)
        found = recognised(Path(path), Request([Path(path)], own, digest), self.readers)
        return [preview(part, records) for part in found]

    def published_files(self) -> list[Path]:
        """Return the published statistics that ship with the package, ready to be ingested."""
        from zhihang.facts.published_statistics import published_files

        return published_files()

    def _mapping(self, path: Path | None) -> tuple[Reader | None, str]:
        if path is None:
            return None, ""
        from zhihang.ingestion.mapping import mapped_reader

        return mapped_reader(path), hashlib.sha256(path.read_bytes()).hexdigest()

    def query(self, sql: str, *, seconds: float = 60.0) -> pa.Table:
        """Run one SELECT over the tables of the data dictionary."""
        return self.store.sql(sql, seconds=seconds)

    def history(self) -> list[dict[str, Any]]:
        """Return the runs that wrote to the store, oldest first."""
        return [run.model_dump() for run in self.store.manifest.runs]

    def catalogue(self, what: str) -> list[dict[str, Any]]:
        """Return a row for each thing of a kind: readers, tables, codelists, checks, scenarios, files, runs."""
        from zhihang.reporting.catalogue import list_things

        return list_things(what, self.readers, lambda: self.store.manifest)

    def show(self, what: str, name: str) -> dict[str, Any]:
        """Return one reader, table, code list, check, scenario or application in full: facts and parts."""
        from zhihang.reporting.catalogue import show_thing
        from zhihang.reporting.record import record_page

        if what == "organisation":
            from zhihang.reporting.record import organisation_page

            return organisation_page(self.names.organisation(name))
        if what == "application":
            return record_page(self.store.snapshot, self._ids(name))
        return show_thing(what, name, self.readers)

    def explain(self, number: str) -> Origin:
        """Return every value on an application, the file and line it comes from, and whether it counts."""
        from zhihang.store.origin import origin

        return origin(self.store.snapshot, self._ids(number))

    def dossier(self, number: str) -> dict[str, Any]:
        """Return everything a person wants to see of one application, named by a number in any spelling."""
        from zhihang.reporting.dossier import dossier

        return dossier(self.store.snapshot, self._ids(number), self.codes)

    def _ids(self, number: str) -> list[str]:
        """Return the ids that a number in any spelling may stand for."""
        import pyarrow as pa

        from zhihang.ingestion.identify import document_id
        from zhihang.terms import application_number, publication_number

        read = publication_number.settle(pa.array([number]), default_office="CN")
        ids = [
            application_number.settle_one(number, default_office="CN").application_id,
            read.publication_id[0].as_py(),
            document_id(read.office, read.number, read.kind_code)[0].as_py(),
        ]
        return [number.strip(), *[found for found in ids if found]]

    def status(self, *, region: str | None = None) -> list[StatusSection]:
        """Return what the store holds, section by section; `region` adds its published series."""
        from zhihang.reporting.status import status

        return status(self.store, region)

    def compact(self, *, forget_before: int | None = None) -> str:
        """Join small files into large ones and, if asked, forget states before a run; return what was done."""
        from zhihang.store.compaction import compact

        return compact(self.store, forget_before=forget_before, wait=self.wait)

    @property
    def codes(self) -> CodeLists:
        """Code lists: those in the folder ``codelists/`` of this workspace before those of the package."""
        from zhihang.facts.codelist import CodeLists

        return CodeLists((self.folder / "codelists",))

    @property
    def decisions_folder(self) -> Path:
        """Folder with what the office decided, one CSV for each subject."""
        return self.folder / "decisions"

    @property
    def derivations(self) -> Shelf[Derivation]:
        """Derivations of this workspace and of the package."""
        from zhihang.derivation.derivation import derivations

        own = self.folder / "derivations"
        return derivations([own] if own.is_dir() else [])

    def derive(
        self,
        names: Iterable[str] = (),
        *,
        again: bool = False,
        progress: Callable[[str, int, int], None] | None = None,
    ) -> list[DeriveOutcome]:
        """Bring derived tables up to date (default: all of them), or compute them `again`."""
        from zhihang.derivation.derive import DeriveRequest, derive

        request = DeriveRequest(tuple(names), again, self.codes, self.decisions_folder)
        return derive(self.store, self.derivations.all(), request, wait=self.wait, progress=progress)

    def stale(self) -> list[str]:
        """Return the derived tables that no longer follow from what the store holds."""
        from zhihang.derivation.derive import DeriveRequest, stale

        request = DeriveRequest((), False, self.codes, self.decisions_folder)
        return stale(self.store, self.derivations.all(), request)

    def check(self, names: Sequence[str] = ()) -> list[Discrepancy]:
        """Return where published figures contradict each other, the worst first."""
        from zhihang.measurement.identity import check_identities

        own = self.folder / "identities"
        return check_identities(
            self.store.table,
            self.store.collect,
            self.codes,
            self.indicators,
            only=names,
            folders=[own] if own.is_dir() else [],
        )

    @property
    def indicators(self) -> Indicators:
        """Indicators of this workspace and of the package."""
        from zhihang.measurement.catalogue import Indicators

        own = self.folder / "indicators"
        return Indicators([own] if own.is_dir() else [])

    def measure(
        self,
        codes: Sequence[str],
        region: str,
        *,
        first: str | None = None,
        last: str | None = None,
        every: Every = "year",
        at: date | None = None,
        by: Sequence[str] = (),
        basis: Basis = "computed",
        known_on: date | None = None,
    ) -> ir.Table:
        """Compute indicators (none named: all of them); see `zhihang.measurement.measure.Question`.

        The result has `indicator, label, region, region_name, period`, the dimensions, `value, unit, status,
        reference, note`.
        """
        from zhihang.measurement.measure import Question, as_table

        question = Question(codes, region, first, last, every, at, by, basis, known_on)
        return self.store.engine.values(as_table(self.measured(question), by))

    def measured(self, question: Question) -> list[Measured]:
        """Return the cells that answer a question."""
        from zhihang.measurement.measure import measure

        return measure(
            question, self.indicators, self.store.table, self.store.collect, self.codes, hold=self.store.hold
        )

    def explain_figure(
        self,
        code: str,
        region: str,
        period: str,
        *,
        basis: Basis = "computed",
        known_on: date | None = None,
        shown: int = 20,
    ) -> tuple[Explanation, list[RunEntry]]:
        """Return everything behind one figure, and the runs that wrote what it rests on."""
        from zhihang.measurement.evaluation import Evaluation
        from zhihang.measurement.explain import explain
        from zhihang.measurement.grid import read_moment
        from zhihang.measurement.place import Places

        place, indicators = Places(self.codes).find(region), self.indicators
        store = self.store
        evaluation = Evaluation(indicators, store.table, store.collect, [place], (), known_on)
        found = explain(evaluation, indicators[code], place, read_moment(period), basis=basis, shown=shown)
        manifest = store.manifest
        wrote = {entry.run_id for entry in manifest.files} | {
            made.run_id for made in manifest.derived.values()
        }
        return found, [run for run in manifest.runs if run.run_id in wrote]

    def explanation(
        self,
        code: str,
        region: str,
        period: str,
        *,
        basis: Basis = "computed",
        shown: int = 20,
        html: Path | None = None,
    ) -> ToldFigure:
        """Return the explanation of a figure as text and as plain data; `html` also writes it as a page."""
        from zhihang.reporting.explanation import ToldFigure, as_data, as_document, as_text

        found, runs = self.explain_figure(code, region, period, basis=basis, shown=shown)
        if html is not None:
            from zhihang.reporting.write import write

            write(as_document(found, runs, self.store.clock().date()), html)
        return ToldFigure(as_text(found, runs), as_data(found, runs))

    def quality(self, *, examples: int = 5) -> list[Finding]:
        """List impossible things in the store, with counts and examples."""
        from zhihang.quality.inspect import inspect

        store = self.store
        today = store.clock().date()
        return inspect(store.table, store.recorded, store.collect, today=today, examples=examples)

    def simulate(
        self,
        region: str,
        first_year: int,
        last_year: int,
        *,
        seed: int = 1,
        scale: float = 1.0,
        to: Path | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Simulated:
        """Write an invented register of a region, marked as simulated, into folder `to` (default: ``simulated/``)."""
        from zhihang.simulation.simulate import simulate

        target = to or self.folder / "simulated"
        return simulate(region, first_year, last_year, seed=seed, scale=scale, to=target, progress=progress)


def create_workspace(folder: Path | str) -> Workspace:
    """Make a workspace in `folder`: settings and an empty store; what is there already stays."""
    from zhihang.store.store import create_store

    root = Path(folder)
    settings = root / SETTINGS
    try:
        root.mkdir(parents=True, exist_ok=True)
        if not settings.exists():
            settings.write_text(DEFAULT_SETTINGS, encoding="utf-8")
        create_store(root / "store")
    except OSError as error:
        raise StoreError(
            "The workspace cannot be made.",
            {"folder": root, "system says": error.strerror},
            todo="Choose a folder that you may write to.",
        ) from error
    return open_workspace(root)


def open_workspace(folder: Path | str, *, as_of: int | None = None, wait: float = 60.0) -> Workspace:
    """Open the workspace in `folder`.

    Parameters
    ----------
    as_of
        Show the store as it stood after this run.
    wait
        How long writing verbs wait for another writer, in seconds.
    """
    root = Path(folder)
    path = root / SETTINGS
    if not path.exists():
        raise NotFound(
            f'"{root}" is not a workspace.',
            {"expected": f"a file {SETTINGS}"},
            todo=f"zhihang --workspace {root} init",
        )
    return Workspace(root, as_of, wait, read_settings(path))
