# SPDX-License-Identifier: Apache-2.0
"""Tests of the bulletin on patent-intensive industries and of the sheet of one industry: what they say, in which words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from tests.intensity.made_facts import facts_seen, joined, patents, statistics
from tests.intensity.made_subjects import AREA, scheme

from zhihang.errors import NotFound
from zhihang.intensity.holders import Watched
from zhihang.intensity.industry_answer import IndustryAnswer, answer
from zhihang.reporting.document import Document, Heading, Note, Prose
from zhihang.reporting.industry_bulletin import Bulletin, industry_bulletin
from zhihang.reporting.industry_sheet import IndustrySheet, industry_sheet
from zhihang.reporting.write import render
from zhihang.store.engine import Engine, start_engine

DAY = date(2021, 3, 1)
SEVEN = {"name": "seven", "label": {"zh": "每千人7件", "en": "7"}, "measure": "intensity", "at_least": 7}
NEAR = Watched(
    "o1", "甲公司", "enterprise", 100, 0, 100, "down", 1, 0, 2, 4000.0, "2021-03-01", "2021-09-01", ()
)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    started = start_engine("duckdb", {"threads": 1})
    yield started
    started.close()


@pytest.fixture(scope="module")
def identified(engine) -> IndustryAnswer:
    tables = joined(
        patents(9, {"39": 1.0}, 2020), patents(1, {"40": 1.0}, 2020), patents(2, {"13": 1.0}, 2020),
        statistics("39", 2020, employment=1000, gross_output=30e8, revenue=40e8, rd=2e8),
        statistics("40", 2020, employment=9000, gross_output=60e8, revenue=50e8, rd=1e8),
        statistics("total", 2020, gross_output=100e8),
    )  # fmt: skip
    goals = {"count": 10, "output_share": 0.3, "year": 2020}
    return answer(facts_seen(engine, tables), AREA, scheme(SEVEN, goals=goals), 2020)


def words(document: Document) -> str:
    held = [block for block in document.all_blocks() if isinstance(block, (Heading, Prose, Note))]
    return "\n".join(block.text for block in held)


@pytest.fixture(scope="module")
def bulletin(identified) -> Document:
    return industry_bulletin(Bulletin(identified, None, [NEAR], [], DAY, simulated=True))


def test_the_bulletin_says_how_many_are_in_what_changed_and_what_they_weigh(bulletin):
    told = words(bulletin)
    assert bulletin.title == "桂林市专利密集型产业发展动态（2020年）"
    assert "3个行业中，1个达到专利密集型产业条件，另有1个缺少关键数据、无法判定" in told
    assert "新进1个（计算机、通信和其他电子设备制造业）" in told
    assert "总产值占30.0%，增加值占比因资料不全未计算" in told
    assert "目标2020年达到10个，目前1个；目标总产值占比达到30.0%，目前30.0%" in told
    assert "没有从业人员数据、不能计算密集度的有：农副食品加工业" in told
    assert "100件：可能达到0家，可能跌破1家" in told


def test_nothing_in_the_papers_is_left_in_english(bulletin, identified):
    sheet = industry_sheet(IndustrySheet(identified, "39", [], [], DAY, simulated=False))
    for document in (bulletin, sheet):
        for line in words(document).splitlines():
            assert not any(word in line for word in (" the ", " no ", "employment", "mean ", "at_least")), (
                line
            )


def test_the_sheet_in_english_says_the_same_and_has_chinese_only_in_names(identified):
    told = IndustrySheet(identified, "39", [{"name": "甲公司", "n": 9.0}], [], DAY, True, "Guilin", "en")
    sheet = industry_sheet(told)
    text = words(sheet)
    assert sheet.language == "en"
    assert sheet.title.startswith("Patent-intensive industries of Guilin: industry 39 (")
    assert "Its intensity is 9.0 patents per 1,000 employees (95 % interval" in text
    assert "is patent-intensive (the year before: not in the list)" in text
    names = (*identified.found.subjects.names, "甲公司")
    every = render(sheet, "html").decode("utf-8")
    for name in (*names, "模拟数据"):
        every = every.replace(name, "")
    assert not re.findall("[\u4e00-\u9fff]+", every[every.index("<h1") :])


def test_the_sheet_of_an_industry_gives_verdict_figures_and_years(identified):
    sheet = industry_sheet(
        IndustrySheet(identified, "39", [{"name": "甲公司", "n": 9.0}], [], DAY, simulated=False)
    )
    told = words(sheet)
    assert "属于专利密集型产业（上年不在目录）。密集度9.0件/千人" in told
    figures = {row[0]: row[1] for table in sheet.tables() for row in table.rows if len(row) == 2}
    assert figures["研发经费与营业收入之比（%）"] == pytest.approx(5)
    assert figures["总产值占比（%）"] == pytest.approx(30)
    (chart,) = sheet.charts()
    assert chart.figure.series[0].values[-1] == 9


def test_an_industry_that_is_not_there_is_told_with_those_that_are(identified):
    with pytest.raises(NotFound, match="40"):
        industry_sheet(IndustrySheet(identified, "41", [], [], DAY, simulated=False))


def test_the_papers_can_be_written_and_say_that_figures_are_simulated(bulletin):
    assert "模拟数据" in render(bulletin, ".html").decode()
    assert render(bulletin, ".docx") == render(bulletin, ".docx")
    assert render(bulletin, ".xlsx")[:2] == b"PK"
