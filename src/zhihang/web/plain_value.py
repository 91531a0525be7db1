# SPDX-License-Identifier: Apache-2.0
"""Whatever a verb returns as plain values: rows, texts, numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zhihang.workspace import Workspace

TELLERS = ("document", "row", "as_dict", "rows", "model_dump")
"""Names of methods with which results tell themselves as plain values; the first one there is taken."""


def plain(value: Any, workspace: Workspace) -> Any:
    """Return a value with everything in it plain; numbers that are none become None."""
    if value is None or isinstance(value, str | int | bool):
        return value.value if isinstance(value, Enum) else value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): plain(each, workspace) for key, each in value.items()}
    if isinstance(value, list | tuple | Set):
        return [plain(each, workspace) for each in value]
    kind = type(value).__module__.partition(".")[0]
    if kind == "ibis":
        return plain(workspace.store.collect(value).to_pylist(), workspace)
    if kind == "pyarrow":
        return plain(value.to_pylist(), workspace)
    for name in TELLERS:
        if callable(tell := getattr(value, name, None)):
            return plain(tell(), workspace)
    if is_dataclass(value):
        return {one.name: plain(getattr(value, one.name), workspace) for one in fields(value)}
    return str(value)
