# SPDX-License-Identifier: Apache-2.0
"""Values of indicators for pages and the interface: what is asked is checked and bounded, the answer kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from zhihang.errors import DefinitionError
from zhihang.reporting.definition import definition_of
from zhihang.web.answers import PATIENCE, Answers

MOST_CODES = 24
MOST_PERIODS = 120
EVERY = ("month", "quarter", "half_year", "year", "five_years")
BASES = ("computed", "published", "both")


def listed(ask: Answers, words: str = "") -> list[dict[str, Any]]:
    """Return a row for each indicator whose code, name or description has each of some words."""

    def compute() -> list[dict[str, Any]]:
        known, codes = ask.workspace.indicators, ask.workspace.codes
        return [
            {
                "indicator": each.code,
                "zh": each.label.zh,
                "en": each.label.en,
                "unit": each.unit,
                "kind": each.kind,
                "direction": each.direction,
                "decimals": each.decimals,
                "reference": str(each.reference),
                "description": each.description,
                "definition": definition_of(each, known, codes),
            }
            for each in known.values()
        ]

    rows: list[dict[str, Any]] = ask.work("indicators", [], compute, patience=30)
    wanted = words.lower().split()
    return [row for row in rows if all(any(w in str(v).lower() for v in row.values()) for w in wanted)]


def measured(
    ask: Answers,
    codes: Sequence[str],
    region: str,
    *,
    first: str,
    last: str,
    every: str = "year",
    by: str = "",
    basis: str = "computed",
    patience: float = PATIENCE,
) -> list[dict[str, Any]]:
    """Return a row for each value: indicator, region, period, dimensions, value, unit, status, reference, note."""
    faults: dict[str, object] = {}
    if not 1 <= len(codes) <= MOST_CODES:
        faults["indicators"] = f"{len(codes)}; from 1 to {MOST_CODES}"
    if every not in EVERY:
        faults["every"] = f"{every}; one of {', '.join(EVERY)}"
    if basis not in BASES:
        faults["basis"] = f"{basis}; one of {', '.join(BASES)}"
    if not (first[:4].isdigit() and last[:4].isdigit()):
        faults["periods"] = f"{first} to {last}; such as 2015 to 2020"
    elif not 0 <= _periods(first, last, every) <= MOST_PERIODS:
        faults["periods"] = f"{first} to {last}; from 1 to {MOST_PERIODS} of them"
    if faults:
        raise DefinitionError(
            "This cannot be measured. 无法统计。", faults, todo="Change what is named. 请修改上列内容。"
        )
    rows: list[dict[str, Any]] = ask(
        "measure",
        list(dict.fromkeys(codes)),
        region,
        first=first,
        last=last,
        every=every,
        by=[by] if by else [],
        basis=basis,
        patience=patience,
    )
    return rows


def _periods(first: str, last: str, every: str) -> int:
    years = int(last[:4]) - int(first[:4]) + 1
    return years * {"month": 12, "quarter": 4, "half_year": 2}.get(every, 1) if years > 0 else -1
