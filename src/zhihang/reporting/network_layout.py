# SPDX-License-Identifier: Apache-2.0
"""Where the members of a small network stand: linked ones near each other, parts that are not linked side by side."""

from __future__ import annotations

from zhihang.reporting.chart_plane import Network

_STEPS = 300


def lay_out(network: Network, *, width: float = 1.6) -> list[tuple[float, float]]:
    """Return a place for each member, x from 0 to `width`, y from 0 to 1; the same network stands the same way.

    Members push each other off, links pull together (Fruchterman-Reingold), beginning on a circle in their order.
    """
    import numpy as np

    count = len(network.members)
    if count == 1:
        return [(width / 2, 0.5)]
    number = {one.name: place for place, one in enumerate(network.members)}
    pull = np.zeros((count, count))
    for one, other, weight in network.links:
        pull[number[one], number[other]] = pull[number[other], number[one]] = 1 + np.log1p(max(weight, 0))
    together = np.maximum(pull.sum(axis=1), 1.0)
    pull /= np.sqrt(np.sqrt(np.outer(together, together)))
    angle = 2 * np.pi * np.arange(count) * 0.381966
    radius = 0.1 + 0.4 * np.sqrt(np.arange(count) / count)
    places = np.column_stack([width / 2 + width * radius * np.cos(angle), 0.5 + radius * np.sin(angle)])
    wish = 0.75 * np.sqrt(width / count)
    middle = np.array([width / 2, 0.5])
    for step in range(_STEPS):
        apart = places[:, None] - places[None]
        far = np.maximum(np.sqrt((apart**2).sum(axis=2)), 1e-6)
        strength = wish**2 / far**2 - pull * far / wish * 0.35
        np.fill_diagonal(strength, 0)
        push = (apart * strength[:, :, None]).sum(axis=1) + (middle - places) * np.array([0.35, 0.6])
        length = np.maximum(np.sqrt((push**2).sum(axis=1)), 1e-9)
        most = 0.08 * (1 - step / _STEPS) + 0.001
        places = places + push / length[:, None] * np.minimum(length, most)[:, None]
    low, high = places.min(axis=0), places.max(axis=0)
    spread = np.where(high - low > 1e-6, high - low, 1.0)
    flat = np.where(high - low > 1e-6, 0.0, 0.5)
    placed = ((places - low) / spread + flat) * np.array([width, 1.0])
    return [(round(float(x), 4), round(float(y), 4)) for x, y in placed]
