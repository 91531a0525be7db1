# SPDX-License-Identifier: Apache-2.0
"""How many examples a property is tried on: few every day, many when there is time."""

from __future__ import annotations

from typing import Any

from hypothesis import settings

EVERYDAY, THOROUGH = 25, 400
"""Examples of a property that names no number."""


def examples(few: int, **more: Any) -> settings:
    """Settings for `few` examples; with ``--hypothesis-profile thorough`` for sixteen times as many."""
    return settings(max_examples=few * settings.default.max_examples // EVERYDAY, **more)
