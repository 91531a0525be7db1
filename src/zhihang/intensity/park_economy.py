# SPDX-License-Identifier: Apache-2.0
"""Economic figures of parks over years: sums over the firms that are in each today."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from zhihang.intensity.facts_seen import FactsSeen
from zhihang.intensity.parks import Parks

FIGURES = ("employees", "output", "revenue", "profit_tax", "rd", "rd_staff", "patent_product_revenue")


def economy_of_parks(facts: FactsSeen, parks: Parks, years: Sequence[int]) -> list[list[dict[str, Any]]]:
    """For each park a row for each year with figures: firms with a figure, and sums; None where no firm has one.

    Of several files that give a firm's year the one taken in last counts. Firms that left the park are not followed.
    """
    found: list[list[dict[str, Any]]] = [[] for _ in parks.rows]
    held = parks.park_of >= 0
    ids = [one for one, inside in zip(parks.firms.subjects.ids, held, strict=True) if inside]
    if not ids:
        return found
    places = pa.table({"enterprise": ids, "place": pa.array(parks.park_of[held], pa.int32())})
    rows = facts.table("enterprise_year")
    rows = rows.filter(rows.year.isin(list(years))).inner_join(facts.values(places), "enterprise")
    table = facts.collect(
        rows.select("enterprise", "place", "year", *FIGURES, "file_id", "line").order_by("file_id", "line")
    )
    keys = zip(table["enterprise"].to_pylist(), table["year"].to_pylist(), strict=True)
    newest = np.array(sorted({key: at for at, key in enumerate(keys)}.values()), np.int64)
    place, year = (np.array(table[name].to_pylist(), np.int64)[newest] for name in ("place", "year"))
    figures = {name: np.array(table[name].to_pylist(), float)[newest] for name in FIGURES}
    for park, of_park in enumerate(found):
        for each in sorted(set(year[place == park].tolist())):
            chosen = (place == park) & (year == each)
            sums = {name: _sum(values[chosen]) for name, values in figures.items()}
            of_park.append({"year": int(each), "enterprises": int(chosen.sum()), **sums})
    return found


def _sum(values: np.ndarray[Any, np.dtype[np.float64]]) -> float | None:
    known = values[~np.isnan(values)]
    return float(known.sum()) if len(known) else None
