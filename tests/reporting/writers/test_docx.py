# SPDX-License-Identifier: Apache-2.0
"""Word documents keep to GB/T 9704-2012: read back from the file."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.shared import Mm, Pt
from tests.reporting_sample import COUNTIES, notice

from zhihang.reporting.write import render

POINT = 12700
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def content() -> bytes:
    return render(notice(), "docx")


@pytest.fixture(scope="module")
def package(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def of_style(package: Any, style: str) -> list[Any]:
    return [paragraph for paragraph in package.paragraphs if paragraph.style.name == style]


def test_the_page_is_a4_with_the_margins_of_the_standard(package: Any) -> None:
    for section in package.sections:
        sizes = (section.page_width, section.page_height)
        assert [round(size.mm) for size in sizes] == [210, 297]
        margins = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
        assert [round(margin.mm, 1) for margin in margins] == [37.0, 26.0, 35.0, 28.0]


def test_the_grid_holds_22_lines_of_28_characters(package: Any) -> None:
    section = package.sections[0]
    grid = section._sectPr.find(f"{W}docGrid")
    assert grid.get(f"{W}type") == "linesAndChars"
    height = section.page_height - section.top_margin - section.bottom_margin
    width = section.page_width - section.left_margin - section.right_margin
    line = int(grid.get(f"{W}linePitch")) / 20
    assert int(height / POINT / line) == 22
    character = 16 + int(grid.get(f"{W}charSpace")) / 4096
    assert int(width / POINT / character) == 28


def test_lines_and_characters_hold_without_the_grid(package: Any) -> None:
    # Programs that know no character grid set the same 22 x 28 by line height and spacing.
    body = package.styles["Body Text"]
    spacing = int(body.element.rPr.find(f"{W}spacing").get(f"{W}val")) / 20
    assert int((156 / 25.4 * 72) / (16 + spacing)) == 28
    assert int((225 / 25.4 * 72) / body.paragraph_format.line_spacing.pt) == 22


@pytest.mark.parametrize(
    ("style", "font", "size"),
    [
        ("Body Text", "仿宋", 16),
        ("Title", "方正小标宋简体", 22),
        ("heading 1", "黑体", 16),
        ("heading 2", "楷体", 16),
        ("heading 3", "仿宋", 16),
        ("heading 4", "仿宋", 16),
        ("Addressee", "仿宋", 16),
        ("Page Number Odd", "宋体", 14),
        ("Page Number Even", "宋体", 14),
    ],
)
def test_fonts_are_those_of_the_standard(package: Any, style: str, font: str, size: float) -> None:
    found = next(one for one in package.styles if one.name.lower() == style.lower())
    fonts = found.element.rPr.rFonts
    assert {fonts.get(f"{W}{part}") for part in ("ascii", "hAnsi", "eastAsia")} == {font}
    assert found.font.size == Pt(size)


def test_the_title_stands_centred_two_lines_below_the_red_rule(package: Any) -> None:
    paragraphs = package.paragraphs
    number = next(i for i, one in enumerate(paragraphs) if one.style.name == "Document Number")
    rule = paragraphs[number].style.element.pPr.find(f"{W}pBdr/{W}bottom")
    assert rule.get(f"{W}color") == "c00000"
    assert [one.text for one in paragraphs[number + 1 : number + 3]] == ["", ""]
    title = paragraphs[number + 3]
    assert title.style.name == "Title"
    assert title.text == "云浦市人民政府办公室关于2017年度\n发明专利目标完成情况的通报"
    assert title.style.paragraph_format.alignment == 1


def test_the_addressee_is_flush_left_with_a_full_width_colon(package: Any) -> None:
    (addressee,) = of_style(package, "Addressee")
    assert addressee.text.endswith("：")
    assert addressee.style.element.pPr.find(f"{W}ind") is None


def test_paragraphs_are_indented_by_two_characters(package: Any) -> None:
    indent = package.styles["Body Text"].element.pPr.find(f"{W}ind")
    assert indent.get(f"{W}firstLineChars") == "200"


def test_the_date_stands_four_characters_from_the_right(package: Any) -> None:
    (date,) = of_style(package, "Date")
    assert date.text == "2018年1月15日"
    assert date.style.element.pPr.find(f"{W}ind").get(f"{W}rightChars") == "400"
    assert date.style.paragraph_format.alignment == 2


def test_the_signature_is_centred_over_the_date(package: Any) -> None:
    (signature,) = of_style(package, "Signature")
    indent = int(signature._p.pPr.find(f"{W}ind").get(f"{W}rightChars"))
    # date: 7 digits and 3 characters, about 6.9 wide; body: 10 characters; 4 + (6.9 - 10) / 2 = 2.46
    assert indent == pytest.approx(246, abs=15)


def test_attachments_are_listed_below_the_text(package: Any) -> None:
    texts = [one.text for one in of_style(package, "Attachment Note")]
    assert texts == ["附件：1. 各县（市、区）分月发明专利申请量", "2. 分县图表", "3. 数据附表（电子表格）"]


def test_page_numbers_stand_at_the_outer_edge(package: Any) -> None:
    section = package.sections[0]
    assert package.settings.odd_and_even_pages_header_footer
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (odd.text, even.text) == ("— 1 —", "— 1 —")
    assert (odd.style.paragraph_format.alignment, even.style.paragraph_format.alignment) == (2, 0)
    assert odd.style.element.pPr.find(f"{W}ind").get(f"{W}rightChars") == "100"
    assert even.style.element.pPr.find(f"{W}ind").get(f"{W}leftChars") == "100"


def test_every_page_says_that_figures_are_simulated(package: Any) -> None:
    section = package.sections[0]
    for header in (section.header, section.even_page_header):
        assert "模拟数据 SIMULATED" in header.paragraphs[0].text
    assert "不是真实统计" in package.paragraphs[0].text
    assert all(one.header.is_linked_to_previous for one in list(package.sections)[1:])
    assert not package.sections[0].different_first_page_header_footer


def test_heading_rows_repeat_and_rows_stay_whole(package: Any) -> None:
    rows = package.tables[0]._tbl.findall(f"{W}tr")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows[:3]] == [True, True, False]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    assert len(rows) == 2 + len(COUNTIES) + 1


def test_charts_are_pictures_with_alternative_text(content: bytes, package: Any) -> None:
    described = re.findall(r'<wp:docPr [^>]*descr="([^"]+)"', package.element.xml)
    assert len(described) == 7
    assert described[0].startswith("热力表：各县（市、区）各季度完成率")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        pictures = [name for name in packed.namelist() if name.endswith(".png")]
        assert len(pictures) == 7
        assert all(packed.read(name).startswith(b"\x89PNG") for name in pictures)
    assert package.inline_shapes[0].width == Mm(156)


def test_the_file_carries_the_date_of_the_document_only(content: bytes, package: Any) -> None:
    core = package.core_properties
    assert {core.created.date().isoformat(), core.modified.date().isoformat()} == {"2018-01-15"}
    assert "python-docx" not in (core.author + core.comments)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_wide_annex_turns_its_page_and_keeps_the_marks() -> None:
    from dataclasses import replace

    from zhihang.reporting.data_table import Column, DataTable
    from zhihang.reporting.document import Annex

    columns = tuple(Column(f"c{i}", f"{i}月累计（全部）", "integer") for i in range(24))
    wide = DataTable("宽表", "件", "2017年", "登记簿", columns, (tuple([123456] * 24),))
    plain = replace(notice(), annexes=(Annex("宽表", (wide,)), Annex("窄表", ())))
    package = docx.Document(io.BytesIO(render(plain, "docx")))
    turned = [section.page_width > section.page_height for section in package.sections]
    assert turned == [False, True, False]
    assert [section.header.is_linked_to_previous for section in package.sections] == [False, True, True]


def written(element: Any) -> str:
    """Return the text of an element, line breaks as strokes."""
    parts = element.xpath(".//w:t | .//w:br")
    return "".join(part.text if part.tag == f"{W}t" else "/" for part in parts)


def test_structure_is_as_agreed(package: Any, golden: Callable[[str, str], None]) -> None:
    lines = []
    for element in package.element.body:
        if element.tag == f"{W}p":
            picture = " [picture]" if element.findall(f".//{W}drawing") else ""
            lines.append(f"{element.pPr.pStyle.val}: {written(element)}{picture}".rstrip())
        elif element.tag == f"{W}tbl":
            rows = [row.findall(f"{W}tc") for row in element.findall(f"{W}tr")]
            lines += [" | ".join(map(written, row)).rstrip() for row in rows]
    golden("documents/notice.docx.txt", "\n".join(lines) + "\n")
