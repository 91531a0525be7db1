# SPDX-License-Identifier: Apache-2.0
"""Bring together what matching needs of the store: readers with their own patents, rivals, what they judged, the news."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import ibis
import pyarrow as pa

from zhihang.matching.event_rule import Hearer, asked
from zhihang.matching.interest import Interest, Judged
from zhihang.matching.news import HOLDERS, Records, Tables, fresh, published, records
from zhihang.matching.profile import Profile
from zhihang.matching.since import Since
from zhihang.methods.segmentation import fold, words

if TYPE_CHECKING:
    from zhihang.methods.segmentation import Segmenter

MOST_OWN = 300
"""Newest own patents that say what a reader is about."""
MOST_SUBCLASSES = 8
LATE_EVENTS = 60
"""Days before a reader was last served within which events that became known late are told."""


@dataclass(frozen=True)
class Organisations:
    """Organisations by every name: `ids` of a folded name or an id, `names` of an id."""

    ids: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]

    def of(self, wanted: str) -> tuple[str, ...]:
        """Return the organisations a reader means by a name or id."""
        return self.ids.get(_folded(wanted), ())


def organisations(tables: Tables, profiles: Iterable[Profile]) -> Organisations:
    """Read the organisations that profiles name, by standard name, by any other name, or by id."""
    wanted = {name for profile in profiles for name in (profile.organisation, *profile.rivals) if name}
    known = tables.table("organisation").select("organisation_id", "name")
    written = tables.table("organisation_name")
    named = known.union(written.select("organisation_id", "name"), distinct=True)
    named = named.union(written.select("organisation_id", name=written.folded), distinct=True)
    named = named.union(known.select("organisation_id", name=known.organisation_id), distinct=True)
    spellings = sorted({spelling for name in wanted for spelling in (name, _folded(name))})
    asked_for = tables.values(pa.table({"name": pa.array(spellings, pa.string())}))
    ids: dict[str, set[str]] = {}
    for row in tables.collect(named.inner_join(asked_for, "name")).to_pylist():
        ids.setdefault(_folded(row["name"]), set()).add(row["organisation_id"])
    every = sorted({number for numbers in ids.values() for number in numbers})
    numbers = tables.values(pa.table({"organisation_id": pa.array(every, pa.string())}))
    shown = tables.collect(known.semi_join(numbers, "organisation_id")).to_pylist()
    return Organisations(
        {name: tuple(sorted(numbers)) for name, numbers in ids.items()},
        {row["organisation_id"]: row["name"] for row in shown},
    )


def interest(
    tables: Tables,
    readers: Sequence[tuple[Profile, Since]],
    until: date,
    *,
    hits: Mapping[str, frozenset[str]],
    judged: Sequence[tuple[str, str, bool]] = (),
    known: Organisations,
    segmenter: Segmenter | None = None,
) -> Interest:
    """Return readers, each served up to some time, and what has become news since, up to a day."""
    profiles = [profile for profile, _ in readers]
    since = [time for _, time in readers]
    own, owners = _own(tables, profiles, known, until, segmenter)
    return Interest(
        profiles,
        records(tables, fresh(tables, since, until), segmenter),
        own,
        owners,
        [[number for rival in profile.rivals for number in known.of(rival)] for profile in profiles],
        hits,
        [words(profile.scope, segmenter) for profile in profiles],
        _judged(tables, profiles, judged, segmenter),
        [known.of(profile.organisation) for profile in profiles],
        since,
    )


def hearers(
    made: Interest, known: Organisations, regions: Mapping[str, str], rules: Iterable[str]
) -> list[Hearer]:
    """Return what decides which events each reader hears of; `regions` is where organisations are."""
    worked: list[dict[str, int]] = [{} for _ in made.profiles]
    for symbols, owners in zip(made.own.classes, made.owners, strict=True):
        for reader in owners:
            for subclass in {symbol[:4] for symbol in symbols}:
                worked[reader][subclass] = worked[reader].get(subclass, 0) + 1
    rules = list(rules)
    found = []
    for profile, since, counted in zip(made.profiles, made.since, worked, strict=True):
        most = sorted(counted, key=lambda subclass: (-counted[subclass], subclass))[:MOST_SUBCLASSES]
        named = {symbol.replace(" ", "")[:4].upper() for symbol in profile.classes}
        followed = {number: False for rival in profile.rivals for number in known.of(rival)}
        selves = known.of(profile.organisation)
        followed |= dict.fromkeys(selves, True)
        home = profile.region or next((regions[number] for number in selves if number in regions), "")
        late = max(since.first, since.day - timedelta(LATE_EVENTS))
        heard = asked(profile.events, rules)
        found.append(Hearer(profile.name, followed, home, frozenset(most) | named, heard, late))
    return found


def home_regions(tables: Tables, known: Organisations) -> dict[str, str]:
    """Return the prefecture that most patents of each organisation come from."""
    patent = tables.table("patent")
    patent = patent.filter(patent.organisation_id.isin(sorted(known.names)) & patent.region.notnull())
    home = patent.region.substr(0, 4).concat("00")
    rows = patent.group_by("organisation_id", region=home).aggregate(held=lambda t: t.count())
    first = ibis.window(group_by="organisation_id", order_by=[ibis.desc("held"), "region"])
    rows = rows.mutate(place=ibis.row_number().over(first)).filter(lambda t: t.place == 0)
    found = tables.collect(rows.select("organisation_id", "region"))
    return dict(zip(found["organisation_id"].to_pylist(), found["region"].to_pylist(), strict=True))


def _own(
    tables: Tables,
    profiles: Sequence[Profile],
    known: Organisations,
    until: date,
    segmenter: Segmenter | None,
) -> tuple[Records, list[list[int]]]:
    readers: dict[str, list[int]] = {}
    for reader, profile in enumerate(profiles):
        for number in known.of(profile.organisation):
            readers.setdefault(number, []).append(reader)
    asked_for = tables.values(pa.table({"organisation_id": pa.array(sorted(readers), pa.string())}))
    party = tables.table("party_organisation").filter(lambda row: row.role.isin(HOLDERS))
    party = party.select("application_id", "organisation_id").distinct()
    dated = published(tables)
    dated = dated.filter(dated.day <= until)
    held = party.semi_join(asked_for, "organisation_id").inner_join(dated, "application_id")
    newest = ibis.window(group_by="organisation_id", order_by=[ibis.desc("day"), "application_id"])
    ranked = held.mutate(place=ibis.row_number().over(newest))
    ranked = ranked.filter(ranked.place < MOST_OWN)
    rows = tables.collect(ranked.select("application_id", "organisation_id", "day", "run", "publication_id"))
    owners: dict[str, set[int]] = {}
    pairs = (rows["application_id"].to_pylist(), rows["organisation_id"].to_pylist())
    for number, organisation in zip(*pairs, strict=True):
        owners.setdefault(number, set()).update(readers[organisation])
    wanted = tables.values(rows.select(["application_id", "day", "run", "publication_id"])).distinct()
    own = records(tables, wanted, segmenter)
    return own, [sorted(owners[number]) for number in own.ids]


def _judged(
    tables: Tables,
    profiles: Sequence[Profile],
    said: Sequence[tuple[str, str, bool]],
    segmenter: Segmenter | None,
) -> Judged:
    place = {profile.name: number for number, profile in enumerate(profiles)}
    said = [one for one in said if one[0] in place]
    if not said:
        return Judged()
    numbers = pa.table({"application_id": pa.array(sorted({key for _, key, _ in said}), pa.string())})
    read = records(tables, published(tables).semi_join(tables.values(numbers), "application_id"), segmenter)
    row = {number: position for position, number in enumerate(read.ids)}
    kept = [one for one in said if one[1] in row]
    return Judged(
        read,
        [place[reader] for reader, _, _ in kept],
        [row[key] for _, key, _ in kept],
        [useful for _, _, useful in kept],
    )


def usefulness(said: Iterable[tuple[str, bool, Sequence[str]]]) -> dict[str, dict[str, float]]:
    """Return for each reader the factor of each matcher: from 0.5 (never useful) to 1.5 (always), 1 without a word.

    `said` gives reader, useful, and the matchers that spoke for the item. The share of useful ones is drawn towards
    one half as if two more had been judged, one each way.
    """
    counts: dict[str, dict[str, list[int]]] = {}
    for reader, useful, ways in said:
        for way in ways:
            good, all_ = counts.setdefault(reader, {}).setdefault(way, [0, 0])
            counts[reader][way] = [good + useful, all_ + 1]
    return {
        reader: {way: 0.5 + (good + 1) / (number + 2) for way, (good, number) in ways.items()}
        for reader, ways in counts.items()
    }


def _folded(name: str) -> str:
    return fold(name.strip())
