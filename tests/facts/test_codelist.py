# SPDX-License-Identifier: Apache-2.0
"""Tests of code lists: reading, names, faults, and that the lists of the data dictionary are all there."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from zhihang.errors import DefinitionError, NotFound
from zhihang.facts.codelist import PACKAGED, CodeList, CodeLists
from zhihang.facts.table import TABLES
from zhihang.terms.office import OFFICES

LISTS = CodeLists()


def shelf(tmp_path: Path, text: str, name: str = "colour") -> CodeLists:
    (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return CodeLists((tmp_path,))


def code_of(codes: CodeList, name: str) -> str | None:
    found = codes.find(name)
    return found.code if found else None


def test_a_code_has_a_name_in_both_languages():
    kinds = LISTS["right_kind"]
    assert kinds["utility_model"].label.zh == "实用新型"
    assert kinds["utility_model"].label.en == "Utility model"
    assert kinds["utility_model"].details["term_years"] == "10"
    assert kinds.label.zh == "专利类型"


def test_an_unknown_code_is_told_with_its_nearest_names():
    with pytest.raises(NotFound) as caught:
        LISTS["right_kind"]["utility-model"]
    assert "utility_model" in str(caught.value)


def test_an_unknown_list_is_told_with_its_nearest_names():
    with pytest.raises(NotFound) as caught:
        LISTS["regoin"]
    assert "region" in str(caught.value)


def test_a_workspace_list_hides_the_packaged_one(tmp_path):
    lists = shelf(tmp_path, "code,zh,en\ninvention,发明,Patent\n", "right_kind")
    assert [code.code for code in lists["right_kind"]] == ["invention"]
    assert lists["right_kind"]["invention"].label.en == "Patent"


def test_validity_includes_both_ends(tmp_path):
    text = "code,zh,en,valid_from,valid_to\nred,红,Red,1985-04-01,1992-12-31\n"
    red = shelf(tmp_path, text)["colour"]["red"]
    days = [date(1985, 3, 31), date(1985, 4, 1), date(1992, 12, 31), date(1993, 1, 1)]
    assert [red.valid_on(day) for day in days] == [False, True, True, False]


def test_all_faults_of_a_list_are_told_at_once(tmp_path):
    text = "code,zh,en\nred,红,\nred,红,Red\n,绿,Green\n"
    with pytest.raises(DefinitionError) as caught:
        shelf(tmp_path, text)["colour"]
    said = str(caught.value)
    assert 'row 2: "en" is blank' in said
    assert 'row 3: code "red" occurs twice' in said
    assert 'row 4: "code" is blank' in said


def test_a_list_without_a_code_column_is_refused_as_a_code_list_but_its_rows_can_be_read(tmp_path):
    lists = shelf(tmp_path, "word,kind\n发明,invention\n")
    with pytest.raises(DefinitionError, match="colour"):
        lists["colour"]
    assert lists.rows("colour") == ({"word": "发明", "kind": "invention"},)


def test_a_date_that_cannot_be_read_is_a_fault_of_the_list(tmp_path):
    with pytest.raises(DefinitionError, match="date"):
        shelf(tmp_path, "code,zh,en,valid_from\nred,红,Red,1985\n")["colour"]


def test_a_row_with_too_many_cells_is_a_fault_of_the_list(tmp_path):
    with pytest.raises(DefinitionError, match="cannot be read"):
        shelf(tmp_path, "code,zh,en\nred,红,Red,extra\n")["colour"]


def test_a_list_changed_on_disk_is_read_again(tmp_path):
    import os

    lists = shelf(tmp_path, "code,zh,en\nred,红,Red\n")
    assert "green" not in lists["colour"]
    shelf(tmp_path, "code,zh,en\nred,红,Red\ngreen,绿,Green\n")
    os.utime(tmp_path / "colour.csv", ns=(1, 1))
    assert "green" in lists["colour"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("CN", "CN"),
        ("中国", "CN"),
        ("韩国", "KR"),
        ("欧洲专利局", "EP"),
        ("欧洲专利局(EPO)", "EP"),
        ("欧洲专利局（EPO）", "EP"),
        ("中国台湾", "TW"),
        ("south korea", "KR"),
        ("欧亚专利局", "EA"),
        ("民主德国", "DD"),
    ],
)
def test_offices_are_found_by_the_names_exports_use(name, code):
    assert code_of(LISTS["office"], name) == code


def test_regions_are_found_by_short_and_former_names_when_these_are_unambiguous():
    regions = LISTS["region"]
    assert code_of(regions, "桂林") == "450300"
    assert code_of(regions, "荔浦县") == "450381"
    assert code_of(regions, "龙胜县") == "450328"
    assert code_of(regions, "全国") == "000000"
    assert regions.find("鼓楼区") is None
    assert len(regions.matches("鼓楼区")) == 4


def test_every_region_stands_under_one_that_exists():
    regions = LISTS["region"]
    assert len(regions) == 3352
    assert {r.details["parent"] for r in regions} - set(regions.entries) == {""}
    assert sum(r.details["parent"] == "450300" for r in regions) == 17
    assert sum(r.details["parent"] == "450000" for r in regions) == 14


def test_every_code_list_named_in_the_data_dictionary_exists():
    named = {column.codes for table in TABLES for column in table.all_columns if column.codes}
    assert named <= set(LISTS.names())
    for name in named:
        assert len(LISTS[name]) > 1


def test_every_packaged_file_is_in_the_list_of_lists():
    known = set(LISTS["codelist"].entries)
    assert {path.stem for path in PACKAGED.glob("*.csv")} <= known


def test_every_packaged_row_names_its_source():
    for path in sorted(PACKAGED.glob("*.csv")):
        if path.stem == "kind_code":
            continue
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        assert rows, path.name
        assert all(row["source"] for row in rows), path.name


def test_every_office_code_the_numbers_know_is_in_the_list():
    assert set(OFFICES) <= set(LISTS["office"].entries)


def test_words_for_kinds_and_states_lead_to_codes_that_exist():
    kinds, stages = LISTS["right_kind"], LISTS["publication_stage"]
    words = LISTS.rows("kind_word")
    assert {row["kind"] for row in words} - set(kinds.entries) == {""}
    assert {row["stage"] for row in words} - set(stages.entries) == {""}
    assert len({row["word"] for row in words}) == len(words)


def test_kind_codes_lead_to_kinds_and_stages_that_exist():
    if "kind_code" not in LISTS:
        pytest.skip("the list of kind codes is not there yet")
    rows = LISTS.rows("kind_code")
    assert {row["kind"] for row in rows} <= {*LISTS["right_kind"].entries, ""}
    assert {row["stage"] for row in rows} <= {*LISTS["publication_stage"].entries, ""}


def test_aliases_of_regions_point_to_regions_that_exist():
    regions = LISTS["region"]
    for row in LISTS.rows("region_alias"):
        assert regions[row["code"]].label.zh == row["zh"]


def test_no_name_stands_for_two_indicators():
    names = LISTS["indicator_name"]
    for entry in names:
        for name in (entry.label.zh, *entry.aliases):
            assert names.find(name) == entry, name


def test_the_list_of_ipc_symbols_knows_main_groups_by_subclass():
    rows = {row["subclass"]: row for row in LISTS.rows("ipc")}
    assert "10" in rows["H01M"]["main_groups"].split()
    assert rows["H01M"]["edition"] == "2023.01"
    assert "2" in rows["H01M"]["former_groups"].split()
    assert rows["H10F"]["main_groups"] == ""
    assert "X01A" not in rows


def test_no_packaged_file_is_too_large():
    assert max(path.stat().st_size for path in PACKAGED.glob("*.csv")) < 800_000


def test_a_list_can_be_had_as_a_table():
    table = LISTS.table("right_kind")
    assert table.column("code").to_pylist()[0] == "invention"
    assert table.column("note").null_count == 1  # only the utility model has none
