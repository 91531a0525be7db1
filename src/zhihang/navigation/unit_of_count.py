# SPDX-License-Identifier: Apache-2.0
"""The words of a study in its texts and figures: what it counts, families (族) or applications (件), and for whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

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
from zhihang.navigation.variant import FocusWords

APPLICATIONS, FAMILIES = "件", "族"
PLACE = FocusWords()
_COUNTED = re.compile(r"(?<=\d)件(?!申请)")


def unit_of(level: str) -> str:
    """Return the word for what is counted at a level.

    >>> unit_of("family"), unit_of("application")
    ('族', '件')
    """
    return FAMILIES if level == "family" else APPLICATIONS


@dataclass(frozen=True)
class Words:
    """What is counted, and what the place or client is called."""

    unit: str = APPLICATIONS
    focus: FocusWords = PLACE


def findings_in(found: Sequence[Finding], words: Words) -> tuple[Finding, ...]:
    """Return findings with their counts and focus in some words."""
    return tuple(replace(one, text=_text(one.text, words), figures=_figures(one, words)) for one in found)


def limits_in(found: Sequence[Limit], words: Words) -> tuple[Limit, ...]:
    """Return limits with their counts and focus in some words."""
    return tuple(replace(one, text=_text(one.text, words), figures=_figures(one, words)) for one in found)


def path_in(path: Path, words: Words) -> Path:
    """Return recommendations and what they rest on with their counts and focus in some words."""
    outlook = tuple(_outlook(one, words) for one in path.outlook)
    return Path(tuple(_recommendation(one, words) for one in path.recommendations), outlook)


def _recommendation(one: Recommendation, words: Words) -> Recommendation:
    return replace(
        one,
        title=_text(one.title, words),
        text=_text(one.text, words),
        figures=_figures(one, words),
        indicator=_figure(one.indicator, words),
        rejected=tuple(_rejected(no, words) for no in one.rejected),
        why_confidence=_text(one.why_confidence, words),
        rows=tuple({key: _cell(key, value, words) for key, value in row.items()} for row in one.rows),
    )


def _cell(key: str, value: Value, words: Words) -> Value:
    return _text(value, words) if key in ("reason", "note") and isinstance(value, str) else value


def _rejected(one: Rejected, words: Words) -> Rejected:
    return replace(one, figure=_figure(one.figure, words), reason=_text(one.reason, words))


def _outlook(one: NodeOutlook, words: Words) -> NodeOutlook:
    return replace(one, reason=_text(one.reason, words))


def _figures(one: Finding | Limit | Recommendation, words: Words) -> tuple[Figure, ...]:
    return tuple(_figure(figure, words) for figure in one.figures)


def _figure(one: Figure, words: Words) -> Figure:
    unit = words.unit if one.unit == APPLICATIONS else one.unit
    return replace(one, name=words.focus(one.name), unit=unit)


def _text(text: str, words: Words) -> str:
    return words.focus(_COUNTED.sub(words.unit, text))
