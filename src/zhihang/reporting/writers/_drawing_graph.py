# SPDX-License-Identifier: Apache-2.0
"""How documents and holders with their links are drawn: roadmaps on a time axis and networks."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from zhihang.reporting import palette
from zhihang.reporting.chart_plane import Network, Roadmap
from zhihang.reporting.network_layout import lay_out
from zhihang.reporting.writers._drawing_lines import short_name
from zhihang.reporting.writers._drawing_plane import bare, group_colour
from zhihang.reporting.writers._labels import Room

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH_MM = 150.0
_EDGE = 12.0
_AXIS = 9.0
_LANE = 17.0
_NETWORK_MM = 100.0
_HALO = {"boxstyle": "square,pad=0.05", "facecolor": "#ffffff", "edgecolor": "none", "alpha": 0.8}
_MARKS = ("o", "s", "^", "D", "v", "P")


def roadmap_height(figure: Roadmap) -> float:
    """Height of the plane of a roadmap in millimetres."""
    lanes = {one.lane for one in figure.stops}
    return min(190.0, _AXIS + 24.0 + _LANE * (max(lanes) - min(lanes)))


def network_height(figure: Network) -> float:
    """Height of the plane of a network in millimetres."""
    return min(_NETWORK_MM, 40.0 + 4.0 * len(figure.members))


def roadmap(axes: Axes, figure: Roadmap) -> None:
    """Numbered stops in lanes above a time axis, arrows from the older to the newer, tags where there is room."""
    height = roadmap_height(figure)
    lanes = [one.lane for one in figure.stops]
    lift = (height - _AXIS - 24.0) / max(1, max(lanes) - min(lanes))
    spots = {
        one.name: (
            _EDGE + one.x * (WIDTH_MM - 2 * _EDGE),
            _AXIS + 12.0 + (one.lane - min(lanes)) * lift,
        )
        for one in figure.stops
    }
    room = Room(WIDTH_MM, height)
    _time_axis(axes, figure, spots, height)
    most = max((weight for _, _, weight in figure.links), default=1.0) or 1.0
    for older, newer, weight in figure.links:
        bend = 0.0 if spots[older][1] == spots[newer][1] else 0.12
        axes.annotate(
            "",
            spots[newer],
            spots[older],
            arrowprops={
                "arrowstyle": "-|>",
                "color": palette.SERIES[0],
                "linewidth": 0.7 + 1.5 * weight / most,
                "shrinkA": 5.5,
                "shrinkB": 5.5,
                "mutation_scale": 7,
                "connectionstyle": f"arc3,rad={bend}",
            },
        )
    for x, y in spots.values():
        room.take(x, y, 1.9)
    for number, one in enumerate(figure.stops, 1):
        x, y = spots[one.name]
        axes.scatter([x], [y], s=95, color="#ffffff", edgecolors=palette.SERIES[0], linewidths=1.0, zorder=4)
        axes.text(x, y, str(number), fontsize=6.5, ha="center", va="center_baseline", zorder=5)
    for one in figure.stops:
        tag = short_name(one.tag)
        at = room.put(tag, *spots[one.name], points=6.5, off=2.4) if tag else None
        if at:
            axes.text(*at, tag, fontsize=6.5, ha="center", va="center", zorder=6, bbox=_HALO)
    bare(axes, WIDTH_MM, height)


def _time_axis(axes: Axes, figure: Roadmap, spots: dict[str, tuple[float, float]], height: float) -> None:
    axes.plot([_EDGE - 4, WIDTH_MM - _EDGE + 4], [_AXIS, _AXIS], color=palette.FAINT, linewidth=0.8)
    last = -1e9
    seen: set[str] = set()
    for one in sorted(figure.stops, key=lambda one: one.x):
        x = spots[one.name][0]
        if not one.when or one.when in seen or x - last < 9:
            continue
        seen.add(one.when)
        last = x
        axes.plot([x, x], [_AXIS - 1, _AXIS], color=palette.FAINT, linewidth=0.8)
        axes.plot([x, x], [_AXIS, height], color=palette.RULE, linewidth=0.4, zorder=0)
        axes.text(x, _AXIS - 2, one.when, fontsize=7.5, ha="center", va="top", color=palette.INK)


def network(axes: Axes, figure: Network) -> None:
    """Members as marks by group, their size by figure, links as wide as they are heavy, names where there is room."""
    height = network_height(figure)
    inner = (WIDTH_MM - 2 * _EDGE, height - 2 * 7.0)
    placed = lay_out(figure, width=inner[0] / inner[1])
    spots = {
        one.name: (_EDGE + x * inner[1], 7.0 + y * inner[1])
        for one, (x, y) in zip(figure.members, placed, strict=True)
    }
    most_link = max((weight for _, _, weight in figure.links), default=1.0) or 1.0
    for one, other, weight in figure.links:
        axes.plot(
            [spots[one][0], spots[other][0]],
            [spots[one][1], spots[other][1]],
            color="#8c96a1",
            linewidth=0.4 + 2.6 * weight / most_link,
            zorder=1,
        )
    most = max(one.size for one in figure.members) or 1.0
    room = Room(WIDTH_MM, height)
    order = sorted(figure.members, key=lambda one: (-one.size, one.name))
    for member in order:
        x, y = spots[member.name]
        size = 18 + 230 * member.size / most
        room.take(x, y, math.sqrt(size) * 0.3528 / 2)
        axes.scatter(
            [x],
            [y],
            s=[size],
            color=group_colour(member.group),
            marker=_MARKS[member.group % len(_MARKS)],
            edgecolors="#ffffff",
            linewidths=0.6,
            zorder=3,
        )
    for member in order:
        x, y = spots[member.name]
        off = 0.6 + math.sqrt(18 + 230 * member.size / most) * 0.3528 / 2
        at = room.put(short_name(member.name), x, y, points=6.8, off=off)
        if at:
            axes.text(
                *at, short_name(member.name), fontsize=6.8, ha="center", va="center", zorder=6, bbox=_HALO
            )
    bare(axes, WIDTH_MM, height)
