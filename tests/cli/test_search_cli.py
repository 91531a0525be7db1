# SPDX-License-Identifier: Apache-2.0
"""Searching on the command line: formats, files, counts, likeness, the index."""

from __future__ import annotations

import csv
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook
from tests.command_line import Ran, zhihang
from tests.retrieval.texts import workspace_of


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("search") / "ws"
    workspace_of(made).search.index()
    return made


def run(folder: Path, *words: object) -> Ran:
    return zhihang("--workspace", folder, *words)


def test_a_table_for_people_with_counts(folder: Path) -> None:
    ran = run(folder, "search", "电池", "--facets", "all")
    assert ran.code == 0
    assert "共 2 件" in ran.out
    assert "桂林电子科技大学" in ran.out
    assert "实用新型" in ran.out


def test_nothing_found_has_no_empty_counts(folder: Path) -> None:
    ran = run(folder, "search", "TI=变压器", "--facets", "all")
    assert ran.code == 0
    assert ran.out.split() == ["(none)", "共", "0", "件"]


def test_json_tells_query_count_hits_and_facets(folder: Path) -> None:
    ran = run(folder, "search", "磷酸铁锂", "--facets", "year", "-f", "json")
    assert ran.json["count"] == 1
    assert ran.json["hits"][0]["application_id"] == "CN201010000001"
    assert ran.json["facets"] == {"year": [{"value": "2010", "label": "", "count": 1}]}


def test_csv_on_the_screen_cannot_become_a_formula(folder: Path) -> None:
    assert "'=CMD|" in run(folder, "search", "graphene", "-f", "csv").out


def test_count_prints_the_number_alone(folder: Path) -> None:
    assert run(folder, "count", "IPC=H01M").out == "3\n"


def test_everything_found_goes_into_files_with_query_and_day(folder: Path, tmp_path: Path) -> None:
    query = "IPC=H01M"
    for suffix in ("csv", "xlsx", "parquet", "json"):
        assert run(folder, "search", query, "--limit", 1, "--to", tmp_path / f"all.{suffix}").code == 0
    lines = list(csv.reader((tmp_path / "all.csv").read_text("utf-8-sig").splitlines()))
    assert lines[0] == ["检索式", query]
    assert lines[1][0] == "检索日期"
    assert len(lines) == 4 + 1 + 3
    assert any(cell.startswith("'=CMD|") for line in lines for cell in line)
    book = CalamineWorkbook.from_path(str(tmp_path / "all.xlsx"))
    assert book.get_sheet_by_name("检索说明").to_python()[0] == ["检索式", query]
    assert len(book.get_sheet_by_name("检索结果").to_python()) == 1 + 3
    table = pq.read_table(tmp_path / "all.parquet")
    assert table.num_rows == 3
    assert table.schema.metadata[b"query"] == query.encode()
    assert '"count": 3' in (tmp_path / "all.json").read_text("utf-8")


def test_a_kind_of_file_that_is_not_written_is_refused(folder: Path, tmp_path: Path) -> None:
    ran = run(folder, "search", "电池", "--to", tmp_path / "all.doc")
    assert ran.code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_query_that_cannot_be_read_is_marked_where_it_fails(folder: Path) -> None:
    ran = run(folder, "search", "TI=(电池")
    assert ran.code == 2
    assert "^" in ran.err
    assert ran.out == ""


def test_likeness_by_number_and_by_document(folder: Path, tmp_path: Path) -> None:
    assert "H01M" in run(folder, "similar", "CN201010000001").out
    (tmp_path / "text.txt").write_text("带有切割刀的甘蔗收割机", encoding="utf-8")
    ran = run(folder, "similar", "--text", tmp_path / "text.txt", "-f", "json")
    assert ran.json[0]["application_id"] == "CN201310000004"
    assert run(folder, "similar").code == 2


def test_an_index_that_is_up_to_date_says_so(folder: Path) -> None:
    assert "索引已是最新" in run(folder, "index").out
    assert "写入 4 件" in run(folder, "index", "--rebuild").out


def test_a_set_is_saved_listed_shown_used_and_deleted(folder: Path, tmp_path: Path) -> None:
    assert (
        "SET=电池类"
        in run(folder, "set", "save", "电池类", "IPC=H01M", "--note", "锂电", "--owner", "甲科").out
    )
    assert run(folder, "set", "save", "my sets", "SET=电池类 AND 电池").code == 0
    assert "锂电" in run(folder, "set", "list").out
    assert run(folder, "count", "SET=电池类").out == "3\n"
    shown = run(folder, "set", "show", "my sets", "-f", "json").json
    assert shown["uses"] == ["电池类"]
    assert shown["reads_as"] == "(IPC=H01M AND TX=电池)"
    assert shown["applications"] == 2
    refused = run(folder, "set", "delete", "电池类")
    assert refused.code == 2
    assert "my sets" in refused.err
    # what is handed out says how the sets read that day
    assert run(folder, "search", 'SET="my sets"', "--to", tmp_path / "o.csv").code == 0
    lines = list(csv.reader((tmp_path / "o.csv").read_text("utf-8-sig").splitlines()))
    assert ["检索集 my sets", "SET=电池类 AND 电池"] in lines
    assert ["检索集 电池类", "IPC=H01M"] in lines
    assert "原检索式" in run(folder, "set", "save", "my sets", "电池").err
    for name in ("my sets", "电池类"):
        assert run(folder, "set", "delete", name).code == 0
    assert run(folder, "set", "show", "电池类").code == 2


def test_a_faulty_file_of_a_set_spoils_no_other_query(folder: Path) -> None:
    (folder / "sets").mkdir(exist_ok=True)
    (folder / "sets" / "坏.yaml").write_text("query: [", "utf-8")
    assert run(folder, "count", "电池").out == "2\n"
    listed = run(folder, "set", "list")
    assert listed.code == 1
    assert "not readable as YAML" in listed.err
    assert run(folder, "count", "SET=坏").code == 2
    assert run(folder, "set", "delete", "坏").code == 0


@pytest.mark.parametrize("words", [("build", "new_energy"), ("list",), ("new_energy", "--text", "摘要")])
def test_topics_of_a_table_and_topic_databases_point_to_each_other(
    folder: Path, words: tuple[str, ...]
) -> None:
    ran = run(folder, "topics", *words)
    assert ran.code == 2
    assert "zhihang topic list|build|diff|publish" in ran.err
    other = run(folder, "topic", "patents.xlsx", "--text", "摘要")
    assert other.code == 2
    assert "zhihang topics patents.xlsx --text" in other.err
