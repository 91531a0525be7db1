# SPDX-License-Identifier: Apache-2.0
"""Parks beside each other: the same figures of each, its rank in every one, and how alike their patents are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from zhihang.errors import NotFound
from zhihang.intensity.measure_name import MEASURES
from zhihang.intensity.park_profile import ParkFigures
from zhihang.intensity.subjects import Values
from zhihang.terms.label import Label

_OF_PARK = (
    "enterprises", "employment", "gross_output", "revenue", "rd_to_output", "patent_revenue_to_output",
    "valid_inventions", "invention_holders", "intensity", "inventions_per_10k", "chosen_industry_output",
)  # fmt: skip
OF_STRUCTURE: Mapping[str, tuple[Label, str]] = {
    "patents": (Label("窗口期专利数", "Patents in the window"), "件"),
    "share_of_area": (Label("占地区专利比重", "Share of the area's patents"), ""),
    "diversity": (Label("优势领域数", "Classes specialised in"), "个"),
    "eci": (Label("复杂度指数（ECI）", "Complexity (ECI)"), ""),
    "density": (Label("平均关联密度", "Mean relatedness density"), "%"),
    "hhi_classes": (Label("领域集中度（HHI）", "Concentration over classes (HHI)"), ""),
    "hhi_holders": (Label("主体集中度（HHI）", "Concentration over holders (HHI)"), ""),
    "cr4_holders": (Label("前四主体占比（CR4）", "Share of the four largest holders"), ""),
    "joint_share": (Label("合作申请占比", "Share of joint applications"), ""),
    "ties_inside": (Label("园区内合作关系", "Ties inside"), "对"),
    "ties_outside": (Label("园区外合作关系", "Ties with others"), "对"),
}
_LOW_FIRST = ("hhi_classes", "hhi_holders", "cr4_holders")
"""Of these a low figure, a broad base, ranks first."""


def comparison(figures: ParkFigures, places: Sequence[int], rank_by: Sequence[str]) -> dict[str, Any]:
    """Figures of some parks with ranks among them; the order is by the mean of the ranks in `rank_by`."""
    measures = _measures(figures, places)
    for name in rank_by:
        if name not in measures:
            raise NotFound.named(
                "figure to rank by", name, measures, see="zhihang parks compare --format json"
            )
    ranks = {name: _ranks(values, low=name in _LOW_FIRST) for name, values in measures.items()}
    by = np.array([ranks[name] for name in rank_by], float)
    mean = np.where(np.isnan(by), len(places), by).mean(axis=0)
    parks = figures.answer.parks
    names = [parks.rows[place]["park"] for place in places]
    order = sorted(range(len(places)), key=lambda at: (mean[at], names[at]))
    return {
        **figures.settings(),
        "year": figures.answer.found.year,
        "rank_by": list(rank_by),
        "parks": [
            {
                "rank": 1 + sum(float(one) < float(mean[at]) for one in mean),
                "park": names[at],
                "region": parks.rows[places[at]]["region"],
                "level": parks.rows[places[at]]["level"],
                "mean_rank": float(mean[at]),
                "figures": {name: _known(values[at]) for name, values in measures.items()},
                "ranks": {name: _whole(values[at]) for name, values in ranks.items()},
                "classes": [row["name"] for row in figures.class_rows(places[at]) if row["specialised"]][:5],
            }
            for at in order
        ],
        "figures": [_told(name) for name in measures],
        "alike": _alike(figures, [places[at] for at in order]),
    }


def _measures(figures: ParkFigures, places: Sequence[int]) -> dict[str, Values]:
    subjects = figures.answer.parks.subjects
    found = {name: subjects.measure(name)[list(places)] for name in _OF_PARK}
    years = [figures.year_rows(place)[-1] for place in places]
    for name in (
        "patents",
        "share_of_area",
        "diversity",
        "eci",
        "density",
        "hhi_classes",
        "hhi_holders",
        "cr4_holders",
    ):
        found[name] = np.array([np.nan if row[name] is None else row[name] for row in years], float)
    nets = [figures.networks[place] for place in places]
    found["joint_share"] = np.array([n.joint / n.applications if n.applications else np.nan for n in nets])
    found["ties_inside"] = np.array([float(n.tied("inside")) for n in nets])
    found["ties_outside"] = np.array([float(n.tied("outside") + n.tied("other_park")) for n in nets])
    return found


def _ranks(values: Values, *, low: bool) -> Values:
    """Ranks from 1; equal figures share one, those not known have none."""
    signed = values if low else -values
    found = np.array([1 + np.sum(signed < one) for one in signed], float)
    return np.where(np.isnan(values), np.nan, found)


def _told(name: str) -> dict[str, str]:
    known = MEASURES.get(name) if name in _OF_PARK else None
    label, unit = (known.label, known.unit) if known else OF_STRUCTURE[name]
    return {"figure": name, "zh": label.zh, "en": label.en, "unit": unit}


def _alike(figures: ParkFigures, places: Sequence[int]) -> list[list[float | None]]:
    """Cosine of the patents by class of each two parks: 1 the same mix, 0 nothing in common."""
    counts = figures.newest.counts[list(places)]
    length = np.linalg.norm(counts, axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        found = counts @ counts.T / np.outer(length, length)
    return [[_known(value) for value in row] for row in found]


def _known(value: float) -> float | None:
    return round(float(value), 12) if np.isfinite(value) else None


def _whole(value: float) -> int | None:
    return int(value) if np.isfinite(value) else None
