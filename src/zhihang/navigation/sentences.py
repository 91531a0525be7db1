# SPDX-License-Identifier: Apache-2.0
"""Sentences built from figures: the template names them, the unit says how they are shown."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from zhihang.navigation.result import Figure

UNKNOWN = "未知"


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
    '甲在乙有缺口：实有2件，按规模应有9.50件（调整残差-2.70）。'
    """
    shown = {name: shown_value(slot) if isinstance(slot, Figure) else slot for name, slot in slots.items()}
    return _templates()[key].format(**shown), tuple(one for one in slots.values() if isinstance(one, Figure))


def shown_value(figure: Figure) -> str:
    """Return a figure as it is printed: shares as percent, counts with thousands, the rest with two digits."""
    value = figure.value
    if value is None:
        return UNKNOWN
    if isinstance(value, str):
        return value
    if figure.unit == "share":
        return f"{value:.1%}"
    if figure.unit == "year":
        return f"{value:.0f}"
    unit = figure.unit if figure.unit not in ("", "ratio") else ""
    return f"{value:,}{unit}" if isinstance(value, int) else f"{value:,.2f}{unit}"


def patents(name: str, value: float | None) -> Figure:
    """Return a number of patents as a figure."""
    return Figure(name, value, "件")


def share(name: str, value: float | None) -> Figure:
    """Return a share (0-1) as a figure."""
    return Figure(name, value, "share")


def number(name: str, value: float | None, unit: str = "") -> Figure:
    """Return any other number as a figure."""
    return Figure(name, value, unit)
