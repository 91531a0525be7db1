# SPDX-License-Identifier: Apache-2.0
"""What holds for every writer: same document same bytes, all text kept, nothing in it comes alive."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pypdfium2
import pytest
from tests.reporting_sample import charts, notice

from zhihang.errors import NotFound, NotInstalled, SourceError
from zhihang.reporting.chart import Bars, Chart, Series
from zhihang.reporting.data_table import Column, DataTable
from zhihang.reporting.document import Annex, Document, Heading, Imprint, Note, OfficialHeader, Prose
from zhihang.reporting.write import ALL, render, write, write_all
from zhihang.reporting.writer import writers
from zhihang.reporting.writers import _drawing
from zhihang.reporting.writers._drawing import draw

HOSTILE = (
    '=HYPERLINK("http://x.example","a")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "＝1＋1",
    "<script>alert(1)</script>",
    "</text></svg><b>",
    "&amp; &lt; ]]>",
    '#eval("1") $x^2$ *b* _i_ #import "@preview/a:1.0.0"',
    "\\u{41} // /* */ @label <label>",
    "[link](http://x.example) {{7*7}} ${7*7}",
    "a\x00b\x1bc\u202ed",
    "\"quoted\" 'single' `tick`",
    "𠮷田 🙂 ｶﾅ ẞ",
)
"""Texts that some program somewhere takes for more than text."""


def hostile(text: str) -> Document:
    """Return a document with one text in every place that takes one."""
    text = text.strip()
    columns = (Column("a", text, group=text, unit=text), Column("b", text, "integer", group=text, total=True))
    captions = {"title": text, "unit": text, "period": text, "source": text, "notes": (text,)}
    table = DataTable.of([{"a": text, "b": 1}], columns=columns, total_label=text, **captions)
    chart = Chart(figure=Bars((text,), (Series(text, (1,)), Series(text, (2,)))), **captions)
    return Document(
        text,
        date(2018, 1, 15),
        (Heading(text), Prose(text), table, chart, Note(text)),
        simulated=True,
        header=OfficialHeader(text, text, text, text, text, text),
        addressee=text,
        signature=text,
        annexes=(Annex(text, (Prose(text),)),),
        attachments=(text,),
        imprint=Imprint(text, date(2018, 1, 15), text),
        contents=True,
        subject=text,
    )


def seen(content: bytes, kind: str) -> str:
    """Return the text of a file as its reader sees it, without blanks."""
    if kind == "pdf":
        text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))
    elif kind == "html":
        text = unescape(re.sub(r"<(?=/?[a-zA-Z!])[^>]*>", "", content.decode("utf-8")))
    else:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = [
                packed.read(n).decode()
                for n in packed.namelist()
                if re.search(r"document|header|sheet\d|sharedS", n)
            ]
        text = unescape(re.sub(r"<[^>]*>", "", "".join(parts)))
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("kind", ALL)
def test_hostile_texts_stay_texts(kind: str) -> None:
    # All at once: one text per block would take a document each.
    everything = "　".join(HOSTILE)
    content = render(hostile(everything), kind)
    shown = seen(content, kind)
    if kind != "pdf":  # there, characters that its fonts lack are boxes
        for text in HOSTILE[:-1]:
            expected = re.sub(
                r"\s",
                "",
                text.replace("\x00", "\ufffd").replace("\x1b", "\ufffd").replace("\u202e", "\ufffd"),
            )
            assert expected in shown, text
    if kind == "html":
        page = content.decode("utf-8")
        assert "<script" not in page
        assert "</text></svg><b>" not in page
    if kind == "xlsx":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            assert not any("externalLink" in name for name in packed.namelist())


@pytest.mark.parametrize("text", HOSTILE)
def test_a_cell_never_becomes_a_formula(text: str) -> None:
    content = render(hostile(text), "xlsx")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        sheets = [packed.read(name).decode() for name in packed.namelist() if "worksheets/sheet" in name]
        links = "".join(
            packed.read(n).decode() for n in packed.namelist() if n.endswith(".rels") and "sheets" in n
        )
    written = {formula for sheet in sheets for formula in re.findall(r"<f>([^<]*)</f>", sheet)}
    assert written <= {"SUM(B6:B6)"}
    assert "http" not in re.sub(r"http://schemas[^\"]*", "", links)


def test_typst_sees_no_markup() -> None:
    text = "#sys.version $1/2$ *bold* #box(fill: red)[x] \\ @x"
    short = replace(hostile(text), blocks=(Heading(text), Prose(text)), annexes=())
    shown = seen(render(short, "pdf"), "pdf")
    assert "#sys.version$1/2$*bold*#box(fill:red)[x]\\@x" in shown


@pytest.mark.parametrize("kind", ALL)
def test_english_documents_have_english_captions(kind: str) -> None:
    columns = (Column("a", "County"), Column("b", "Filings", "integer", total=True))
    rows = [{"a": "Riverside", "b": 1204}, {"a": "Longridge", "b": None}]
    captions = {"title": "Filings by county", "unit": "patents", "period": "2017", "source": "Register"}
    table = DataTable.of(rows, columns=columns, total_label="Total", **captions)
    document = Document(
        "Progress of the plan",
        date(2018, 1, 15),
        (Heading("Summary"), Prose("The city filed 1,204 patents."), table),
        simulated=True,
        language="en",
        signature="City IP Office",
        annexes=(Annex("Method", (Note("By filing date."),)),),
    )
    shown = seen(render(document, kind), kind)
    wanted = ["Table1", "Unit:patents", "Source:Register", "meansnodata", "SIMULATEDDATA", "15January2018"]
    wanted += [] if kind == "xlsx" else ["1Summary", "Annexes:", "Note:Byfilingdate."]
    assert [word for word in wanted if word not in shown] == []


@pytest.mark.parametrize("kind", ALL)
def test_the_same_document_gives_the_same_bytes(kind: str) -> None:
    document = replace(notice(), blocks=notice().blocks[:4], annexes=(Annex("图", (charts()["fan"],)),))
    assert render(document, kind) == render(document, kind)


def test_the_same_chart_gives_the_same_bytes() -> None:
    chart = charts()["fan"]
    drawn = _drawing._svg.__wrapped__(chart, "zh", True, _drawing.WIDTH_MM)
    assert drawn == draw(chart, form="svg", language="zh", simulated=True)


@pytest.mark.parametrize("kind", sorted(charts()))
def test_every_chart_can_be_drawn_with_its_texts(kind: str) -> None:
    chart = charts()[kind]
    drawing = draw(chart, form="svg", language="zh", simulated=True)
    text = re.sub(r"\s", "", re.sub(r"<[^>]*>", "", drawing.content.decode("utf-8")))
    assert "模拟数据SIMULATED" in text
    assert f"（{chart.unit}）" in text
    assert "Glyph" not in text
    assert b"<image" not in drawing.content


def test_a_chart_of_one_equal_or_no_figures_is_drawn() -> None:
    for values in ((5.0, 5.0), (0.0, 0.0), (None, None), (-3.0, None)):
        chart = Chart("图", "件", "2017年", "登记簿", Bars(("甲", "乙"), (Series("数", values),)))
        assert draw(chart, form="svg", language="zh", simulated=False).content.startswith(b"<svg")


def test_all_kinds_are_written_under_one_name(tmp_path: Path) -> None:
    short = Document("短文", date(2018, 1, 15), (Prose("正文。"),), simulated=False)
    paths = write_all(short, tmp_path / "new", "notice")
    assert [path.name for path in paths] == ["notice.docx", "notice.pdf", "notice.xlsx", "notice.html"]
    assert all(path.stat().st_size > 500 for path in paths)
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == sorted(path.name for path in paths)


def test_an_unknown_kind_is_named_with_those_that_are() -> None:
    with pytest.raises(NotFound, match="docs"):
        render(notice(), ".docs")
    with pytest.raises(NotFound, match="no suffix"):
        render(notice(), "")


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    short = Document("短文", date(2018, 1, 15), (), simulated=False)
    with pytest.raises(SourceError, match="cannot be written"):
        write(short, tmp_path / "file" / "a.html")


def test_a_missing_library_names_the_install_command(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(NotInstalled, match=r"zhihang\[reports\]"):
        render(notice(), "xlsx")


def test_every_writer_says_what_it_gives() -> None:
    for writer in writers():
        assert writer.suffix == f".{writer.name}"
        assert writer.description
        assert "/" in writer.media_type


def test_an_empty_document_is_written(tmp_path: Path) -> None:
    columns = (Column("a", "县"), Column("b", "数", "integer"))
    table = DataTable("空表", "件", "2017年", "登记簿", columns, ())
    for path in write_all(Document("空", date(2018, 1, 15), (table,), simulated=False), tmp_path, "empty"):
        assert "（无数据）" in seen(path.read_bytes(), path.suffix[1:])
