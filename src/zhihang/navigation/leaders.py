# SPDX-License-Identifier: Apache-2.0
"""Who leads: holders and inventors with what they moved into, kinds of holders, classes, legal states, events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from zhihang.facts.codelist import CodeLists
from zhihang.navigation.corpus import Collected
from zhihang.navigation.direction import Inventor, Leader, Move
from zhihang.navigation.patents import Patent
from zhihang.navigation.trends import recent_years

LEAST_MOVE = 2
"""Recent patents in a node, at most one before: so many make a move into it. A parameter."""
STATES = {"in_force": "有效", "pending": "审查中", "ended": "已失效", "unknown": "不明"}


def leaders(made: Collected, top: int) -> tuple[Leader, ...]:
    """Return the holders with most patents, ties by name."""
    held: dict[str, list[Patent]] = {}
    for patent in made.patents:
        for holder in patent.holders:
            held.setdefault(holder, []).append(patent)
    ranked = sorted(held, key=lambda name: (-len(held[name]), name))[:top]
    return tuple(_leader(name, held[name], made) for name in ranked)


def _leader(name: str, own: Sequence[Patent], made: Collected) -> Leader:
    late = set(recent_years(made))
    first = min(late, default=9999)
    recent = [patent for patent in own if patent.year in late]
    before = [patent for patent in own if patent.year is not None and patent.year < first]
    leading = [patent for patent in own if patent.holders[0] == name] or own
    return Leader(
        name,
        type_of(name, own),
        _commonest(patent.country for patent in leading),
        _commonest(patent.region for patent in leading),
        len(own),
        len(own) / max(len(made.patents), 1),
        len(recent),
        len(before),
        sum(patent.state == "in_force" for patent in own),
        sum(patent.cited for patent in own) / len(own),
        tuple(code for code, _ in _nodes(own, made).most_common(3)),
        _moves(recent, before, made),
    )


def type_of(name: str, own: Iterable[Patent]) -> str:
    """Return the type of a holder as its patents have it."""
    return next(
        (kind for p in own for holder, kind in zip(p.holders, p.types, strict=True) if holder == name),
        "unknown",
    )


def _commonest(values: Iterable[str]) -> str:
    counted = Counter(value for value in values if value)
    return min(counted, key=lambda value: (-counted[value], value)) if counted else ""


def _nodes(own: Iterable[Patent], made: Collected) -> Counter[str]:
    leaves = {node.code for node in made.study.leaves()}
    return Counter(code for patent in own for code in patent.nodes if code in leaves)


def _moves(recent: Sequence[Patent], before: Sequence[Patent], made: Collected) -> tuple[Move, ...]:
    """Nodes with several recent patents and at most one before, for holders who were there before at all."""
    if not before:
        return ()
    now, then = _nodes(recent, made), _nodes(before, made)
    labels = {node.code: node.zh for node in made.study.says.breakdown}
    found = [
        Move(code, labels[code], then[code], count)
        for code, count in now.items()
        if count >= LEAST_MOVE and then[code] <= 1
    ]
    return tuple(sorted(found, key=lambda move: (-move.recent, move.node)))


def inventors(made: Collected, top: int) -> tuple[Inventor, ...]:
    """Return the inventors with most patents; people of one name and one holder count as one."""
    held: dict[tuple[str, str], list[Patent]] = {}
    for patent in made.patents:
        holder = patent.holders[0] if patent.holders else ""
        for name in patent.inventors:
            held.setdefault((name, holder), []).append(patent)
    late = set(recent_years(made))
    ranked = sorted(held, key=lambda key: (-len(held[key]), key))[:top]
    return tuple(
        Inventor(
            name,
            holder,
            len(own),
            sum(p.year in late for p in own),
            tuple(code for code, _ in _nodes(own, made).most_common(3)),
        )
        for name, holder in ranked
        for own in [held[name, holder]]
    )


Rows = tuple[Mapping[str, str | int | float], ...]


def kinds(made: Collected, codes: CodeLists) -> Rows:
    """Share of each type of first holder."""
    labels = {code.code: code.label.zh for code in codes["applicant_type"]}
    counted = Counter(patent.types[0] if patent.types else "unknown" for patent in made.patents)
    return _shares(counted, labels)


def states(made: Collected) -> Rows:
    """Share of each legal state on the day of the cut-off."""
    return _shares(Counter(patent.state for patent in made.patents), STATES)


def classes(made: Collected, codes: CodeLists, top: int) -> Rows:
    """Subclasses with most patents, each with its patents in the last three full years."""
    listed = {row["subclass"]: row.get("zh", "") for row in codes.rows("ipc")} if "ipc" in codes else {}
    late = set(recent_years(made))
    counted: Counter[str] = Counter()
    recent: Counter[str] = Counter()
    for patent in made.patents:
        own = {symbol[:4] for symbol in patent.symbols}
        counted.update(own)
        if patent.year in late:
            recent.update(own)
    rows = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:top]
    total = max(len(made.patents), 1)
    return tuple(
        {
            "class": name,
            "label": listed.get(name, ""),
            "patents": count,
            "share": count / total,
            "recent": recent[name],
        }
        for name, count in rows
    )


def _shares(counted: Counter[str], labels: Mapping[str, str]) -> Rows:
    total = max(counted.total(), 1)
    return tuple(
        {"code": code, "label": labels.get(code, code), "patents": count, "share": count / total}
        for code, count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    )
