# SPDX-License-Identifier: Apache-2.0
"""How charts with axes are drawn: lines over time, fans, bars, waterfalls."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from zhihang.reporting import palette
from zhihang.reporting.chart import (
    Bars,
    Chart,
    Columns,
    Fan,
    Lines,
    TargetPath,
    Values,
    Waterfall,
    chart_word,
)
from zhihang.reporting.wording import percent, rounded
from zhihang.reporting.writers._table_layout import text_width
from zhihang.terms.label import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_DASHES = ("-", (0, (6, 2)), (0, (2, 1.5)), (0, (6, 2, 1.5, 2)))
LONGEST_NAME = 18
"""In Chinese characters; letters take about half."""
_MARKS = ("o", "s", "^", "D", "v", "P")


def fan(axes: Axes, figure: Fan, chart: Chart, language: Language) -> None:
    """Observed line, then the median within shaded intervals, widest lightest; the target as a dashed path."""
    where = range(len(figure.periods))
    blue = palette.SERIES[0]
    for position, band in enumerate(sorted(figure.bands, key=lambda one: -one.probability)):
        axes.fill_between(
            where,
            _plotted(band.low),
            _plotted(band.high),
            color=blue,
            alpha=0.14 + 0.12 * position,
            linewidth=0,
            label=f"{band.probability:.0%}" + (" 区间" if language == "zh" else " interval"),
        )
    axes.plot(
        where,
        _plotted(figure.observed),
        color=blue,
        marker="o",
        markersize=3.5,
        label=chart_word("observed", language),
    )
    axes.plot(
        where,
        _plotted(figure.central),
        color=blue,
        linestyle=(0, (4, 2)),
        label=chart_word("central", language),
    )
    if figure.target:
        axes.plot(
            where,
            _plotted(figure.target),
            color=palette.SERIES[5],
            linestyle=(0, (1.5, 1.5)),
            marker="D",
            markersize=3.5,
            label=chart_word("target", language),
        )
    _over_time(axes, figure.periods, chart)


def target_path(axes: Axes, figure: TargetPath, chart: Chart, language: Language) -> None:
    """Target as a stepped dashed line, what was reached as a solid one, expected progress as a thin one."""
    where = range(len(figure.periods))
    target = chart_word("target", language)
    axes.plot(
        where,
        _plotted(figure.target),
        color=palette.SERIES[5],
        linestyle=(0, (4, 2)),
        marker="D",
        markersize=4,
        label=target,
    )
    if figure.expected:
        expected = chart_word("expected", language)
        axes.plot(where, _plotted(figure.expected), color=palette.SERIES[4], linewidth=1, label=expected)
    actual = chart_word("actual", language)
    axes.plot(where, _plotted(figure.actual), color=palette.SERIES[0], marker="o", markersize=4, label=actual)
    _labels_at(axes, figure.actual, chart)
    _over_time(axes, figure.periods, chart)


def lines(axes: Axes, figure: Lines, chart: Chart, language: Language) -> None:
    """One line for each series, told apart by colour, dash and mark."""
    for position, series in enumerate(figure.series):
        axes.plot(
            range(len(figure.periods)),
            _plotted(series.values),
            color=palette.SERIES[position % len(palette.SERIES)],
            linestyle=_DASHES[position % len(_DASHES)],
            marker=_MARKS[position % len(_MARKS)],
            markersize=3.5,
            label=short_name(series.name),
        )
    _over_time(axes, figure.periods, chart)
    _hatched(axes, figure.periods, figure.truncated, language)


def columns(axes: Axes, figure: Columns, chart: Chart, language: Language) -> None:
    """Standing columns on top of each other, told apart by pattern too; incomplete periods pale, under a hatched band."""
    bottom = [0.0] * len(figure.periods)
    for position, series in enumerate(figure.series):
        values = [value or 0.0 for value in series.values]
        drawn = axes.bar(
            range(len(figure.periods)),
            values,
            bottom=bottom,
            width=0.68,
            color=palette.SERIES[position % len(palette.SERIES)],
            edgecolor="#ffffff",
            linewidth=0.4,
            hatch=palette.HATCHES[position % len(palette.HATCHES)],
            label=short_name(series.name),
        )
        for patch, period in zip(drawn, figure.periods, strict=True):
            if period in figure.truncated:
                patch.set_alpha(0.45)
        bottom = [low + value for low, value in zip(bottom, values, strict=True)]
    if len(figure.series) == 1 and len(figure.periods) <= 16:
        _labels_at(axes, figure.series[0].values, chart, most=16)
    if figure.line:
        axes.plot(
            range(len(figure.periods)),
            _plotted(figure.line.values),
            color=palette.SERIES[1],
            marker="s",
            markersize=3.5,
            label=short_name(figure.line.name),
        )
    _over_time(axes, figure.periods, chart)
    axes.set_xlim(-0.6, len(figure.periods) - 0.4)
    axes.set_ylim(bottom=0)
    _hatched(axes, figure.periods, figure.truncated, language)


def bars(axes: Axes, figure: Bars, chart: Chart) -> None:
    """Lying bars, first category on top, each with its figure at the end."""
    count = len(figure.series)
    thick = 0.68 if figure.stacked else 0.74 / count
    left = [0.0] * len(figure.categories)
    for position, series in enumerate(figure.series):
        shift = 0.0 if figure.stacked else (position - (count - 1) / 2) * thick
        where = [index + shift for index in range(len(figure.categories))]
        values = [0.0 if value is None else value for value in series.values]
        colour = palette.SERIES[position % len(palette.SERIES)]
        axes.barh(
            where,
            values,
            height=thick * 0.94,
            left=left if figure.stacked else None,
            color=colour,
            edgecolor="#ffffff",
            linewidth=0.3,
            hatch=palette.HATCHES[position % len(palette.HATCHES)],
            label=short_name(series.name),
        )
        if figure.stacked:
            left = [start + value for start, value in zip(left, values, strict=True)]
        else:
            for y, value in zip(where, series.values, strict=True):
                text = "—" if value is None else value_text(value, chart)
                axes.annotate(
                    text, (value or 0.0, y), (3, 0), textcoords="offset points", va="center", fontsize=7.5
                )
    axes.set_yticks(range(len(figure.categories)), [short_name(name) for name in figure.categories])
    axes.invert_yaxis()
    axes.grid(visible=False, axis="y")
    axes.grid(visible=True, axis="x")
    axes.margins(x=0.1)
    if figure.reference_line is not None:
        axes.axvline(figure.reference_line, color=palette.INK, linestyle=(0, (4, 2)), linewidth=1)
    figures_on(axes.xaxis, chart)
    if count > 1:
        _legend(axes)


def waterfall(axes: Axes, figure: Waterfall, chart: Chart) -> None:
    """Start and end as full bars, changes hanging between them, each with its sign."""
    names = [figure.start[0], *(name for name, _ in figure.steps), figure.end]
    level = figure.start[1]
    axes.bar(0, level, width=0.62, color=palette.SUM)
    _above(axes, 0, level, value_text(level, chart))
    for position, (_, step) in enumerate(figure.steps, start=1):
        colour = palette.RISE if step >= 0 else palette.FALL
        axes.plot([position - 1 + 0.31, position + 0.31], [level, level], color=palette.FAINT, linewidth=0.7)
        axes.bar(position, abs(step), bottom=min(level, level + step), width=0.62, color=colour)
        level += step
        sign = "+" if step > 0 else ""
        _above(axes, position, max(level, level - step), sign + value_text(step, chart))
    last = len(names) - 1
    axes.plot([last - 1 + 0.31, last + 0.31], [level, level], color=palette.FAINT, linewidth=0.7)
    axes.bar(last, level, width=0.62, color=palette.SUM)
    _above(axes, last, level, value_text(level, chart))
    axes.set_xticks(range(len(names)), [_broken(name) for name in names])
    axes.margins(y=0.12)
    figures_on(axes.yaxis, chart)


def short_name(name: str) -> str:
    """Cut a name that would leave no room for the chart; the table behind it has it whole."""
    if text_width(name) <= LONGEST_NAME:
        return name
    cut = len(name)
    while text_width(name[:cut]) > LONGEST_NAME - 1:
        cut -= 1
    return name[:cut].rstrip() + "…"


def value_text(value: float, chart: Chart) -> str:
    """Write a figure of a chart in its form: 1,234; 0.53; 12.3%."""
    if chart.form == "percent":
        return percent(value, chart.digits).replace("不足", "<")
    digits = 0 if chart.form == "integer" else chart.digits
    return f"{rounded(value, digits):,.{digits}f}".replace("-", "−")


def _over_time(axes: Axes, periods: tuple[str, ...], chart: Chart) -> None:
    step = math.ceil(len(periods) / 12)
    axes.set_xticks(range(0, len(periods), step), [_broken(period) for period in periods[::step]])
    axes.margins(y=0.1)
    axes.set_xlim(-0.25, len(periods) - 0.75)
    if axes.get_ylim()[0] > 0 and axes.get_ylim()[0] < 0.5 * axes.get_ylim()[1]:
        axes.set_ylim(bottom=0)
    figures_on(axes.yaxis, chart)
    _legend(axes)


def _hatched(axes: Axes, periods: tuple[str, ...], truncated: tuple[str, ...], language: Language) -> None:
    """Hatch what is not complete, and say so."""
    places = [place for place, period in enumerate(periods) if period in truncated]
    if not places:
        return
    axes.axvspan(
        places[0] - 0.5,
        places[-1] + 0.5,
        facecolor="none",
        edgecolor=palette.SERIES[4],
        hatch="///",
        linewidth=0,
        alpha=0.5,
        zorder=0,
    )
    word = "未满（截断）" if language == "zh" else "incomplete"
    axes.text(
        (places[0] + places[-1]) / 2,
        0.985,
        word,
        transform=axes.get_xaxis_transform(),
        ha="center",
        va="top",
        fontsize=7,
        color=palette.FAINT,
        bbox={"facecolor": "#ffffff", "edgecolor": "none", "pad": 0.8, "alpha": 0.85},
    )


def _legend(axes: Axes) -> None:
    axes.figure.legend(loc="outside lower center", ncols=5, handlelength=2.2, columnspacing=1.4)


def figures_on(axis: object, chart: Chart) -> None:
    """Write the figures on an axis as those of the chart."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    def written(value: float, _: object) -> str:
        if chart.form == "percent":
            return f"{value * 100:,.10g}%".replace("-", "−")
        return f"{value:,.10g}".replace("-", "−")

    axis.set_major_locator(MaxNLocator(6, integer=chart.form == "integer"))  # type: ignore[attr-defined]
    axis.set_major_formatter(FuncFormatter(written))  # type: ignore[attr-defined]


def _labels_at(axes: Axes, values: Values, chart: Chart, *, most: int = 12) -> None:
    for position, value in enumerate(values):
        if value is not None and len(values) <= most:
            _above(axes, position, value, value_text(value, chart))


def _above(axes: Axes, x: float, y: float, text: str) -> None:
    axes.annotate(text, (x, y), (0, 4), textcoords="offset points", ha="center", fontsize=8)


def _plotted(values: Values) -> list[float]:
    return [math.nan if value is None else float(value) for value in values]


def _broken(name: str) -> str:
    """Break a long name under an axis into lines."""
    name = short_name(name)
    if len(name) <= 6 or name.isascii():
        return name
    return "\n".join(name[start : start + 6] for start in range(0, len(name), 6))
