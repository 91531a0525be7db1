# SPDX-License-Identifier: Apache-2.0
"""Say in words, in both languages, why a cell of an allocation has the value it has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from zhihang.planning.allocation import DESCRIBED, AllocationRequest
from zhihang.terms.label import Label

if TYPE_CHECKING:
    from zhihang.methods.allocation import Split
    from zhihang.methods.rounding import Integers, Reals

_NEAR = 1e-6
_NAMES = {method: (label.zh, label.en.partition(":")[0]) for method, label in DESCRIBED.items()}


def reasons(
    split: Split,
    of: Integers,
    codes: Sequence[str],
    years: Sequence[int],
    request: AllocationRequest,
    *,
    opening: Label | None = None,
    rates: Reals | None = None,
) -> list[list[Label]]:
    """Return a reason for each cell: what the method gave, what bounds changed, how it was rounded.

    `opening` says where the first year comes from if the method only begins after it; `rates` are those of a ladder.
    """
    words = _Words(request, split.joint)
    found = []
    tables = (split.wanted, split.exact, split.values, split.lower, split.upper, split.residual, of)
    for line, figures in enumerate(zip(*(table.tolist() for table in tables), strict=True)):
        row: list[Label] = []
        for column, (year, *cell) in enumerate(zip(years, *figures, strict=True)):
            if opening and not column:
                basis = (f"{opening.zh}：{cell[0]:,.2f}", f"{opening.en}: {cell[0]:,.2f}")
            elif rates is not None:
                before = int(split.values[line, column - 1]) if column else None
                basis = words.step(cell[0], before, float(rates[line, column]))
            else:
                basis = words.share(cell[0], cell[-1])
            row.append(words.of((codes[line], year), basis, *cell))
        found.append(row)
    return found


class _Words:
    def __init__(self, request: AllocationRequest, joint: bool) -> None:
        self._zh, self._en = _NAMES[request.method]
        self._request = request
        self._ladder = request.method == "growth_ladder"
        self._joint = joint

    def step(self, wanted: float, before: int | None, rate: float) -> tuple[str, str]:
        """Say how a step of a ladder comes about."""
        zh, en = ("上年数", "the year before") if before is None else (f"上年{before:,}", f"{before:,}")
        return (
            f"{self._zh}：{zh} × (1 + {rate:.1%}) ≈ {wanted:,.0f}",
            f"{self._en}: {en} × (1 + {rate:.1%}) ≈ {wanted:,.0f}",
        )

    def share(self, wanted: float, total: int) -> tuple[str, str]:
        """Say what part of a total a unit has."""
        share = wanted / total if total else 0
        return (
            f"{self._zh}：{total:,} × {share:.3%} = {wanted:,.2f}",
            f"{self._en}: {total:,} × {share:.3%} = {wanted:,.2f}",
        )

    def of(
        self,
        cell: tuple[str, int],
        basis: tuple[str, str],
        wanted: float,
        exact: float,
        value: int,
        lower: float,
        upper: float,
        residual: bool,
        total: int,
    ) -> Label:
        """Return the reason of one cell."""
        if cell in self._request.locks:
            return Label(f"锁定为{value:,}", f"Locked at {value:,}")
        if residual and self._ladder:
            share = value / total if total else 0
            return Label(
                f"承担余数：总量{total:,}减去其他单位，得{value:,}（占{share:.1%}）",
                f"Takes the rest: {total:,} less all others is {value:,} ({share:.1%})",
            )
        zh, en = basis
        for part_zh, part_en in (
            self._bound(wanted, exact, lower, upper),
            self._rounding(exact, value, residual),
        ):
            zh, en = zh + part_zh, en + part_en
        return Label(zh, en)

    def _bound(self, wanted: float, exact: float, lower: float, upper: float) -> tuple[str, str]:
        if self._joint or abs(exact - wanted) < _NEAR:
            return "", ""
        if abs(exact - lower) < _NEAR and exact > wanted:
            grown = lower > self._request.floor
            why = ("最低要求", "the least asked for") if grown else ("下限", "the floor")
            return f"；提高到{why[0]}{lower:,.0f}", f"; raised to {lower:,.0f}, {why[1]}"
        if abs(exact - upper) < _NEAR and exact < wanted:
            return f"；不超过上限{upper:,.0f}", f"; held at {upper:,.0f}, the most allowed"
        return (
            f"；因其他单位受上下限约束，按比例调整为{exact:,.2f}",
            f"; {exact:,.2f} in proportion, as bounds hold others",
        )

    def _rounding(self, exact: float, value: int, residual: bool) -> tuple[str, str]:
        if residual:
            return f"；承担取整差额，取{value:,}", f"; takes the difference of rounding: {value:,}"
        if abs(exact - value) < _NEAR:
            return "", ""
        if self._joint:
            return (
                f"；与各年各地合计一并求解，取{value:,}",
                f"; solved together with all sums and limits: {value:,}",
            )
        if abs(exact - value) > 1:
            return f"；为凑足总量取{value:,}", f"; {value:,} to reach the total"
        up = value > exact
        return f"；{'进' if up else '舍'}为{value:,}", f"; rounded {'up' if up else 'down'} to {value:,}"
