# SPDX-License-Identifier: Apache-2.0
"""Section: firms of a region: recognised ones, holders near a threshold, firms without an invention."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from zhihang.intensity.firm_answer import FirmAnswer
from zhihang.intensity.holders import Watched
from zhihang.reporting.data_table import Column, DataTable
from zhihang.reporting.document import Block, Prose
from zhihang.reporting.wording import percent

SHOWN = 15
_TYPES = {
    "enterprise": "企业", "university": "高校", "research_institute": "科研院所", "public_institution": "事业单位",
    "government": "机关团体",
}  # fmt: skip


def recognised(firms: FirmAnswer) -> Iterator[Block]:
    """Yield how many firms meet the scheme, and how many hold 1, 50, 100 inventions."""
    summary = firms.summary()
    held = firms.found.subjects.measure("valid_inventions")
    one, fifty, hundred = (int((held >= level).sum()) for level in (1, 50, 100))
    unknown = f"，{summary['unknown']:,}家缺少关键数据。" if summary["unknown"] else "。"
    yield Prose(
        f"名录内{summary['in_all']:,}家企业中，{one:,}家有有效发明专利，50件以上的{fifty}家，100件以上的{hundred}家。"
        f"按《{summary['label']}》试算，{summary['eligible']:,}家符合条件{unknown}"
    )
    if summary["entries"] is not None:
        yield Prose(f"与上年相比，新符合{len(summary['entries'])}家，不再符合{len(summary['exits'])}家。")


def near_threshold(watched: Sequence[Watched], at: date, source: str) -> Iterator[Block]:
    """Yield holders about to cross 100, 50 or 1, those that may fall first."""
    yield Prose(
        "有效发明专利数临近100件、50件、1件门槛的权利人："
        + "；".join(f"{level}件：可能达到{up}家，可能跌破{down}家" for level, up, down in _numbers(watched))
        + "。"
    )
    falling = [one for one in watched if one.direction == "down"]
    rising = [one for one in watched if one.direction == "up"]
    for held, title in ((falling, "可能跌破门槛的权利人"), (rising, "可能达到门槛的权利人")):
        if held:
            yield watch_table(held[:SHOWN], title, at, source, len(held))


def _numbers(watched: Sequence[Watched]) -> list[tuple[int, int, int]]:
    levels = sorted({one.threshold for one in watched}, reverse=True)
    return [
        (
            level,
            sum(one.threshold == level and one.direction == "up" for one in watched),
            sum(one.threshold == level and one.direction == "down" for one in watched),
        )
        for level in levels
    ]


def watch_table(rows: Sequence[Watched], title: str, at: date, source: str, count: int) -> DataTable:
    """Return the table of holders near a threshold."""
    rest = (f"共{count}家，列出前{len(rows)}家。",) if count > len(rows) else ()
    return DataTable.of(
        (
            {
                "name": one.name, "type": _TYPES.get(one.type, one.type), "threshold": one.threshold, "held": one.held,
                "apart": one.apart, "pending": one.pending, "fees": one.fees, "to_pay": one.to_pay,
                "on": one.decisive_on, "until": one.pay_until,
            }
            for one in rows
        ),
        columns=(
            Column("name", "权利人"),
            Column("type", "类型"),
            Column("threshold", "门槛", "integer"),
            Column("held", "有效发明", "integer"),
            Column("apart", "相差", "integer"),
            Column("pending", "在审", "integer"),
            Column("fees", "到期年费", "integer", unit="笔"),
            Column("to_pay", "金额", "integer", unit="元"),
            Column("on", "决定日期"),
            Column("until", "滞纳期届满"),
        ),
        title=title,
        unit="件",
        period=f"{at.isoformat()}起12个月",
        source=source,
        notes=(
            *rest,
            "相差：达到门槛还差的件数，或再失去几件即跌破。金额按未减缴计算；节假日顺延未计。",
        ),
    )  # fmt: skip


def without_invention(rows: Sequence[Mapping[str, Any]], year: int, source: str) -> Iterator[Block]:
    """Yield firms above designated size without an invention, the nearest to a first one."""
    if not rows:
        return
    variants = [row for row in rows if row["perhaps"]]
    yield Prose(
        f"规模以上企业中{len(rows):,}家没有有效发明专利（消零对象）"
        + (f"，其中{len(variants)}家有名称相近的申请人，应先核对是否同一企业。" if variants else "。")
    )
    yield DataTable.of(
        (
            {
                "name": row["name"], "industry": row["industry_name"] or row["industry"], "nearness": row["nearness"],
                "other": row["other_patents"], "around": row["neighbour_filings"], "rd": row["rd"] and row["rd"] / 1e4,
                "perhaps": row["perhaps"] and f"{row['perhaps']}（{_odds(row['chance'])}）",
            }
            for row in rows[:SHOWN]
        ),
        columns=(
            Column("name", "企业"),
            Column("industry", "行业"),
            Column("nearness", "同行业持有比例", "percent"),
            Column("other", "其他有效专利", "integer", unit="件"),
            Column("around", "本县同行业五年发明申请", "number", unit="件"),
            Column("rd", "研发费用", "number", unit="万元"),
            Column("perhaps", "名称相近的申请人"),
        ),
        title="最接近首件发明专利的规模以上企业",
        unit="见各列",
        period=f"{year}年",
        source=source,
        notes=(f"共{len(rows)}家，列出前{min(SHOWN, len(rows))}家。",),
    )  # fmt: skip


def _odds(chance: float | None) -> str:
    return "可能性未知" if chance is None else f"可能性{percent(chance, 0)}"
