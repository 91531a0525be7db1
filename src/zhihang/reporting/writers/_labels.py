# SPDX-License-Identifier: Apache-2.0
"""Texts put beside marks on a drawing so that none covers another; those that find no room are left out."""

from __future__ import annotations

from collections.abc import Sequence

from zhihang.reporting.writers._table_layout import text_width

_MM_PER_PT = 0.3528
_Box = tuple[float, float, float, float]


class Room:
    """The room for texts on a drawing measured in millimetres."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._taken: list[_Box] = []

    def take(self, x: float, y: float, half: float) -> None:
        """Keep a mark free of texts."""
        self._taken.append((x - half, y - half, x + half, y + half))

    def put(
        self, text: str, x: float, y: float, *, points: float, off: float, force: bool = False
    ) -> tuple[float, float] | None:
        """Return the middle of a text beside (x, y), at least `off` away; None where there is no room."""
        wide, high = text_width(text) * points * _MM_PER_PT * 1.04, points * _MM_PER_PT * 1.25
        for dx, dy in _around(wide, high, off):
            box = (x + dx - wide / 2, y + dy - high / 2, x + dx + wide / 2, y + dy + high / 2)
            inside = box[0] >= 0 and box[1] >= 0 and box[2] <= self.width and box[3] <= self.height
            if inside and not any(_meet(box, other) for other in self._taken):
                self._taken.append(box)
                return x + dx, y + dy
        if not force:
            return None
        return min(max(x, wide / 2), self.width - wide / 2), min(max(y, high / 2), self.height - high / 2)


def _around(wide: float, high: float, off: float) -> Sequence[tuple[float, float]]:
    side, up = off + wide / 2, off + high / 2
    near = [
        (0.0, up),
        (0.0, -up),
        (side, 0.0),
        (-side, 0.0),
        (side, up),
        (-side, up),
        (side, -up),
        (-side, -up),
    ]
    far = [(0.0, up + high), (0.0, -up - high), (wide / 3, up + high), (-wide / 3, -up - high)]
    return [*near, *far]


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
