# SPDX-License-Identifier: Apache-2.0
"""Results as plain data: every dataclass of a study's result can be written as JSON and shown as a row."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any


class Plain:
    """A dataclass that turns into plain values."""

    def to_plain(self) -> dict[str, Any]:
        """Return everything in it as dicts, lists, texts and numbers; what is not known is None, never NaN."""
        return {one.name: plain(getattr(self, one.name)) for one in fields(self)}  # type: ignore[arg-type]

    def row(self) -> dict[str, Any]:
        """Return it as one row of a table: lists are joined, parts that are tables themselves are left out."""
        found = {}
        for name, value in self.to_plain().items():
            if isinstance(value, list):
                if not any(isinstance(one, (dict, list)) for one in value):
                    found[name] = "；".join(map(str, value))
            elif not isinstance(value, dict):
                found[name] = value
        return found


def plain(value: Any) -> Any:
    """Return a value as plain data."""
    if isinstance(value, Plain):
        return value.to_plain()
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(one) for one in (sorted(value) if isinstance(value, (set, frozenset)) else value)]
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        return None if math.isnan(value) or math.isinf(value) else round(value, 6)
    return value
