# SPDX-License-Identifier: Apache-2.0
"""The commands on texts of any table: topics, S-curves, white spaces, landscapes, and bad input."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from tests.command_line import zhihang

_SUBJECTS = ("电池 正极 锂离子 电解液 隔膜", "旋翼 机翼 螺旋桨 飞机 机身", "天线 信号 接收机 信道 调制")


def _table(path: Path, header: str, rows: list[list[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header.split(","))
        writer.writerows(rows)
    return path


@pytest.fixture
def patents(tmp_path: Path) -> Path:
    rows: list[list[object]] = []
    for i in range(90):
        words = _SUBJECTS[i % 3].split()
        text = " ".join(words[k] for k in (i % 5, (i + 1 + i // 15) % 5, (i + 3) % 5))
        rows.append([f"CN{i}", text, f"{2010 + i // 10}-11-0{1 + i % 9}", "甲;乙" if i % 2 else "乙"])
    return _table(tmp_path / "patents.csv", "号,摘要,申请日,申请人", rows)


def test_topics_are_named_and_followed_over_time(patents: Path) -> None:
    done = zhihang("topics", str(patents), "--text", "摘要", "--date", "申请日", "--format", "json")
    assert done.code == 0
    found = done.json
    assert len(found["topics"]) == 3
    assert {topic["size"] for topic in found["topics"]} == {30}
    assert found["years"] == list(range(2010, 2019))
    assert 2018 in found["truncated"]
    assert {one["code"] for one in found["remarks"]} >= {"no_en", "known_until"}
    assert len(found["map"]) == 90


def test_the_page_holds_everything_and_asks_for_nothing(patents: Path, tmp_path: Path) -> None:
    page = tmp_path / "map.html"
    done = zhihang("topics", str(patents), "--text", "摘要", "--to", str(page))
    assert done.code == 0
    text = page.read_text("utf-8")
    assert "主题地图：3 个主题" in text
    assert "http://" not in text
    assert "https://" not in text
    again = tmp_path / "again.html"
    zhihang("topics", str(patents), "--text", "摘要", "--to", str(again))
    assert again.read_bytes() == page.read_bytes()


def test_one_text_only_gives_its_words_and_says_why(tmp_path: Path) -> None:
    path = _table(tmp_path / "one.csv", "id,摘要", [[1, "一种锂离子电池"]])
    done = zhihang("topics", str(path), "--text", "摘要")
    assert done.code == 0
    assert "电池" in done.out
    assert "不足20条" in done.err


def test_an_empty_column_and_an_unknown_one_are_told(tmp_path: Path) -> None:
    path = _table(tmp_path / "empty.csv", "id,摘要", [[1, ""], [2, "-"]])
    assert "没有可分析的文字" in zhihang("topics", str(path), "--text", "摘要").err
    done = zhihang("topics", str(path), "--text", "标题")
    assert done.code == 2
    assert '"标题" is not known' in done.err


def test_three_years_give_counts_and_no_curve(tmp_path: Path) -> None:
    path = _table(tmp_path / "three.csv", "年,数", [[2018, 5], [2019, 6], [2020, 7]])
    done = zhihang("scurve", str(path), "--date", "年", "--count", "数", "--format", "json")
    found = done.json
    assert [row["cumulative"] for row in found["years"]] == [5, 11, 18]
    assert found["model"] is None
    assert "s_few_years" in {one["code"] for one in found["remarks"]}


def test_an_s_curve_comes_back_from_yearly_counts(tmp_path: Path) -> None:
    # Differences of 1000 / (1 + exp(-0.5 (t - 2010))) by year, 2001 to 2018.
    cumulative = [1000 / (1 + 2.718281828 ** (-0.5 * (year - 2010))) for year in range(2000, 2019)]
    rows = [[year, round(cumulative[i + 1] - cumulative[i], 3)] for i, year in enumerate(range(2001, 2019))]
    path = _table(tmp_path / "counts.csv", "year,n", rows)
    done = zhihang("scurve", str(path), "--date", "year", "--count", "n", "--format", "json")
    found = done.json
    assert found["model"] == "logistic"
    assert found["reaches"]["50%"] == pytest.approx(2010, abs=0.1)


def test_a_count_that_is_no_number_is_an_error_with_its_line(tmp_path: Path) -> None:
    path = _table(tmp_path / "bad.csv", "year,n", [[2001, 5], [2002, "many"]])
    done = zhihang("scurve", str(path), "--date", "year", "--count", "n")
    assert done.code == 2
    assert "many" in done.err


def test_white_spaces_come_first(tmp_path: Path) -> None:
    cells = [
        ("A", "速度", "甲", 60),
        ("A", "成本", "乙", 5),
        ("B", "速度", "乙", 20),
        ("B", "成本", "甲", 60),
    ]
    cells += [("C", "速度", "甲", 20), ("C", "成本", "甲", 40)]
    rows: list[list[object]] = [[row, column, holder] for row, column, holder, n in cells for _ in range(n)]
    path = _table(tmp_path / "matrix.csv", "手段,功效,申请人", rows)
    done = zhihang(
        "whitespace",
        str(path),
        "--technology",
        "手段",
        "--effect",
        "功效",
        "--holder",
        "申请人",
        "--format",
        "json",
    )
    first = done.json["cells"][0]
    assert (first["technology"], first["effect"], first["verdict"]) == ("A", "成本", "white_space")
    assert (first["holder"], first["holder_share"]) == ("乙", 1.0)


def test_a_landscape_is_tagged_from_six_labels(patents: Path, tmp_path: Path) -> None:
    labels = _table(tmp_path / "labels.csv", "number,label", [[f"CN{i}", int(i % 3 == 0)] for i in range(6)])
    done = zhihang(
        "landscape",
        str(patents),
        "--labels",
        str(labels),
        "--number",
        "号",
        "--text",
        "摘要",
        "--format",
        "json",
    )
    found = done.json
    assert {row["number"] for row in found["patents"] if row["inside"]} == {f"CN{i}" for i in range(0, 90, 3)}


def test_seeds_alone_give_an_order_to_label(patents: Path, tmp_path: Path) -> None:
    seeds = tmp_path / "seeds.csv"
    seeds.write_text("CN0\nCN3\nCN6\nCN9\nUS1\n", "utf-8")
    done = zhihang(
        "landscape", str(seeds), "--in", str(patents), "--number", "号", "--text", "摘要", "--format", "json"
    )
    found = done.json
    asked = [row["number"] for row in found["patents"] if row["ask"]]
    assert len(asked) == 20
    assert all(int(number[2:]) % 3 == 0 for number in asked)
    assert {one["code"] for one in found["remarks"]} == {"t_one_class", "t_unknown"}


def test_who_said_it_first_and_how_often_it_was_taken_up(tmp_path: Path) -> None:
    # 2010 to 2014 make up what is known. A of 2015 says 石墨烯 first, B (2016) and C (2017) take it up: reuse 2.
    # C says 钙钛矿 first, and nobody takes it up: no new word.
    rows = [[f"K{year}", "battery electrode", year] for year in range(2010, 2015)]
    rows += [
        ["A", "battery graphene", 2015],
        ["B", "graphene electrode", 2016],
        ["C", "graphene perovskite", 2017],
    ]
    path = _table(tmp_path / "words.csv", "id,text,year", rows)
    done = zhihang(
        "novelty", str(path), "--text", "text", "--date", "year", "--number", "id", "--format", "json"
    )
    assert done.code == 0
    found = {row["number"]: row for row in done.json["patents"]}
    assert set(found) == {"A", "B", "C"}
    assert (found["A"]["new_words"], found["A"]["reuse"]) == (1, 2)
    assert found["C"]["new_words"] == found["C"]["reuse"] == 0
    assert done.json["patents"][0]["number"] == "A"
    assert done.json["baseline"] == 2015
    assert {one["code"] for one in done.json["remarks"]} >= {"n_reuse", "n_importance"}


def test_novelty_needs_dates_texts_and_years_to_judge(tmp_path: Path) -> None:
    undated = _table(tmp_path / "undated.csv", "id,text,year", [["A", "battery", ""], ["B", "", "2015"]])
    done = zhihang("novelty", str(undated), "--text", "text", "--date", "year", "--format", "json")
    assert [one["code"] for one in done.json["remarks"]] == ["no_dates"]
    short = _table(tmp_path / "short.csv", "id,text,year", [["A", "battery", 2015], ["B", "cell", 2016]])
    done = zhihang("novelty", str(short), "--text", "text", "--date", "year", "--format", "json")
    assert done.json["patents"] == []
    assert "n_few_years" in {one["code"] for one in done.json["remarks"]}
    early = zhihang(
        "novelty", str(short), "--text", "text", "--date", "year", "--baseline", "2016", "--format", "json"
    )
    assert [row["year"] for row in early.json["patents"]] == [2016]


def test_one_applicant_has_no_stage_of_life(tmp_path: Path) -> None:
    rows = [[f"{year}-10-01", "甲"] for year in range(2000, 2012) for _ in range(year - 1995)]
    path = _table(tmp_path / "one.csv", "日,人", rows)
    found = zhihang("scurve", path, "--date", "日", "--applicant", "人", "--format", "json").json
    assert found["life_cycle"]["stage"] is None
    assert "l_one_applicant" in {one["code"] for one in found["remarks"]}


def test_years_without_a_row_and_rows_without_a_count_are_told(tmp_path: Path) -> None:
    path = _table(tmp_path / "gaps.csv", "y,n", [[2001, 5], [2003, ""], [2004, 6], ["?", 1]])
    found = zhihang("scurve", path, "--date", "y", "--count", "n", "--format", "json").json
    told = {one["code"]: one["en"] for one in found["remarks"]}
    assert told["s_gaps"].endswith("2002.")
    assert told["s_blank"].endswith(": 1.")
    assert told["undated"].startswith("1 ")


def test_a_matrix_of_titles_is_refused(tmp_path: Path) -> None:
    rows = [[f"title {i}", f"effect {i}"] for i in range(400)]
    done = zhihang(
        "whitespace", _table(tmp_path / "wide.csv", "t,e", rows), "--technology", "t", "--effect", "e"
    )
    assert done.code == 2
    assert "160,000 cells" in done.err


def test_lists_in_every_cell_are_not_taken_for_columns(tmp_path: Path) -> None:
    path = tmp_path / "lists.csv"
    path.write_text("t,e\n" + "A;B;C,X;Y\n" * 20 + "D;E;F,Z;W\n" * 20, encoding="utf-8")
    found = zhihang("whitespace", path, "--technology", "t", "--effect", "e", "--format", "json").json
    assert {cell["technology"] for cell in found["cells"]} == set("ABCDEF")


def test_a_folder_that_is_not_there_is_told_without_a_trace(patents: Path) -> None:
    done = zhihang("topics", patents, "--text", "摘要", "--to", "/nowhere/map.html")
    assert done.code == 2
    assert "/nowhere/map.html" in done.err


def test_labels_that_cannot_be_used_are_told(patents: Path, tmp_path: Path) -> None:
    def told(rows: list[list[object]]) -> dict[str, str]:
        labels = _table(tmp_path / "labels.csv", "number,label", rows)
        done = zhihang(
            "landscape", patents, "--labels", labels, "--number", "号", "--text", "摘要", "--format", "json"
        )
        assert done.code == 0
        return {one["code"]: one["en"] for one in done.json["remarks"]}

    assert set(told([["US1", 1], ["US2", 0]])) == {"t_unknown", "t_no_label"}
    both = told([["CN0", 1], ["CN0", 0], ["", 1], *([f"CN{i}", int(i % 3 == 0)] for i in range(1, 7))])
    assert both["t_two_labels"].endswith("1 (CN0).")
    assert both["t_unread_label"].endswith(": 1.")


def test_a_number_that_stands_twice_is_labelled_twice(tmp_path: Path) -> None:
    path = _table(tmp_path / "twice.csv", "号,摘要", [["CN0", "电池"], ["CN0", "旋翼"], ["", "天线"]])
    seeds = tmp_path / "seeds.csv"
    seeds.write_text("CN0\n", "utf-8")
    found = zhihang(
        "landscape", seeds, "--in", path, "--number", "号", "--text", "摘要", "--format", "json"
    ).json
    assert [row["label"] for row in found["patents"] if row["number"] == "CN0"] == [True, True]
    assert "t_repeated" in {one["code"] for one in found["remarks"]}
