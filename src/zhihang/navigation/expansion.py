# SPDX-License-Identifier: Apache-2.0
"""Patents beyond the query that a study's corpus takes in: by class, citation, likeness, joint applicants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhihang.navigation.patents import Patent

if TYPE_CHECKING:
    from zhihang.navigation.study import Expansion
    from zhihang.store.snapshot import Snapshot

Similar = Callable[[str, int], list[str]]
LEADING = 20
SEEDS = 40
"""Patents of the corpus whose nearest ones are asked for."""
MARKS = 12
LEAST_LIFT = 5.0
LEAST_SHARE = 0.02
"""A main group marks a corpus if at least 2 % of it lie there, five times as many as of the whole store. Parameters."""


@dataclass(frozen=True)
class Addition:
    """Applications that came in, and by what; `every` holds also those another way found first, `reasons` says why each."""

    by: str
    reason: str
    applications: tuple[str, ...]
    reasons: Mapping[str, str] = field(default_factory=dict)
    every: tuple[str, ...] = ()


def expanded(
    snapshot: Snapshot,
    patents: Sequence[Patent],
    wish: Expansion,
    *,
    similar: Similar | None,
    citations: Callable[[], Iterable[tuple[str, str]]],
) -> list[Addition]:
    """Return what each way adds; an application that several ways find counts for the first.

    `citations` gives pairs of applications that cite one another (either way), of the whole store.
    """
    seen = {one for patent in patents for one in patent.applications}
    found: list[Addition] = []
    inside = frozenset(seen)
    for by, reason, reasons in _ways(snapshot, patents, wish, similar, citations):
        every = tuple(one for one in reasons if one not in inside)
        new = tuple(one for one in every if one not in seen)[: wish.most]
        seen.update(new)
        found.append(Addition(by, reason, new, {one: reasons[one] for one in every}, every))
    return found


def _ways(
    snapshot: Snapshot,
    patents: Sequence[Patent],
    wish: Expansion,
    similar: Similar | None,
    citations: Callable[[], Iterable[tuple[str, str]]],
) -> Iterable[tuple[str, str, dict[str, str]]]:
    """Yield each way, its reason, and the reason for each application, the surest first."""
    marks = marking_groups(snapshot, patents) if wish.classes or wish.co_applicants else []
    if wish.classes:
        yield "class", f"同时属于两个以上标志性主组（{'、'.join(marks) or '无'}）", _in_two(snapshot, marks)
    if wish.citations:
        yield (
            "citation",
            f"与语料库至少{wish.links}件专利有引用关系",
            _linked(patents, wish.links, citations()),
        )
    if wish.similar and similar is not None:
        yield "similar", f"文本最相近的{wish.similar}件", _alike(patents, wish.similar, similar)
    if wish.co_applicants:
        partners = _partners(patents)
        reason = f"与领先权利人共同申请者（{'、'.join(partners[:5]) or '无'}）在标志性主组内的专利"
        yield "co_applicant", reason, _by_partners(snapshot, partners, marks)


def marking_groups(snapshot: Snapshot, patents: Sequence[Patent]) -> list[str]:
    """Return the main groups that mark a corpus off from the rest of the store, the most telling first."""
    inside = Counter(group for patent in patents for group in patent.groups)
    rows = snapshot.table("classification")
    rows = rows.filter(rows.scheme.isin(["ipc", "cpc"]) & rows.symbol.contains("/"))
    groups = rows.select("application_id", group=rows.symbol.split("/")[0].replace(" ", "")).distinct()
    counted = snapshot.engine.collect(groups.group_by("group").aggregate(n=groups.application_id.count()))
    whole = dict(zip(counted["group"].to_pylist(), counted["n"].to_pylist(), strict=True))
    total = snapshot.engine.collect(snapshot.table("application").aggregate(n=lambda t: t.count()))["n"][
        0
    ].as_py()
    ranked = []
    for group, count in inside.items():
        share = count / max(len(patents), 1)
        lift = share / max(whole.get(group, count) / max(total, 1), 1e-12)
        if share >= LEAST_SHARE and lift >= LEAST_LIFT:
            ranked.append((-share * lift, group))
    return [group for _, group in sorted(ranked)[:MARKS]]


def _in_two(snapshot: Snapshot, marks: Sequence[str]) -> dict[str, str]:
    if len(marks) < 2:
        return {}
    rows = snapshot.table("classification")
    rows = rows.select("application_id", group=rows.symbol.split("/")[0].replace(" ", "")).distinct()
    rows = rows.filter(rows.group.isin(list(marks)))
    held = rows.group_by("application_id").aggregate(n=rows.group.nunique())
    found = snapshot.engine.collect(held.filter(held.n >= 2).order_by(held.n.desc(), "application_id"))
    rows = zip(found["application_id"].to_pylist(), found["n"].to_pylist(), strict=True)
    return {name: f"同属{count}个标志性主组" for name, count in rows}


def _linked(patents: Sequence[Patent], least: int, pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    inside = {one for patent in patents for one in patent.applications}
    count: Counter[str] = Counter()
    for one, other in pairs:
        if (one in inside) != (other in inside):
            count[other if one in inside else one] += 1
    ranked = sorted(count.items(), key=lambda pair: (-pair[1], pair[0]))
    return {name: f"与其中{number}件有引用关系" for name, number in ranked if number >= least}


def _alike(patents: Sequence[Patent], most: int, similar: Similar) -> dict[str, str]:
    """Ask for the nearest of patents spread over the corpus; those named most often come first."""
    step = max(1, len(patents) // SEEDS)
    count: Counter[str] = Counter()
    for patent in patents[::step][:SEEDS]:
        count.update(similar(patent.applications[0], 30))
    inside = {one for patent in patents for one in patent.applications}
    ranked = sorted(count.items(), key=lambda pair: (-pair[1], pair[0]))
    kept = [(name, number) for name, number in ranked if name not in inside and number >= 2][:most]
    return {name: f"属于其中{number}件的文本近邻" for name, number in kept}


def _partners(patents: Sequence[Patent]) -> list[str]:
    held = Counter(holder for patent in patents for holder in patent.holders)
    leading = {holder for holder, _ in held.most_common(LEADING)}
    found = Counter(
        holder
        for patent in patents
        if len(patent.holders) > 1 and leading.intersection(patent.holders)
        for holder in patent.holders
        if holder not in leading
    )
    return [holder for holder, _ in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))]


def _by_partners(snapshot: Snapshot, partners: Sequence[str], marks: Sequence[str]) -> dict[str, str]:
    if not partners or not marks:
        return {}
    names = snapshot.table("organisation")
    ids = names.filter(names.name.isin(list(partners[:200]))).select("organisation_id", partner=names.name)
    held = snapshot.table("party_organisation").select("application_id", "organisation_id")
    held = held.inner_join(ids, "organisation_id").group_by("application_id")
    held = held.aggregate(partner=lambda rows: rows.partner.min())
    rows = snapshot.table("classification")
    rows = rows.select("application_id", group=rows.symbol.split("/")[0].replace(" ", ""))
    inside = rows.filter(rows.group.isin(list(marks))).select("application_id").distinct()
    found = snapshot.engine.collect(held.semi_join(inside, "application_id").order_by("application_id"))
    rows = zip(found["application_id"].to_pylist(), found["partner"].to_pylist(), strict=True)
    return {name: f"权利人{partner}与领先权利人有共同申请" for name, partner in rows}
