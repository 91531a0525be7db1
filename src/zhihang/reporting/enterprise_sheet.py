# SPDX-License-Identifier: Apache-2.0
"""The fact sheet of one firm: register, figures by year, patents, titles, conditions of schemes, fees that fall due."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhihang.reporting.data_table import Column, DataTable
from zhihang.reporting.document import Block, Document, Heading, Note, Prose
from zhihang.reporting.industry_bulletin import COMPUTED, section
from zhihang.reporting.sections.intensity.conditions import conditions_table

_LINK = {
    "credit_code": "信用代码一致", "name": "名称一致", "spelling": "名称写法不同", "several": "名称对应多个申请人，未计专利",
    "none": "没有找到申请人", "not derived": "尚未关联",
}  # fmt: skip
_STANDING = {"in_force": "有效", "expired": "已到期", "revoked": "已撤销", "not_yet": "未生效"}
_KINDS = {"invention": "发明", "utility_model": "实用新型", "design": "外观设计"}
_VERDICT = {True: "符合", False: "不符合", None: "缺少数据，无法判定"}
MOST_FEES = 40


@dataclass(frozen=True)
class EnterpriseSheet:
    """What a sheet tells of a firm at the end of a year.

    `register` is its newest row; `figures` its yearly rows, `patents` counts by kind, `schemes` its row of each scheme
    of recognition with the label of the scheme, `titles` what the lists say of it, `fees` what falls due next year.
    """

    register: Mapping[str, Any]
    region: str
    industry: str
    link: str
    year: int
    figures: Sequence[Mapping[str, Any]]
    patents: Sequence[Mapping[str, Any]]
    schemes: Sequence[tuple[str, Mapping[str, Any]]]
    titles: Sequence[Mapping[str, Any]]
    fees: Sequence[Mapping[str, Any]]
    dated: date
    simulated: bool


def enterprise_sheet(told: EnterpriseSheet) -> Document:
    """Return the sheet."""
    title = f"{told.register['name']}知识产权情况表（{told.year}年）"
    return Document(
        title=title, date=told.dated, blocks=tuple(_blocks(told)), simulated=told.simulated, subject=title
    )


def _blocks(told: EnterpriseSheet) -> Iterator[Block]:
    source = COMPUTED[told.simulated]
    yield Heading("基本情况")
    yield _basics(told, source)
    yield from section("经营和研发", _figures(told, source))
    yield from section("专利", _patents(told, source))
    yield from section("资质", _titles(told, source))
    yield Heading("认定条件试算")
    for label, row in told.schemes:
        yield Prose(f"《{label}》：{_VERDICT[row['eligible']]}。{_missing(row)}")
        yield conditions_table(row["conditions"], f"{label}各项条件", f"{told.year}年", source)
    yield from section("未来一年到期的年费", _fees(told, source))
    yield Note("专利为以企业名义首次申请的专利，转让未计入。空白表示没有数据，不等于零。")


def _missing(row: Mapping[str, Any]) -> str:
    labels = {one["condition"]: one["label"] for one in row["conditions"]}
    return (
        f"最接近的缺项：{'、'.join(labels[name] for name in row['missing'][:3])}。" if row["missing"] else ""
    )


def _basics(told: EnterpriseSheet, source: str) -> DataTable:
    row = told.register
    above = {True: "是", False: "否", None: ""}[row["above_scale"]]
    pairs = (
        ("统一社会信用代码或名称", row["enterprise"]), ("地区", told.region), ("地址", row["address"]),
        ("园区", row["park"]),
        ("行业", told.industry), ("主营业务", row["business"]), ("规模以上", above),
        ("申请人关联", _LINK.get(told.link, told.link)),
    )  # fmt: skip
    return DataTable.of(
        ({"what": what, "value": value} for what, value in pairs if value),
        columns=(Column("what", "项目"), Column("value", "内容")),
        title="基本情况",
        unit="无",
        period=f"{told.year}年",
        source=source,
    )


def _figures(told: EnterpriseSheet, source: str) -> Iterator[Block]:
    if told.figures:
        money = (
            ("output", "总产值"),
            ("revenue", "营业收入"),
            ("rd", "研发费用"),
            ("patent_product_revenue", "专利产品收入"),
        )
        yield DataTable.of(
            (
                {
                    "year": str(row["year"]), "employees": row["employees"], "rd_staff": row["rd_staff"],
                    **{name: None if row[name] is None else row[name] / 1e4 for name, _ in money},
                }
                for row in told.figures
            ),
            columns=(
                Column("year", "年份"),
                Column("employees", "从业人员", "integer", unit="人"),
                Column("rd_staff", "研发人员", "integer", unit="人"),
                *(Column(name, label, "number", unit="万元") for name, label in money),
            ),
            title="经营和研发",
            unit="见各列",
            period=f"{told.figures[0]['year']}至{told.figures[-1]['year']}年",
            source=source,
        )  # fmt: skip


def _patents(told: EnterpriseSheet, source: str) -> Iterator[Block]:
    if told.patents:
        yield DataTable.of(
            ({**row, "kind": _KINDS.get(row["kind"], row["kind"])} for row in told.patents),
            columns=(
                Column("kind", "类型"),
                Column("filed", "累计申请", "integer", total=True),
                Column("granted", "累计授权", "integer", total=True),
                Column("in_force", "年末有效", "integer", total=True),
            ),
            title="专利",
            unit="件",
            period=f"截至{told.year}年末",
            source=source,
            total_label="合计",
        )


def _titles(told: EnterpriseSheet, source: str) -> Iterator[Block]:
    if told.titles:
        yield DataTable.of(
            (
                {
                    "title": row["title"], "standing": _STANDING[row["standing"]], "from": row["valid_from"],
                    "until": row["valid_until"], "certificate": row["certificate"],
                }
                for row in told.titles
            ),
            columns=(
                Column("title", "资质"),
                Column("standing", "状态"),
                Column("from", "有效期起", "date"),
                Column("until", "有效期止", "date"),
                Column("certificate", "证书编号"),
            ),
            title="资质",
            unit="无",
            period=f"{told.year}年末",
            source=source,
        )  # fmt: skip


def _fees(told: EnterpriseSheet, source: str) -> Iterator[Block]:
    if told.fees:
        rest = f"共{len(told.fees)}笔，列出前{MOST_FEES}笔。" if len(told.fees) > MOST_FEES else ""
        yield DataTable.of(
            (
                {"application": fee["application"], "on": fee["due_on"], "until": fee["grace_until"],
                 "year": fee["fee_year"], "fee": fee["fee"]}
                for fee in told.fees[:MOST_FEES]
            ),
            columns=(
                Column("application", "申请号"),
                Column("on", "缴费期限"),
                Column("until", "滞纳期届满"),
                Column("year", "年度", "integer"),
                Column("fee", "金额", "integer", unit="元"),
            ),
            title="到期年费",
            unit="元",
            period=f"{told.year + 1}年",
            source=source,
            notes=(rest + "金额按未减缴计算；节假日顺延未计。",),
        )  # fmt: skip
