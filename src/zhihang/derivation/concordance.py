# SPDX-License-Identifier: Apache-2.0
"""What a concordance is: IPC subclasses and main groups, with shares of the codes of another classification."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from zhihang.derivation.faults import Row, refuse
from zhihang.facts.codelist import CodeLists

TOLERANCE = 0.001
"""The weights of one IPC symbol may miss 1 by this much (thirds are written with few decimals)."""
_UNIT = re.compile(r"[A-H]\d\d[A-Z](?:[1-9]\d{0,3})?")
_CONDITIONS = ("not_with_ipc", "unless_with_ipc")


@dataclass(frozen=True)
class Condition:
    """An IPC symbol does not count where the application also carries `not_with`, except beside `unless_with`."""

    not_with: str
    unless_with: str | None


@dataclass(frozen=True)
class Concordance:
    """Shares of codes by IPC unit: a subclass (``A61K``) or a main group (``A61K8``).

    The longest unit that a symbol belongs to speaks for it.
    """

    shares: Mapping[str, Mapping[str, float]]
    conditions: Mapping[str, Sequence[Condition]]

    def unit_of(self, symbol: str) -> str:
        """Return the unit a symbol counts in: that of the concordance, or its own subclass where there is none.

        >>> concordance = Concordance({"A61K": {"27": 1.0}, "A61K8": {"268": 1.0}}, {})
        >>> [concordance.unit_of(symbol) for symbol in ("A61K8/02", "A61K80/00", "G16H50/20")]
        ['A61K8', 'A61K', 'G16H']
        """
        main_group = symbol.partition("/")[0]
        return main_group if main_group in self.shares else symbol[:4]

    def carried(self, symbol: str) -> tuple[str, ...]:
        """Return what conditions may know a symbol by: its subclass and its main group."""
        main_group = symbol.partition("/")[0]
        return tuple(dict.fromkeys((symbol[:4], main_group)))

    @property
    def condition_units(self) -> frozenset[str]:
        """Every unit that some condition asks for."""
        every = [condition for conditions in self.conditions.values() for condition in conditions]
        return frozenset(u for c in every for u in (c.not_with, c.unless_with) if u)


def read_concordance(codes: CodeLists, name: str, known: frozenset[str]) -> Concordance:
    """Read the concordance `name`, whose codes must be among `known`; all its faults are told together.

    Columns: `ipc` (subclass or main group), `code`, `weight`; where a symbol counts only under a condition, further
    rows with `not_with_ipc` and `unless_with_ipc`, each of which must hold.
    """
    rows = codes.rows(name)
    refuse(name, _faults(rows, known), todo=_TODO)
    shares: dict[str, dict[str, float]] = {}
    conditions: dict[str, dict[Condition, None]] = {}
    for row in rows:
        shares.setdefault(row["ipc"], {})[row["code"]] = float(row["weight"])
        if row.get("not_with_ipc"):
            condition = Condition(row["not_with_ipc"], row.get("unless_with_ipc") or None)
            conditions.setdefault(row["ipc"], {})[condition] = None
    exact = {ipc: {code: w / sum(of.values()) for code, w in of.items()} for ipc, of in shares.items()}
    return Concordance(exact, {ipc: tuple(found) for ipc, found in conditions.items()})


_TODO = "Give each IPC subclass or main group with the codes it stands for and weights that sum to 1."


def _faults(rows: Sequence[Row], known: frozenset[str]) -> Iterator[str]:
    if not rows:
        yield "it has no rows"
        return
    missing = [name for name in ("ipc", "code", "weight") if name not in rows[0]]
    yield from (f'no column "{name}"' for name in missing)
    if missing:
        return
    weights: dict[str, dict[str, float]] = {}
    units: dict[str, bool] = {}
    for number, row in enumerate(rows, start=2):
        for column in ("ipc", *_CONDITIONS):
            text = row.get(column) or ""
            if (text or column == "ipc") and not units.setdefault(text, _is_unit(text)):
                yield f'row {number}: "{text}" in {column} is no IPC subclass or main group'
        if row["code"] not in known:
            yield f'row {number}: code "{row["code"]}" does not exist'
        weight = _number(row["weight"])
        if weight is None or not 0 < weight <= 1:
            yield f'row {number}: weight "{row["weight"]}" is not a number above 0 and up to 1'
        elif weights.setdefault(row["ipc"], {}).setdefault(row["code"], weight) != weight:
            yield f"row {number}: {row['ipc']} has another weight for {row['code']} further up"
    for ipc, found in weights.items():
        if abs(sum(found.values()) - 1) > TOLERANCE:
            yield f"the weights of {ipc} sum to {sum(found.values()):g}"


def _is_unit(text: str) -> bool:
    """Whether a text is a subclass, or a main group without its zeros (``A61K8``)."""
    return _UNIT.fullmatch(text) is not None


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
