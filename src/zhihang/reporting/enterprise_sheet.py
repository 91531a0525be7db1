# SPDX-License-Identifier: Apache-2.0
"""The fact sheet of one firm: register, figures by year, patents, titles, conditions of schemes, fees that fall due."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhihang.reporting.data_table import Column, DataTable
from zhihang.reporting.document import Block, Document, Heading, Note, Prose
from zhihang.reporting.industry_bulletin import COMPUTED, COMPUTED_EN, section
from zhihang.reporting.sections.intensity.conditions import conditions_table
from zhihang.terms.label import Label, Language

_LINK = {
    "credit_code": Label("信用代码一致", "same credit code"),
    "name": Label("名称一致", "same name"),
    "spelling": Label("名称写法不同", "name spelt otherwise"),
    "several": Label("名称对应多个申请人，未计专利", "name of several applicants: no patents are counted"),
    "none": Label("没有找到申请人", "no applicant found"),
    "not derived": Label("尚未关联", "not linked yet"),
}
_STANDING = {
    "in_force": Label("有效", "in force"),
    "expired": Label("已到期", "expired"),
    "revoked": Label("已撤销", "revoked"),
    "not_yet": Label("未生效", "not yet in force"),
}
_KINDS = {
    "invention": Label("发明", "Inventions"),
    "utility_model": Label("实用新型", "Utility models"),
    "design": Label("外观设计", "Designs"),
}
_VERDICT = {
    True: Label("符合", "met"),
    False: Label("不符合", "not met"),
    None: Label("缺少数据，无法判定", "cannot be judged for want of data"),
}
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
    schemes: Sequence[tuple[Label, Mapping[str, Any]]]
    titles: Sequence[Mapping[str, Any]]
    fees: Sequence[Mapping[str, Any]]
    dated: date
    simulated: bool
    language: Language = "zh"

    def say(self, zh: str, en: str) -> str:
        """Return the one of two wordings that is in the language of the sheet."""
        return zh if self.language == "zh" else en

    @property
    def source(self) -> str:
        """Where the figures come from."""
        return (COMPUTED if self.language == "zh" else COMPUTED_EN)[self.simulated]


def enterprise_sheet(told: EnterpriseSheet) -> Document:
    """Return the sheet."""
    name = told.register["name"]
    title = told.say(
        f"{name}知识产权情况表（{told.year}年）", f"Intellectual property of {name}, {told.year}"
    )
    return Document(
        title=title,
        date=told.dated,
        blocks=tuple(_blocks(told)),
        simulated=told.simulated,
        subject=title,
        language=told.language,
    )


def _blocks(told: EnterpriseSheet) -> Iterator[Block]:
    say, language = told.say, told.language
    yield Heading(say("基本情况", "The firm"))
    yield _basics(told)
    yield from section(say("经营和研发", "Business and research"), _figures(told))
    yield from section(say("专利", "Patents"), _patents(told))
    yield from section(say("资质", "Titles"), _titles(told))
    yield Heading(say("认定条件试算", "Schemes of recognition, tried"))
    for scheme, row in told.schemes:
        label, verdict = scheme.in_language(language), _VERDICT[row["eligible"]].in_language(language)
        yield Prose(say(f"《{label}》：{verdict}。", f"{label}: {verdict}. ") + _missing(told, row))
        title, period = say(f"{label}各项条件", f"Conditions: {label}"), say(f"{told.year}年", f"{told.year}")
        yield conditions_table(row["conditions"], title, period, told.source, language)
    yield from section(say("未来一年到期的年费", "Fees that fall due within a year"), _fees(told))
    yield Note(
        say(
            "专利为以企业名义首次申请的专利，转让未计入。空白表示没有数据，不等于零。",
            "Patents are those first filed in the name of the firm; transfers are not counted. Blank means not"
            " known, not nought.",
        )
    )


def _missing(told: EnterpriseSheet, row: Mapping[str, Any]) -> str:
    zh = told.language == "zh"
    labels = {one["condition"]: one["label" if zh else "label_en"] for one in row["conditions"]}
    held = [labels[name] for name in row["missing"][:3]]
    if not held:
        return ""
    return f"最接近的缺项：{'、'.join(held)}。" if zh else f"Nearest to being met: {', '.join(held)}."


def _basics(told: EnterpriseSheet) -> DataTable:
    row, say = told.register, told.say
    above = {True: say("是", "yes"), False: say("否", "no"), None: ""}[row["above_scale"]]
    link = _LINK[told.link].in_language(told.language) if told.link in _LINK else told.link
    pairs = (
        (say("统一社会信用代码或名称", "Credit code or name"), row["enterprise"]),
        (say("地区", "Place"), told.region),
        (say("地址", "Address"), row["address"]),
        (say("园区", "Park"), row["park"]),
        (say("行业", "Industry"), told.industry),
        (say("主营业务", "Business"), row["business"]),
        (say("规模以上", "Above designated size"), above),
        (say("申请人关联", "Applicant found by"), link),
    )
    return DataTable.of(
        ({"what": what, "value": value} for what, value in pairs if value),
        columns=(Column("what", say("项目", "Item")), Column("value", say("内容", "Entry"))),
        title=say("基本情况", "The firm"),
        unit=say("无", "none"),
        period=say(f"{told.year}年", f"{told.year}"),
        source=told.source,
    )


def _figures(told: EnterpriseSheet) -> Iterator[Block]:
    say = told.say
    if told.figures:
        people, money = say("人", "persons"), say("万元", "10,000 yuan")
        amounts = (
            ("output", say("总产值", "Gross output")),
            ("revenue", say("营业收入", "Revenue")),
            ("rd", say("研发费用", "R&D")),
            ("patent_product_revenue", say("专利产品收入", "Revenue of patent products")),
        )
        first, last = told.figures[0]["year"], told.figures[-1]["year"]
        yield DataTable.of(
            (
                {
                    "year": str(row["year"]), "employees": row["employees"], "rd_staff": row["rd_staff"],
                    **{name: None if row[name] is None else row[name] / 1e4 for name, _ in amounts},
                }
                for row in told.figures
            ),
            columns=(
                Column("year", say("年份", "Year")),
                Column("employees", say("从业人员", "Staff"), "integer", unit=people),
                Column("rd_staff", say("研发人员", "R&D staff"), "integer", unit=people),
                *(Column(name, label, "number", unit=money) for name, label in amounts),
            ),
            title=say("经营和研发", "Business and research"),
            unit=say("见各列", "see the columns"),
            period=say(f"{first}至{last}年", f"{first} to {last}"),
            source=told.source,
        )  # fmt: skip


def _patents(told: EnterpriseSheet) -> Iterator[Block]:
    say = told.say
    if told.patents:
        kinds = {kind: label.in_language(told.language) for kind, label in _KINDS.items()}
        yield DataTable.of(
            ({**row, "kind": kinds.get(row["kind"], row["kind"])} for row in told.patents),
            columns=(
                Column("kind", say("类型", "Kind")),
                Column("filed", say("累计申请", "Filed so far"), "integer", total=True),
                Column("granted", say("累计授权", "Granted so far"), "integer", total=True),
                Column("in_force", say("年末有效", "In force at the end of the year"), "integer", total=True),
            ),
            title=say("专利", "Patents"),
            unit=say("件", "patents"),
            period=say(f"截至{told.year}年末", f"to the end of {told.year}"),
            source=told.source,
            total_label=say("合计", "Total"),
        )


def _titles(told: EnterpriseSheet) -> Iterator[Block]:
    say = told.say
    if told.titles:
        yield DataTable.of(
            (
                {
                    "title": row["title"] if told.language == "zh" else row.get("title_en") or row["title"],
                    "standing": _STANDING[row["standing"]].in_language(told.language),
                    "from": row["valid_from"], "until": row["valid_until"], "certificate": row["certificate"],
                }
                for row in told.titles
            ),
            columns=(
                Column("title", say("资质", "Title")),
                Column("standing", say("状态", "State")),
                Column("from", say("有效期起", "From"), "date"),
                Column("until", say("有效期止", "Until"), "date"),
                Column("certificate", say("证书编号", "Certificate")),
            ),
            title=say("资质", "Titles"),
            unit=say("无", "none"),
            period=say(f"{told.year}年末", f"end of {told.year}"),
            source=told.source,
        )  # fmt: skip


def _fees(told: EnterpriseSheet) -> Iterator[Block]:
    say, count = told.say, len(told.fees)
    if told.fees:
        rest = (
            say(f"共{count}笔，列出前{MOST_FEES}笔。", f"The first {MOST_FEES} of {count}. ")
            if count > MOST_FEES
            else ""
        )
        whole = say(
            "金额按未减缴计算；节假日顺延未计。",
            "Amounts without reductions; days off that move a deadline are not counted.",
        )
        yield DataTable.of(
            (
                {"application": fee["application"], "on": fee["due_on"], "until": fee["grace_until"],
                 "year": fee["fee_year"], "fee": fee["fee"]}
                for fee in told.fees[:MOST_FEES]
            ),
            columns=(
                Column("application", say("申请号", "Application")),
                Column("on", say("缴费期限", "Due on")),
                Column("until", say("滞纳期届满", "End of the grace period")),
                Column("year", say("年度", "Year of the fee"), "integer"),
                Column("fee", say("金额", "Amount"), "integer", unit=say("元", "yuan")),
            ),
            title=say("到期年费", "Fees due"),
            unit=say("元", "yuan"),
            period=say(f"{told.year + 1}年", f"{told.year + 1}"),
            source=told.source,
            notes=(rest + whole,),
        )  # fmt: skip
