# SPDX-License-Identifier: Apache-2.0
"""The short ways of the Red Book reader give what a parser gives: on the samples and on real documents."""

from __future__ import annotations

import gzip
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from tests.raw_rows import SAMPLES

from zhihang.ingestion.draft import RAW_COLUMNS, Draft
from zhihang.ingestion.redbook.citation import citations, parsed_citations
from zhihang.ingestion.redbook.classification import parsed_symbols, symbols
from zhihang.ingestion.redbook.document import RedbookDocuments
from zhihang.ingestion.redbook.markup import TEXT
from zhihang.ingestion.xml_document import read_document
from zhihang.ingestion.xml_entities import number_entities

INLINE = re.compile(r"b|i|figref|sub2?|sup2?|u|o|img|m[a-z]+|claim-ref|crossref|smallcaps|patcit|nplcit")


def real_files(shared: Path) -> list[Path]:
    folder = shared / "data" / "patents"
    return sorted([*folder.glob("uspto-redbook-grants/ipg*"), *folder.glob("uspto-redbook-*/*v4*.xml")])


def content_of(path: Path) -> bytes:
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            return archive.read("ipgb20221025.xml")
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def documents_of(path: Path) -> Iterator[bytes]:
    for document in re.split(rb"(?=<\?xml )", content_of(path)):
        if b"<us-patent-" in document[:400]:
            yield document


@pytest.fixture(params=["samples", "some real", pytest.param("all real", marks=pytest.mark.slow)])
def documents(request) -> list[bytes]:
    if request.param == "samples":
        return [
            document
            for path in sorted((SAMPLES / "uspto_redbook").glob("*.xml"))
            for document in documents_of(path)
            if document.rstrip().endswith(b">")
        ]
    shared = request.getfixturevalue("shared")
    found = [document for path in real_files(shared) for document in documents_of(path)]
    return found if request.param == "all real" else found[::9]


def parts(documents: list[bytes], *tags: str) -> Iterator[bytes]:
    for document in documents:
        for tag in tags:
            yield from re.findall(rf"<{tag}[ >].*?</{tag}>".encode(), document, re.DOTALL)


def walked(element: etree._Element) -> str:
    """Read a text by walking the tree, as plainly as it can be written down."""
    pieces: list[str] = []

    def walk(one: etree._Element) -> None:
        around = "" if INLINE.fullmatch(one.tag) else "\t" if one.tag == "entry" else "\x01"
        pieces.extend((around, one.text or ""))
        for child in one:
            walk(child)
            pieces.append(child.tail or "")
        pieces.append(around)

    walk(element)
    lines = (re.sub(r"\n[ \n\t]*", " ", line.strip(" \n\t")) for line in "".join(pieces).split("\x01"))
    return "\n".join(re.sub(r"\t[ \n\t]*", " ", line) for line in lines if line)


def test_texts_are_those_of_the_tree(documents):
    found = 0
    for markup in parts(documents, "description", "abstract", "claims", "invention-title", "othercit"):
        clean = markup.replace(b"\r\n", b"\n")
        assert TEXT(clean) == walked(read_document(number_entities(clean)).root)
        found += 1
    assert found


def test_citations_are_those_of_the_tree(documents):
    found = 0
    for markup in parts(documents, "us-references-cited", "references-cited"):
        rows = citations(markup)
        assert rows == list(parsed_citations(read_document(markup).root))
        found += len(rows)
    assert found


@pytest.mark.parametrize(("tag", "scheme"), [("classifications-ipcr", "ipc"), ("classifications-cpc", "cpc")])
def test_symbols_are_those_of_the_tree(documents, tag, scheme):
    found = 0
    for markup in parts(documents, tag):
        rows = symbols(markup, scheme)
        assert rows == parsed_symbols(read_document(markup).root, scheme)
        found += len(rows)
    assert found


def rows_of(document: bytes) -> dict[str, list[dict[str, object]]]:
    draft = Draft()
    RedbookDocuments().read(draft, 1, document)
    return {
        name: [row for row in draft.table(name).to_pylist() if row.get("name") != "document_mended"]
        for name in RAW_COLUMNS
    }


def test_a_comment_that_forces_the_parser_changes_no_row(documents):
    for document in documents:
        if b"<doc-number></doc-number>" in document:
            continue
        document = document.replace(b"\r\n", b"\n")
        forced = re.sub(rb"(<us-patent-[a-z]+ [^>]*>)", rb"\1<!-- to be parsed -->", document, count=1)
        assert rows_of(document) == rows_of(forced)
