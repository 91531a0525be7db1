# SPDX-License-Identifier: Apache-2.0
"""Statistics with one value per row that speak of industries, laid out again as one row per industry and year."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from zhihang.ingestion.draft import FORM, UNITS, Draft
from zhihang.ingestion.form_layout import form_headers
from zhihang.ingestion.form_value import industry
from zhihang.ingestion.headers import fold_header

_FIGURES = (
    "enterprises",
    "employment",
    "gross_output",
    "value_added",
    "revenue",
    "profit_tax",
    "rd",
    "rd_staff",
)
_WHOLE = "industrial_"
_LARGE = "_above_designated"
"""Ending of indicators that cover firms above designated size and name no industry: industry as a whole."""


def with_industry_figures(draft: Draft) -> Draft:
    """Add rows of statistics by industry to a draft of observations that name an industry of the classification.

    What has no column there (assets, ratios), and groups that are none of the classification, stay observations only.
    """
    found: dict[tuple[str | None, ...], dict[str, str | None]] = {}
    for row in draft.table("observation").to_pylist():
        key, figure = _key(row), _figure(row["indicator"])
        if key is not None and figure is not None and row["value"]:
            held = found.setdefault(key, {"record": row["record"]})
            held.setdefault(figure, f"{row['value']}{_unit(row['unit'])}")
    if found:
        records = pa.array([held["record"] for held in found.values()], pa.int32())
        draft.fill(FORM + "industry", records, _columns(found))
    return draft


def _figure(indicator: str | None) -> str | None:
    name = form_headers("industry").get(fold_header(indicator or ""))
    return name if name in _FIGURES else None


def _key(row: Mapping[str, str | None]) -> tuple[str | None, ...] | None:
    """Industry, scope, region, year and source of a value; None where it speaks of no industry or no whole year."""
    told = dict(part.split("=", 1) for part in (row["dimension"] or "").split(";") if "=" in part)
    indicator, period = row["indicator"] or "", row["period"] or ""
    if not told and indicator.startswith(_WHOLE) and indicator.endswith(_LARGE):
        told = {"industry": "total", "scope": "above_scale"}
    code = told.get("industry")
    if code is None or told.keys() - {"industry", "scope"} or len(period) != 4:
        return None
    if industry(code, None).value is None:
        return None
    region = row["region"] or row["region_name"]
    return (code, told.get("scope"), region, period, row["source"])


def _unit(unit: str | None) -> str:
    """The unit behind a number; firms are counted in 家."""
    return (unit or "").replace("个", "家").replace("户", "家")


def _columns(found: Mapping[tuple[str | None, ...], Mapping[str, str | None]]) -> dict[str, pa.Array]:
    keys = dict(zip(("industry", "scope", "region", "year", "source"), zip(*found, strict=True), strict=True))
    columns = {name: pa.array(list(values), pa.string()) for name, values in keys.items()}
    for name in _FIGURES:
        columns[name] = pa.array([held.get(name) for held in found.values()], pa.string())
    columns[UNITS] = pa.repeat(pa.scalar(""), len(found))
    return columns
