# SPDX-License-Identifier: Apache-2.0
"""PDF documents keep to GB/T 9704-2012 and carry their fonts: read back from the file."""

from __future__ import annotations

import re
import zlib
from ctypes import create_string_buffer
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as raw
import pytest
from tests.reporting_sample import notice

from zhihang.reporting.document import Document, Prose
from zhihang.reporting.write import render

MM = 72 / 25.4


@pytest.fixture(scope="module")
def content() -> bytes:
    return render(notice(), "pdf")


@pytest.fixture(scope="module")
def pages(content: bytes) -> list[Any]:
    return list(pypdfium2.PdfDocument(content))


def text_of(page: Any) -> str:
    text: str = page.get_textpage().get_text_range()
    return text


def boxes(page: Any) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Characters with their places: left, bottom, right, top in points."""
    read = page.get_textpage()
    text = read.get_text_range()
    return [(text[i], read.get_charbox(i, loose=True)) for i in range(read.count_chars())]


def test_pages_are_a4(pages: list[Any]) -> None:
    assert len(pages) == 9
    for page in pages:
        assert [round(size / MM) for size in page.get_size()] == [210, 297]


def test_the_text_can_be_read_back(pages: list[Any]) -> None:
    text = re.sub(r"\s", "", "".join(text_of(page) for page in pages))
    for part in (
        "云政办〔2018〕3号",
        "一、总体情况",
        "（二）到2020年的预测",
        "全市4,1433,826",
        "2018年1月15日",
    ):
        assert part in text


def test_every_page_says_that_figures_are_simulated(pages: list[Any]) -> None:
    assert all("模拟数据 SIMULATED" in text_of(page) for page in pages)
    plain = replace(notice(simulated=False), blocks=notice().blocks[:4], annexes=())
    real = pypdfium2.PdfDocument(render(plain, "pdf"))
    assert not any("模拟数据" in text_of(page) for page in real)


def test_page_numbers_alternate_between_the_outer_edges(pages: list[Any]) -> None:
    for index, page in enumerate(pages):
        foot = [
            (character, box) for character, box in boxes(page) if box[3] < 35 * MM and character.isdigit()
        ]
        assert "".join(character for character, _ in foot) == str(index + 1)
        middle = 105 * MM
        assert (foot[0][1][0] > middle) == (index % 2 == 0)


def test_a_page_holds_22_lines_of_28_characters() -> None:
    plain = Document("长文", date(2018, 1, 15), (Prose("国" * 28 * 60),), simulated=False)
    page = pypdfium2.PdfDocument(render(plain, "pdf"))[1]
    lines: dict[int, list[float]] = {}
    for character, box in boxes(page):
        if character == "国":
            lines.setdefault(round(box[1]), []).append(box[0])
    assert len(lines) == 22
    assert {len(places) for places in lines.values()} == {28}
    left = min(min(places) for places in lines.values())
    assert left / MM == pytest.approx(28, abs=0.6)


def test_the_date_stands_four_characters_from_the_right(pages: list[Any]) -> None:
    signed = next(page for page in pages if "（1）报送方式" in text_of(page))
    low = [(c, box) for c, box in boxes(signed) if c == "日"]
    right = 210 - 26 - low[-1][1][2] / MM
    assert right == pytest.approx(4 * 16 / MM, abs=1.0)


def test_all_fonts_are_embedded(content: bytes) -> None:
    names, bare = set(), set()
    for page in pypdfium2.PdfDocument(content):
        for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=8):
            font = raw.FPDFTextObj_GetFont(thing.raw)
            buffer = create_string_buffer(200)
            raw.FPDFFont_GetBaseFontName(font, buffer, 200)
            name = buffer.value.decode()
            names.add(name)
            if raw.FPDFFont_GetIsEmbedded(font) != 1:
                bare.add(name)
    assert not bare
    assert any("NotoSerifSC" in name for name in names)
    assert any("NotoSansSC" in name for name in names)


def test_no_glyph_is_missing(pages: list[Any]) -> None:
    assert not any("\ufffd" in text_of(page) for page in pages)


def test_the_file_is_dated_by_the_document(content: bytes) -> None:
    info = pypdfium2.PdfDocument(content).get_metadata_dict()
    assert info["CreationDate"].startswith("D:20180115")
    assert info["Title"] == notice().title
    later = render(replace(notice(), date=date(2018, 1, 16), blocks=(), annexes=()), "pdf")
    assert pypdfium2.PdfDocument(later).get_metadata_dict()["CreationDate"].startswith("D:20180116")


def test_the_rendered_page_has_a_red_head_and_black_text(pages: list[Any]) -> None:
    picture = np.asarray(pages[0].render(scale=1).to_pil().convert("RGB"))
    height = picture.shape[0]
    top, rest = picture[: height // 2], picture[height // 2 :]
    red, blue = top[..., 0].astype(int), top[..., 2].astype(int)
    assert (red - blue > 90).sum() > 300
    assert (rest.max(axis=2) < 120).sum() > 500


def test_nothing_points_out_of_the_file(content: bytes) -> None:
    streams = re.findall(rb"stream\r?\n(.*?)endstream", content, re.S)
    inflated = b""
    for stream in streams:
        try:
            inflated += zlib.decompress(stream)
        except zlib.error:
            continue
    assert b"/URI" not in content + inflated
    assert b"/JavaScript" not in content + inflated
