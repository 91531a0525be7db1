# SPDX-License-Identifier: Apache-2.0
"""The desk for watches: who wants to hear of what, new records and events for each, digests, mail, feedback."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhihang.desks.room import Room
from zhihang.desks.search import SearchDesk
from zhihang.errors import NotFound, SourceError

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from zhihang.matching.delivery_log import DeliveryLog, Digest, Item
    from zhihang.matching.event_rule import Event, EventRule
    from zhihang.matching.gather import Organisations
    from zhihang.matching.interest import Interest
    from zhihang.matching.mail import Letter, Sent
    from zhihang.matching.match import Match
    from zhihang.matching.matcher import Matcher
    from zhihang.matching.profile import Profile, Refused
    from zhihang.reporting.push_letter import PushDigest

FIRST_LOOK = 28
"""Days a new reader is told of, unless asked otherwise."""
GRACE = 60
"""Days before the last round that are looked at again, for records that came late; what was sent is left out."""


@dataclass(frozen=True)
class Round:
    """What one round found: the days looked at, records, events, and digests made."""

    since: date
    until: date
    readers: int
    records: int
    events: int
    digests: int
    notes: tuple[str, ...] = ()

    def row(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "watches": self.readers,
            "records": self.records,
            "events": self.events,
            "digests": self.digests,
        }


@dataclass(frozen=True)
class WatchesDesk:
    """Watches of one workspace."""

    room: Room

    @property
    def file(self) -> Path:
        """The file of watches, for a person to read and change."""
        return self.room.folder / "watches" / "watches.csv"

    @cached_property
    def log(self) -> DeliveryLog:
        """What was sent."""
        from zhihang.matching.delivery_log import DeliveryLog

        return DeliveryLog(self.room.folder / "watches" / "deliveries.sqlite")

    def profiles(self) -> list[Profile]:
        """Return the watches."""
        return self.read()[0]

    def read(self) -> tuple[list[Profile], list[Refused]]:
        """Return the watches, and the lines of their file that say none."""
        from zhihang.matching.profile import read_profiles

        return read_profiles(self.file)

    def add(self, profile: Profile) -> None:
        """Add a watch, or change the one of that name."""
        from zhihang.matching.event_rule import asked
        from zhihang.matching.profile import write_profiles

        asked(profile.events, self.rules)
        for query in profile.queries:
            SearchDesk(self.room).check(query)
        write_profiles([*(p for p in self._writable() if p.name != profile.name), profile], self.file)

    def add_one(self, **fields: Any) -> None:
        """Add a watch from its fields; see `zhihang.matching.profile.Profile`."""
        from zhihang.matching.profile import Profile

        self.add(Profile(**fields))

    def listed(self) -> list[dict[str, Any]]:
        """Return a row for each watch: what it follows, and up to which day it was served."""
        heard = self.log.heard_to()
        return [
            {
                "watch": profile.name,
                "addressee": profile.addressee,
                "organisation": profile.organisation,
                "address": profile.address,
                "classes": "; ".join(profile.classes),
                "rivals": "; ".join(profile.rivals),
                "queries": "; ".join(profile.queries),
                "active": profile.active,
                "served_to": str(heard.get(profile.name, "")),
            }
            for profile in self.profiles()
        ]

    def told(self, name: str) -> list[dict[str, Any]]:
        """Return everything a reader was told, the newest first."""
        self._profile(name)
        return [
            {
                "until": digest.until.isoformat(),
                "state": digest.state,
                "item": item["key"],
                "title": item["title"],
                "score": item.get("score"),
                "why": "; ".join(f"{r['label']}: {', '.join(r['by'])}" for r in item.get("reasons", ()))
                or item.get("label", ""),
                "useful": item["useful"],
            }
            for digest in self.log.digests(name)
            for item in self.log.items(digest.number)
        ]

    def add_from(self, path: Path) -> tuple[int, list[Refused]]:
        """Add all watches of a file; return how many, and the lines that say none."""
        from zhihang.matching.profile import read_profiles, write_profiles

        if not path.is_file():
            raise SourceError("There is no such file.", {"file": path}, todo="Give a CSV of watches.")
        new, refused = read_profiles(path)
        names = {profile.name for profile in new}
        write_profiles([*(p for p in self._writable() if p.name not in names), *new], self.file)
        return len(new), refused

    def stop(self, name: str) -> None:
        """Unsubscribe: no more digests; what was sent stays in the log."""
        from zhihang.matching.profile import chosen, stopped, write_profiles

        profiles = self._writable()
        found = chosen(profiles, name)
        write_profiles([stopped(p) if p is found else p for p in profiles], self.file)

    def _writable(self) -> list[Profile]:
        """Return the watches where none would be lost by writing them anew."""
        found, refused = self.read()
        if refused:
            raise SourceError(
                "The file of watches has lines that cannot be read; writing it anew would lose them.",
                {
                    "file": self.file,
                    "line": refused[0].line,
                    "reason": refused[0].reason,
                    "lines": len(refused),
                },
                todo="Correct them first.",
            )
        return found

    @cached_property
    def rules(self) -> Mapping[str, EventRule]:
        """Event rules of this workspace and of the package."""
        from zhihang.matching.event_rule import event_rules

        own = self.room.folder / "event_rules"
        return event_rules([own] if own.is_dir() else []).all()

    @cached_property
    def matchers(self) -> Mapping[str, Matcher]:
        """Matchers of this workspace and of the package."""
        from zhihang.matching.matcher import matchers

        own = self.room.folder / "matchers"
        return matchers([own] if own.is_dir() else []).all()

    def run(self, until: date | None = None, *, since: date | None = None) -> Round:
        """Look for what is new up to a day for every reader, and make a digest for each who has something.

        A reader was served up to some day; from there on, less some days for records that came late, everything is
        looked at, so after a pause nothing is lost, and nobody gets an item again.
        """
        from zhihang.matching.event_rule import hearers_of
        from zhihang.matching.gather import hearers, organisations
        from zhihang.matching.match import match

        day = until or self.room.store.clock().date()
        active = [profile for profile in self.profiles() if profile.active]
        heard = self.log.heard_to()
        start = since or min((heard.get(p.name, day - timedelta(FIRST_LOOK)) for p in active), default=day)
        looked = (start - timedelta(0 if since else GRACE), day)
        tables = self._tables()
        known = organisations(tables, active)
        made = self._interest(active, looked, known)
        had = self.log.had()
        found: dict[str, list[Match]] = {}
        for one in match(made, list(self.matchers.values()), had, self._settings()):
            found.setdefault(one.profile, []).append(one)
        events = self._events(looked[0] if since else start, day)
        told = hearers_of(events, self.rules, hearers(made, known, self.rules))
        shown = _Shown(made, known, self.matchers, self.rules)

        def letters() -> Iterator[tuple[str, str, list[Item]]]:
            for profile in active:
                records = [shown.record(one, profile) for one in found.get(profile.name, ())]
                happened = [shown.event(event, own, profile) for event, own in told.get(profile.name, ())]
                kept = [item for item in happened if item.key not in had.get(profile.name, ())]
                yield profile.name, profile.address, [*records, *kept[: profile.most]]

        digests = self.log.add(letters(), day)
        notes = SearchDesk(self.room).notes() if any(profile.queries for profile in active) else ()
        return Round(looked[0], day, len(active), len(made.news), len(events), digests, notes)

    def send(self) -> Sent:
        """Send by mail what is ready; see section [mail] of the settings."""
        from zhihang.matching.mail import mail_settings, send

        settings = mail_settings(self.room.settings.get("mail", {}))
        return send(self.log, settings, self._letter, self._now)

    def digest(self, number: int) -> PushDigest:
        """Return a digest as it is told."""
        for digest in self.log.digests():
            if digest.number == number:
                return self._told(digest)
        raise NotFound(f"There is no digest {number}.", todo="See zhihang watch log.")

    def write(self, number: int, path: Path) -> Path:
        """Write a digest as a document."""
        from zhihang.reporting.push_letter import document_of
        from zhihang.reporting.write import write

        return write(document_of(self.digest(number)), path)

    def feed(self, name: str) -> bytes:
        """Return a reader's items as an Atom feed, the newest first."""
        from zhihang.reporting.push_letter import feed_of

        profile = self._profile(name)
        entries = [
            (digest.until, item)
            for digest in self.log.digests(name)[:50]
            for item in self.log.items(digest.number)
        ]
        return feed_of(f"专利速递 {profile.addressee or name}", self._link(name), entries, profile.language)

    def judge(self, name: str, number: str, useful: bool) -> None:
        """Note whether an item was useful; it moves what is sent next."""
        self._profile(name)
        self.log.judge(name, number, useful, self._now())

    def _profile(self, name: str) -> Profile:
        from zhihang.matching.profile import chosen

        return chosen(self.profiles(), name)

    def _tables(self) -> _Tables:
        store = self.room.store
        return _Tables(store.table, store.collect, store.engine.values)

    def _interest(
        self, active: Sequence[Profile], looked: tuple[date, date], known: Organisations
    ) -> Interest:
        from zhihang.matching.gather import interest

        judged = [(reader, key, useful) for reader, key, useful, _ in self.log.judged()]
        queries = sorted({query for profile in active for query in profile.queries})
        search = SearchDesk(self.room)
        hits = {query: frozenset(search.ids(query)) for query in queries}
        return interest(self._tables(), active, looked, hits=hits, judged=judged, known=known)

    def _settings(self) -> Any:
        from zhihang.matching.gather import usefulness
        from zhihang.matching.match import LEAST, MatchSettings

        given = self.room.settings.get("push", {})
        said = [
            (reader, useful, [reason["matcher"] for reason in content.get("reasons", ())])
            for reader, _, useful, content in self.log.judged()
        ]
        weights = {name: float(given[name]) for name in self.matchers if name in given}
        return MatchSettings(float(given.get("least", LEAST)), weights, usefulness(said))

    def _events(self, since: date, until: date) -> list[Event]:
        from zhihang.matching.event_rule import Span

        span = Span(self._tables(), since, until)
        return [event for rule in self.rules.values() for event in rule.find(span)]

    def _letter(self, digest: Digest) -> Letter:
        from zhihang.matching.mail import Letter
        from zhihang.reporting.push_letter import page_of, text_of

        told = self._told(digest)
        return Letter(told.subject, text_of(told), page_of(told))

    def _told(self, digest: Digest) -> PushDigest:
        from zhihang.reporting.push_letter import PushDigest

        profile = next((p for p in self.profiles() if p.name == digest.reader), None)
        addressee = profile.addressee if profile else ""
        language = profile.language if profile else "zh"
        items = self.log.items(digest.number)
        return PushDigest(addressee, digest.until, items, language, self._link(digest.reader))

    def _link(self, name: str) -> str:
        link = str(self.room.settings.get("mail", {}).get("link", "")).rstrip("/")
        return f"{link}/push/{self.log.token(name)}" if link else ""

    def _now(self) -> datetime:
        return self.room.store.clock()


@dataclass(frozen=True)
class _Tables:
    """The store, as matching sees it."""

    table: Callable[[str], ir.Table]
    collect: Callable[[ir.Table], pa.Table]
    values: Callable[[pa.Table], ir.Table]


class _Shown:
    """Matches and events as items of a digest, in a reader's language."""

    def __init__(
        self,
        made: Interest,
        known: Organisations,
        matchers: Mapping[str, Matcher],
        rules: Mapping[str, EventRule],
    ) -> None:
        self._news, self._known, self._matchers, self._rules = made.news, known, matchers, rules
        self._place = {number: place for place, number in enumerate(made.news.ids)}

    def record(self, one: Match, profile: Profile) -> Item:
        """Return a match as an item."""
        from zhihang.matching.delivery_log import Item

        place = self._place[one.application_id]
        day = self._news.days[place]
        reasons = [
            {
                "matcher": reason.matcher,
                "label": self._matchers[reason.matcher].label.in_language(profile.language),
                "score": reason.score,
                "by": [self._known.names.get(name, name) for name in reason.by],
            }
            for reason in one.reasons
        ]
        content = {
            "kind": "record",
            "application_id": one.application_id,
            "publication_id": self._news.publications[place],
            "title": self._news.titles[place],
            "day": day.isoformat() if day else "",
            "score": one.score,
            "reasons": reasons,
            "simulated": self._news.simulated[place],
        }
        return Item(one.application_id, content)

    def event(self, event: Event, own: bool, profile: Profile) -> Item:
        """Return an event as an item."""
        from zhihang.matching.delivery_log import Item

        about = {"zh": "本单位", "en": "own"}[profile.language] if own else ""
        name = self._known.names.get(event.organisation_id, "")
        content = {
            "kind": "event",
            "rule": event.rule,
            "label": self._rules[event.rule].label.in_language(profile.language),
            "application_id": event.application_id,
            "title": event.detail.in_language(profile.language),
            "day": event.day.isoformat(),
            "applicants": [part for part in (about or name,) if part],
        }
        return Item(event.key, content)
