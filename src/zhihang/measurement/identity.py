# SPDX-License-Identifier: Apache-2.0
"""Identities: what must hold between figures, whoever published or computed them (M-STAT-16)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, TypeAlias

from zhihang.facts.codelist import CodeLists
from zhihang.facts.region_name import RegionNames
from zhihang.measurement.catalogue import Indicators
from zhihang.measurement.known import Collect, Figures, Known, Range, Tables, read_figures
from zhihang.measurement.measure import Measured
from zhihang.shelf import Shelf
from zhihang.terms.label import Label

Severity = Literal["error", "warning", "info"]
"""`error`: figures contradict each other; `warning`: implausible, or not all of it is told; `info`: worth knowing."""
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True)
class Finding:
    """Figures that do not fit together: which, where and when, in words, with the arithmetic and the sources."""

    severity: Severity
    identity: str
    indicators: tuple[str, ...]
    regions: tuple[str, ...]
    periods: tuple[str, ...]
    message: Label
    arithmetic: str
    sources: tuple[str, ...]

    def row(self) -> dict[str, Any]:
        """Return the finding as plain values."""
        return {
            "severity": self.severity,
            "identity": self.identity,
            "indicators": list(self.indicators),
            "regions": list(self.regions),
            "periods": list(self.periods),
            "message": self.message.zh,
            "message_en": self.message.en,
            "arithmetic": self.arithmetic,
            "sources": list(self.sources),
        }


@dataclass(frozen=True)
class Evidence:
    """What identities look at: known figures, the catalogue, names of regions."""

    figures: Figures
    indicators: Indicators
    names: RegionNames

    @cached_property
    def children(self) -> Mapping[str, Sequence[str]]:
        """Codes of the divisions directly below each region."""
        found: dict[str, list[str]] = {}
        for code in self.names.regions:
            if code.details.get("placeholder") != "1":
                found.setdefault(code.details["parent"], []).append(code.code)
        return found

    def region(self, code: str) -> Label:
        """Return the name of a region; the code where it has none."""
        found = self.names.by_code(code)
        return found.label if found else Label(code, code)

    def label(self, code: str) -> Label:
        """Return the name of an indicator; the code where it has none."""
        if code in self.indicators:
            names = self.indicators[code].label
            return Label(names.zh, names.en)
        return Label(code, code)


Find: TypeAlias = "Callable[[Evidence], Iterable[Finding]]"


@dataclass(frozen=True)
class Identity:
    """Something that must hold: `find` yields the places where it does not."""

    name: str
    label: Label
    description: str
    find: Find


def identity(*, label: Label) -> Callable[[Find], Identity]:
    """Turn a function from evidence to findings into the identity of that name; its docstring describes it."""

    def make(find: Find) -> Identity:
        return Identity(find.__name__, label, " ".join((find.__doc__ or "").split()), find)

    return make


def identities(folders: Sequence[Path] = ()) -> Shelf[Identity]:
    """Return the shelf of identities; `folders` are a workspace's own, looked at first."""
    return Shelf("identity", Identity, "zhihang.measurement.identities", tuple(folders))


def check_identities(
    tables: Tables,
    collect: Collect,
    codes: CodeLists,
    indicators: Indicators | None = None,
    *,
    measured: Iterable[Measured] = (),
    only: Sequence[str] = (),
    folders: Sequence[Path] = (),
) -> list[Finding]:
    """Return where figures contradict each other, the worst first.

    Parameters
    ----------
    tables, collect
        The store: table `observation` is read whole.
    measured
        Computed cells to be checked together with the published figures.
    only
        Names of identities; all where none is given.
    folders
        Folders of a workspace's own identities.
    """
    figures, unreadable = read_figures(tables, collect, measured)
    evidence = Evidence(figures, indicators or Indicators(), RegionNames(codes))
    shelf = identities(folders)
    found = [_unreadable(told) for told in unreadable]
    for name in only or shelf.names():
        found += shelf[name].find(evidence)
    order = {severity: rank for rank, severity in enumerate(SEVERITIES)}
    return sorted(found, key=lambda f: (order[f.severity], f.identity, f.indicators, f.regions, f.periods))


def finding(
    severity: Severity, name: str, figures: Sequence[Known], message: Label, arithmetic: str
) -> Finding:
    """Return a finding about some figures; periods, regions and sources are theirs, each once."""
    return Finding(
        severity,
        name,
        tuple(dict.fromkeys(figure.indicator for figure in figures)),
        tuple(dict.fromkeys(figure.region for figure in figures)),
        tuple(dict.fromkeys(figure.span.text for figure in figures)),
        message,
        arithmetic,
        tuple(dict.fromkeys(figure.origin for figure in figures if figure.origin)),
    )


def told(figure: Known) -> str:
    """Write a figure as it was printed, with its unit.

    Values in base units are not shown: 58.7 万件 stays 58.7 万件.
    """
    return f"{figure.written} {figure.unit}".strip()


def apart(one: Range, other: Range) -> float:
    """Return how far two ranges are apart, as a part of the second; 0 where they meet."""
    gap = max(one.low - other.high, other.low - one.high, 0.0)
    return gap / abs(other.high) if other.high else math.inf if gap else 0.0


def hint(value: float, wanted: float) -> Label | None:
    """Name a slip that explains a wrong value: a power of ten (万 for 亿), or figures exchanged."""
    if value <= 0 or wanted <= 0:
        return None
    power = math.log10(value / wanted)
    if abs(power) > 0.9 and abs(power - round(power)) < 0.03:
        size = f"{10 ** abs(round(power)):,}"
        side = ("大", "large") if power > 0 else ("小", "small")
        return Label(
            f"相差{size}倍，疑为单位之误（偏{side[0]}）", f"{size} times too {side[1]}: a slip of the unit?"
        )
    one, two = f"{value:.10g}".replace(".", ""), f"{wanted:.10g}".replace(".", "")
    if one != two and sorted(one) == sorted(two) and len(one) > 2:
        return Label("数字可能颠倒", "digits may be transposed")
    return None


def _unreadable(text: str) -> Finding:
    message = Label(f"不能读取：{text}", f"Cannot be read: {text}")
    return Finding("info", "readable", (), (), (), message, "", ())
