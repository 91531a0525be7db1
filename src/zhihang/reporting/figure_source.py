# SPDX-License-Identifier: Apache-2.0
"""Where the figures of a table come from, in one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zhihang.measurement.figure import Figure
from zhihang.measurement.observed import Observed
from zhihang.terms.label import Language

_MOST = 3
_COMPUTED = {
    "zh": ("本数据库专利记录计算，数据截止于{until}", "模拟登记簿（程序生成）计算，数据截止于{until}"),
    "en": (
        "computed from the patents of this store, data until {until}",
        "computed from a simulated register, data until {until}",
    ),
}
_NONE = {"zh": "尚无资料", "en": "none yet"}


def source_of(figures: Iterable[Figure], until: str, language: Language) -> str:
    """Return the sources of figures: computed from the store, and the publications they were taken from."""
    known = [figure for figure in figures if figure.value is not None]
    said = dict.fromkeys(source for figure in known for source in _observed(figure))
    published = list(said)
    lines: list[str] = []
    if any(_is_counted(figure) for figure in known):
        simulated = any(figure.status == "simulated" for figure in known)
        lines.append(_COMPUTED[language][simulated].format(until=until))
    more = len(published) - _MOST
    lines += published[:_MOST]
    if more > 0:
        lines.append(f"等{more}项" if language == "zh" else f"and {more} more")
    return ("；" if language == "zh" else "; ").join(lines) or _NONE[language]


def _observed(figure: Figure) -> Iterator[str]:
    for source in figure.sources:
        if isinstance(source, Observed):
            yield source.source or source.indicator
        elif isinstance(source, Figure):
            yield from _observed(source)


def _is_counted(figure: Figure) -> bool:
    """Whether a figure rests on counts, at least in part."""
    below = [source for source in figure.sources if isinstance(source, Figure)]
    if below:
        return any(_is_counted(source) for source in below)
    return not figure.sources
