# SPDX-License-Identifier: Apache-2.0
"""How coloured fields are drawn: heat tables and tile maps, each field with its figure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

from zhihang.reporting import palette
from zhihang.reporting.chart import Chart, HeatTable, TileMap
from zhihang.reporting.writers._drawing_lines import short_name, value_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_Field: TypeAlias = tuple[int, int, float | None, str]
_ON_LIGHT, _ON_DARK = "#111111", "#fefefe"


def heat_table(axes: Axes, figure: HeatTable, chart: Chart) -> None:
    """Rows and columns as a table, each cell filled by its figure; cells without a figure are grey."""
    scale = Scale((value for row in figure.values for value in row), figure.centre)
    fields = [(x, y, value, "") for y, row in enumerate(figure.values) for x, value in enumerate(row)]
    _draw_fields(axes, fields, chart, scale)
    axes.set_xlim(-0.5, len(figure.columns) - 0.5)
    axes.set_ylim(len(figure.rows) - 0.5, -0.5)
    axes.set_xticks(range(len(figure.columns)), [short_name(name) for name in figure.columns])
    axes.set_yticks(range(len(figure.rows)), [short_name(name) for name in figure.rows])
    axes.xaxis.tick_top()
    _bare(axes)


def tile_map(axes: Axes, figure: TileMap, chart: Chart) -> None:
    """Equal squares placed roughly as on the map, each with its name and figure."""
    scale = Scale((tile.value for tile in figure.tiles), figure.centre)
    fields = [(tile.column, tile.row, tile.value, tile.name) for tile in figure.tiles]
    _draw_fields(axes, fields, chart, scale)
    axes.set_xlim(-0.5, max(5, max(tile.column for tile in figure.tiles) + 1) - 0.5)
    axes.set_ylim(max(tile.row for tile in figure.tiles) + 0.5, -0.5)
    axes.set_aspect("equal")
    axes.set_xticks([])
    axes.set_yticks([])
    _bare(axes)


class Scale:
    """The colour of each figure, between the least and the largest; around the centre if there is one."""

    def __init__(self, values: Iterable[float | None], centre: float | None) -> None:
        from matplotlib.colors import LinearSegmentedColormap

        known = [value for value in values if value is not None] or [0.0]
        self.low, self.high = min(known), max(known)
        if centre is not None:
            reach = max(self.high - centre, centre - self.low)
            self.low, self.high = centre - reach, centre + reach
        colours = palette.SEQUENTIAL if centre is None else palette.DIVERGING
        self.colours = LinearSegmentedColormap.from_list("zhihang", colours)

    def colour(self, value: float | None) -> str:
        """Return the fill for a figure."""
        from matplotlib.colors import to_hex

        if value is None:
            return palette.MISSING
        width = self.high - self.low
        return to_hex(self.colours((value - self.low) / width if width else 0.5))


def _draw_fields(axes: Axes, fields: list[_Field], chart: Chart, scale: Scale) -> None:
    from matplotlib.collections import PatchCollection
    from matplotlib.patches import Rectangle

    fills = [scale.colour(value) for _, _, value, _ in fields]
    squares = [Rectangle((x - 0.5, y - 0.5), 1, 1) for x, y, _, _ in fields]
    drawn = PatchCollection(squares, facecolors=fills, edgecolors="#ffffff", linewidths=1.2)
    axes.add_collection(drawn, autolim=False)
    for (x, y, value, name), fill in zip(fields, fills, strict=True):
        text = "—" if value is None else value_text(value, chart)
        axes.text(
            x,
            y,
            f"{short_name(name)}\n{text}" if name else text,
            ha="center",
            va="center",
            fontsize=8,
            linespacing=1.5,
            color=_readable(fill),
        )


def _readable(fill: str) -> str:
    red, green, blue = (int(fill[start : start + 2], 16) for start in (1, 3, 5))
    return _ON_LIGHT if 0.299 * red + 0.587 * green + 0.114 * blue > 140 else _ON_DARK


def _bare(axes: Axes) -> None:
    axes.grid(visible=False)
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
