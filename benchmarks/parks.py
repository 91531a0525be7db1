# SPDX-License-Identifier: Apache-2.0
"""Time specialisation and complexity of 100 parks over 10 years: the arrays alone, and from a store.

::

    python benchmarks/parks.py                     made-up counts
    python benchmarks/parks.py WORKSPACE           also the parks of a workspace, its queries included
    python benchmarks/parks.py --dump FILE         write the made-up counts and what came of them, for other programs
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np

from zhihang.intensity.park_counts import Counts
from zhihang.intensity.park_structure import Rules, YearStructure, structures

PARKS, YEARS, WINDOW, AIM = 100, 10, 3, 10.0


def main(words: list[str]) -> int:
    """Run; return 1 where the aim is missed."""
    spent = [_made_up(classes) for classes in (35, 97, 1381)]
    if words[:1] == ["--dump"]:
        _dump(Path(words[1]))
    elif words:
        spent.append(_of_workspace(Path(words[0])))
    return int(max(spent) > AIM)


def made_up(classes: int, years: int) -> Counts:
    """Counts with parks of very unlike size, each in some of the classes."""
    chance = np.random.default_rng(7)
    size, breadth = chance.lognormal(4, 1.2, PARKS), chance.beta(1, 3, PARKS)
    leaning = chance.random((PARKS, classes)) * (chance.random((PARKS, classes)) < 0.1 + breadth[:, None])
    share = leaning / np.maximum(leaning.sum(axis=1, keepdims=True), 1e-9)
    parks = chance.poisson(
        size[None, :, None] * share[None] * np.linspace(0.7, 1.3, years)[:, None, None]
    ).astype(float)
    area = parks.sum(axis=1) + chance.poisson(50, (years, classes))
    together = np.triu(chance.poisson(3, (classes, classes)), 1).astype(float)
    names = tuple(f"k{number:04d}" for number in range(classes))
    totals = parks.sum(axis=2), area.sum(axis=1)
    none = np.zeros((years, 0))
    return Counts(
        tuple(range(2021 - years, 2021)), names, names, parks, area, *totals, together + together.T, (), none
    )


def _made_up(classes: int) -> float:
    counts = made_up(classes, YEARS + 2 * WINDOW - 1)
    started = time.perf_counter()
    found = structures(counts, Rules(WINDOW), YEARS)
    spent = time.perf_counter() - started
    print(f"{PARKS} parks, {classes} classes, {len(found)} years: {spent:.2f} s (aim {AIM:.0f} s)")
    return spent


def _of_workspace(folder: Path) -> float:
    from zhihang.intensity.park_profile import ParkFigures
    from zhihang.workspace import open_workspace

    desk = open_workspace(folder).parks
    started = time.perf_counter()
    facts, answer = desk.look("000000", None)
    members = time.perf_counter() - started
    figures = ParkFigures.read(facts, answer, desk.question(), [])
    spent = time.perf_counter() - started
    parks, patents = len(answer.parks.rows), figures.counts.area_totals.sum()
    print(
        f"{folder.name}: {parks} parks, {patents:,.0f} patents, {len(figures.by_year)} years: {spent:.2f} s,"
        f" of these {members:.2f} s to place {len(answer.parks.firms.subjects):,} firms"
    )
    return spent


def _dump(path: Path) -> None:
    counts = made_up(35, YEARS)
    rules = Rules(1, "parks", 0)
    path.write_text(json.dumps({one.year: _plain(one) for one in structures(counts, rules, YEARS)}))


def _plain(one: YearStructure) -> dict[str, object]:
    def known(values: np.ndarray) -> list[float | None]:
        return [float(value) if np.isfinite(value) else None for value in values]

    return {
        "counts": one.counts.tolist(),
        "lq": one.quotient.tolist(),
        "eci": known(one.found.eci),
        "pci": known(one.found.pci),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
