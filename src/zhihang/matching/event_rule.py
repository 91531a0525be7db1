# SPDX-License-Identifier: Apache-2.0
"""What an event rule is: something that became known between two days and may concern readers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from zhihang.errors import NotFound
from zhihang.matching.news import Tables
from zhihang.shelf import Shelf
from zhihang.terms.label import Label

if TYPE_CHECKING:
    import ibis.expr.types as ir

Concerns = Literal["holder", "cluster"]
"""Whom an event concerns: those who own or follow the organisation; or those at work in the region and class."""


@dataclass(frozen=True)
class Event:
    """Something that became known on a day.

    `key` names it for good, so that nobody hears of it twice; `detail` says what happened, beside the label of its
    rule; `subclass` and `region` say where it belongs for rules on clusters.
    """

    rule: str
    key: str
    day: date
    detail: Label
    application_id: str = ""
    organisation_id: str = ""
    region: str = ""
    subclass: str = ""


@dataclass(frozen=True)
class Span:
    """The days looked at: after `since`, up to `until`."""

    tables: Tables
    since: date
    until: date

    def within(self, column: ir.Column) -> ir.BooleanColumn:
        """Whether a day lies in the span."""
        return (column > self.since) & (column <= self.until)


Find: TypeAlias = Callable[[Span], Iterable[Event]]


@dataclass(frozen=True)
class EventRule:
    """One kind of event."""

    name: str
    label: Label
    description: str
    concerns: Concerns
    find: Find


def event_rule(*, label: Label, concerns: Concerns) -> Callable[[Find], EventRule]:
    """Turn a function of `Span` into the rule of that name; its docstring is the description."""

    def make(find: Find) -> EventRule:
        return EventRule(find.__name__, label, (find.__doc__ or "").strip().splitlines()[0], concerns, find)

    return make


def event_rules(folders: Sequence[Path] = ()) -> Shelf[EventRule]:
    """Return the shelf of event rules; `folders` are a workspace's own, looked at first."""
    return Shelf("event rule", EventRule, "zhihang.matching.event_rules", tuple(folders))


@dataclass(frozen=True)
class Hearer:
    """What decides whether a reader hears of an event.

    `followed` maps ids of organisations to True where they are the reader's own; `subclasses` are those it works in;
    `rules` names the rules it asked for, None for all; it hears of nothing up to `since`.
    """

    name: str
    followed: Mapping[str, bool] = field(default_factory=dict)
    region: str = ""
    subclasses: frozenset[str] = frozenset()
    rules: frozenset[str] | None = None
    since: date = date.min

    def hears(self, event: Event, holder: bool) -> bool:
        """Whether a reader hears of an event of a rule on holders, or of one on clusters, that is near enough."""
        if event.day <= self.since or (self.rules is not None and event.rule not in self.rules):
            return False
        return holder or (_inside(event.region, self.region) and event.organisation_id not in self.followed)


def hearers_of(
    events: Iterable[Event], rules: Mapping[str, EventRule], hearers: Sequence[Hearer]
) -> dict[str, list[tuple[Event, bool]]]:
    """Return for each reader the events that concern it, each with whether it is about the reader itself."""
    by_organisation: dict[str, list[Hearer]] = {}
    by_subclass: dict[str, list[Hearer]] = {}
    for hearer in hearers:
        for organisation in hearer.followed:
            by_organisation.setdefault(organisation, []).append(hearer)
        for subclass in sorted(hearer.subclasses):
            by_subclass.setdefault(subclass, []).append(hearer)
    found: dict[str, dict[str, tuple[Event, bool]]] = {}
    for event in sorted(events, key=lambda each: (each.day, each.key, each.organisation_id)):
        holder = rules[event.rule].concerns == "holder"
        near = by_organisation if holder else by_subclass
        for hearer in near.get(event.organisation_id if holder else event.subclass, []):
            if not hearer.hears(event, holder):
                continue
            own = hearer.followed.get(event.organisation_id, False)
            told = found.setdefault(hearer.name, {})
            if event.key not in told or (own and not told[event.key][1]):
                told[event.key] = (event, own)
    return {name: list(told.values()) for name, told in found.items()}


def asked(names: Sequence[str], rules: Iterable[str]) -> frozenset[str] | None:
    """Return the rules a reader asked for, None for all; an unknown one is an error."""
    known = set(rules)
    if "all" in names:
        return None
    for name in names:
        if name not in known and name != "none":
            raise NotFound.named("event rule", name, known, see="zhihang list event-rules")
    return frozenset(names) & known


def _inside(region: str, home: str) -> bool:
    """Whether a division lies in another one, by their codes; an event without a region is for every place."""
    if not region or not home:
        return not region
    stem = home[:2] if home.endswith("0000") else home[:4] if home.endswith("00") else home
    return region.startswith(stem)
