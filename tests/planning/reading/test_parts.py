# SPDX-License-Identifier: Apache-2.0
"""The parts of reading: folding, numerals, times, quantities, paragraphs, bodies."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zhihang.planning.reading.amount import amounts
from zhihang.planning.reading.bodies import bodies_of
from zhihang.planning.reading.document import Document
from zhihang.planning.reading.folded import fold
from zhihang.planning.reading.moment import moments
from zhihang.planning.reading.numeral import chinese_number
from zhihang.planning.reading.outline import outline
from zhihang.planning.reading.paragraph import paragraphs


def test_folding_keeps_each_character_in_its_place() -> None:
    text = "到 ２０２０ 年（底）"
    folded = fold(text, 10)
    assert folded.text == "到2020年(底)"
    assert [text[at - 10] for at in folded.at[:-1]] == list("到２０２０年（底）")
    assert folded.span(1, 5) == (12, 16)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("二十三", 23),
        ("一百零五", 105),
        ("三千", 3000),
        ("两万五千", 25000),
        ("一亿二千万", 120000000),
    ],
)
def test_numerals(text: str, value: int) -> None:
    assert chinese_number(text) == value


@pytest.mark.parametrize("text", ["", "万万万", "二三十", "点五", "甲"])
def test_what_is_no_numeral_gives_none(text: str) -> None:
    assert chinese_number(text) is None


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        ("到2020年底", "date", None, 2020),
        ("2020年6月底前", "date", None, 2020),
        ("二〇二五年", "date", None, 2025),
        ("“十四五”期间", "period", 2021, 2025),
        ("“十三五”末", "date", None, 2020),
        ("2016-2020年", "period", 2016, 2020),
        ("2016年至2018年", "period", 2016, 2018),
        ("用3年时间", "relative", None, 3),
        ("每年", "annual", None, None),
    ],
)
def test_times(text: str, kind: str, first: int | None, last: int | None) -> None:
    found = moments(text, [])
    assert [(m.kind, m.first, m.last) for m in found] == [(kind, first, last)]


@pytest.mark.parametrize("text", ["比2015年增长", "在“十二五”末基础上", "较2015年提高", "是2015年的2倍"])
def test_a_time_compared_with_is_no_deadline(text: str) -> None:
    assert [m.role for m in moments(text, [])] == ["baseline"]


@pytest.mark.parametrize(
    ("text", "value", "unit", "comparator"),
    [
        ("2.83万件以上", "2.83", "万件", ">="),
        ("7件/千人", "7", "件/千人", ""),
        ("1,200项", "1200", "项", ""),
        ("100件(含)以上", "100", "件", ">="),
        ("50余家", "50", "家", ">"),
        ("百分之三十左右", "30", "%", "~"),
        ("10%以内", "10", "%", "<="),
        ("翻两番", "4", "倍", ""),
        ("1.5个百分点", "1.5", "个百分点", ""),
    ],
)
def test_quantities(text: str, value: str, unit: str, comparator: str) -> None:
    found = amounts(text, [])
    assert [(a.value, a.unit, a.comparator) for a in found] == [(Decimal(value), unit, comparator)]


@pytest.mark.parametrize("text", ["第3条", "PM2.5", "〔2015〕", "每万人", "12号"])
def test_what_is_no_quantity(text: str) -> None:
    assert not [a for a in amounts(text, []) if a.unit]


def clauses(text: str) -> list[tuple[str, str]]:
    return [(p.clause, p.kind) for p in outline(paragraphs(Document("x", text, "txt"), []))]


def test_clauses_are_told_by_the_chain_of_their_marks() -> None:
    text = "前面的话，说明来由。\n一、发展目标\n（一）总体目标\n1.甲事。\n2.乙事。\n"
    text += "二、重点任务\n（一）丙事\n正文一。\n附件1\n表\n"
    assert [clause for clause, _ in clauses(text)] == [
        "前言",
        "一",
        "一(一)",
        "一(一)1",
        "一(一)2",
        "二",
        "二(一)",
        "二(一)",
        "附件1",
        "附件1",
    ]


def test_clauses_run_together_on_one_line_are_parted() -> None:
    assert [c for c, _ in clauses("一、目标。（一）甲行业。做好甲。（二）乙行业。做好乙。")] == [
        "一",
        "一(一)",
        "一(二)",
    ]


def test_a_line_broken_by_a_page_is_joined_and_a_heading_is_not() -> None:
    text = "二、任务\n围绕战略性新兴产业加强攻关，培育形成一批成长性好、附加值高的专利密集型产\n\n业。加强保护。\n"
    found = [p.text for p in paragraphs(Document("x", text, "txt"), [])]
    assert found == [
        "二、任务",
        "围绕战略性新兴产业加强攻关,培育形成一批成长性好、附加值高的专利密集型产业。加强保护。",
    ]


@pytest.mark.parametrize(
    ("text", "lead", "support"),
    [
        (
            "做好工作。(市科技局牵头,市财政局、各县(市、区)政府配合)",
            ["市科技局"],
            ["市财政局", "各县(市、区)政府"],
        ),
        ("做好工作。(责任单位:市科技局、市经济和信息化委)", ["市科技局", "市经济和信息化委"], []),
        ("市财政局负责资金安排和监督。", ["市财政局"], []),
        ("省知识产权局会同省财政厅制定办法。", ["省知识产权局"], ["省财政厅"]),
        ("加强宣传,提高意识。", [], []),
    ],
)
def test_bodies(text: str, lead: list[str], support: list[str]) -> None:
    found = bodies_of(text)
    assert (found.lead, found.support) == (lead, support)
