# SPDX-License-Identifier: Apache-2.0
"""The desk for topics: builds the set of patents of each, says what changed since, writes what is handed out."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhihang.desks.room import Room
from zhihang.desks.search import SearchDesk
from zhihang.terms.spreadsheet_text import harmless

if TYPE_CHECKING:
    from zhihang.retrieval.topic import Topic, Topics

_MEMBERS = "members.csv"
_LOG = "changes.csv"
_LOG_COLUMNS = ("day", "run", "applications", "added", "dropped")


@dataclass(frozen=True)
class TopicChange:
    """What a topic holds now, and what came and went since it was built last."""

    name: str
    applications: int
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    parts: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True)
class TopicsDesk:
    """Topics of one workspace; what is built stands in its folder ``databases/NAME``."""

    room: Room

    @property
    def topics(self) -> Topics:
        """Topics of the workspace's folder ``topics`` and of the package."""
        from zhihang.retrieval.topic import Topics

        return Topics((self.room.folder / "topics",))

    def listed(self) -> list[dict[str, Any]]:
        """Return a row for each topic."""
        rows = []
        for name in self.topics.names():
            topic = self.topics[name]
            built = self._log(name)
            last = built[-1] if built else {}
            rows.append(
                {
                    "topic": name,
                    "label": topic.label.zh,
                    "label_en": topic.label.en,
                    "parts": len(topic.taxonomy),
                    "applications": last.get("applications", ""),
                    "built": last.get("day", ""),
                    "owner": topic.owner,
                }
            )
        return rows

    def card(self, name: str) -> dict[str, Any]:
        """Return what a topic is, how many patents each part held when it was built last, and its log of changes."""
        topic = self.topics[name]
        built = self._members_built(name)
        return {
            "topic": name,
            "label": topic.label.zh,
            "label_en": topic.label.en,
            "query": topic.query,
            "notes": topic.notes,
            "owner": topic.owner,
            "applications": len(built) if built is not None else None,
            "parts": [
                {
                    "code": node.code,
                    "label": node.label.zh,
                    "label_en": node.label.en,
                    "query": f"({topic.query}) AND ({node.query})",
                    "applications": None
                    if built is None
                    else sum(node.code in codes for codes in built.values()),
                }
                for node in topic.taxonomy
            ],
            "log": self._log(name)[::-1],
        }

    def _members_built(self, name: str) -> dict[str, list[str]] | None:
        """Return the applications of a topic as built last, each with its parts; None where it was never built."""
        path = self._folder(name) / _MEMBERS
        if not path.exists():
            return None
        return {row["application_id"]: row["parts"].split("|") for row in _rows(path)}

    def diff(self, name: str) -> TopicChange:
        """Return what a topic would hold now beside what it held when it was built last; nothing is written."""
        return self._change(self.topics[name], self._members(self.topics[name]))

    def build(self, name: str) -> TopicChange:
        """Find the patents of a topic, keep them, and add a line to its log of changes if anything changed."""
        topic = self.topics[name]
        members = self._members(topic)
        change = self._change(topic, members)
        folder = self._folder(name)
        first = not (folder / _MEMBERS).exists()
        if change.added or change.dropped or first:
            folder.mkdir(parents=True, exist_ok=True)
            rows = [
                {"application_id": one, "parts": "|".join(parts)} for one, parts in sorted(members.items())
            ]
            _write(folder / _MEMBERS, ("application_id", "parts"), rows)
            store = self.room.store
            line = {
                "day": store.clock().date().isoformat(),
                "run": store.manifest.version,
                "applications": change.applications,
                "added": len(change.added),
                "dropped": len(change.dropped),
            }
            _write(folder / _LOG, _LOG_COLUMNS, [*self._log(name), line])
        return change

    def publish(self, name: str, to: Path) -> list[Path]:
        """Build the topic anew and write it to a folder: a page, csv, xlsx and parquet, the parts, the log of changes."""
        topic, folder = self.topics[name], self._folder(name)
        self.build(name)
        to.mkdir(parents=True, exist_ok=True)
        written = []
        for ending in ("csv", "xlsx", "parquet"):
            path = to / f"{name}.{ending}"
            SearchDesk(self.room).export(topic.query, path, style=topic.style)
            written.append(path)
        written.append(self._members_told(topic, to / f"{name}-{_MEMBERS}"))
        path = to / f"{name}-{_LOG}"
        path.write_bytes((folder / _LOG).read_bytes())
        written.append(path)
        written.append(self._browser(topic, to, [path.name for path in written]))
        return written

    def _members_told(self, topic: Topic, path: Path) -> Path:
        """Write which patent is in which part, by the numbers that readers know."""
        from zhihang.reporting.hit_list import application_number

        members = self._members_built(topic.name) or {}
        rows = (
            (row["publication_id"] or "", application_number(row), row["title"] or "", codes)
            for row, codes in zip(
                SearchDesk(self.room).listed(list(members)), map("|".join, members.values()), strict=True
            )
        )
        columns = ("公开号", "申请号", "标题", "分支")
        told = (dict(zip(columns, map(harmless, row), strict=True)) for row in rows)
        _write(path, columns, told)
        return path

    def _browser(self, topic: Topic, to: Path, files: Sequence[str]) -> Path:
        """Write the page on which the topic is browsed without any program."""
        from zhihang.reporting.topic_browser import MOST_ROWS, TopicTold, topic_browser
        from zhihang.reporting.write import save

        members = self._members(topic)
        parts = [
            (node.code, node.label.zh, sum(node.code in codes for codes in members.values()))
            for node in topic.taxonomy
        ]
        found = SearchDesk(self.room).search(topic.query, limit=MOST_ROWS, style=topic.style)
        day = self.room.store.clock().date()
        told = TopicTold(topic.label.zh, topic.notes, topic.query, day, found.count, parts, files)
        return save(topic_browser(told, found.hits, members).encode(), to / "index.html")

    def _members(self, topic: Topic) -> dict[str, list[str]]:
        """Return the applications of a topic, each with the codes of its parts."""
        search = SearchDesk(self.room)
        members: dict[str, list[str]] = {one: [] for one in search.ids(topic.query, style=topic.style)}
        for node in topic.taxonomy:
            for one in search.ids(f"({topic.query}) AND ({node.query})", style=topic.style):
                members[one].append(node.code)
        return members

    def _change(self, topic: Topic, members: dict[str, list[str]]) -> TopicChange:
        path = self._folder(topic.name) / _MEMBERS
        before = {row["application_id"] for row in _rows(path)}
        now = set(members)
        parts = tuple(
            (node.code, node.label.zh, sum(node.code in codes for codes in members.values()))
            for node in topic.taxonomy
        )
        return TopicChange(
            topic.name, len(now), tuple(sorted(now - before)), tuple(sorted(before - now)), parts
        )

    def _folder(self, name: str) -> Path:
        return self.room.folder / "databases" / name

    def _log(self, name: str) -> list[dict[str, Any]]:
        return _rows(self._folder(name) / _LOG)


def _rows(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def _write(path: Path, columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> None:
    """Write a file whole or not at all."""
    temporary = path.with_suffix(".part")
    with temporary.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, columns)
        writer.writeheader()
        writer.writerows(rows)
    temporary.replace(path)
