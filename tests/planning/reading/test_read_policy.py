# SPDX-License-Identifier: Apache-2.0
"""Reading of whole documents: grammar of targets, perturbations, other styles, positions, speed and hostile input."""

from __future__ import annotations

import json
import re
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from zhihang.planning.reading.document import Document
from zhihang.planning.reading.read_policy import read_document, read_policy
from zhihang.planning.reading.reading import PolicyReading

SAMPLES = Path(__file__).parents[2] / "samples" / "policies"
HEAD = "某省人民政府关于加快知识产权发展的实施意见\n\n某政发〔2016〕12号\n\n2016年3月1日\n\n"
HEAD += "一、重点任务\n\n（一）工作任务\n\n"


def read(text: str, head: str = HEAD) -> PolicyReading:
    return read_document(Document("sample.txt", head + text + "\n", "txt"))


def told(row: dict[str, object]) -> tuple[str, str, str, str]:
    high = f"-{plain(row['value_hi'])}" if row["value_hi"] is not None else ""
    year = str(row["as_of"] or row["period_end"] or "")
    return plain(row["value"]) + high, str(row["unit"]) or ".", str(row["comparator"]), year


def plain(value: object) -> str:
    return format(Decimal(str(value)).normalize(), "f")


def grammar() -> list[tuple[str, list[tuple[str, str, str, str]]]]:
    cases = []
    for line in (SAMPLES / "grammar.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            sentence, _, expected = line.partition(" | ")
            parts = [] if expected == "none" else [part.split() for part in expected.split(" ; ")]
            cases.append(
                (
                    sentence,
                    [("-".join(map(plain, p[0].split("-"))), p[1], p[2], "".join(p[3:])) for p in parts],
                )
            )
    return cases


@pytest.mark.parametrize(("sentence", "expected"), grammar())
def test_a_sentence_gives_its_targets_and_no_other(
    sentence: str, expected: list[tuple[str, str, str, str]]
) -> None:
    assert sorted(map(told, read(sentence).targets)) == sorted(expected)


SENTENCE = "到{year}年，全{area}每万人口发明专利拥有量达到{value}件，培育{count}家以上知识产权优势企业。"


def in_chinese(number: int) -> str:
    digits = "零一二三四五六七八九"
    text, places = "", ["", "十", "百", "千"]
    for place, digit in enumerate(reversed(str(number))):
        text = (digits[int(digit)] + places[place] if digit != "0" else "零") + text
    return re.sub("零+$", "", re.sub("零+", "零", text)) or "零"


def full_width(text: str) -> str:
    return text.translate({ord(d): chr(ord(d) + 0xFEE0) for d in "0123456789"})


def spaced(text: str) -> str:
    return re.sub(r"(?<=[\u4e00-\u9fff])(?=\d)|(?<=\d)(?=[\u4e00-\u9fff])", " ", text)


@examples(10)
@given(
    year=st.integers(2017, 2035),
    area=st.sampled_from("省市区县"),
    value=st.integers(2, 90),
    count=st.integers(10, 9999),
    dress=st.sampled_from([str, full_width, spaced, lambda t: full_width(spaced(t))]),
)
def test_other_years_numbers_regions_and_widths_change_nothing_but_the_figures(
    year, area, value, count, dress
) -> None:
    rows = read(dress(SENTENCE.format(year=year, area=area, value=value, count=count))).targets
    assert [told(row) for row in rows] == [
        (str(value), "件", "=", str(year)),
        (str(count), "家", ">=", str(year)),
    ]
    assert [row["indicator_zh"] for row in rows] == ["每万人口发明专利拥有量", "知识产权优势企业数"]


@examples(10)
@given(value=st.integers(2, 9999), count=st.integers(2, 9999))
def test_chinese_numerals_read_as_arabic_ones(value: int, count: int) -> None:
    sentence = SENTENCE.format(year=2020, area="省", value=in_chinese(value), count=in_chinese(count))
    rows = read(sentence).targets
    assert [told(row)[0] for row in rows] == [str(value), str(count)]


@pytest.mark.parametrize("name", sorted(path.stem for path in (SAMPLES / "seeds").iterdir()))
def test_documents_of_other_styles_are_read_whole(name: str) -> None:
    import csv

    with (SAMPLES / "gold" / name / "targets.csv").open(encoding="utf-8", newline="") as file:
        rows_of_gold = list(csv.DictReader(file))
    gold = [row for row in rows_of_gold if not row["optional"]]
    rows = read_policy(SAMPLES / "seeds" / f"{name}.txt").targets
    have = [told(row) for row in rows]
    wanted = [
        (
            plain(g["value"]) + (f"-{plain(g['value_hi'])}" if g["value_hi"] else ""),
            g["unit"],
            g["comparator"],
            g["as_of"] or g["period_end"],
        )
        for g in gold
    ]
    missing = [one for one in wanted if one not in have]
    assert not missing
    assert len(have) <= len(rows_of_gold) + 1


def test_every_row_quotes_the_document_at_its_place() -> None:
    for path in sorted((SAMPLES / "seeds").iterdir()):
        reading = read_policy(path)
        for row in [*reading.targets, *reading.facts, *reading.conditions, *reading.tables, *reading.review]:
            assert reading.text[row["start"] : row["end"]] == row["quote"]


def test_the_result_is_json_and_the_same_every_time() -> None:
    path = SAMPLES / "seeds" / "city_plan_2021.txt"
    first, second = (json.dumps(read_policy(path).as_dict(), ensure_ascii=False) for _ in range(2))
    assert first == second
    assert '"indicator_zh": "每万人口高价值发明专利拥有量"' in first


def test_history_is_told_apart_from_targets() -> None:
    reading = read_policy(SAMPLES / "seeds" / "city_plan_2021.txt")
    facts = {(row["value"], row["unit"]) for row in reading.facts}
    assert {(3256, "件"), (312, "件"), (8.7, "亿元"), (12, "%")} <= facts
    assert not {(3256, "件"), (312, "件"), (8.7, "亿元")} & {
        (row["value"], row["unit"]) for row in reading.targets
    }


def test_awards_are_conditions_with_subject_and_benefit() -> None:
    rows = read_policy(SAMPLES / "seeds" / "measures_2020.txt").conditions
    row = next(row for row in rows if row["value"] == 30 and row["unit"] == "件")
    assert row["type"] == "award"
    assert row["comparator"] == ">="
    assert row["subject_zh"] == "年度发明专利授权量达到30件以上且同比增长20%以上的企业"
    assert row["benefit_zh"] == "一次性奖励20万元"


def test_lead_and_supporting_bodies_come_from_brackets_labels_and_sentences() -> None:
    rows = {row["title"]: row for row in read_policy(SAMPLES / "seeds" / "opinions_2022.txt").tasks}
    assert rows["加大执法力度"]["lead_units"] == "省市场监管局"
    assert (
        rows["加大执法力度"]["supporting_units"]
        == "省公安厅；省农业农村厅；省文化和旅游厅；各市〔州〕人民政府"
    )
    assert rows["压减审查周期"]["supporting_units"] == "省政务服务局；省大数据局"
    assert rows["加强海外维权"]["lead_units"] == "省市场监管局；省商务厅；省贸促会"
    assert rows["加强组织领导"]["supporting_units"] == "省财政厅；各市(州)人民政府"


def test_a_bracket_of_bodies_broken_over_lines_is_read_whole() -> None:
    row = read("加强执法，提高效率，改善条件。（省知识产权局牵头，省财政厅、\n\n省金融办配合)").tasks[0]
    assert (row["lead_units"], row["supporting_units"]) == ("省知识产权局", "省财政厅；省金融办")


def test_an_indicator_table_gives_the_targets_that_the_text_does_not_tell() -> None:
    reading = read_policy(SAMPLES / "seeds" / "city_plan_2021.txt")
    from_table = {row["indicator_zh"]: row for row in reading.targets if "binding" in row}
    assert set(from_table) == {"海外发明专利授权量", "知识产权质押融资登记金额", "地理标志产品产值"}
    assert from_table["地理标志产品产值"]["binding"] == "expected"
    assert len(reading.tables) == 10


def test_a_printed_total_that_is_not_the_sum_is_told() -> None:
    table = "附件1\n各县区发明专利授权量目标分解表\n单位：件\n\n县区\t2016年\t2017年\n"
    table += "东县\t10\t20\n西县\t15\t25\n合计\t25\t46\n"
    reading = read(table)
    assert [f["code"] for f in reading.findings] == ["table_sum"]
    assert "add up to 45" in reading.findings[0]["message"]
    assert {row["indicator_zh"] for row in reading.tables} == {"发明专利授权量"}


@pytest.mark.parametrize(
    "table",
    [
        "\t\n\t2016年\n\t2017年\n\n\t东县\n\t10\n\t20\n\n\t西县\n\t15\n\t25\n",
        "|县区|2016年|2017年|\n|---|---|---|\n|东县|10|20|\n|西县|15|25|\n",
        "县区 2016 年 2017 年\n东县 10 20\n西县 15 25\n",
        "县区\n2016年\n2017年\n东县\n10\n20\n西县\n15\n25\n",
    ],
)
def test_a_table_reads_the_same_however_its_grid_was_lost(table: str) -> None:
    reading = read("附件1\n发明专利授权量目标分解表\n单位：件\n\n" + table)
    cells = [(row["table"], row["county"], row["year"], row["value"], row["unit"]) for row in reading.tables]
    assert cells == [
        ("附件1", "东县", 2016, 10, "件"),
        ("附件1", "东县", 2017, 20, "件"),
        ("附件1", "西县", 2016, 15, "件"),
        ("附件1", "西县", 2017, 25, "件"),
    ]


def test_a_value_without_a_unit_and_a_date_long_past_go_to_review() -> None:
    reading = read("到2020年，专利申请受理总数达到5000。到2010年，专利授权量达到300件。")
    assert not reading.targets
    assert [row["reason"] for row in reading.review] == [
        "a value without a unit",
        "the year 2010 lies before the document's own (2016)",
    ]


def test_a_legal_act_lays_down_norms_and_not_targets() -> None:
    articles = "\n".join(f"第{n}条 申请人应当在{n}日内缴纳不低于{n}0%的费用。" for n in "一二三四五六")
    reading = read(
        articles + "\n第七条 处一万元以上五万元以下罚款。", head="某省专利条例\n2013年8月1日 会议通过\n"
    )
    assert not reading.targets


@pytest.mark.parametrize(
    "text",
    [
        "1" * 20_000,
        "十" * 20_000,
        "达到10件" * 800,
        "10个以上和" * 800,
        "（牵头" * 5_000,
        "《" * 20_000,
        "到2020年，" * 1_500,
        "2016年\n" * 800,
        "\t1\n" * 2_000,
        "由" * 20_000 + "提高到10件",
        "甲量、" * 2_000 + "达到10件",
        "责任单位：" * 3_000,
        "第一条 达到10件\n" * 500,
    ],
    ids=lambda text: text[:6].strip() or "blank",
)
def test_hostile_text_is_read_in_bounded_time(text: str) -> None:
    began = time.process_time()
    read(text, head="一、目标\n\n")
    assert time.process_time() - began < 5


@examples(15)
@given(
    st.text(
        st.sampled_from(
            "一二十百千万亿年月件个家%0123456789.,，。；、（）“”《》达到超过以上和的增长翻番\n\t分别每由至—"
        ),
        max_size=200,
    )
)
def test_any_text_is_read_without_a_fault(text: str) -> None:
    reading = read(text)
    for row in [*reading.targets, *reading.review]:
        assert reading.text[row["start"] : row["end"]] == row["quote"]


@pytest.mark.slow
def test_a_document_of_a_hundred_pages_is_read_in_five_seconds() -> None:
    page = (SAMPLES / "seeds" / "city_plan_2021.txt").read_text(encoding="utf-8")
    text = page * (70_000 // len(page) + 1)  # about 700 characters to a page
    began = time.process_time()
    read_document(Document("long.txt", text, "txt"))
    assert time.process_time() - began < 5
