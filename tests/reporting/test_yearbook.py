# SPDX-License-Identifier: Apache-2.0
"""The yearbook: few questions, tables whose totals add up, gaps that say why, a mark on what is simulated."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from zhihang.errors import DefinitionError
from zhihang.facts.codelist import CodeLists
from zhihang.measurement.catalogue import Indicators
from zhihang.measurement.figure import Figure
from zhihang.measurement.grid import spans
from zhihang.measurement.measure import LEVEL_OF, Measured, Question
from zhihang.measurement.place import Places
from zhihang.reporting.answers import Answers, Need, adds_up
from zhihang.reporting.caption import footnotes
from zhihang.reporting.data_table import DataTable, Missing, figure
from zhihang.reporting.definition import definition_of
from zhihang.reporting.document import Document, Prose
from zhihang.reporting.yearbook import YearbookRequest, yearbook
from zhihang.reporting.yearbook_layout import YearbookLayout, yearbook_layout
from zhihang.terms.label import Label

INDICATORS, CODES = Indicators(), CodeLists()
PLACES = Places(CODES)

#: Filings of 2019 and 2020 by county and kind; three of 2020 have no county.
FILINGS = {
    ("450302", "invention"): (10, 12),
    ("450302", "design"): (2, 1),
    ("450305", "invention"): (30, 40),
    ("450300", "invention"): (0, 3),
}
HOLDERS = {"O1": 9.0, "O2": 4.0, "O3": 7.0}


class Asked:
    """Answers questions from the rows above, and keeps them."""

    def __init__(self, status: str = "computed") -> None:
        self.questions: list[Question] = []
        self.status = status

    def __call__(self, question: Question) -> list[Measured]:
        self.questions.append(question)
        level = next((name for name in question.by if name in LEVEL_OF), None)
        whole = PLACES.find(question.region)
        places = PLACES.at_level(whole, "county") if level else [whole]
        rest = [name for name in question.by if name not in LEVEL_OF]
        split = {"kind": ["invention", "design"], "organisation": list(HOLDERS)}
        values = split.get(rest[0], []) if rest else [None]
        return [
            Measured(
                INDICATORS[code],
                place,
                when,
                (value,) if rest else (),
                self.figure(code, place.code, when.text, value),
            )
            for code in question.codes
            for place in places
            for when in spans(question.first or "", question.last or "", question.every)
            for value in values
        ]

    def figure(self, code: str, region: str, when: str, value: str | None) -> Figure:
        if code == "gdp":
            return Figure.missing("no data on gdp here")
        if value in HOLDERS:
            return Figure(HOLDERS[value], self.status)
        year = {"2019": 0, "2020": 1}[when]
        rows = [
            counts[year]
            for (county, kind), counts in FILINGS.items()
            if (region == "450300" or county == region) and value in (None, kind)
        ]
        return Figure(float(sum(rows)), self.status)


def layout(*tables: dict) -> YearbookLayout:
    words = {"zh": "{region}年报（{year}）", "en": "Yearbook of {region}, {year}"}
    part = {"title": {"zh": "专利", "en": "Patents"}, "lead": ["filings"], "tables": list(tables)}
    return YearbookLayout.model_validate({"title": words, "preface": [], "parts": [part]})


def named(name: str, **rest: object) -> dict:
    return {"name": name, "title": {"zh": name, "en": name}, "indicators": ["filings"], **rest}


def book(*tables: dict, status: str = "computed", language: str = "zh") -> Document:
    return yearbook(
        YearbookRequest("450300", 2020, language, date(2021, 3, 1), "2020-12-31"),
        layout(*tables),
        Asked(status),
        indicators=INDICATORS,
        codes=CODES,
        organisations=lambda ids: {i: Label(f"单位{i}", f"Body {i}") for i in ids if i != "O1"},
    )


def only_table(document: Document) -> DataTable:
    return document.tables()[0]


def test_rows_and_what_has_no_county_add_up_to_the_region() -> None:
    table = only_table(book(named("t", rows="county", columns=["year"], years=2, growth=True)))
    rows = {row[0]: row[1:] for row in table.rows}
    # 秀峰区 2019: 10 + 2, 2020: 12 + 1; 七星区 30, 40; without county 0, 3; in all 42, 56.
    assert rows["秀峰区"] == (12, 13, pytest.approx(13 / 12 - 1))
    assert rows["未能落到县（市、区）"][:2] == (0, 3)
    assert table.total is not None
    assert table.total[:3] == ("合计", 42, 56)
    assert table.adds_up(1)
    assert table.adds_up(2)
    assert table.total[3] == pytest.approx(56 / 42 - 1)


def test_kinds_stand_beside_their_sum() -> None:
    kinds = {"kind": ["invention", "design"]}
    table = only_table(book(named("t", rows="year", columns=["kind"], years=2, values=kinds)))
    assert [column.title for column in table.columns] == ["年份", "合计", "发明", "外观设计"]
    assert table.rows == (("2019", 42, 40, 2), ("2020", 56, 55, 1))


def test_shares_are_those_of_the_last_column_and_add_up_to_all() -> None:
    table = only_table(book(named("t", rows="kind", columns=["year"], years=2, share=True)))
    shares = [row[-1] for row in table.rows]
    assert shares == [pytest.approx(55 / 56), pytest.approx(1 / 56)]
    assert table.total is not None
    assert table.total[-1] == 1.0


def test_the_largest_holders_come_first_and_persons_are_left_out() -> None:
    table = only_table(book(named("t", rows="organisation", columns=["indicator"], top=2, total=False)))
    assert [row[0] for row in table.rows] == ["单位O3", "单位O2"]  # O1 holds most, but is no organisation


def test_a_missing_figure_says_why_once() -> None:
    table = only_table(
        book(named("t", rows="indicator", columns=["year"], years=2, indicators=["gdp", "filings"]))
    )
    gdp = table.rows[0]
    assert gdp[:2] == ("地区生产总值", "亿元")
    assert gdp[2] == gdp[3] == Missing("本数据库未收录该项资料")
    assert footnotes(table, "zh")[0] == "注：“—”表示无数据（本数据库未收录该项资料）。"
    assert footnotes(table, "zh")[1] == "数据来源：本数据库专利记录计算，数据截止于2020-12-31"


def test_simulated_figures_mark_the_book_and_the_source() -> None:
    real = book(named("t", rows="year", columns=["indicator"], years=2))
    made_up = book(named("t", rows="year", columns=["indicator"], years=2), status="simulated")
    assert (real.simulated, made_up.simulated) == (False, True)
    assert only_table(made_up).source == "模拟登记簿（程序生成）计算，数据截止于2020-12-31"


def test_a_part_opens_with_its_figures_in_a_sentence() -> None:
    table = named("t", rows="year", columns=["indicator"], years=2)
    said = [block.text for block in book(table).blocks if isinstance(block, Prose)]
    assert said == ["2020年，桂林市专利申请量56件，同比增长33.3%。"]
    told = [block.text for block in book(table, language="en").blocks if isinstance(block, Prose)]
    assert told == ["Guilin, 2020. Patent filings: 56 items, up 33.3% on the year before."]


def test_all_tables_are_asked_for_in_few_questions() -> None:
    asked = Asked()
    answers = Answers("450300", INDICATORS)
    needs = [
        Need(("filings",), (), "2019", "2020"),
        Need(("grants",), (), "2019", "2020"),
        Need(("filings", "grants"), (), "2020", "2020"),
        Need(("filings",), ("county",), "2020", "2020"),
    ]
    assert answers.fetch(needs, asked) == 2
    assert [(q.by, list(q.codes)) for q in asked.questions] == [
        ((), ["filings", "grants"]),
        (("county",), ["filings"]),
    ]


def test_counts_add_up_over_regions_holders_and_rates_do_not() -> None:
    adding = ["filings", "inventions_in_force", "high_value_inventions_in_force", "filings_of_plan", "gdp"]
    assert [code for code in adding if not adds_up(INDICATORS[code], INDICATORS)] == []
    others = [
        "enterprises_with_inventions",
        "inventions_per_10k",
        "filings_growth",
        "invention_county_top_share",
    ]
    assert [code for code in others if adds_up(INDICATORS[code], INDICATORS)] == []


def test_the_shipped_layout_has_at_least_forty_tables_of_known_indicators() -> None:
    shipped = yearbook_layout(known=list(INDICATORS))
    assert len(shipped.tables) >= 40


def test_every_indicator_of_the_shipped_layout_is_defined_in_words() -> None:
    codes = dict.fromkeys(code for table in yearbook_layout().tables for code in table.indicators)
    said = {code: definition_of(INDICATORS[code], INDICATORS, CODES) for code in codes}
    assert said["inventions_per_10k"] == "有效发明专利拥有量÷常住人口×10,000"
    assert said["filings_growth"] == "专利申请量与上年同期相比的增长率"
    assert "自申请日起满5年" in said["inventions_in_force_5_years"]
    assert all(said.values())


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ({"rows": "cuonty"}, "unknown axis cuonty"),
        ({"growth": True, "years": 1}, "`growth` needs `year`"),
        ({"indicators": ["filings", "grants"]}, "several indicators"),
        ({"colour": "red"}, "Extra inputs"),
    ],
)
def test_a_faulty_layout_is_refused_with_the_place(tmp_path: Path, fault: dict, told: str) -> None:
    import json

    table = named("t", rows="county", columns=["year"], years=1) | fault
    words = {"zh": "年报", "en": "Yearbook"}
    given = {"title": words, "preface": [], "parts": [{"title": words, "tables": [table]}]}
    (tmp_path / "yearbook.yaml").write_text(json.dumps(given), encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        yearbook_layout([tmp_path])
    assert told in str(caught.value)


def test_a_layout_with_an_unknown_indicator_says_which_table(tmp_path: Path) -> None:
    import json

    words = {"zh": "年报", "en": "Yearbook"}
    table = named("t", rows="county", columns=["indicator"], indicators=["fillings"])
    given = {"title": words, "preface": [], "parts": [{"title": words, "tables": [table]}]}
    (tmp_path / "yearbook.yaml").write_text(json.dumps(given), encoding="utf-8")
    with pytest.raises(DefinitionError, match="not known") as caught:
        yearbook_layout([tmp_path], known=list(INDICATORS))
    assert "t: fillings" in str(caught.value)


def test_every_shipped_table_can_be_laid_out_without_any_data() -> None:
    def nothing(question: Question) -> list[Measured]:
        whole = PLACES.find(question.region)
        level = next((name for name in question.by if name in LEVEL_OF), None)
        places = PLACES.at_level(whole, "county") if level else [whole]
        if [name for name in question.by if name not in LEVEL_OF]:
            return []
        when = spans(question.first or "", question.last or "", question.every)
        missing = Figure.missing("the store holds no patents, or `zhihang derive` has not been run")
        return [
            Measured(INDICATORS[code], place, each, (), missing)
            for code in question.codes
            for place in places
            for each in when
        ]

    made = yearbook(
        YearbookRequest("450300", 2020, "zh", date(2021, 3, 1), "2020-12-31"),
        yearbook_layout(),
        nothing,
        indicators=INDICATORS,
        codes=CODES,
        organisations=lambda ids: {},
    )
    assert len(made.tables()) == len(yearbook_layout().tables) + 1
    cells = [cell for table in made.tables()[:-1] for row in table.rows for cell in row[1:]]
    assert not [cell for cell in cells if figure(cell) is not None]
    assert made.simulated is False
