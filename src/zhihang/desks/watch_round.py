# SPDX-License-Identifier: Apache-2.0
"""One round of the watches: what became news since each reader was served, matched, told, kept in the log."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from zhihang.desks.search import SearchDesk
from zhihang.errors import DefinitionError, NotFound, NotInstalled, ZhihangError

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from zhihang.desks.room import Room
    from zhihang.matching.delivery_log import DeliveryLog, Item
    from zhihang.matching.event_rule import Event, EventRule
    from zhihang.matching.gather import Organisations
    from zhihang.matching.interest import Interest
    from zhihang.matching.match import Match
    from zhihang.matching.matcher import Matcher
    from zhihang.matching.profile import Profile, Refused
    from zhihang.matching.since import Since
    from zhihang.methods.segmentation import Segmenter

FIRST_LOOK = 28
"""Days a new reader is told of, unless asked otherwise."""
RESTS_ON = (
    "patent", "party_organisation", "organisation", "organisation_name", "patent_industry", "right_state", "ownership",
    "encumbrance",
)  # fmt: skip
"""Derived tables that readers and events are known by."""


@dataclass(frozen=True)
class Round:
    """What one round found: the days looked at, records, events, digests made, and what a person should know."""

    since: date
    until: date
    readers: int
    records: int = 0
    events: int = 0
    digests: int = 0
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


@dataclass
class WatchRound:
    """Work of one round; `notes` gathers what could not be done and why, `_faults` what is wrong with each query."""

    room: Room
    log: DeliveryLog
    rules: Mapping[str, EventRule]
    matchers: Mapping[str, Matcher]
    profiles: Sequence[Profile]
    refused: Sequence[Refused]
    notes: list[str] = field(default_factory=list)
    _faults: dict[str, str] = field(default_factory=dict)

    def run(self, until: date | None, since: date | None) -> Round:
        """Do it."""
        from zhihang.matching.event_rule import Span, hearers_of
        from zhihang.matching.gather import hearers, home_regions, interest, organisations
        from zhihang.matching.match import match

        day = self._day(until, since)
        readers = self._due(day, since)
        first = min((time.day for _, time in readers), default=day)
        if not readers:
            return Round(first, day, 0, notes=tuple(self.notes))
        self._tell_tables()
        known = organisations(self.tables, [profile for profile, _ in readers])
        self._tell_unknown(known, [profile for profile, _ in readers])
        readers = self._answerable(readers)
        hits = self._hits(readers)
        judged = [(reader, key, useful) for reader, key, useful, _ in self.log.judged()]
        made = interest(
            self.tables, readers, day, hits=hits, judged=judged, known=known, segmenter=self._segmenter
        )
        told_from = min([first, *(one for one in made.news.days if one)]) - timedelta(1)
        had = self.log.had(told_from)
        found: dict[str, list[Match]] = {}
        for one in match(made, list(self.matchers.values()), had, self._settings()):
            found.setdefault(one.profile, []).append(one)
        hearing = hearers(made, known, home_regions(self.tables, known), self.rules)
        span = Span(self.tables, min((hearer.since for hearer in hearing), default=day), day)
        events = [event for rule in self.rules.values() for event in rule.find(span)]
        told = hearers_of(events, self.rules, hearing)
        names = {**self._names(made, found), **known.names}
        shown = _Shown(made, names, self.matchers, self.rules)
        had = self.log.had(span.since)

        def letters() -> Iterator[tuple[str, str, list[Item], Since]]:
            for profile, time in readers:
                items = [shown.record(one, profile) for one in found.get(profile.name, ())]
                happened = sorted(told.get(profile.name, ()), key=lambda pair: not pair[1])
                new = [pair for pair in happened if pair[0].key not in had.get(profile.name, ())]
                items += [shown.event(event, own, profile) for event, own in new[: profile.most]]
                yield profile.name, profile.address, items, time

        digests = self.log.add(letters(), day, self.room.store.manifest.version)
        return Round(first, day, len(readers), len(made.news), len(events), digests, tuple(self.notes))

    def _names(self, made: Interest, found: Mapping[str, Sequence[Match]]) -> dict[str, str]:
        """Return the names of the applicants of the records that are told."""
        import pyarrow as pa

        told = {one.application_id for matches in found.values() for one in matches}
        of = dict(zip(made.news.ids, made.news.organisations, strict=True))
        wanted = sorted({organisation for number in told for organisation in of[number]})
        asked = self.tables.values(pa.table({"organisation_id": pa.array(wanted, pa.string())}))
        rows = self.tables.table("organisation").semi_join(asked, "organisation_id")
        read = self.tables.collect(rows.select("organisation_id", "name"))
        return dict(zip(read["organisation_id"].to_pylist(), read["name"].to_pylist(), strict=True))

    def _day(self, until: date | None, since: date | None) -> date:
        today = self.room.store.clock().date()
        day = until or today
        if day > today or (since is not None and since >= day):
            raise DefinitionError(
                "There are no days to look at.",
                {"since": since or "(last time)", "until": day, "today": today},
                todo="Give an --until no later than today, and a --since before it.",
            )
        return day

    def _due(self, day: date, since: date | None) -> list[tuple[Profile, Since]]:
        """Return the readers to serve, each with up to when it was served."""
        from zhihang.matching.since import Since

        version = self.room.store.manifest.version
        served = self.log.served()
        active = [profile for profile in self.profiles if profile.active]
        for line in self.refused:
            self._note(
                f"订阅表第{line.line}行未读入", f"line {line.line} of the watches is not read: {line.reason}"
            )
        if not active:
            self._note("没有有效的订阅", "there are no active watches: zhihang watch add")
        found = []
        for profile in active:
            last = served.get(profile.name)
            if last and (last.day, last.run) >= (day, version if last.day == day else 0):
                continue
            start = since or day - timedelta(FIRST_LOOK)
            time = Since(start, version, start) if last is None or since else last
            found.append((profile, time))
        if len(found) < len(active):
            past = len(active) - len(found)
            self._note(
                f"{past}个订阅此前已推送至该日或之后", f"{past} watches were served up to {day} already"
            )
        return found

    def _tell_tables(self) -> None:
        derived = self.room.store.manifest.derived
        missing = [name for name in RESTS_ON if name not in derived]
        stale = [name for name in self.room.stale() if name in RESTS_ON and name not in missing]
        for names, zh, en in (
            (missing, "尚未计算", "not derived yet"),
            (stale, "落后于数据", "behind the data"),
        ):
            if names:
                self._note(f"派生表{zh}：{'、'.join(names)}", f"derived tables {en}; run: zhihang derive")
        rows = self.tables.table("publication")
        dated = rows.filter(rows.publication_date.notnull()).select("application_id")
        undated = rows.anti_join(dated, "application_id").application_id.nunique()
        count = self.tables.collect(
            rows.aggregate(undated=undated.as_scalar(), dated=rows.publication_date.count())
        )
        without, with_day = (count[name][0].as_py() for name in ("undated", "dated"))
        if without or not with_day:
            told = f"{without}件申请" if with_day else "库中所有申请"
            self._note(f"{told}没有公开日，不会被推送", "records without a day of publication are not sent")

    def _tell_unknown(self, known: Organisations, profiles: Sequence[Profile]) -> None:
        for profile in profiles:
            for zh, en, names in (
                ("本单位", "organisation", [profile.organisation] if profile.organisation else []),
                ("关注对象", "followed organisation", profile.rivals),
            ):
                for name in names:
                    if not known.of(name):
                        self._note(
                            f"订阅{profile.name}的{zh}“{name}”在库中没有专利",
                            f"the {en} of the watch {profile.name} is not found in the store",
                        )

    def _answerable(self, readers: Sequence[tuple[Profile, Since]]) -> list[tuple[Profile, Since]]:
        """Return the readers without what cannot be answered, which is told.

        One of whom nothing is left is not served now, so that it loses nothing once that is mended.
        """
        asked = any(profile.queries for profile, _ in readers)
        indexed = asked and self._is_indexed()
        found = []
        for profile, time in readers:
            sound = [query for query in profile.queries if self._answered(profile.name, query)]
            queries = tuple(sound if indexed else ())
            wrong = [name for name in profile.events if name not in (*self.rules, "all", "none")]
            if wrong:
                told = f"订阅{profile.name}的事件类型不存在：{'、'.join(wrong)}"
                self._note(told, "see zhihang list event-rules")
            events = tuple(name for name in profile.events if name not in wrong) or ("none",)
            try:
                found.append((replace(profile, queries=queries, events=events), time))
            except DefinitionError:
                self._note(f"订阅{profile.name}此次未推送，改正后补推", "it is served once that is mended")
        return found

    def _is_indexed(self) -> bool:
        try:
            self.notes += SearchDesk(self.room).notes()
        except (NotFound, NotInstalled) as error:
            self._note("没有全文索引，检索式未执行", f"{str(error).splitlines()[0]} zhihang index")
            return False
        return True

    def _answered(self, name: str, query: str) -> bool:
        if query not in self._faults:
            try:
                SearchDesk(self.room).check(query)
                self._faults[query] = ""
            except ZhihangError as error:
                self._faults[query] = str(error).splitlines()[0]
        fault = self._faults[query]
        if fault:
            self._note(f"订阅{name}的检索式“{query[:80]}”未能执行", fault)
        return not fault

    def _hits(self, readers: Sequence[tuple[Profile, Since]]) -> dict[str, frozenset[str]]:
        queries = sorted({query for profile, _ in readers for query in profile.queries})
        return SearchDesk(self.room).ids_of(queries) if queries else {}

    def _settings(self) -> Any:
        from zhihang.matching.gather import usefulness
        from zhihang.matching.match import LEAST, MatchSettings

        given = self.room.settings.get("push", {})
        said = [
            (reader, useful, [reason["matcher"] for reason in content.get("reasons", ())])
            for reader, _, useful, content in self.log.judged()
        ]
        numbers = {name: _number(name, given[name]) for name in ("least", *self.matchers) if name in given}
        least = numbers.pop("least", LEAST)
        return MatchSettings(least, numbers, usefulness(said))

    def _note(self, zh: str, en: str) -> None:
        self.notes.append(f"{zh} ({en})")

    @cached_property
    def tables(self) -> Tables:
        """The store, as matching sees it."""
        store = self.room.store
        return Tables(store.table, store.collect, store.engine.values)

    @cached_property
    def _segmenter(self) -> Segmenter | None:
        """What divides Chinese as the index does, with the words it learned; the general one where there is none."""
        from zhihang.retrieval.generation import sound

        found = sound(self.room.folder / "index")
        return found.segmenter if found else None


def _number(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 100:
        raise DefinitionError(
            "A setting of the push is not a number from 0 to 100.",
            {"setting": f"[push] {name}", "value": value},
            todo="Correct zhihang.toml.",
        )
    return float(value)


@dataclass(frozen=True)
class Tables:
    """The store, as matching sees it."""

    table: Callable[[str], ir.Table]
    collect: Callable[[ir.Table], pa.Table]
    values: Callable[[pa.Table], ir.Table]


class _Shown:
    """Matches and events as items of a digest, in a reader's language."""

    def __init__(
        self,
        made: Interest,
        names: Mapping[str, str],
        matchers: Mapping[str, Matcher],
        rules: Mapping[str, EventRule],
    ) -> None:
        self._news, self._names, self._matchers, self._rules = made.news, names, matchers, rules
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
                "by": [self._names.get(name, name) for name in reason.by],
            }
            for reason in one.reasons
        ]
        content = {
            "kind": "record",
            "application_id": one.application_id,
            "publication_id": self._news.publications[place],
            "title": self._news.titles[place],
            "applicants": [self._names.get(number, number) for number in self._news.organisations[place]],
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
        name = self._names.get(event.organisation_id, "")
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
