# SPDX-License-Identifier: Apache-2.0
"""What a study counts, in its texts and figures: families (族) or applications (件)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from zhihang.navigation.result import (
    Figure,
    Finding,
    Limit,
    NodeOutlook,
    Path,
    Recommendation,
    Rejected,
    Value,
)

APPLICATIONS, FAMILIES = "件", "族"
_COUNTED = re.compile(r"(?<=\d)件(?!申请)")


def unit_of(level: str) -> str:
    """Return the word for what is counted at a level.

    >>> unit_of("family"), unit_of("application")
    ('族', '件')
    """
    return FAMILIES if level == "family" else APPLICATIONS


def findings_in(found: Sequence[Finding], unit: str) -> tuple[Finding, ...]:
    """Return findings with their counts in a unit."""
    return tuple(replace(one, text=_text(one.text, unit), figures=_figures(one, unit)) for one in found)


def limits_in(found: Sequence[Limit], unit: str) -> tuple[Limit, ...]:
    """Return limits with their counts in a unit."""
    return tuple(replace(one, text=_text(one.text, unit), figures=_figures(one, unit)) for one in found)


def path_in(path: Path, unit: str) -> Path:
    """Return recommendations and what they rest on with their counts in a unit."""
    outlook = tuple(_outlook(one, unit) for one in path.outlook)
    return Path(tuple(_recommendation(one, unit) for one in path.recommendations), outlook)


def _recommendation(one: Recommendation, unit: str) -> Recommendation:
    return replace(
        one,
        title=_text(one.title, unit),
        text=_text(one.text, unit),
        figures=_figures(one, unit),
        indicator=_figure(one.indicator, unit),
        rejected=tuple(_rejected(no, unit) for no in one.rejected),
        why_confidence=_text(one.why_confidence, unit),
        rows=tuple({key: _cell(key, value, unit) for key, value in row.items()} for row in one.rows),
    )


def _cell(key: str, value: Value, unit: str) -> Value:
    return _text(value, unit) if key in ("reason", "note") and isinstance(value, str) else value


def _rejected(one: Rejected, unit: str) -> Rejected:
    return replace(one, figure=_figure(one.figure, unit), reason=_text(one.reason, unit))


def _outlook(one: NodeOutlook, unit: str) -> NodeOutlook:
    return replace(one, reason=_text(one.reason, unit))


def _figures(one: Finding | Limit | Recommendation, unit: str) -> tuple[Figure, ...]:
    return tuple(_figure(figure, unit) for figure in one.figures)


def _figure(one: Figure, unit: str) -> Figure:
    return replace(one, unit=unit) if one.unit == APPLICATIONS else one


def _text(text: str, unit: str) -> str:
    return _COUNTED.sub(unit, text)
