# SPDX-License-Identifier: Apache-2.0
"""Sentences built from figures: the template names them, the unit says how they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import yaml

from zhihang.navigation.result import Figure, Finding, Section, Value

UNKNOWN = "未知"
ONE_DIGIT = frozenset({"%", "件", "族", "倍"})
LEAST_RATE = 0.0005


@cache
def _templates() -> dict[str, str]:
    found: dict[str, str] = yaml.safe_load(
        files("zhihang.navigation").joinpath("sentences.yaml").read_text("utf-8")
    )
    return found


def statement(key: str, **slots: Figure | str) -> tuple[str, tuple[Figure, ...]]:
    """Return a sentence and the figures it cites.

    >>> statement("gap", place="甲", node="乙", local=Figure("实有", 2, "件"), expected=Figure("应有", 9.5, "件"),
    ...     z=Figure("残差", -2.7))[0]
    '甲在乙有缺口：实有2件，按规模应有9.5件（调整残差−2.70）。'
    """
    shown = {name: shown_value(slot) if isinstance(slot, Figure) else slot for name, slot in slots.items()}
    return _templates()[key].format(**shown), tuple(one for one in slots.values() if isinstance(one, Figure))


def finding(
    key: str, section: Section, told: tuple[str, tuple[Figure, ...]], evidence: Sequence[str] = ()
) -> Finding:
    """Return a finding out of a sentence with its figures."""
    return Finding(key, section, told[0], told[1], tuple(evidence))


def shown_value(figure: Figure) -> str:
    """Return a figure as it is printed.

    Shares are percent, rates of growth say whether it rises or falls, counts have thousands, shares of 0 to 100 one
    digit, numbers of patents that were expected one digit, the rest two.

    >>> shown_value(Figure("年均增长", -0.1149, "rate")), shown_value(Figure("关联密度", 31.6, "%"))
    ('年均下降11.5%', '31.6%')
    """
    value = figure.value
    if figure.unit == "rate":
        return _rate(value)
    if value is None:
        return UNKNOWN
    if isinstance(value, str):
        return value
    if figure.unit == "share":
        return _signed(f"{value:.1%}")
    if figure.unit == "year":
        return f"{value:.0f}"
    unit = figure.unit if figure.unit not in ("", "ratio") else ""
    if isinstance(value, int):
        return _signed(f"{value:,}{unit}")
    return _signed(f"{value:,.{1 if unit in ONE_DIGIT else 2}f}{unit}")


def _rate(value: Value) -> str:
    if not isinstance(value, (int, float)):
        return "年均变化未知"
    if abs(value) < LEAST_RATE:
        return "年均持平"
    return f"年均{'增长' if value > 0 else '下降'}{abs(value):.1%}"


def _signed(text: str) -> str:
    """Write a minus as one, not as a hyphen."""
    return text.replace("-", "−")


def patents(name: str, value: float | None) -> Figure:
    """Return a number of patents as a figure."""
    return Figure(name, value, "件")


def share(name: str, value: float | None) -> Figure:
    """Return a share (0-1) as a figure."""
    return Figure(name, value, "share")


def rate(name: str, value: float | None) -> Figure:
    """Return growth a year (0.1: ten percent more) as a figure."""
    return Figure(name, value, "rate")


def number(name: str, value: float | None, unit: str = "") -> Figure:
    """Return any other number as a figure."""
    return Figure(name, value, unit)
