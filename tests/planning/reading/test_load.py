# SPDX-License-Identifier: Apache-2.0
"""Opening of documents: encodings, Word with tracked changes and nested tables, PDF, pages, and files that are none."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from zhihang.errors import SourceError
from zhihang.planning.reading.load import load
from zhihang.planning.reading.read_policy import read_policy

SENTENCE = "到2020年，每万人口发明专利拥有量达到6件。"
TEXT = f"某市知识产权计划\n\n一、目标\n\n{SENTENCE}\n"


def target_values(path: Path) -> list[object]:
    return [row["value"] for row in read_policy(path).targets]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_is_read_in_any_of_its_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert target_values(path) == [6]


def test_a_text_that_mixes_encodings_is_read_line_by_line_and_told(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(TEXT.encode("utf-8") + "到2020年，商标注册量达到10万件。\n".encode("gb18030"))
    reading = read_policy(path)
    assert [row["value"] for row in reading.targets] == [6, 10]
    assert [f["code"] for f in reading.findings] == ["mixed_encoding"]


def word(*paragraphs: str) -> docx.document.Document:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return document


def saved(document: docx.document.Document, path: Path) -> Path:
    document.save(str(path))
    return path


def test_tracked_changes_are_read_as_accepted_and_told(tmp_path: Path) -> None:
    document = word("一、目标", "到2020年，每万人口发明专利拥有量达到")
    paragraph = document.paragraphs[-1]._p
    for tag, inner, text in (("w:del", "w:delText", "5"), ("w:ins", "w:t", "6")):
        change, run, content = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(inner)
        change.set(qn("w:author"), "A")
        content.text = text
        run.append(content)
        change.append(run)
        paragraph.append(change)
    document.paragraphs[-1].add_run("件。")
    reading = read_policy(saved(document, tmp_path / "plan.docx"))
    assert [row["value"] for row in reading.targets] == [6]
    assert [f["code"] for f in reading.findings] == ["tracked_changes"]


def test_a_table_within_a_table_is_read_as_its_own(tmp_path: Path) -> None:
    document = word("附件1", "各县区发明专利授权量目标分解表", "单位：件")
    outer = document.add_table(2, 2)
    outer.cell(0, 0).text, outer.cell(0, 1).text = "说明", "见内表"
    inner = outer.cell(1, 1).add_table(3, 3)
    rows = (("县区", "2016年", "2017年"), ("东县", "10", "20"), ("西县", "15", "25"))
    for place, row in enumerate(rows):
        for column, text in enumerate(row):
            inner.cell(place, column).text = text
    reading = read_policy(saved(document, tmp_path / "plan.docx"))
    assert [(row["county"], row["year"], row["value"]) for row in reading.tables] == [
        ("东县", 2016, 10),
        ("东县", 2017, 20),
        ("西县", 2016, 15),
        ("西县", 2017, 25),
    ]
    assert "nested_tables" in [f["code"] for f in reading.findings]


def test_a_table_of_word_gives_its_cells(tmp_path: Path) -> None:
    document = word("二、主要目标")
    table = document.add_table(2, 4)
    rows = (("指标名称", "2015年", "2020年", "属性"), ("每万人口发明专利拥有量（件）", "4.6", "10", "预期性"))
    for place, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(place, column).text = text
    document.add_paragraph("2016年3月1日")
    reading = read_policy(saved(document, tmp_path / "plan.docx"))
    assert [(row["value"], row["unit"], row["as_of"]) for row in reading.targets] == [(10, "件", 2020)]
    assert [(row["value"], row["as_of"]) for row in reading.facts] == [(4.6, 2015)]


def test_a_page_is_read_without_its_scripts_and_with_its_table(tmp_path: Path) -> None:
    path = tmp_path / "plan.html"
    path.write_text(
        f"<!DOCTYPE html><html><head><title>9件</title><script>达到9件</script></head><body><p>一、目标</p>"
        f"<p>{SENTENCE}<p>附件1</p><p>各县区发明专利授权量目标表</p><p>单位：件</p><table><tr><th>县区<th>2016年"
        "<th>2017年</tr><tr><td><p>东县</p></td><td>10</td><td>20</td></tr></table></body></html>",
        encoding="utf-8",
    )
    reading = read_policy(path)
    assert [row["value"] for row in reading.targets] == [6]
    assert [(row["county"], row["value"]) for row in reading.tables] == [("东县", 10), ("东县", 20)]


def pdf(path: Path, body: str) -> Path:
    typst = pytest.importorskip("typst")
    fonts = Path(pytest.importorskip("pylopdf_fonts_zh_cn").__file__).parent
    source = path.with_suffix(".typ")
    source.write_text(f'#set page(paper: "a4")\n#set text(font: "Noto Sans SC")\n{body}', encoding="utf-8")
    typst.compile(str(source), output=str(path), font_paths=[str(fonts)])
    return path


def test_a_pdf_with_text_is_read_across_its_lines(tmp_path: Path) -> None:
    filler = "为深入实施知识产权战略，全面提升知识产权创造、运用、保护、管理和服务能力，" * 3
    path = pdf(tmp_path / "plan.pdf", f"一、目标\n\n{filler}{filler}{SENTENCE}")
    assert target_values(path) == [6]


def test_a_scanned_pdf_says_that_it_has_no_text(tmp_path: Path) -> None:
    path = pdf(tmp_path / "scan.pdf", "#rect(width: 10cm, height: 10cm)\n#pagebreak()\n#rect()")
    with pytest.raises(SourceError, match="pictures of pages and no text") as caught:
        read_policy(path)
    assert caught.value.facts["pages"] == "2"


def test_a_damaged_pdf_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(b"%PDF-1.7\n" + b"x" * 200)
    with pytest.raises(SourceError, match="damaged"):
        read_policy(path)


def test_a_locked_pdf_is_refused_with_the_reason() -> None:
    from zhihang.planning.reading.pdf_file import _refused

    assert (
        "password"
        in _refused("a.pdf", ValueError("Failed to load document (PDFium: Incorrect password error).")).what
    )


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("empty.txt", b"", "has no text"),
        ("blank.txt", b" \n\t\n", "has no text"),
        ("binary.txt", bytes(range(256)) * 40, "no text, whatever"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(1, 32)) * 300, "no text, whatever"),
        ("locked.docx", b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "Word 97-2003"),
        ("broken.docx", b"PK\x03\x04" + b"\x00" * 100, "damaged"),
        ("page.html", b"<html><body><script>1</script></body></html>", "no text"),
    ],
)
def test_what_is_no_document_is_refused(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(SourceError, match=message):
        load(path)


def test_an_archive_that_unpacks_beyond_measure_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhihang.planning.reading.word_file._MOST_BYTES", 8 << 20)
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(9 << 20))
    with pytest.raises(SourceError, match="unpacks to more"):
        load(path)


def test_an_archive_that_is_no_word_document_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.docx"
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.txt", "a")
    path.write_bytes(held.getvalue())
    with pytest.raises(SourceError, match="no Word document"):
        load(path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be opened"):
        load(tmp_path / "none.txt")
