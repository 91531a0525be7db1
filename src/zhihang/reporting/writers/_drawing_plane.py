# SPDX-License-Identifier: Apache-2.0
"""How figures on a plane are drawn: bubbles in a matrix, tracks, maps of points, parts of a whole."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from zhihang.reporting import palette
from zhihang.reporting.chart import Chart
from zhihang.reporting.chart_plane import BubbleMatrix, Pie, PointMap, Track
from zhihang.reporting.wording import percent
from zhihang.reporting.writers._drawing_lines import figures_on, short_name, value_text
from zhihang.reporting.writers._labels import Room
from zhihang.terms.label import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MAP_MM = (150.0, 110.0)
_MOST_DRAWN = 3_000
_SHAPES = ("o", "s", "^", "D", "v", "P", "X", "*", "p", "h")
_MARKED = {
    "low": ("少于期望（空白）", "fewer than expected"),
    "high": ("多于期望（密集）", "more than expected"),
}


def bubble_matrix(axes: Axes, figure: BubbleMatrix, chart: Chart, language: Language) -> None:
    """Bubbles with their figures; white spaces ringed with dashes, crowded cells hatched."""
    most = max((value or 0.0 for row in figure.values for value in row), default=0.0) or 1.0
    drawn: dict[str, Any] = {}
    looks: dict[str, dict[str, Any]] = {
        "low": {"facecolor": "#ffffff", "edgecolor": palette.SERIES[5], "linestyle": (0, (2, 1.5))},
        "high": {"facecolor": "#b9cde4", "edgecolor": palette.SERIES[0], "hatch": "//////"},
        "": {"facecolor": "#dbe7f3", "edgecolor": palette.SERIES[0]},
    }
    for y, row in enumerate(figure.values):
        for x, value in enumerate(row):
            mark = figure.marks[y][x] if figure.marks else ""
            size = 80.0 + 420.0 * (value or 0.0) / most
            look = looks.get(mark, looks[""])
            if value or mark:
                done = axes.scatter([x], [y], s=[size], linewidth=1.2 if mark else 0.7, **look)
                if mark:
                    drawn[_MARKED[mark][0 if language == "zh" else 1]] = done
            text = "—" if value is None else value_text(value, chart) if value or mark else "·"
            axes.text(x, y, text, ha="center", va="center", fontsize=7.5, zorder=5, bbox=_halo(mark))
    wide = max(4, min(9, 46 // len(figure.columns)))
    axes.set_xticks(range(len(figure.columns)), [_wrapped(name, wide) for name in figure.columns])
    axes.set_yticks(range(len(figure.rows)), [short_name(name) for name in figure.rows])
    axes.xaxis.tick_top()
    axes.set_xlim(-0.6, len(figure.columns) - 0.4)
    axes.set_ylim(len(figure.rows) - 0.4, -0.6)
    axes.grid(visible=True, axis="both")
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    if drawn:
        axes.figure.legend(
            list(drawn.values()), list(drawn), loc="outside lower center", ncols=2, markerscale=0.6
        )


def track(axes: Axes, figure: Track, chart: Chart) -> None:
    """Points joined by arrows in time; incomplete years hollow and dashed."""
    width, height = 120.0, 70.0
    most_x, most_y = max(figure.x) or 1.0, max(figure.y) or 1.0
    room = Room(width * 1.06, height * 1.08)
    closed = [name not in figure.open for name in figure.names]
    for place in range(1, len(figure.names)):
        whole = closed[place] and closed[place - 1]
        axes.annotate(
            "",
            (figure.x[place], figure.y[place]),
            (figure.x[place - 1], figure.y[place - 1]),
            arrowprops={
                "arrowstyle": "-|>",
                "color": palette.SERIES[0] if whole else palette.SERIES[4],
                "linewidth": 1.1,
                "linestyle": "-" if whole else (0, (3, 2)),
                "shrinkA": 2.5,
                "shrinkB": 2.5,
                "mutation_scale": 7,
            },
        )
    axes.plot(figure.x, figure.y, linestyle="none")  # sets the limits
    axes.scatter(
        figure.x,
        figure.y,
        s=18,
        zorder=4,
        facecolors=[palette.SERIES[0] if whole else "#ffffff" for whole in closed],
        edgecolors=palette.SERIES[0],
    )
    spots = [(x / most_x * width, y / most_y * height) for x, y in zip(figure.x, figure.y, strict=True)]
    for x, y in spots:
        room.take(x, y, 1.2)
    for name, (x, y) in zip(figure.names, spots, strict=True):
        at = room.put(name, x, y, points=7.5, off=1.4)
        if at:
            axes.text(
                at[0] / width * most_x, at[1] / height * most_y, name, fontsize=7.5, ha="center", va="center"
            )
    axes.set_xlabel(figure.x_name)
    axes.set_ylabel(figure.y_name)
    axes.set_xlim(0, most_x * 1.08)
    axes.set_ylim(0, most_y * 1.1)
    axes.grid(visible=True, axis="both")
    figures_on(axes.xaxis, chart)
    figures_on(axes.yaxis, chart)


def point_map(axes: Axes, figure: PointMap) -> None:
    """Points by group, told apart by colour and shape, each group named at its middle."""
    width, height = MAP_MM
    step = max(1, -(-len(figure.points) // _MOST_DRAWN))
    points = figure.points[::step]
    x, y = _fitted([one.x for one in points], width), _fitted([one.y for one in points], height)
    size = 26.0 if len(points) < 200 else 12.0 if len(points) < 1_000 else 5.0
    room = Room(width, height)
    middles = []
    for group in range(-1, len(figure.groups)):
        held = [place for place, one in enumerate(points) if one.group == group]
        if not held:
            continue
        axes.scatter(
            [x[place] for place in held],
            [y[place] for place in held],
            s=size,
            marker=_SHAPES[group % len(_SHAPES)] if group >= 0 else ".",
            color=group_colour(group),
            alpha=0.75,
            linewidths=0,
        )
        if group >= 0:
            middles.append((group, _middle([x[one] for one in held]), _middle([y[one] for one in held])))
    for group, at_x, at_y in middles:
        text = f"{group + 1} {short_name(figure.groups[group])}"
        at = room.put(text, at_x, at_y, points=7.5, off=0.0, force=True)
        if at:
            axes.text(*at, text, fontsize=7.5, ha="center", va="center", zorder=6, bbox=_box())
    bare(axes, width, height)


def pie(axes: Axes, figure: Pie, chart: Chart) -> None:
    """Parts of a whole with pattern and colour, named beside with figure and share."""
    whole = sum(value for _, value in figure.parts) or 1.0
    parts = [(name, value) for name, value in figure.parts if value > 0] or [("—", 1.0)]
    wedges, _ = axes.pie(
        [value for _, value in parts],
        startangle=90,
        counterclock=False,
        radius=1.0,
        wedgeprops={"edgecolor": "#ffffff", "linewidth": 1.0, "width": 0.55},
        colors=[palette.SERIES[place % 6] for place in range(len(parts))],
    )
    for place, wedge in enumerate(wedges):
        wedge.set_hatch(palette.HATCHES[place % 6])
    names = [f"{name}  {value_text(value, chart)}（{percent(value / whole)}）" for name, value in parts]
    axes.legend(wedges, names, loc="center left", bbox_to_anchor=(1.05, 0.5), handleheight=1.4)
    axes.set_aspect("equal")


def group_colour(group: int) -> str:
    """Return the colour of a group: those of the series, then darker ones; grey for none."""
    if group < 0:
        return "#b8bec5"
    base = palette.SERIES[group % len(palette.SERIES)]
    factor = (1.0, 0.66, 1.3, 0.45)[group // len(palette.SERIES) % 4]
    parts = (int(base[start : start + 2], 16) for start in (1, 3, 5))
    return "#" + "".join(f"{min(235, int(part * factor)):02x}" for part in parts)


def bare(axes: Axes, width: float, height: float) -> None:
    """Leave the plane without axes, measured in millimetres."""
    axes.set_xlim(0, width)
    axes.set_ylim(0, height)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.grid(visible=False)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _fitted(values: list[float], length: float) -> list[float]:
    """Scale to a length; the outermost points (one in 500) are drawn at the edge."""
    ordered = sorted(values)
    low, high = ordered[len(ordered) // 500], ordered[-1 - len(ordered) // 500]
    wide = (high - low) or 1.0
    return [6 + (length - 12) * min(1.0, max(0.0, (value - low) / wide)) for value in values]


def _middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def _halo(mark: str) -> dict[str, Any] | None:
    if mark != "high":
        return None
    return {"boxstyle": "round,pad=0.1", "facecolor": "#ffffff", "edgecolor": "none", "alpha": 0.9}


def _box() -> dict[str, Any]:
    return {
        "boxstyle": "round,pad=0.2",
        "facecolor": "#ffffff",
        "edgecolor": palette.FAINT,
        "linewidth": 0.4,
        "alpha": 0.92,
    }


def _wrapped(name: str, wide: int) -> str:
    name = short_name(name)
    if name.isascii() and " " in name:
        return "\n".join(name.split(" "))
    return "\n".join(name[start : start + wide] for start in range(0, len(name), wide))


def matrix_height(figure: BubbleMatrix) -> float:
    """Height of a matrix in millimetres."""
    return 30 + 9.0 * len(figure.rows) + 3.5 * math.ceil(max(map(len, figure.columns), default=0) / 6)
