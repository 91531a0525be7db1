# SPDX-License-Identifier: Apache-2.0
"""The desk for searching: the text index, queries, lists of what they find, and applications like a given one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhihang.desks.room import Room
from zhihang.errors import DefinitionError, NotFound

if TYPE_CHECKING:
    from datetime import date

    import pyarrow as pa

    from zhihang.retrieval.generation import Generation
    from zhihang.retrieval.query import Query
    from zhihang.retrieval.query_language.parse import Reading
    from zhihang.retrieval.query_language.saved_set import SavedQuery, SavedSets
    from zhihang.retrieval.question import Asking
    from zhihang.retrieval.record import Record
    from zhihang.retrieval.search import Hit
    from zhihang.retrieval.similar import Alike, Ranking, Subject
    from zhihang.retrieval.update import Indexed, Progress
    from zhihang.store.snapshot import Snapshot

EXPORT_CHUNK = 20_000
SNIPPET = 160
MOST_VALUES = 40
"""Named values of a field that are told with it."""


@dataclass(frozen=True)
class SearchResult:
    """What a query found: how many applications, the hits asked for, counts by facet, and remarks for the user."""

    query: str
    count: int
    hits: tuple[dict[str, Any], ...]
    facets: Mapping[str, tuple[tuple[str, str, int], ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class SearchDesk:
    """Searching in one workspace."""

    room: Room

    def index(self, *, rebuild: bool = False, progress: Progress | None = None) -> Indexed:
        """Bring the text index to the state of the store: what changed since, or all of it anew."""
        from zhihang.retrieval.installed import require_libraries

        require_libraries()
        from zhihang.retrieval.update import update

        return update(self._folder, self.room.store, rebuild=rebuild, progress=progress)

    def search(
        self,
        query: str,
        *,
        limit: int = 20,
        offset: int = 0,
        sort: str = "relevance",
        facets: Sequence[str] = (),
        facet_size: int = 20,
        family: bool = False,
        style: str = "",
    ) -> SearchResult:
        """Return what a query finds; see `zhihang.retrieval.search.Wish` for what may be asked of it."""
        from zhihang.retrieval.search import Wish, search

        wish = Wish(limit, offset, sort, tuple(facets), facet_size, family)
        opened = self._open()
        reading = self._read(query, style)
        found = search(opened.asking, reading.query, wish)
        hits = tuple(opened.shown(found.hits, reading.query))
        counts = {
            name: tuple((value, labelled(value), times) for value, times in pairs)
            for name, pairs in found.counts.items()
            for labelled in (self._labelled(name),)
        }
        return SearchResult(query, found.count, hits, counts, (*map(str, reading.notes), *opened.notes))

    def count(self, query: str, *, style: str = "") -> int:
        """Return how many applications a query finds."""
        from zhihang.retrieval.search import count

        return count(self._open().asking, self._read(query, style).query)

    def ids(self, query: str, *, style: str = "") -> list[str]:
        """Return the ids of all applications a query finds, the best placed first."""
        from zhihang.retrieval.search import Wish, every

        return [
            hit.application_id for hit in every(self._open().asking, self._read(query, style).query, Wish())
        ]

    def ids_of(self, queries: Iterable[str]) -> dict[str, frozenset[str]]:
        """Return the ids of all applications that each of several queries finds; the index is opened once for all."""
        from zhihang.retrieval.search import Wish, every

        opened = self._open()
        return {
            query: frozenset(
                hit.application_id for hit in every(opened.asking, self._read(query, "").query, Wish())
            )
            for query in queries
        }

    def export(
        self, query: str, to: Path, *, sort: str = "relevance", family: bool = False, style: str = ""
    ) -> int:
        """Write everything a query finds to a file (.csv, .xlsx, .parquet, .json); return how much it is.

        The file says what was asked and when: the query, the saved sets it uses as they read that day, the state searched.
        """
        from zhihang.reporting.hit_list import HitList, write_hit_list
        from zhihang.retrieval.search import Wish, every

        opened = self._open()
        wish = Wish(sort=sort, family=family)
        hits = every(opened.asking, self._read(query, style).query, wish)
        state = f"run {opened.found.state.version}"
        sets = self._used_sets(query, style)
        told = HitList(query, self.room.store.clock().date(), len(hits), state, sets, family)
        write_hit_list(told, opened.listed(hits), to)
        return len(hits)

    def listed(self, ids: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Give applications, named by their ids, as they stand in a list."""
        from zhihang.retrieval.record import records

        for first in range(0, len(ids), EXPORT_CHUNK):
            part = ids[first : first + EXPORT_CHUNK]
            known = records(self.room.store.snapshot, part, texts=False)
            for one in part:
                yield {**_row(known[one], 0.0), "application_number": known[one].application_number}

    def similar(self, number: str, *, limit: int = 20) -> list[dict[str, Any]]:
        """Return the applications most like one, by words, classes and citations, with what both have in common."""
        opened = self._open()
        return opened.alike(opened.subject(opened.application(number)), limit, self._model)

    def nearest(self) -> Callable[[str, int], list[str]]:
        """Return what gives the applications most like one, by its id in the store; the index is opened once."""
        opened = self._open()
        return lambda application_id, count: opened.nearest(application_id, count, self._model)

    def similar_to_text(self, text: str, *, ipc: Sequence[str] = (), limit: int = 20) -> list[dict[str, Any]]:
        """Return the applications most like a text."""
        from zhihang.retrieval.similar import Subject

        if not text.strip():
            raise DefinitionError(
                "The text is empty.", {"expected": "a title, an abstract, a claim"}, todo="Give some text."
            )
        return self._open().alike(Subject(text, tuple(ipc)), limit, self._model)

    def similar_to_file(self, path: Path, *, limit: int = 20) -> list[dict[str, Any]]:
        """Return the applications most like a document (txt, docx, pdf, html)."""
        from zhihang.planning.reading.load import load

        return self.similar_to_text(load(path).text, limit=limit)

    def notes(self) -> tuple[str, ...]:
        """Return what the user should know about the index: that it is behind, or shows an earlier state."""
        return self._open().notes

    @property
    def indexed(self) -> bool:
        """Whether there is a text index of today's layout."""
        from zhihang.retrieval.generation import sound

        return sound(self._folder) is not None

    def fields(self) -> list[dict[str, Any]]:
        """Return a row for each field that a query may name: its names, what it takes, an example, named values."""
        from zhihang.retrieval.query_language.field import fields

        return [
            {
                "code": one.code,
                "zh": one.zh,
                "en": one.en,
                "kind": one.kind,
                "description": one.description,
                "example": one.example,
                "takes": one.expected,
                "values": self._values(one.codes) if one.kind == "code" and one.codes else [],
            }
            for one in fields().values()
        ]

    def sets(self) -> list[dict[str, Any]]:
        """Return a row for each saved set; of one whose file is faulty, `fault` says why."""
        rows = []
        for name in self._saved:
            try:
                rows.append(_set_row(self._saved[name]))
            except DefinitionError as error:
                blank = dict.fromkeys(("query", "note", "owner", "created", "style"), "")
                rows.append({"name": name, **blank, "fault": error.facts.get("fault", "")})
        return rows

    def saved_set(self, name: str) -> dict[str, Any]:
        """Return a saved set: its query, how that reads with the sets in it written out, what it uses and is used by."""
        from zhihang.retrieval.query_language.unparse import unparse

        saved, codes = self._saved, self.room.codes
        one = saved[name]
        return {
            **_set_row(one),
            "reads_as": unparse(self._read(one.query, one.style).query),
            "uses": saved.used(name, codes),
            "used_by": saved.users(name, codes),
        }

    def save_set(self, name: str, query: str, *, note: str = "", owner: str = "", style: str = "") -> str:
        """Keep a query under a name, to be used in others as ``SET=name``; return the name as it is written there.

        An older set of that name is replaced.
        """
        from zhihang.retrieval.query_language.saved_set import SavedQuery

        made = SavedQuery(name.strip(), query.strip(), note, owner, self.room.store.clock().date(), style)
        if not made.query:
            raise DefinitionError("The query is empty.", {"set": name}, todo="Give a query.")
        return self._saved.save(made, self.room.codes).stem

    def forget_set(self, name: str) -> None:
        """Forget a saved set that no other one uses."""
        self._saved.forget(name, self.room.codes)

    def _values(self, listed: str) -> list[str]:
        return [code.label.zh for code in self.room.codes[listed]][:MOST_VALUES]

    @property
    def _saved(self) -> SavedSets:
        from zhihang.retrieval.query_language.saved_set import SavedSets

        return SavedSets(self.room.folder / "sets")

    @property
    def _folder(self) -> Path:
        return self.room.folder / "index"

    @cached_property
    def _model(self) -> Path | None:
        named = self.room.settings.get("search", {}).get("embedding")
        return self.room.folder / str(named) if named else None

    def _open(self) -> _Opened:
        from zhihang.retrieval.installed import require_libraries

        require_libraries()
        from zhihang.retrieval.generation import require

        return _Opened(self.room, require(self._folder))

    def check(self, query: str, *, style: str = "") -> tuple[str, ...]:
        """Return remarks on how a query is understood; one that cannot be read is an error."""
        return tuple(map(str, self._read(query, style).notes))

    def _read(self, query: str, style: str) -> Reading:
        from zhihang.retrieval.query_language.parse import read
        from zhihang.retrieval.query_language.saved_set import expanded
        from zhihang.retrieval.query_language.structured import not_derived

        saved = self._saved
        reading = read(query, saved, style=style, codes=self.room.codes)
        whole = expanded(reading.query, saved, codes=self.room.codes, text=query)
        missing = not_derived(whole, self.room.store.manifest.derived)
        return replace(reading, query=whole, notes=(*reading.notes, *missing))

    def _used_sets(self, query: str, style: str) -> dict[str, str]:
        """Return the saved sets that a query uses, by themselves or in others, with their queries."""
        from zhihang.retrieval.query import SavedSet, leaves
        from zhihang.retrieval.query_language.parse import read

        saved, codes = self._saved, self.room.codes
        whole = read(query, saved, style=style, codes=codes).query
        names = [leaf.name for leaf in leaves(whole) if isinstance(leaf, SavedSet)]
        found: dict[str, str] = {}
        while names:
            name = names.pop(0)
            if name not in found:
                found[name] = saved[name].query
                names += saved.used(name, codes)
        return found

    def facet_label(self, facet: str, value: str) -> str:
        """Return the name of a facet's value in Chinese, where a code list has one."""
        return self._labelled(facet)(value)

    def _labelled(self, facet: str) -> Callable[[str], str]:
        lists = {"status": "right_state", "type": "right_kind", "region": "region", "office": "office"}
        if facet not in lists:
            return lambda _: ""
        entries = self.room.codes[lists[facet]].entries
        return lambda value: entries[value].label.zh if value in entries else ""


def _set_row(one: SavedQuery) -> dict[str, Any]:
    created = one.created.isoformat() if one.created else ""
    texts = {name: getattr(one, name) for name in ("name", "query", "note", "owner")}
    return {**texts, "created": created, "style": one.style, "fault": ""}


@dataclass(frozen=True)
class _Opened:
    """The index as it stands, and the store in the state that the index shows."""

    room: Room
    found: Generation

    @cached_property
    def snapshot(self) -> Snapshot:
        """The store in the state the index shows; its present one where that is no longer kept."""
        from zhihang.store import manifest as manifests
        from zhihang.store.snapshot import Snapshot

        store = self.room.store
        if store.manifest.version == self.found.state.version:
            return store.snapshot
        try:
            manifest = manifests.load(store.root, self.found.state.version)
        except NotFound:
            return store.snapshot
        return Snapshot(store.root, manifest, store.engine)

    @cached_property
    def synonyms(self) -> Mapping[str, tuple[str, ...]]:
        from zhihang.retrieval.synonyms import read_synonyms

        return read_synonyms(self.room.folder)

    @cached_property
    def asking(self) -> Asking:
        from zhihang.retrieval.question import Asking
        from zhihang.retrieval.text_query import TextReader

        weights = _weights(self.room.settings.get("search", {}))
        reader = TextReader(
            self.found.index.schema, self.found.segmenter, self.found.lexicon, self.synonyms, weights
        )
        state = (self.found.state.version, self.room.store.manifest.version)
        return Asking(self.found, reader, self.room.store.clock().date(), self._choose, state, self._turned)

    @property
    def notes(self) -> tuple[str, ...]:
        from zhihang.retrieval.update import behind

        late = behind(self.found, self.room.store.manifest)
        if not late:
            return ()
        parts = [f"{late.files_added} 个新文件"] if late.files_added else []
        parts += [f"{late.files_dropped} 个已移除的文件"] if late.files_dropped else []
        parts += [f"重新计算的 {'、'.join(late.derived_anew)}"] if late.derived_anew else []
        return (f"索引落后于数据库：{'，'.join(parts)}。更新：zhihang index (the index is behind the store)",)

    def application(self, number: str) -> str:
        """Return the id of the application that a number in any spelling names."""
        from zhihang.retrieval.query import Number

        found = self._choose(Number(number)).to_pylist()
        if not found:
            raise NotFound(
                "There is no such application or publication in the store.",
                {"asked for": number},
                todo="Give the number as printed, such as CN101551481B or 201010123456.7.",
            )
        return str(min(found))

    def _choose(self, query: Query) -> pa.ChunkedArray:
        from zhihang.retrieval.query_language.structured import structured
        from zhihang.retrieval.query_language.tables import Tables

        tables = Tables(self.snapshot.table, self.room.store.clock().date(), self.room.codes)
        return self.snapshot.engine.collect(structured(query, tables))["application_id"]

    def _turned(self, since: date) -> pa.ChunkedArray:
        """Return the applications whose right begins or ends to be something between a day and today."""
        rows, today = self.snapshot.table("right_state"), self.room.store.clock().date()
        first, last = sorted((since, today))
        turned = [(day > first) & (day <= last) for day in (rows.valid_from, rows.valid_to)]
        chosen = rows.filter(turned[0] | turned[1]).select("application_id").distinct()
        return self.snapshot.engine.collect(chosen)["application_id"]

    def shown(self, hits: Sequence[Hit], query: Query | None = None) -> Iterator[dict[str, Any]]:
        """Give hits as they are shown, with the words asked for marked."""
        from zhihang.retrieval.highlight import marker
        from zhihang.retrieval.shown import shown

        if not hits:
            return
        mark = None if query is None else marker(query, self.found.segmenter, self.synonyms)
        for hit, record in zip(hits, shown(self.found, hits), strict=True):
            texts = {"title": record.title, "abstract": record.abstract, "first_claim": record.first_claim}
            marked = {
                name: mark.marked(text, longest=None if name == "title" else SNIPPET)
                for name, text in texts.items()
                if mark is not None and text
            }
            yield {**_row(record, hit.score), "highlights": {n: text for n, text in marked.items() if text}}

    def listed(self, hits: Sequence[Hit]) -> Iterator[dict[str, Any]]:
        """Give all hits as they stand in a list, reading some thousands at a time."""
        from zhihang.retrieval.record import records

        for first in range(0, len(hits), EXPORT_CHUNK):
            part = hits[first : first + EXPORT_CHUNK]
            known = records(self.snapshot, [hit.application_id for hit in part], texts=False)
            for hit in part:
                record = known[hit.application_id]
                yield {**_row(record, hit.score), "application_number": record.application_number}

    def subject(self, application_id: str) -> Subject:
        """Return what is compared of an application: title, abstract, first claim, classes, citations."""
        from zhihang.retrieval.record import records
        from zhihang.retrieval.similar import Subject

        record = records(self.snapshot, [application_id])[application_id]
        parts = (record.title, record.title, record.abstract, record.first_claim)
        return Subject("\n".join(part for part in parts if part), record.ipc, application_id)

    def nearest(self, application_id: str, count: int, model: Path | None) -> list[str]:
        """Return the ids of the applications most like one, the most alike first."""
        from zhihang.retrieval.similar import similar

        subject = self.subject(application_id)
        more = self._by_meaning(subject, model)
        return [
            alike.application_id
            for alike in similar(self.found, self.snapshot, subject, limit=count, more=more)
        ]

    def alike(self, subject: Subject, limit: int, model: Path | None) -> list[dict[str, Any]]:
        """Return the applications like a subject as they are shown."""
        from zhihang.retrieval.record import records
        from zhihang.retrieval.similar import similar

        more = self._by_meaning(subject, model)
        found: list[Alike] = similar(self.found, self.snapshot, subject, limit=limit, more=more)
        known = records(self.snapshot, [alike.application_id for alike in found], texts=False)
        return [
            {
                **_row(known[alike.application_id], alike.score),
                "ranks": dict(alike.ranks),
                "reasons": {way: list(why) for way, why in alike.reasons.items()},
            }
            for alike in found
        ]

    def _by_meaning(self, subject: Subject, model: Path | None) -> dict[str, Ranking]:
        if model is None:
            return {}
        from zhihang.retrieval.embedding import nearest

        return {"embedding": nearest(model, self.found, self.snapshot, subject)}


def _row(record: Record, score: float) -> dict[str, Any]:
    return {
        "publication_id": record.publication_id,
        "application_id": record.application_id,
        "score": round(score, 6),
        "title": record.title,
        "applicants": record.applicants,
        "filing_date": record.filing_date,
        "ipc": record.ipc,
    }


def _weights(settings: Mapping[str, Any]) -> dict[str, float]:
    """Return the weights of the fields, those of the settings before the usual ones."""
    from zhihang.retrieval.text_query import WEIGHTS

    found = dict(WEIGHTS)
    for name in WEIGHTS:
        if name in settings:
            value = settings[name]
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 100:
                raise DefinitionError(
                    "A weight of the search is not a number from 0 to 100.",
                    {"setting": f"[search] {name}", "value": value},
                    todo="Correct zhihang.toml.",
                )
            found[name] = float(value)
    return found
