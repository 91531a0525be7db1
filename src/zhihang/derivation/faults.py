# SPDX-License-Identifier: Apache-2.0
"""Faults of a data file that an office may replace, told all together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice

from zhihang.errors import DefinitionError

SHOWN = 20

Row = Mapping[str, str]


def refuse(name: str, faults: Iterable[str], *, todo: str) -> None:
    """Refuse the file `name` if it has faults; the first 20 are shown, the others counted."""
    found = iter(faults)
    shown = list(islice(found, SHOWN))
    if not shown:
        return
    more = sum(1 for _ in found)
    told = "; ".join(shown) + (f"; and {more} more" if more else "")
    raise DefinitionError(
        f'The list "{name}" has faults.', {"file": f"{name}.csv", "faults": told}, todo=todo
    )
