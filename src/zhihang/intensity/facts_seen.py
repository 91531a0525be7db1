# SPDX-License-Identifier: Apache-2.0
"""What an identification looks at: tables, the engine that computes, code lists, and the area meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhihang.facts.codelist import CodeLists

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

FEW = 30
"""More beginnings of codes than this are not asked for one by one; rows of other divisions are sorted out later."""


@dataclass(frozen=True)
class Area:
    """A division or group: its code, its name, and the beginnings of the codes of all divisions in it."""

    code: str
    name: str
    prefixes: tuple[str, ...]

    @property
    def everywhere(self) -> bool:
        """Whether it is the whole nation."""
        return "" in self.prefixes

    def holds(self, region: str) -> bool:
        """Whether a division lies in it."""
        return region.startswith(self.prefixes)


def _values(rows: pa.Table) -> ir.Table:
    import ibis

    return ibis.memtable(rows)


@dataclass(frozen=True)
class FactsSeen:
    """Tables by name, the function that computes an expression, code lists, and one that makes a table of rows."""

    table: Callable[[str], ir.Table]
    collect: Callable[[ir.Table], pa.Table]
    codes: CodeLists
    values: Callable[[pa.Table], ir.Table] = _values

    def within(self, rows: ir.Table, area: Area, *more: Area) -> ir.Table:
        """Return the rows whose column `region` lies in an area, or in one of several."""
        if any(each.everywhere for each in (area, *more)):
            return rows
        prefixes = _shortest([prefix for each in (area, *more) for prefix in each.prefixes])
        held = rows.region.startswith(prefixes[0])
        for prefix in prefixes[1:]:
            held = held | rows.region.startswith(prefix)
        return rows.filter(held.fill_null(False))


def area_of(regions: Sequence[str | None], areas: Sequence[Area]) -> list[int]:
    """Place among the areas of the first that each division lies in; -1 where it lies in none.

    >>> area_of(["450302", "450102", None], [Area("450300", "桂林市", ("4503",))])
    [0, -1, -1]
    """
    known: dict[str | None, int] = {None: -1}
    for region in regions:
        if region not in known:
            held = [place for place, area in enumerate(areas) if area.holds(region or "")]
            known[region] = held[0] if held else -1
    return [known[region] for region in regions]


def _shortest(prefixes: Sequence[str]) -> list[str]:
    """The beginnings that no other of them is a beginning of; many that begin alike give way to what they share."""
    found = [one for one in prefixes if not any(one != other and one.startswith(other) for other in prefixes)]
    found = list(dict.fromkeys(found))
    return found if len(found) <= FEW else [_shared_beginning(min(found), max(found))]


def _shared_beginning(one: str, other: str) -> str:
    """What two codes begin with alike: and with them all that lie between them in order."""
    ends = [place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    return one[: ends[0]] if ends else min(one, other, key=len)
