# SPDX-License-Identifier: Apache-2.0
"""The dimensions that figures can be split by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from zhihang.terms.label import Label

How = Literal["level", "column", "weights"]


@dataclass(frozen=True)
class Dimension:
    """A dimension: how rows get its values.

    `level`: the region of a row, seen at that level: the first `width` digits of its code. `column`: a column of
    `patent`. `weights`: table `source` gives each application its values (`column`) with weights that sum to 1; one
    without weights (emerging industries) lets it count in full, once, in each of its values, and so parts overlap.
    """

    name: str
    label: Label
    how: How
    column: str
    source: str = ""
    codes: str = ""
    width: int = 0


def _all(*found: Dimension) -> Mapping[str, Dimension]:
    return {dimension.name: dimension for dimension in found}


DIMENSIONS: Mapping[str, Dimension] = _all(
    Dimension("province", Label("省（自治区、直辖市）", "Province"), "level", "region", width=2),
    Dimension("city", Label("地市", "City"), "level", "region", width=4),
    Dimension("county", Label("区县", "County"), "level", "region", width=6),
    Dimension("kind", Label("专利类型", "Kind of right"), "column", "kind", codes="right_kind"),
    Dimension(
        "applicant_type",
        Label("申请人类型", "Type of applicant"),
        "column",
        "applicant_type",
        codes="applicant_type",
    ),
    Dimension("size_class", Label("企业规模", "Size class"), "column", "size_class", codes="enterprise_size"),
    Dimension("organisation", Label("机构", "Organisation"), "column", "organisation_id"),
    Dimension("route", Label("申请途径", "Route"), "column", "route", codes="filing_route"),
    Dimension("origin", Label("来源", "Origin"), "column", "origin", codes="origin"),
    Dimension("country", Label("国别", "Country"), "column", "country", codes="office"),
    Dimension("office", Label("受理局", "Office"), "column", "office", codes="office"),
    Dimension("zone", Label("功能区", "Zone"), "column", "zone"),
    Dimension(
        "field",
        Label("技术领域", "Field of technology"),
        "weights",
        "field",
        "patent_field",
        "technology_field",
    ),
    Dimension(
        "industry", Label("行业", "Industry"), "weights", "code", "patent_industry", "industries_gbt4754"
    ),
    Dimension(
        "emerging",
        Label("战略性新兴产业", "Emerging industry"),
        "weights",
        "code",
        "patent_emerging",
        "emerging_industry",
    ),
)
"""All dimensions, by name. At most one of province, city, county and one with weights at a time."""
