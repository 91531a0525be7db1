# SPDX-License-Identifier: Apache-2.0
"""Tests of templates: what is filled in is read back as it was meant, and checks stand in the workbook."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from zhihang.errors import NotFound
from zhihang.facts.codelist import CodeLists
from zhihang.facts.form import FORMS
from zhihang.ingestion.form_layout import FormLayout, find_form_header
from zhihang.ingestion.reader import readers
from zhihang.ingestion.sample import Sample
from zhihang.ingestion.source import sources
from zhihang.ingestion.workbook import open_workbook
from zhihang.reporting.template import template
from zhihang.reporting.write_template import write_template


@pytest.mark.parametrize("name", FORMS)
def test_each_template_is_recognised_and_every_column_is_known(tmp_path: Path, name: str):
    path = write_template(name, tmp_path / "t", CodeLists())
    (source,) = sources(path)
    rows = tuple(tuple(row) for row in open_workbook(source).head("数据"))
    sample = Sample(source.name, "sheet", "", "", rows, sheet="数据")
    sure = {reader.name: reader.recognise(sample) for reader in readers()}
    layout = FormLayout.from_header(FORMS[name], rows[find_form_header(sample, name)])
    assert max(sure, key=sure.get) == f"{name}_table"
    assert list(layout.fields) == [column.name for column in FORMS[name].columns]
    money = {column.name for column in FORMS[name].columns if column.unit == "元"}
    assert {name for name, unit in layout.units.items() if unit == "万元"} == money


def test_drop_downs_and_checks_stand_in_the_sheet(tmp_path: Path):
    path = write_template("enterprise", tmp_path / "t.xlsx", CodeLists())
    sheet = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    columns = template("enterprise", CodeLists()).columns
    assert sheet.count("<dataValidation ") == sum(
        bool(each.choices or each.length) or each.column.type in ("number", "integer") for each in columns
    )
    assert "大型,中型,小型,微型" in sheet  # short lists stand in the rule
    assert "<formula1>代码!$" in sheet  # industries stand on the sheet of codes
    assert "AND(ISNUMBER(" in sheet  # R&D staff not above staff


def test_the_same_template_gives_the_same_bytes(tmp_path: Path):
    one, other = (write_template("park", tmp_path / name, CodeLists()).read_bytes() for name in ("a", "b"))
    assert one == other


def test_an_unknown_form_is_told_with_those_there_are():
    with pytest.raises(NotFound, match="enterprises"):
        template("enterprises", CodeLists())
