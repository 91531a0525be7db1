# SPDX-License-Identifier: Apache-2.0
"""What a legal event does to a right: told by its code, else by words of its name, from the list `legal_event_effect`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import pyarrow as pa

from zhihang.derivation.derivation import Facts
from zhihang.derivation.faults import Row, refuse
from zhihang.facts.codelist import fold_name

if TYPE_CHECKING:
    import ibis.expr.types as ir

LIST = "legal_event_effect"
EFFECTS = frozenset(
    {
        *("grant", "refused", "withdrawn", "abandoned", "lapsed", "expired", "ended", "restored", "alive"),
        *("invalidated", "invalidated_in_part", "invalidation_decision", "transfer", "name_change"),
        *("licence_begins", "licence_changes", "licence_ends"),
        *("pledge_begins", "pledge_changes", "pledge_ends"),
    }
)
"""What a row of the list may say. `alive`: it shows a right in force. `invalidation_decision`: the detail tells."""

_COLUMNS = ("office", "code", "words", "effect")


def effects(facts: Facts) -> ir.Table:
    """Events whose effect is known.

    Columns: `application_id`, `sequence`, `effect`, `announced`, `effective`, `detail`, `event_name`. Events of other
    offices than the application's own (a European patent lapsing in one state) are left out.
    """
    import ibis

    rules = _rules(facts)
    own = _own_events(facts)
    by_code = facts.values(_code_table(rules))
    coded = own.inner_join(by_code, ["own", "code"]).select(*own.columns, "effect")
    others = own.anti_join(by_code, ["own", "code"]).view()
    occurring = facts.collect(
        others.filter(others.event_name.notnull()).select("own", "event_name").distinct()
    )
    by_name = facts.values(_name_table(rules, occurring.to_pylist()))
    named = others.inner_join(by_name, ["own", "event_name"]).select(*own.columns, "effect")
    found = coded.union(named)
    decided = ibis.cases(
        (found.detail.contains("全部无效"), "invalidated"),
        (found.detail.contains("部分无效"), "invalidated_in_part"),
        else_="none",
    )
    effect = (found.effect == "invalidation_decision").ifelse(decided, found.effect)
    return found.mutate(effect=effect).drop("own", "code")


def _own_events(facts: Facts) -> ir.Table:
    events = facts.table("legal_event")
    own = events.application_id.substr(0, 2)
    return events.filter(events.office.isnull() | (events.office == own)).select(
        "application_id",
        "sequence",
        "detail",
        "code",
        own=own,
        event_name=events.name,
        announced=events.event_date,
        effective=events.effective_date,
    )


def _rules(facts: Facts) -> Sequence[Row]:
    rows = facts.codes.rows(LIST)
    refuse(LIST, _faults(rows), todo=f"Use the effects {', '.join(sorted(EFFECTS))}.")
    return rows


def _faults(rows: Sequence[Row]) -> Iterator[str]:
    missing = [name for name in _COLUMNS if not rows or name not in rows[0]]
    yield from (f'no column "{name}"' for name in missing)
    if missing:
        return
    for number, row in enumerate(rows, start=2):
        if row["effect"] not in EFFECTS:
            yield f'row {number}: effect "{row["effect"]}" is not known'
        if bool(row["code"]) == bool(row["words"]):
            yield f"row {number}: give either a code or words"
        if not row["office"]:
            yield f"row {number}: no office"


def _code_table(rules: Sequence[Row]) -> pa.Table:
    known = {(row["office"], row["code"]): row["effect"] for row in reversed(rules) if row["code"]}
    return _table(("own", "code", "effect"), ((*key, effect) for key, effect in known.items()))


def _name_table(rules: Sequence[Row], occurring: Iterable[Row]) -> pa.Table:
    return _table(("own", "event_name", "effect"), _named(rules, occurring))


def _named(rules: Sequence[Row], occurring: Iterable[Row]) -> Iterator[tuple[str, str, str]]:
    """Give each name the effect of the first rule of its office whose words it contains."""
    words = [(row["office"], fold_name(row["words"]), row["effect"]) for row in rules if row["words"]]
    for row in occurring:
        name = fold_name(row["event_name"])
        hit = next((effect for office, text, effect in words if office == row["own"] and text in name), None)
        if hit:
            yield row["own"], row["event_name"], hit


def _table(names: Sequence[str], rows: Iterable[tuple[str, ...]]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    return pa.table({name: pa.array(list(c), pa.string()) for name, c in zip(names, columns, strict=True)})
