# SPDX-License-Identifier: Apache-2.0
"""Tests of a user's own mapping file: what it may say, and all its faults told together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from zhihang.errors import DefinitionError, SourceError
from zhihang.ingestion.field import field_names
from zhihang.ingestion.mapping import mapped_reader
from zhihang.ingestion.reader import Reader
from zhihang.ingestion.source import Source

MAPPING = """
name: county_list
label: {zh: 县局台账, en: County list}
columns:
  受理编号: application.number
  成果名称: text.title.zh
  第一权利人: party.applicant.name
  完成人: party.inventor.name
  2015: ignore
separators:
  party.inventor: ["/"]
date_order: dmy
default_office: CN
"""
TABLE = "县局台账,,,,\n受理编号,成果名称,第一权利人,完成人,2015\nCN201310012345.6,一种杯子,甲厂,张三/李四,x\n"


@pytest.fixture
def mapping(tmp_path):
    def mapping(text: str, name: str = "county.yaml") -> Path:
        path: Path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return mapping


def read(reader: Reader, path: Path) -> dict[str, list[dict[str, object]]]:
    source = Source(path)
    (draft,) = reader.read(source, reader.take(source))
    return {name: draft.table(name).to_pylist() for name in ("application", "text", "party", "attribute")}


def test_a_mapping_makes_a_reader_of_its_name_and_habits(mapping):
    reader = mapped_reader(mapping(MAPPING))
    assert (reader.name, reader.label.zh, reader.date_order, reader.default_office) == (
        "county_list",
        "县局台账",
        "dmy",
        "CN",
    )


def test_the_columns_go_where_the_mapping_says(mapping, tmp_path):
    table = tmp_path / "table.csv"
    table.write_text(TABLE, "utf-8")
    rows = read(mapped_reader(mapping(MAPPING)), table)
    assert [row["number"] for row in rows["application"]] == ["CN201310012345.6"]
    assert [row["text"] for row in rows["text"]] == ["一种杯子"]
    assert [row["name"] for row in rows["party"]] == ["甲厂", "张三", "李四"]
    assert rows["attribute"] == []


def test_encoding_and_delimiter_may_be_stated_where_they_are_not_recognised(mapping, tmp_path):
    table = tmp_path / "table.txt"
    table.write_bytes("编号^名\nCN1^杯\n".encode("gb18030"))
    text = "columns: {编号: application.number, 名: text.title}\nencoding: GB18030\ndelimiter: '^'\nheader_row: 1\n"
    reader = mapped_reader(mapping(text))
    assert reader.name == "county"
    assert [row["text"] for row in read(reader, table)["text"]] == ["杯"]


def test_all_faults_of_a_mapping_are_told_together_with_the_nearest_names(mapping):
    path = mapping(
        "columns: {受理号: party.aplicant.name, 名称: text.title}\n"
        "separators: {party.inventr: [';'], application: []}\n"
        "date_order: ydm\nheader_rwo: 2\nencoding: utf-88\ndelimiter: ';;'\n"
    )
    with pytest.raises(DefinitionError) as caught:
        mapped_reader(path)
    faults = caught.value.facts
    assert caught.value.what == f'The mapping file "{path}" has 6 faults.'
    assert set(faults) == {
        "columns.受理号",
        "separators.party.inventr",
        "date_order",
        "header_rwo",
        "encoding",
        "delimiter",
    }
    assert faults["columns.受理号"].startswith(
        'no field "party.aplicant.name"; close to party.applicant.name'
    )
    assert faults["header_rwo"] == "no such key; close to header_row"


@pytest.mark.parametrize(
    ("text", "said"), [("", "says nothing"), ("columns: [", "is not YAML"), ("- a", "says nothing")]
)
def test_a_file_that_is_no_mapping_gives_one_message(mapping, text, said):
    with pytest.raises(DefinitionError, match=said):
        mapped_reader(mapping(text))


def test_a_missing_file_gives_one_message(tmp_path):
    with pytest.raises(DefinitionError, match="cannot be read"):
        mapped_reader(tmp_path / "none.yaml")


def test_columns_the_table_does_not_have_are_named_with_the_nearest_it_has(mapping, tmp_path):
    table = tmp_path / "table.csv"
    table.write_text("受理编号（新）,成果名称\nCN1,杯\n", "utf-8")
    with pytest.raises(SourceError) as caught:
        read(mapped_reader(mapping("columns: {受理编号: application.number, 成果名称: text.title}")), table)
    assert caught.value.facts['no column "受理编号"'] == "close to 受理编号（新）"


def test_missing_columns_may_be_ignored(mapping, tmp_path):
    table = tmp_path / "table.csv"
    table.write_text("成果名称,年\nCN1,杯\n", "utf-8")
    text = "columns: {受理编号: application.number, 成果名称: text.title}\nmissing_columns: ignore\n"
    assert read(mapped_reader(mapping(text)), table)["text"][0]["text"] == "CN1"


def test_the_page_on_mapping_names_fields_that_exist_and_an_example_that_works(mapping):
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "map-your-own-table.md").read_text("utf-8")
    example = re.search(r"```yaml\n(.*?)```", page, re.S)
    assert example
    assert mapped_reader(mapping(example[1])).name == "county_list"
    named = re.findall(
        r"`((?:application|publication|party|classification|text|claim|priority|citation)\.[\w.]+)`", page
    )
    known = [name.replace("ROLE", "applicant").replace("SCHEME", "ipc") for name in named]
    assert [name for name in known if name not in field_names()] == []
