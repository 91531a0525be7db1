# SPDX-License-Identifier: Apache-2.0
"""Draw a chart with matplotlib, as SVG or PNG; the same chart always gives the same bytes."""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal

from zhihang.reporting import palette
from zhihang.reporting.caption import SIMULATED
from zhihang.reporting.chart import (
    Bars,
    Chart,
    Columns,
    Fan,
    HeatTable,
    Lines,
    TargetPath,
    TileMap,
    Waterfall,
)
from zhihang.reporting.chart_plane import BubbleMatrix, Network, Pie, PointMap, Roadmap, Track
from zhihang.reporting.plain_text import changed_texts
from zhihang.reporting.romanised import romanised
from zhihang.reporting.writers import _drawing_fields, _drawing_graph, _drawing_lines, _drawing_plane
from zhihang.reporting.writers._fonts import folder, sans_file
from zhihang.terms.label import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH_MM = 156.0
_MM = 25.4
_DPI = 200.0
_ONE_AT_A_TIME = Lock()
"""Settings of matplotlib belong to the whole process; web pages may draw side by side."""
_PICTURE = Path(__file__).with_name("_picture.typ")


@dataclass(frozen=True)
class Drawing:
    """A drawn chart and its size in millimetres."""

    content: bytes
    width_mm: float
    height_mm: float


def draw(
    chart: Chart,
    *,
    form: Literal["png", "svg"],
    language: Language,
    simulated: bool,
    width_mm: float = WIDTH_MM,
) -> Drawing:
    """Draw a chart; a simulated one says so within the picture, because pictures get copied out of documents."""
    drawing = _svg(changed_texts(chart, romanised), language, simulated, width_mm)
    return drawing if form == "svg" else _as_png(drawing)


@lru_cache(maxsize=64)
def _svg(chart: Chart, language: Language, simulated: bool, width_mm: float) -> Drawing:
    """Draw with matplotlib; kept, because one chart goes into the Word, PDF and HTML file of a document."""
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure as Canvas

    height_mm = _height_mm(chart)
    with _ONE_AT_A_TIME, warnings.catch_warnings(), matplotlib.rc_context():
        # A rare character that the font lacks shows as a box; that is no reason to refuse the chart.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_settings())
        canvas = Canvas(figsize=(width_mm / _MM, height_mm / _MM), layout="constrained")
        FigureCanvasSVG(canvas)
        axes = canvas.add_subplot()
        _paint(axes, chart, language)
        _captions(axes, chart, language, simulated)
        _leave_inner_parts_out_of_layout(axes)
        buffer = io.BytesIO()
        canvas.savefig(buffer, format="svg", transparent=True, metadata=dict.fromkeys(_SVG_METADATA))
    return Drawing(_tidy(buffer.getvalue()), width_mm, height_mm)


def _as_png(drawing: Drawing) -> Drawing:
    """Turn vectors into points; Typst does it in a tenth of the time of drawing anew."""
    import typst

    content: bytes = typst.compile(
        _PICTURE,
        font_paths=[folder()],
        ignore_system_fonts=True,
        format="png",
        ppi=_DPI,
        sys_inputs={
            "svg": drawing.content.decode("utf-8"),
            "width": str(drawing.width_mm),
            "height": str(drawing.height_mm),
        },
    )
    return Drawing(content, drawing.width_mm, drawing.height_mm)


_SVG_METADATA = ("Date", "Creator", "Format", "Type")


def _paint(axes: Axes, chart: Chart, language: Language) -> None:
    match chart.figure:
        case Fan() as figure:
            _drawing_lines.fan(axes, figure, chart, language)
        case TargetPath() as figure:
            _drawing_lines.target_path(axes, figure, chart, language)
        case Lines() as figure:
            _drawing_lines.lines(axes, figure, chart, language)
        case Columns() as figure:
            _drawing_lines.columns(axes, figure, chart, language)
        case Bars() as figure:
            _drawing_lines.bars(axes, figure, chart)
        case Waterfall() as figure:
            _drawing_lines.waterfall(axes, figure, chart)
        case HeatTable() as figure:
            _drawing_fields.heat_table(axes, figure, chart)
        case TileMap() as figure:
            _drawing_fields.tile_map(axes, figure, chart)
        case BubbleMatrix() as figure:
            _drawing_plane.bubble_matrix(axes, figure, chart, language)
        case Track() as figure:
            _drawing_plane.track(axes, figure, chart)
        case PointMap() as figure:
            _drawing_plane.point_map(axes, figure)
        case Pie() as figure:
            _drawing_plane.pie(axes, figure, chart)
        case Roadmap() as figure:
            _drawing_graph.roadmap(axes, figure)
        case Network() as figure:
            _drawing_graph.network(axes, figure)


def _height_mm(chart: Chart) -> float:
    match chart.figure:
        case HeatTable(rows):
            return 24 + 6.2 * len(rows)
        case Bars(categories, series, stacked):
            single = 5.2 if len(categories) > 10 else 6.5
            return 26 + len(categories) * (single if stacked or len(series) == 1 else 3.4 * len(series))
        case TileMap(tiles):
            deep = 1 + max(tile.row for tile in tiles)
            wide = 1 + max(tile.column for tile in tiles)
            return min(200.0, 12 + 105.0 * deep / max(wide, 5))
        case BubbleMatrix() as figure:
            return _drawing_plane.matrix_height(figure)
        case PointMap():
            return 8 + _drawing_plane.MAP_MM[1]
        case Roadmap() as figure:
            return 8 + _drawing_graph.roadmap_height(figure)
        case Network() as figure:
            return 8 + _drawing_graph.network_height(figure)
        case Track():
            return 88
        case Pie():
            return 62
        case _:
            return 74


def _settings() -> dict[str, Any]:
    """Settings of matplotlib for our charts; text stays text in SVG."""
    from matplotlib import font_manager

    path = sans_file()
    if not any(entry.fname == str(path) for entry in font_manager.fontManager.ttflist):
        font_manager.fontManager.addfont(str(path))
    return {
        "font.family": [font_manager.FontProperties(fname=str(path)).get_name()],
        "font.size": 9,
        "svg.fonttype": "none",
        "svg.hashsalt": "zhihang",
        "axes.unicode_minus": True,
        "axes.edgecolor": palette.FAINT,
        "axes.labelcolor": palette.FAINT,
        "axes.linewidth": 0.6,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "axes.grid.axis": "y",
        "axes.axisbelow": True,
        "grid.color": palette.RULE,
        "grid.linewidth": 0.5,
        "text.color": palette.INK,
        "text.parse_math": False,
        "xtick.color": palette.FAINT,
        "ytick.color": palette.FAINT,
        "xtick.labelcolor": palette.INK,
        "ytick.labelcolor": palette.INK,
        "xtick.major.width": 0.6,
        "ytick.major.width": 0.0,
        "legend.frameon": False,
        "legend.fontsize": 8.5,
        "lines.linewidth": 1.8,
        "path.simplify": False,
    }


def _captions(axes: Axes, chart: Chart, language: Language, simulated: bool) -> None:
    unit = _drawing_lines.short_name(chart.unit)
    shown = f"（{unit}）" if language == "zh" else f"({unit})"
    axes.set_title(shown, loc="left", fontsize=8.5, color=palette.FAINT)
    if simulated:
        axes.set_title(SIMULATED[language], loc="right", fontsize=8.5, color=palette.SERIES[5])


def _leave_inner_parts_out_of_layout(axes: Axes) -> None:
    """Let only the axes' own labels decide on margins; measuring each figure in the field takes most of the time."""
    for part in (*axes.texts, *axes.patches, *axes.lines, *axes.collections):
        part.set_in_layout(False)


def _tidy(svg: bytes) -> bytes:
    """Drop what is not part of the picture: XML head, document type, metadata."""
    text = svg.decode("utf-8")
    text = text[text.index("<svg") :]
    text = re.sub(r"\s*<metadata>.*?</metadata>", "", text, flags=re.S)
    return text.encode("utf-8")
