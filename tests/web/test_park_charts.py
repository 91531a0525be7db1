# SPDX-License-Identifier: Apache-2.0
"""Charts of parks: who files with whom, how alike parks are; nothing where there is nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

VIEW_AT = date(2018, 12, 31)


@pytest.fixture
def view(office: Any) -> Any:
    from zhihang.web.view import View

    return View(region="450300", day=VIEW_AT, language="zh")


def tie(one: str, other: str, where: str, n: float) -> dict[str, Any]:
    more = {"first_year": 2012, "last_year": 2018, "partner_type": "university", "park": None}
    return {"organisation": one, "partner": other, "where": where, "applications": n, **more}


def test_members_are_grouped_by_where_they_are_and_sized_by_what_they_file_together(view: Any) -> None:
    from zhihang.web.park_charts import ties_drawn

    ties = [tie("甲", "大学", "outside", 5), tie("甲", "乙", "inside", 2), tie("乙", "丙", "other_park", 1)]
    drawn = ties_drawn({"network": {"ties": ties}, "year": 2018}, view)
    assert drawn is not None
    assert "甲 — 大学，5 件" in drawn.title
    assert drawn.period == "2012—2018"
    found = {one.name: (one.size, one.group) for one in drawn.figure.members}  # type: ignore[union-attr]
    assert found == {"甲": (7, 0), "大学": (5, 2), "乙": (3, 0), "丙": (1, 1)}
    assert ties_drawn({"network": {"ties": []}, "year": 2018}, view) is None


def test_the_two_parks_most_alike_are_named(view: Any) -> None:
    from zhihang.web.park_charts import likeness, most_inventions

    parks = [
        {"park": name, "figures": {"valid_inventions": n}} for name, n in (("一", 5), ("二", 9), ("三", None))
    ]
    found = {"parks": parks, "alike": [[1, 0.2, 0.7], [0.2, 1, None], [0.7, None, 1]], "year": 2018}
    drawn = likeness(found, view)
    assert drawn is not None
    assert "三与一的技术结构最接近，相似度 0.70" in drawn.title
    assert drawn.figure.values[0] == (None, 0.2, 0.7)  # type: ignore[union-attr]
    most = most_inventions(found, view)
    assert most is not None
    assert most.title == "二有效发明最多，9 件"
    alone = {"parks": parks[:1], "alike": [[1]], "year": 2018}
    assert likeness(alone, view) is None
