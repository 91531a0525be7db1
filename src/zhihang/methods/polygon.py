# SPDX-License-Identifier: Apache-2.0
"""Outlines of areas on a map: reading them, whether they cross themselves, which points lie inside."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ring = NDArray[np.float64]
_WKT = re.compile(r"\s*POLYGON\s*\(\s*\(([^()]+)\)\s*\)\s*", re.IGNORECASE)
_NUMBER = r"[+-]?\d+(?:\.\d+)?"
_POINT = re.compile(rf"\s*({_NUMBER})\s+({_NUMBER})\s*")


def read_ring(wkt: str) -> Ring:
    """Return the corners of a WKT polygon without holes, the first not repeated at the end.

    >>> read_ring("POLYGON ((0 0, 1 0, 1 1, 0 0))").tolist()
    [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]]
    """
    found = _WKT.fullmatch(wkt)
    if found is None:
        raise ValueError("not of the form POLYGON ((x y, x y, ...)) without holes")
    points = [_POINT.fullmatch(part) for part in found[1].split(",")]
    if not all(points):
        raise ValueError("a corner is not two numbers with a blank between them")
    ring = np.array([[float(point[1]), float(point[2])] for point in points if point])
    if len(ring) > 1 and np.array_equal(ring[0], ring[-1]):
        ring = ring[:-1]
    if len(np.unique(ring, axis=0)) < 3:
        raise ValueError("fewer than three different corners")
    return ring


def crossing(ring: Ring) -> tuple[int, int] | None:
    """Numbers (from 1) of the first two sides that cross or touch though they are not neighbours; None if none do.

    >>> crossing(read_ring("POLYGON ((0 0, 1 1, 1 0, 0 1))"))
    (1, 3)
    """
    ends = np.roll(ring, -1, axis=0)
    count = len(ring)
    for side in range(count - 2):
        others = np.arange(side + 2, count if side else count - 1)
        if not len(others):
            continue
        met = _meet(ring[side], ends[side], ring[others], ends[others])
        if met.any():
            return side + 1, int(others[np.flatnonzero(met)[0]]) + 1
    return None


def inside(ring: Ring, x: ArrayLike, y: ArrayLike) -> NDArray[np.bool_]:
    """Whether each point lies inside (even-odd rule); a point on the left or lower side counts as inside.

    >>> inside(read_ring("POLYGON ((0 0, 2 0, 2 2, 0 2))"), [1, 3], [1, 1]).tolist()
    [True, False]
    """
    px, py = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    found = np.zeros(px.shape, dtype=bool)
    for (ax, ay), (bx, by) in zip(ring, np.roll(ring, -1, axis=0), strict=True):
        if ay == by:
            continue
        spans = (ay > py) != (by > py)
        found ^= spans & (px < (bx - ax) * (py - ay) / (by - ay) + ax)
    return found


def _meet(a: Ring, b: Ring, c: Ring, d: Ring) -> NDArray[np.bool_]:
    """Whether side a-b has a point in common with each of the sides c-d."""
    c_of, d_of = _turn(a, b, c), _turn(a, b, d)
    a_of, b_of = _turn(c, d, a), _turn(c, d, b)
    low, high = np.minimum(a, b), np.maximum(a, b)
    apart = (np.maximum(c, d) < low).any(axis=-1) | (np.minimum(c, d) > high).any(axis=-1)
    return np.asarray((c_of * d_of <= 0) & (a_of * b_of <= 0) & ~apart)


def _turn(a: Ring, b: Ring, c: Ring) -> Ring:
    """Sign of the turn from a over b to c: 1 left, -1 right, 0 straight."""
    return np.sign(
        (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1]) - (b[..., 1] - a[..., 1]) * (c[..., 0] - a[..., 0])
    )
