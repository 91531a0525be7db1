# SPDX-License-Identifier: Apache-2.0
"""Tests of workbooks that are markup: HTML tables under the name of a workbook, XML spreadsheets of Excel 2003."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from zhihang.errors import SourceError
from zhihang.ingestion.reader import readers
from zhihang.ingestion.sample import take_sample
from zhihang.ingestion.sheet import rows
from zhihang.ingestion.sniff import sniff
from zhihang.ingestion.source import sources

PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8"><style>td {mso-number-format: "@"}</style></head>
<body><table><tr><td colspan=3>检索结果 2 条</td></tr>
<tr><th>申请号</th><th>专利名称</th><th>申请人</th></tr>
<tr><td>CN201910000001.X<td>一种&nbsp;&lt;杯&gt;
  盖<td rowspan=2>甲<br>乙</tr>
<tr><td>CN201910000002.4</td><td><p>壶</p><p>嘴</p></td></tr>
</table></body></html>"""
READ = [
    (1, ["检索结果 2 条", "", ""]),
    (2, ["申请号", "专利名称", "申请人"]),
    (3, ["CN201910000001.X", "一种 <杯> 盖", "甲\n乙"]),
    (4, ["CN201910000002.4", "壶\n嘴", "甲\n乙"]),
]
BOOK = """<?xml version="1.0" encoding="{}"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="说明"><Table><Row><Cell><Data ss:Type="String">样例</Data></Cell></Row></Table></Worksheet>
<Worksheet ss:Name="结果"><Table>
<Row><Cell><Data ss:Type="String">申请号</Data></Cell><Cell><Data ss:Type="String">专利名称</Data></Cell>
<Cell><Data ss:Type="String">申请日</Data></Cell></Row>
<Row ss:Index="4"><Cell><Data ss:Type="Number">201910000001</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="DateTime">2019-01-02T00:00:00.000</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


def read(path: Path) -> list[tuple[int, list[str]]]:
    (source,) = sources(path)
    return list(rows(source, take_sample(source)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_page_of_a_table_is_a_sheet_whatever_encoding_it_claims(tmp_path, encoding):
    path = tmp_path / "结果.xls"
    path.write_bytes(PAGE.encode(encoding))
    assert read(path) == READ


def test_without_the_name_of_a_workbook_or_the_mark_of_excel_a_page_stays_a_page(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(PAGE.replace("office:excel", "office:word"), encoding="utf-8")
    assert take_sample(sources(path)[0]).shape == "xml"


def test_a_table_for_the_looks_gives_way_to_the_one_inside(tmp_path):
    inner = PAGE[PAGE.index("<table>") : PAGE.index("</body>")]
    path = tmp_path / "a.xls"
    path.write_text(f"<table><tr><td>{inner}</td></tr></table>", encoding="utf-8")
    assert read(path) == READ


def test_an_xml_spreadsheet_gives_the_sheet_with_known_columns_blanks_where_it_leaves_out(tmp_path):
    path = tmp_path / "a.xls.gz"
    path.write_bytes(gzip.compress(BOOK.format("gb2312").encode("gb18030")))
    assert read(path) == [
        (1, ["申请号", "专利名称", "申请日"]),
        (2, ["", "", ""]),
        (3, ["", "", ""]),
        (4, ["201910000001", "", "2019-01-02"]),
    ]


def test_such_files_go_to_the_readers_of_tables(tmp_path):
    path = tmp_path / "a.xls"
    path.write_text(PAGE, encoding="utf-8")
    found = sniff(sources(path)[0], readers())
    assert (found.reader.name, found.sample.sheet) == ("patent_table", "table 1")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (PAGE[: PAGE.index("</table>")], "cut off"),
        (BOOK.format("utf-8")[:-40], "cannot be read"),
        (
            BOOK.format("utf-8").replace('ss:Index="4"', 'ss:Index="1000000"').replace('ss:Index="3"', 'ss:Index="9999"'),
            "far too large",
        ),
    ],
)  # fmt: skip
def test_a_damaged_or_boundless_one_is_refused(tmp_path, content, message):
    path = tmp_path / "a.xls"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=message):
        read(path)


def test_entities_are_not_followed(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("SECRET", encoding="utf-8")
    begin, rest = BOOK.format("utf-8").split("?>", 1)
    hostile = f'{begin}?><!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY y "{"z" * 100}">]>{rest}'
    path = tmp_path / "a.xls"
    path.write_text(hostile.replace("专利名称", "专利名称&x;").replace("样例", "&y;" * 10), encoding="utf-8")
    assert "SECRET" not in str(read(path))
