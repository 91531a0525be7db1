# SPDX-License-Identifier: Apache-2.0
"""Whether intervals keep their promise and points are no worse than simple ones, on yearly patent grants 1980-2013.

::

    python benchmarks/quality/forecasts.py [--countries] [--every N] [--ets N]

Needs the shared data (ZHIHANG_SHARED): grants by technology, of world regions (default) or of single offices. Each series
of at least 24 years is forecast five years ahead from three origins (2003, 2005 and 2008 are the last years seen, where it
ends in 2013). Errors are mean absolute errors over the mean yearly change before the origin. Series with odd and with even
numbers are told apart: what the intervals are widened by was set on the odd ones. `--ets N` compares with the library's
exponential smoothing on every Nth series only, because it takes a second a fit.
"""

from __future__ import annotations

import argparse
import csv
import os
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from zhihang.methods.series_forecast import forecast
from zhihang.methods.series_model import MODELS

SHARED = Path(os.environ.get("ZHIHANG_SHARED", Path(__file__).resolve().parents[3] / "shared"))
AHEAD = 5
BACK = (5, 8, 11)
LONG = 24
SIMPLE = ("naive", "drift", "smoothing")
Values = NDArray[np.float64]


def region_series(folder: Path) -> list[Values]:
    """Return the yearly grants of world regions by origin and technology; a year without a line is 0."""
    known: dict[tuple[str, str, str, str], dict[int, float]] = defaultdict(dict)
    with (folder / "wipo_tech_region.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            key = (row["type"], row["office_code"], row["origin"], row["technology_number"])
            known[key][int(row["year"])] = float(row["count"] or 0)
    series = []
    for key in sorted(known):
        years = known[key]
        series.append(np.array([years.get(year, 0.0) for year in range(min(years), max(years) + 1)]))
    return [values for values in series if len(values) >= LONG]


def country_series(folder: Path) -> list[Values]:
    """Return the yearly grants of single offices by origin and technology: the last run of years without a blank."""
    path = folder / "patent_grants_by_technology_1980_2013_raw.csv"
    with path.open(encoding="utf-8", errors="replace", newline="") as stream:
        lines = list(csv.reader(stream.read().replace("\r\n", "\n").replace("\r", "\n").split("\n")))
    series = []
    for row in lines:
        if len(row) < 38 or row[2] not in ("Resident", "Non-Resident") or row[1].startswith("R"):
            continue
        series.append(_last_run(row[4:38]))
    return [values for values in series if len(values) >= LONG and values.sum() > 0]


def _last_run(cells: list[str]) -> Values:
    run: list[float] = []
    for cell in reversed(cells):
        if cell.strip():
            run.append(float(cell))
        elif run:
            break
    return np.array(run[::-1])


@dataclass
class Measured:
    """What was measured: forecasts in the interval by half, errors by model, models taken, seconds."""

    inside: dict[str, list[Values]] = field(default_factory=lambda: defaultdict(list))
    errors: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    same: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    taken: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def coverage(self, half: str = "") -> float:
        """Share of values inside the interval."""
        found = [one for name, rows in self.inside.items() if half in ("", name) for one in rows]
        return float(np.mean(found))

    def error(self, model: str) -> float:
        """Mean scaled error of a model, on all series it was tried on."""
        return float(np.mean(self.errors[model]))


def measure(series: list[Values], *, every: int = 1, ets: int = 0, level: float = 0.9) -> Measured:
    """Forecast every Nth series from each origin; `ets` is how sparsely the library's smoothing is fitted (0: never)."""
    found = Measured()
    for number in range(0, len(series), every):
        half = "odd" if (number // every) % 2 else "even"
        library = bool(ets) and (number // every) % ets == 0
        for past, after in _splits(series[number]):
            scale = float(np.mean(np.abs(np.diff(past)))) or 1.0
            began = time.perf_counter()
            made = forecast(past, AHEAD, level=level)
            found.seconds += time.perf_counter() - began
            found.taken[made.model.name] += 1
            inside = (after >= np.floor(made.low)) & (after <= np.ceil(made.high))
            found.inside[half].append(inside.astype(np.float64))
            own = float(np.mean(np.abs(made.points - after))) / scale
            found.errors["chosen"].append(own)
            for name, model in MODELS.items():
                error = float(np.mean(np.abs(np.maximum(model.tried(past, AHEAD), 0) - after))) / scale
                found.errors[name].append(error)
            if library:
                points = np.maximum(MODELS["smoothing"].points(past, AHEAD), 0)
                found.errors["smoothing (library)"].append(float(np.mean(np.abs(points - after))) / scale)
                found.same["chosen"].append(own)
    return found


def _splits(values: Values) -> Iterator[tuple[Values, Values]]:
    for back in BACK:
        origin = len(values) - back
        yield values[:origin], values[origin : origin + AHEAD]


def main() -> None:
    """Print the figures."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--countries", action="store_true")
    asked.add_argument("--every", type=int, default=1)
    asked.add_argument("--ets", type=int, default=0)
    given = asked.parse_args()
    folder = SHARED / "data" / "patents" / "wipo-statistics"
    series = country_series(folder) if given.countries else region_series(folder)
    found = measure(series, every=given.every, ets=given.ets)
    forecasts = sum(found.taken.values())
    print(f"{len(series)} series, {forecasts} forecasts, {1000 * found.seconds / forecasts:.1f} ms each")
    for half in ("", "odd", "even"):
        print(f"coverage of the 90 % interval, {half or 'all'}: {found.coverage(half):.3f}")
    ahead = np.mean([row for rows in found.inside.values() for row in rows], axis=0)
    print("by year ahead:", " ".join(f"{share:.3f}" for share in ahead))
    for name in sorted(found.errors, key=found.error):
        errors = found.errors[name]
        print(f"{name:22} mean {np.mean(errors):.3f} median {np.median(errors):.3f} of {len(errors)}")
    if found.same["chosen"]:
        print(f"chosen, where the library was tried: {np.mean(found.same['chosen']):.3f}")
    print("models taken:", dict(found.taken.most_common()))


if __name__ == "__main__":
    main()
