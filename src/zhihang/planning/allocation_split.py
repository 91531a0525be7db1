# SPDX-License-Identifier: Apache-2.0
"""Turn what is asked of an allocation into bounds and solve it; where nothing fits, say in words what is in the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np

from zhihang.errors import DefinitionError, Infeasible, NotFound
from zhihang.methods.allocation import Limits, NoRoom, Split, allocate_years, joint_wishes
from zhihang.methods.rounding import UNBOUNDED, Integers, Reals
from zhihang.planning.allocation import AllocationRequest

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zhihang.methods.allocation import Basis


class Units(Protocol):
    """The divisions, in order."""

    @property
    def codes(self) -> tuple[str, ...]: ...  # noqa: D102 - a protocol's parts speak for themselves

    @property
    def names(self) -> tuple[str, ...]: ...  # noqa: D102


def limits_of(
    request: AllocationRequest, units: Units, years: Sequence[int], before: Mapping[str, float]
) -> Limits:
    """Return the bounds of every cell: floor, given bounds, locks; and the growth limits of every unit."""
    place = {code: number for number, code in enumerate(units.codes)}
    column = {year: number for number, year in enumerate(years)}
    _known_cells(request, place, column)
    lower = np.full((len(place), len(column)), float(request.floor))
    upper = np.full((len(place), len(column)), UNBOUNDED)
    for (code, year), (low, high) in request.bounds.items():
        cell = place[code], column[year]
        lower[cell] = max(lower[cell], low) if low is not None else lower[cell]
        upper[cell] = high if high is not None else upper[cell]
    for (code, year), value in request.locks.items():
        lower[place[code], column[year]] = upper[place[code], column[year]] = value
    known = np.array([before.get(code, np.nan) for code in units.codes], dtype=np.float64)
    return Limits(
        lower,
        upper,
        known,
        _growth(request.least_growth, request, units),
        _growth(request.most_growth, request, units),
    )


def _growth(rates: Mapping[str, float], request: AllocationRequest, units: Units) -> Reals:
    """Return a unit's own rate, else that of its peer group, else that for all."""
    known = {*units.codes, *request.groups.values(), ""}
    for name in rates:
        if name not in known:
            raise NotFound.named("division or peer group", name, known - {""})
    everyone = rates.get("", np.nan)
    return np.array(
        [rates.get(c, rates.get(request.groups.get(c, ""), everyone)) for c in units.codes], np.float64
    )


def _known_cells(request: AllocationRequest, place: Mapping[str, int], column: Mapping[int, int]) -> None:
    for code, year in (*request.bounds, *request.locks):
        if code not in place:
            raise NotFound.named("division", code, place, see="Name a division the target is split over.")
        if year not in column:
            raise NotFound.named("year", str(year), [str(known) for known in column])
    for code in request.row_totals:
        if code not in place:
            raise NotFound.named("division", code, place)


def split_in_groups(
    totals: Integers,
    years: Sequence[int],
    units: Units,
    request: AllocationRequest,
    basis: Basis,
    limits: Limits,
) -> tuple[Split, Integers]:
    """Split the totals; peer groups with totals of their own are split apart from the rest.

    Returns
    -------
    The split, and for each cell the total that it was split from.
    """
    shape = (len(units.codes), len(years))
    filled = Split(
        np.zeros(shape), np.zeros(shape), np.zeros(shape, np.int64), np.zeros(shape), np.zeros(shape),
        np.zeros(shape, np.bool_),
    )  # fmt: skip
    of = np.zeros(shape, np.int64)
    joint = False
    for lines, part_totals in _parts(totals, years, units, request):
        part = _solved(part_totals, years, units, request, basis, limits, lines)
        for name in ("wanted", "exact", "values", "lower", "upper", "residual"):
            getattr(filled, name)[lines] = getattr(part, name)
        of[lines] = part_totals
        joint = joint or part.joint
    together = Split(
        filled.wanted, filled.exact, filled.values, filled.lower, filled.upper, filled.residual, joint
    )
    return together, of


def _parts(
    totals: Integers, years: Sequence[int], units: Units, request: AllocationRequest
) -> Iterator[tuple[NDArray[np.intp], Integers]]:
    """Yield the lines of each group that has totals of its own, then the other lines with what is left."""
    left = totals.copy()
    free = np.ones(len(units.codes), np.bool_)
    for group in dict.fromkeys(name for name, _ in request.group_totals):
        member = np.array([request.groups.get(code) == group for code in units.codes])
        lacking = [str(year) for year in years if (group, year) not in request.group_totals]
        if lacking or not member.any():
            raise DefinitionError(
                f'The totals of peer group "{group}" are not complete.',
                {"years without total": ", ".join(lacking) or "none", "divisions in it": int(member.sum())},
                todo="Give the group a total for each year, and divisions.",
            )
        own = np.array([request.group_totals[group, year] for year in years], np.int64)
        left, free = left - own, free & ~member
        yield np.flatnonzero(member), own
    if (left < 0).any() or (not free.any() and left.any()):
        year = years[int(np.argmax(left != 0))]
        raise Infeasible(
            f"The totals of the peer groups do not fit the total of {year}.",
            {"left for the others": int(left[list(years).index(year)])},
            todo="Change the totals of the groups or of the year.",
        )
    if free.any():
        yield np.flatnonzero(free), left


def _solved(
    totals: Integers,
    years: Sequence[int],
    units: Units,
    request: AllocationRequest,
    basis: Basis,
    limits: Limits,
    lines: NDArray[np.intp],
) -> Split:
    """Solve for some lines."""
    own = Limits(
        limits.lower[lines], limits.upper[lines], limits.before[lines],
        limits.least_growth[lines], limits.most_growth[lines],
    )  # fmt: skip

    def part(year: int, previous: Integers | None) -> Reals:
        whole = None
        if previous is not None:
            whole = np.zeros(len(units.codes), np.int64)
            whole[lines] = previous
        return basis(year, whole)[lines]

    rows = _row_totals(request, units, lines)
    try:
        return allocate_years(
            totals,
            part,
            own,
            rounding=request.rounding,
            residual=_residual(request, units, lines),
            absolute=request.method == "growth_ladder",
            row_totals=rows,
        )
    except NoRoom as found:
        names = [units.names[line] for line in lines]
        raise _told(found, names, years, own, (totals, part, rows)) from found


def _row_totals(request: AllocationRequest, units: Units, lines: NDArray[np.intp]) -> Integers | None:
    if not request.row_totals:
        return None
    missing = [units.names[line] for line in lines if units.codes[line] not in request.row_totals]
    if missing:
        raise DefinitionError(
            "Some divisions lack a total over the years.",
            {"divisions": ", ".join(missing[:10])},
            todo="Give a total for each division, or for none.",
        )
    return np.array([request.row_totals[units.codes[line]] for line in lines], np.int64)


def _residual(request: AllocationRequest, units: Units, lines: NDArray[np.intp]) -> int | None:
    if not request.residual:
        return None
    if request.residual not in units.codes:
        raise NotFound.named("division", request.residual, units.codes)
    found = np.flatnonzero(lines == units.codes.index(request.residual))
    return int(found[0]) if len(found) else None


def _told(
    found: NoRoom,
    names: Sequence[str],
    years: Sequence[int],
    limits: Limits,
    asked: tuple[Integers, Basis, Integers | None],
) -> Infeasible:
    """Say in words what is in the way, and the least that would help."""
    if found.side == "margins":
        return Infeasible(
            "The totals of the divisions and the totals of the years differ.",
            {
                "divisions together": found.sum,
                "years together": found.total,
                "说明": "各地合计与各年合计不相等",
            },
            todo=f"Make them equal; they differ by {abs(found.sum - found.total):,}.",
        )
    if found.side == "time":
        return Infeasible(
            "No table was found in time; there may be one.",
            {"divisions": len(names), "years": len(years), "说明": "限时内未找到可行分解"},
            todo="Loosen growth limits, or split peer groups apart.",
        )
    if found.side == "joint":
        return _told_jointly(years, names, limits, asked)
    year = years[found.year]
    if found.side == "cell":
        return Infeasible(
            f"{names[found.unit]} has no possible value in {year}.",
            {
                "at least": found.sum,
                "at most": found.total,
                "说明": f"{year}年{names[found.unit]}的下限（含最低增速）高于上限",
            },
            todo="Lower its least value or least growth, or raise its most value.",
        )
    least = found.side == "lower"
    bound = found.bounds
    weighty = np.argsort(-bound if least else bound, kind="stable")[:5]
    sides = ("least", "下限之和超过") if least else ("most", "上限之和不足")
    return Infeasible(
        f"The {sides[0]} values of {year} add up to {found.sum:,}, the total is {found.total:,}.",
        {
            "apart by": f"{abs(found.sum - found.total):,}",
            "largest bounds" if least else "smallest bounds": ", ".join(
                f"{names[n]} {bound[n]:,.0f}" for n in weighty
            ),
            "说明": f"{year}年各地{sides[1]}总量",
        },
        todo=f"Set the total of {year} to {found.sum:,} or change bounds, growth limits or locks by that much.",
    )


def _told_jointly(
    years: Sequence[int],
    names: Sequence[str],
    limits: Limits,
    asked: tuple[Integers, Basis, Integers | None],
) -> Infeasible:
    totals, basis, rows = asked
    change = joint_wishes(totals, basis, limits, rows)
    facts: dict[str, object] = {"说明": "各年总量、上下限与增速限制不能同时满足"}
    if change is None:
        facts["found"] = (
            "no change of totals alone helps: bounds, locks and growth limits contradict each other"
        )
        return Infeasible("No table keeps all wishes.", facts, todo="Loosen bounds, locks or growth limits.")
    moved = [f"{year} {step:+,}" for year, step in zip(years, change[0].tolist(), strict=True) if step]
    moved += [f"{name} {step:+,}" for name, step in zip(names, change[1].tolist(), strict=False) if step]
    facts["about the least change of totals that helps"] = ", ".join(moved[:12]) or "none"
    return Infeasible(
        "No table keeps all wishes together.", facts, todo="Change totals so, or loosen growth limits."
    )
