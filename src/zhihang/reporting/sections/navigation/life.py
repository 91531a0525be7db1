# SPDX-License-Identifier: Apache-2.0
"""Sections: stage of life by patents and applicants, and S-curves through cumulative counts."""

from __future__ import annotations

from collections.abc import Iterator

from zhihang.reporting.chart import Lines, Series
from zhihang.reporting.chart_plane import Track
from zhihang.reporting.data_table import Column
from zhihang.reporting.document import Block, Note, Prose
from zhihang.reporting.sections.navigation.telling import STAGES, Telling, refusal, word
from zhihang.reporting.wording import number, percent


def life_cycle(told: Telling) -> Iterator[Block]:
    """Yield the chart of the whole and the stages of all nodes."""
    found = told.result.direction.life
    whole = next((one for one in found if not one.code), None)
    if whole is None:
        return
    if whole.refused:
        yield Prose(f"技术生命周期阶段不能判定：{refusal(whole.refused)}。")
    else:
        yield Prose(f"按专利数与申请人数的消长判断，{told.field}处于{STAGES.get(whole.stage, whole.stage)}。")
    points = [one for one in whole.points if one.get("applicants") is not None]
    if len(points) > 1:
        yield told.chart(
            "技术生命周期（专利数—申请人数）",
            Track(
                tuple(str(one["year"]) for one in points),
                tuple(float(one["applicants"] or 0) for one in points),
                tuple(float(one["applications"] or 0) for one in points),
                "申请人（家）",
                f"{told.what}（{told.unit}）",
                tuple(str(one["year"]) for one in points if one.get("truncated")),
            ),
            unit=f"家、{told.unit}",
            notes=("逐年连线；空心点和虚线为数据不完整的年份，不参与判断。",),
        )
    rows = [one for one in found if one.code]
    if rows:
        yield told.table(
            "各技术节点所处阶段",
            [Column("node", "技术节点"), Column("stage", "阶段"), Column("why", "不能判定的原因")],
            [
                {
                    "node": one.label,
                    "stage": "—" if one.refused else STAGES.get(one.stage, one.stage),
                    "why": refusal(one.refused),
                }
                for one in rows
            ],
            unit="个",
        )


def s_curves(told: Telling) -> Iterator[Block]:
    """Yield the curve of the whole and the table of all curves; a refused one is told to be refused."""
    found = told.result.direction.curves
    whole = next((one for one in found if not one.code), None)
    if whole is None:
        return
    if whole.refused:
        yield Prose(f"累计专利的成长曲线不能给出可信的上限：{'；'.join(map(refusal, whole.refused))}。")
    else:
        yield Prose(
            f"累计专利拟合{word('model', whole.model)}曲线，估计上限{told.count(whole.ceiling)}"
            f"（标准误{number(whole.ceiling_error)}），"
            f"拐点在{number(whole.midpoint, 0, thousands=False)}年前后，目前达到上限的{percent(whole.reached)}。"
        )
    if whole.years and any(whole.cumulative):
        fitted = [Series("拟合", whole.fitted)] if len(whole.fitted) == len(whole.years) else []
        yield told.chart(
            "累计专利与成长曲线",
            Lines(tuple(map(str, whole.years)), (Series("累计", whole.cumulative), *fitted)),
            notes=() if not whole.refused else ("曲线未通过检验，仅示意，不得用于预测。",),
        )
    yield told.table(
        "成长曲线参数",
        [
            Column("node", "技术节点"),
            Column("model", "模型"),
            Column("ceiling", "上限", "integer", told.unit),
            Column("error", "标准误", "integer", told.unit),
            Column("midpoint", "拐点年"),
            Column("time", "10%至90%", "number", "年", digits=1),
            Column("reached", "已达", "percent"),
            Column("r2", "R²", "number", digits=3),
            Column("dw", "DW", "number", digits=2),
        ],
        [
            {
                "node": one.label if one.code else "全部",
                "model": word("model", one.model) or "—",
                **(
                    {}
                    if one.refused
                    else {
                        "ceiling": one.ceiling,
                        "error": one.ceiling_error,
                        "midpoint": None if one.midpoint is None else f"{one.midpoint:.1f}",
                        "time": one.growth_time,
                        "reached": one.reached,
                    }
                ),
                "r2": one.r2,
                "dw": one.durbin_watson,
            }
            for one in found
        ],
        notes=("上限等为空的，曲线未通过检验，不予采用。",),
    )
    reasons: dict[str, list[str]] = {}
    for one in found:
        if one.code and one.refused:
            reasons.setdefault("；".join(map(refusal, one.refused)), []).append(one.label)
    if reasons:
        parts = [f"{'、'.join(names)}：{why}。" for why, names in reasons.items()]
        yield Note("未采用的曲线及原因——" + "".join(parts))
