# SPDX-License-Identifier: Apache-2.0
"""The rules of the table of strategic emerging industries: IPC symbols included and excluded, and keywords."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from zhihang.derivation.faults import Row, refuse
from zhihang.facts.codelist import CodeLists

LIST = "strategic_emerging_industries_ipc"
_COLUMNS = ("branch", "rule", "kind", "ipc_pattern", "needs_keyword", "keywords", "keywords_complete")
_PATTERN = re.compile(r"[A-H]\d\d([A-Z]([1-9]\d{0,3}(/\d{2,6})?)?)?\*?")
_TODO = (
    "Give each row a branch of list emerging_industry, include or exclude, and an IPC pattern (G06F11/14; "
    "G06F11* for a main group with all below it)."
)


@dataclass(frozen=True)
class Rule:
    """One rule of a branch.

    `keywords` are phrases of which one must stand in the text; `complete` says that these are all of them.
    """

    branch: str
    number: str
    needs_keyword: bool
    keywords: tuple[str, ...]
    complete: bool


@dataclass(frozen=True)
class Rules:
    """All rules, in order, and by which IPC patterns each is met (`included`) and not met (`excluded`)."""

    rules: Sequence[Rule]
    included: Mapping[str, Sequence[int]]
    excluded: Mapping[str, Sequence[int]]

    def met_by(self, symbol: str) -> list[int]:
        """Return the positions of the rules that a symbol meets, keywords aside.

        A pattern with `*` means the level it names and all below it, one without exactly that symbol.
        """
        patterns = _patterns_of(symbol)
        out = {rule for pattern in patterns for rule in self.excluded.get(pattern, ())}
        met = {rule for pattern in patterns for rule in self.included.get(pattern, ())}
        return sorted(met - out)


def read_rules(codes: CodeLists) -> Rules:
    """Read the table, with all its faults told together."""
    rows = codes.rows(LIST)
    refuse(LIST, _faults(rows, {row["code"] for row in codes.rows("emerging_industry")}), todo=_TODO)
    places: dict[tuple[str, str], int] = {}
    rules: list[Rule] = []
    patterns: dict[str, dict[str, list[int]]] = {"include": {}, "exclude": {}}
    for row in rows:
        key = (row["branch"], row["rule"])
        if key not in places:
            places[key] = len(rules)
            rules.append(_rule(row))
        patterns[row["kind"]].setdefault(_spelled(row["ipc_pattern"]), []).append(places[key])
    return Rules(rules, patterns["include"], patterns["exclude"])


def _rule(row: Row) -> Rule:
    words = tuple(word.strip() for word in row["keywords"].split("|") if word.strip())
    return Rule(
        row["branch"], row["rule"], row["needs_keyword"] == "1", words, row["keywords_complete"] == "1"
    )


def _spelled(pattern: str) -> str:
    """Write a main group that is meant exactly as symbols of it are written: H03M13 as H03M13/00."""
    bare = "/" not in pattern and not pattern.endswith("*") and len(pattern) > len("H03M")
    return f"{pattern}/00" if bare else pattern


def _patterns_of(symbol: str) -> Iterable[str]:
    main_group = symbol.partition("/")[0]
    return dict.fromkeys((symbol, f"{symbol[:3]}*", f"{symbol[:4]}*", f"{main_group}*"))


def _faults(rows: Sequence[Row], branches: set[str]) -> Iterator[str]:
    missing = [name for name in _COLUMNS if not rows or name not in rows[0]]
    yield from (f'no column "{name}"' for name in missing)
    if missing:
        return
    first: dict[tuple[str, str], Row] = {}
    included: set[tuple[str, str]] = set()
    for number, row in enumerate(rows, start=2):
        key = (row["branch"], row["rule"])
        if row["branch"] not in branches:
            yield f'row {number}: branch "{row["branch"]}" does not exist'
        if row["kind"] not in ("include", "exclude"):
            yield f'row {number}: kind "{row["kind"]}" is neither include nor exclude'
        if not _PATTERN.fullmatch(row["ipc_pattern"]) or (
            "/" in row["ipc_pattern"] and "*" in row["ipc_pattern"]
        ):
            yield f'row {number}: "{row["ipc_pattern"]}" is no pattern'
        same = first.setdefault(key, row)
        if any(row[name] != same[name] for name in ("needs_keyword", "keywords", "keywords_complete")):
            yield f"row {number}: keywords differ from those further up for rule {'/'.join(key)}"
        if row["kind"] == "include":
            included.add(key)
    yield from (f"rule {'/'.join(key)} includes nothing" for key in first if key not in included)
