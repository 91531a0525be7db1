# SPDX-License-Identifier: Apache-2.0
"""The desk for watches: who wants to hear of what, new records and events for each, digests, mail, feedback."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhihang.desks.room import Room
from zhihang.desks.search import SearchDesk
from zhihang.errors import DefinitionError, NotFound, SourceError, ZhihangError

if TYPE_CHECKING:
    from zhihang.desks.watch_round import Round
    from zhihang.matching.delivery_log import DeliveryLog, Digest
    from zhihang.matching.event_rule import EventRule
    from zhihang.matching.mail import Letter, Sent
    from zhihang.matching.matcher import Matcher
    from zhihang.matching.profile import Profile, Refused
    from zhihang.reporting.push_letter import PushDigest
    from zhihang.terms.label import Language


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
        self._check(profile)
        self._change(lambda held: [*(one for one in held if one.name != profile.name), profile])

    def add_one(self, **fields: Any) -> None:
        """Add a watch from its fields; see `zhihang.matching.profile.Profile`."""
        from zhihang.matching.profile import Profile

        self.add(Profile(**fields))

    def follow(
        self, query: str, name: str, *, addressee: str = "", address: str = "", language: Language = "zh"
    ) -> None:
        """Add a query to the watch of a name, or begin one with it that tells of nothing else."""
        from zhihang.matching.profile import Profile

        if not query.strip() or any(sign in query for sign in ";；"):
            raise DefinitionError(
                "This query cannot be followed. 此检索式不能跟踪。",
                {"query": query, "expected": "a query without semicolons"},
                todo="Change the query, or save it as a set and follow SET=name. 可先保存为检索集再跟踪。",
            )
        held = next((one for one in self.profiles() if one.name == name), None)
        if held is None:
            held = Profile(name, addressee, address=address, language=language, queries=(query,), events=())
        self.add(replace(held, queries=tuple(dict.fromkeys((*held.queries, query))), active=True))

    def listed(self) -> list[dict[str, Any]]:
        """Return a row for each watch: what it follows, and up to which day it was served."""
        heard = self.log.served()
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
                "served_to": str(heard[profile.name].day) if profile.name in heard else "",
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
        from zhihang.matching.profile import Refused, read_profiles

        if not path.is_file():
            raise SourceError("There is no such file.", {"file": path}, todo="Give a CSV of watches.")
        new, refused = read_profiles(path)
        sound: dict[str, Profile] = {}
        for profile in new:
            try:
                self._check(profile)
                sound[profile.name] = profile
            except ZhihangError as error:
                refused.append(Refused(0, f"{profile.name}: {error}"))
        self._change(lambda held: [*(one for one in held if one.name not in sound), *sound.values()])
        return len(sound), refused

    def stop(self, name: str) -> None:
        """Unsubscribe: no more digests, nor what is ready to be sent; what was sent stays in the log."""
        from zhihang.matching.profile import chosen, stopped

        found = chosen(self.profiles(), name)
        self._change(lambda held: [stopped(one) if one.name == found.name else one for one in held])

    def _check(self, profile: Profile) -> None:
        from zhihang.matching.event_rule import asked

        asked(profile.events, self.rules)
        for query in profile.queries:
            SearchDesk(self.room).check(query)

    def _change(self, make: Callable[[list[Profile]], list[Profile]]) -> None:
        """Write the watches anew, while nobody else does."""
        from zhihang.matching.profile import write_profiles

        self.file.parent.mkdir(parents=True, exist_ok=True)
        with self.file.with_suffix(".lock").open("a") as lock:
            fcntl.flock(lock.fileno(), fcntl.LOCK_EX)
            held, refused = self.read()
            write_profiles(make(held), self.file, refused)

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
        """Look for what became news for every reader up to a day, and make a digest for each who has something.

        Each reader was served up to some day and some run of the store. What was published later, or came into the
        store later, is looked at, so after a pause nothing is lost, and nobody gets an item again. `since` looks at
        everything after that day instead.
        """
        from zhihang.desks.watch_round import WatchRound

        return WatchRound(self.room, self.log, self.rules, self.matchers, *self.read()).run(until, since)

    def send(self) -> Sent:
        """Send by mail what is ready; see section [mail] of the settings."""
        from zhihang.matching.mail import mail_settings, send

        settings = mail_settings(self.room.settings.get("mail", {}))
        self.log.readdress({profile.name: profile.address for profile in self.profiles() if profile.active})
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
