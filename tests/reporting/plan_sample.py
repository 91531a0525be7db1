# SPDX-License-Identifier: Apache-2.0
"""A small made-up plan of Guilin with three counties and figures that can be checked in the head."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from zhihang.planning.assess import assess
from zhihang.planning.forecast import TargetForecast
from zhihang.planning.plan import Plan
from zhihang.planning.plan_file import parse_plan
from zhihang.reporting.plan_facts import PlanFacts

PLAN = """
label: {zh: 试点发明专利计划（2016—2020年）, en: "Trial plan for inventions, 2016-2020"}
status: reviewed
document: {policy: trial, title: {zh: 试点发明专利计划（2016—2020年）, en: "Trial plan for inventions, 2016-2020"}}
region: "450300"
period: 2016/2020
targets:
  - {id: T1, clause: 二, label: {zh: 有效发明专利量, en: Inventions in force}, indicator: inventions_in_force,
     kind: level, comparator: ">=", value: 1000, unit: 件, period_start: 2016, period_end: 2020}
  - {id: T2, clause: 三, label: {zh: 小微企业数, en: Small enterprises}, indicator: small_enterprises_filing,
     kind: count, comparator: ">=", value: 50, unit: 家, period_start: 2016, period_end: 2020}
annexes:
  - id: A1
    clause: 附件1
    target: T1
    unit: 件
    years: [2016, 2017, 2018, 2019, 2020]
    total: [200, 400, 600, 800, 1000]
    rows:
      - {region: "450302", name: 秀峰区, values: [100, 200, 300, 400, 500]}
      - {region: "450321", name: 阳朔县, values: [60, 120, 180, 240, 300]}
      - {region: "450381", name: 荔浦县, values: [40, 80, 120, 160, 200]}
tasks:
  - {id: D1, clause: 四, type: task, label: {zh: 倍增发明, en: Multiply inventions}, lead: [市科技局],
     supporting: [市财政局], deadline: 2016-2020}
  - {id: D2, clause: 五, type: responsibility, label: {zh: 分解目标, en: Split the targets}, lead: [各县区]}
"""

#: In force at the end of 2016 and 2017; five of 2017 belong to no county.
STOCK = {"450300": (200, 385), "450302": (110, 210), "450321": (60, 110), "450381": (30, 60)}


def plan() -> Plan:
    """Return the plan."""
    return parse_plan(PLAN, Path("trial.yaml"))


def figures(status: str = "published") -> Iterator[dict[str, Any]]:
    """Yield the stocks as plain rows."""
    for region, values in STOCK.items():
        for year, value in zip((2016, 2017), values, strict=True):
            yield {
                "indicator": "inventions_in_force",
                "region": region,
                "period": str(year),
                "period_kind": "stock",
                "value": value,
                "unit": "件",
                "status": status,
                "source": "试点登记簿",
            }


def facts(
    *, status: str = "published", language: str = "zh", at: date = date(2017, 12, 31), forecasts: Any = ()
) -> PlanFacts:
    """Return what the documents on the plan are written from."""
    rows = list(figures(status))
    made = assess(plan(), rows, at)
    return PlanFacts(made, rows, forecasts, language=language, dated=date(2018, 1, 10))  # type: ignore[arg-type]


def forecast() -> TargetForecast:
    """Return a forecast of the stock of the city."""
    known = (
        {"period": "2016", "value": 200.0, "status": "published"},
        {"period": "2017", "value": 385.0, "status": "published"},
    )
    fan = {
        "q05": (450, 520, 600),
        "q25": (520, 640, 780),
        "q50": (570, 755, 940),
        "q75": (620, 860, 1080),
        "q95": (700, 1000, 1300),
    }
    return TargetForecast(
        "T1", "有效发明专利量", "Inventions in force", "inventions_in_force", "450300", "", "件", "level", 2, True,
        known, "drift", "漂移", (), (2018, 2019, 2020), fan, (600.0, 800.0, 1000.0), (0.3, 0.35, 0.4), 1000.0, 0.4,
        "依据2个年度数；数据过少，概率仅供参考", "rests on 2 yearly figures",
    )  # fmt: skip
