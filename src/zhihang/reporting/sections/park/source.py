# SPDX-License-Identifier: Apache-2.0
"""What stands under tables and charts on a park: period and source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zhihang.reporting.wording import number, percent

SOURCE = "入库专利、企业名录和园区表，知航计算"
MEASURES: Mapping[str, str] = {"grants": "授权", "filings": "申请", "stock": "年末有效"}
KINDS: Mapping[str, str] = {"invention": "发明", "utility_model": "实用新型", "design": "外观设计"}


def counted(profile: Mapping[str, Any]) -> str:
    """Which patents are counted: 发明、实用新型授权量."""
    settings = profile["settings"]
    return f"{'、'.join(KINDS[kind] for kind in settings['kinds'])}{MEASURES[settings['measure']]}量"


def classes(profile: Mapping[str, Any]) -> str:
    """What patents are told apart by."""
    return "技术领域" if profile["settings"]["by"] == "field" else "行业"


def window(profile: Mapping[str, Any]) -> str:
    """The window of the last year: 2018—2020年."""
    width, year = profile["settings"]["window"], profile["year"]
    return f"{year}年" if width == 1 else f"{year - width + 1}—{year}年"


def span(profile: Mapping[str, Any]) -> str:
    """The years told."""
    rows = profile["years"]
    return f"{rows[0]['year']}—{rows[-1]['year']}年"


def whole(profile: Mapping[str, Any]) -> str:
    """The area that the park is compared with."""
    settings = profile["settings"]
    if settings["against"] == "parks":
        return "全部园区"
    return "入库全部专利" if settings["region"] == "000000" else str(settings["region_name"])


def figure(value: float | None, digits: int = 2) -> str:
    """A figure of the text."""
    return number(value, digits)


def share(value: float | None) -> str:
    """A share of the text."""
    return percent(value)
