# SPDX-License-Identifier: Apache-2.0
"""The documents on a plan: sentences that follow from the figures and say no more, marks, addressees, totals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests.reporting.plan_sample import facts, forecast

from zhihang.errors import DefinitionError
from zhihang.reporting.bulletin_set import bulletin_set
from zhihang.reporting.chart import Fan, HeatTable, TargetPath, Waterfall
from zhihang.reporting.document import Document, Note, Prose
from zhihang.reporting.outline import placed
from zhihang.reporting.phrases import FILE, PACKAGED, Phrases


def documents(**given: object) -> dict[str, Document]:
    return dict(bulletin_set(facts(**given)))


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Prose)]


def told(document: Document) -> str:
    lines = [document.title, document.addressee, document.signature, document.date.isoformat()]
    for one in placed(document):
        block = one.block
        lines.append(
            one.shown or (f"注：{block.text}" if isinstance(block, Note) else getattr(block, "text", ""))
        )
    return "\n".join(lines) + "\n"


def test_a_year_gives_bulletin_evaluation_notices_and_undertakings_of_the_next_year() -> None:
    assert list(documents()) == [
        "annual-bulletin-2017",
        "evaluation-2017",
        "notices/notice-2017-450381-荔浦县",  # 60 of 80 is 75 %: orange; 阳朔县: 110 of 120 is yellow
        "undertakings/undertaking-2018-450302-秀峰区",
        "undertakings/undertaking-2018-450321-阳朔县",
        "undertakings/undertaking-2018-450381-荔浦县",
        "undertakings/undertaking-2018-department-01-市科技局",
        "undertakings/undertaking-2018-department-02-市财政局",
    ]


def test_the_last_year_of_the_plan_asks_for_no_more_undertakings() -> None:
    made = documents(at=date(2020, 12, 31))
    assert not [stem for stem in made if stem.startswith("undertakings")]


@pytest.mark.parametrize("stem", ["annual-bulletin-2017", "notices/notice-2017-450381-荔浦县"])
def test_the_texts_are_those_agreed_on(stem: str, golden: Callable[[str, str], None]) -> None:
    golden(f"documents/plan-{stem.rpartition('/')[2]}.txt", told(documents(forecasts=(forecast(),))[stem]))


def test_sentences_name_value_expectation_clause_and_level() -> None:
    # 385 of 400 by the annex is 96.25 %, shown without rounding up; 15 short; 1000 - 385 = 615.
    assert (
        "有效发明专利量（计划“二”，附件1列出）：截至2017年末为385件，应达400件，完成应达进度的96.2%，尚差15件；"
        "规划期目标1,000件，尚差615件；预警等级为黄。"
    ) in texts(documents()["annual-bulletin-2017"])


def test_what_has_no_data_is_named_and_not_rated() -> None:
    assert "以下1项未评（缺2016年以来的数）：小微企业数（计划“三”）。" in texts(
        documents()["annual-bulletin-2017"]
    )


def test_the_county_table_adds_up_to_the_city_with_what_is_placed_nowhere() -> None:
    table = documents()["annual-bulletin-2017"].tables()[0]
    rows = {row[0]: row for row in table.rows}
    now, goal, done = table.index("now"), table.index("goal"), table.index("done")
    assert rows["未能落到县（市、区）"][now] == 385 - 210 - 110 - 60
    assert table.total is not None
    assert (table.total[now], table.total[goal]) == (385, 400)
    assert table.adds_up(now)
    assert table.adds_up(goal)
    assert rows["荔浦县"][done] == pytest.approx(60 / 80)
    assert table.total[done] == pytest.approx(385 / 400)
    assert (rows["荔浦县"][table.index("level")], table.total[table.index("level")]) == ("orange", "yellow")


def test_the_bulletin_shows_path_heat_change_and_fan() -> None:
    charts = documents(forecasts=(forecast(),))["annual-bulletin-2017"].charts()
    kinds = [type(chart.figure) for chart in charts]
    assert kinds == [TargetPath, HeatTable, Waterfall, Fan]
    changed = charts[2].figure
    assert isinstance(changed, Waterfall)
    assert changed.steps == (("秀峰区", 100.0), ("阳朔县", 50.0), ("荔浦县", 30.0), ("其他及未落到县", 5.0))
    assert changed.end_value == 385


def test_a_forecast_from_too_little_says_so() -> None:
    said = "".join(texts(documents(forecasts=(forecast(),))["annual-bulletin-2017"]))
    assert "2020年末预测中位为940件，90%区间为600件至1,300件" in said
    assert "届时达到目标的概率约40%（依据的年份过少，仅供参考）" in said


def test_without_a_forecast_nothing_is_said_of_what_will_come() -> None:
    assert "预测" not in "".join(texts(documents()["annual-bulletin-2017"]))


def test_a_notice_goes_to_party_and_government_heads_of_the_county() -> None:
    notice = documents()["notices/notice-2017-450381-荔浦县"]
    assert notice.addressee == "中共荔浦县委、荔浦县人民政府主要负责同志"
    assert notice.signature == "桂林市人民政府办公室"
    assert "应达80件，完成应达进度的75.0%，尚差20件" in "".join(texts(notice))


def test_undertakings_hold_the_goals_of_their_year_and_the_tasks_of_their_side() -> None:
    made = documents()
    county = made["undertakings/undertaking-2018-450321-阳朔县"]
    table = county.tables()[0]
    assert [row[table.index("goal")] for row in table.rows] == [180]
    assert "分解目标：按计划“五”落实。" in texts(county)
    leads = texts(made["undertakings/undertaking-2018-department-01-市科技局"])
    assert "倍增发明（牵头）：按计划“四”落实，期限2016-2020。" in leads
    helps = texts(made["undertakings/undertaking-2018-department-02-市财政局"])
    assert "倍增发明（配合）：按计划“四”落实，期限2016-2020。" in helps


def test_the_evaluation_does_not_judge_tasks_without_data() -> None:
    said = "".join(texts(documents()["evaluation-2017"]))
    assert "计划列有2项任务、措施和职责。数据中没有其执行情况，本报告不作评价" in said


@pytest.mark.parametrize(("status", "marked"), [("published", False), ("simulated", True)])
def test_every_document_is_marked_where_figures_are_simulated(status: str, marked: bool) -> None:
    assert {document.simulated for document in documents(status=status).values()} == {marked}


def test_english_documents_hold_no_chinese_sentences() -> None:
    made = documents(language="en", forecasts=(forecast(),))
    bulletin = made["annual-bulletin-2017"]
    assert bulletin.title == "Annual bulletin: Trial plan for inventions, 2016-2020, 2017"
    assert not [text for text in texts(bulletin) if "。" in text or "，" in text]


def test_an_office_may_word_the_documents_in_its_own_way(tmp_path: Path) -> None:
    own = PACKAGED.read_text("utf-8").replace('issuer: {zh: "{issuer}"', 'issuer: {zh: "{place}知识产权局"')
    (tmp_path / FILE).write_text(own, encoding="utf-8")
    made = dict(bulletin_set(facts(), [tmp_path]))
    assert made["annual-bulletin-2017"].signature == "桂林市知识产权局"


def test_a_fault_in_the_wording_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('issuer: {zh: "{plase}", en: "x"}\ndays: 15\n', encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        Phrases(facts(), [tmp_path])
    assert "issuer cannot be filled in" in str(caught.value)
