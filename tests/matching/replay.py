# SPDX-License-Identifier: Apache-2.0
"""Push replayed over past years: firms known by what they had filed by a day, ranked are the records of the next year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import log2
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from zhihang.desks.watch_round import Tables
from zhihang.matching.interest import Interest
from zhihang.matching.match import MatchSettings, match
from zhihang.matching.matcher import matchers
from zhihang.matching.news import Records, records
from zhihang.matching.pairing import incidence
from zhihang.matching.profile import Profile
from zhihang.workspace import create_workspace, open_workspace

LEAST_OWN, DEPTH = 3, 10
Rank = Callable[[Interest], list[list[int]]]


@dataclass(frozen=True)
class Replay:
    """One year: who is known by what, and for each reader the records (rows of the news) that were its concern."""

    interest: Interest
    concern: Sequence[frozenset[int]]


def read(files: Sequence[Path], folder: Path) -> Records:
    """Take files into a new workspace; give every application, dated by its publication, else by its filing."""
    create_workspace(folder)
    workspace = open_workspace(folder)
    workspace.ingest(files)
    workspace.derive(["party_organisation"])
    store = workspace.store
    tables = Tables(store.table, store.collect, store.engine.values)
    published = store.table("publication").group_by("application_id")
    dated = published.aggregate(
        published=lambda t: t.publication_date.min(), publication_id=lambda t: t.publication_id.min()
    )
    filed = store.table("application").select("application_id", "filing_date")
    rows = filed.left_join(dated, "application_id")
    day = rows.published.coalesce(rows.filing_date)
    wanted = rows.select("application_id", "publication_id", day=day, run=1)
    return records(tables, wanted.filter(wanted.day.notnull()))


def replay(known: Records, year: int, *, by_citation: bool = False, span: int = 1) -> Replay:
    """Replay what followed a year. Of concern are the firm's own later filings, or what its later filings cite."""
    end, last = date(year, 12, 31), date(year + span, 12, 31)
    days = [day or date.max for day in known.days]
    before = [row for row, day in enumerate(days) if day <= end]
    after = [row for row, day in enumerate(days) if end < day <= last]
    place = {known.ids[row]: number for number, row in enumerate(after)}
    held: dict[str, list[int]] = {}
    for number, row in enumerate(before):
        for firm in known.organisations[row]:
            held.setdefault(firm, []).append(number)
    concern: dict[str, set[int]] = {}
    for row in [row for row, day in enumerate(days) if end < day < date.max]:
        pointed = known.cited[row] if by_citation else [known.ids[row]]
        for firm in known.organisations[row]:
            found = {place[number] for number in pointed if number in place}
            own = {one for one in found if firm in known.organisations[after[one]]} if by_citation else set()
            concern.setdefault(firm, set()).update(found - own)
    least = 1 if by_citation else LEAST_OWN
    firms = sorted(firm for firm, rows in held.items() if len(rows) >= least and concern.get(firm))
    place_of = {firm: reader for reader, firm in enumerate(firms)}
    owners = [[place_of[firm] for firm in known.organisations[row] if firm in place_of] for row in before]
    profiles = [Profile(f"r{reader}", organisation=firm, most=DEPTH) for reader, firm in enumerate(firms)]
    interest = Interest(profiles, _rows(known, after), _rows(known, before), owners)
    return Replay(interest, [frozenset(concern[firm]) for firm in firms])


def pushed(interest: Interest) -> list[list[int]]:
    """Rank as the push does, with its own weights."""
    place = {number: row for row, number in enumerate(interest.news.ids)}
    found: dict[str, list[int]] = {profile.name: [] for profile in interest.profiles}
    for one in match(interest, list(matchers()), {}, MatchSettings(1e-6)):
        found[one.profile].append(place[one.application_id])
    return list(found.values())


def by_class(length: int) -> Rank:
    """Rank by class code: how large a part of the firm's patents is in the record's classes, the newest first."""

    def rank(interest: Interest) -> list[list[int]]:
        news = [sorted({symbol[:length] for symbol in symbols}) for symbols in interest.news.classes]
        own = [sorted({symbol[:length] for symbol in symbols}) for symbols in interest.own.classes]
        features = sorted({symbol for symbols in (*news, *own) for symbol in symbols})
        scores = (interest.of_own(incidence(own, features)) @ incidence(news, features).T).toarray()
        return _best(scores, interest)

    return rank


def by_class_vector(interest: Interest) -> list[list[int]]:
    """Rank by subclasses and main groups weighed by rarity: the strongest push by class we know how to make."""
    from zhihang.matching.matchers.classes import classes

    pairing = classes.pair(interest)
    return _best((pairing.left @ pairing.right.T).toarray(), interest)


def gain(ranked: Sequence[Sequence[int]], concern: Sequence[frozenset[int]]) -> float:
    """Mean nDCG@10 over readers (0-1): each record of concern counts 1 / log2(place + 1)."""
    found = []
    for order, wanted in zip(ranked, concern, strict=True):
        ideal = sum(1 / log2(place + 2) for place in range(min(DEPTH, len(wanted))))
        got = sum(1 / log2(place + 2) for place, one in enumerate(order[:DEPTH]) if one in wanted)
        found.append(got / ideal)
    return float(np.mean(found))


def _best(scores: NDArray[np.float32], interest: Interest) -> list[list[int]]:
    age = np.array([-day.toordinal() if day else 0 for day in interest.news.days])
    found = []
    for row in scores:
        order = np.lexsort((np.arange(len(row)), age, -row))[:DEPTH]
        found.append([int(one) for one in order if row[one] > 0])
    return found


def _rows(known: Records, chosen: Sequence[int]) -> Records:
    names = (
        "ids",
        "publications",
        "titles",
        "days",
        "words",
        "classes",
        "industries",
        "organisations",
        "cited",
    )
    return Records(*[[getattr(known, name)[row] for row in chosen] for name in names])
