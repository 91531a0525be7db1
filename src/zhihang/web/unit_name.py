# SPDX-License-Identifier: Apache-2.0
"""The name of a unit in the language of a page."""

from __future__ import annotations

from zhihang.errors import ZhihangError
from zhihang.terms.label import Language
from zhihang.terms.unit import Unit


def unit_in(name: str, language: Language) -> str:
    """Return a unit in a language; one that is not known as it stands.

    >>> unit_in("件/万人", "en"), unit_in("件", "zh")
    ('items per ten thousand persons', '件')
    """
    if language == "zh" or not name:
        return name
    try:
        return Unit.parse(name).label.en
    except ZhihangError:
        return name
