# SPDX-License-Identifier: Apache-2.0
"""Tests of the reader of the Red Book: weekly files, sequence listings, damaged and hostile documents."""

from __future__ import annotations

import gzip
import zipfile
from dataclasses import replace

import pytest
from tests.raw_rows import SAMPLES, count, expected, normalised, of_record, raw_rows, samples, surest

from zhihang.ingestion import xml_stream
from zhihang.ingestion.draft import RAW_COLUMNS
from zhihang.ingestion.readers.uspto_redbook import uspto_redbook
from zhihang.ingestion.sample import take_sample
from zhihang.ingestion.source import Share, Source

WEEKLY = SAMPLES / "uspto_redbook" / "weekly.xml"
APPLICATION = SAMPLES / "uspto_redbook" / "application.xml"

REAL = [
    ("uspto-redbook-grants/ipg050104.small.xml.gz", 25),
    ("uspto-redbook-grants/ipg090106.small.xml.gz", 25),
    ("uspto-redbook-grants/ipg120327.196.xml.gz", 196),
    ("uspto-redbook-grants/ipg130416.small.xml.gz", 25),
    ("uspto-redbook-grants/ipgb20221025_wk43.zip", 11),
    ("uspto-redbook-grants/go-uspto-v4-5-B1.xml", 1),
    ("uspto-redbook-applications/ipa130117.one.xml", 2),
    ("uspto-redbook-applications/v4-0-A2_1.xml", 1),
    ("uspto-redbook-applications/v4-4-A1.xml", 1),
    ("uspto-redbook-applications/v4-5-A1.xml", 1),
    ("uspto-legacy-formats/xmlApp2004_US20050004437A1.xml", 1),
]


def document(*, number: str = "09900009", prolog: str = "", description: str = "<p>Text.</p>") -> str:
    """Return a small grant."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
{prolog or '<!DOCTYPE us-patent-grant SYSTEM "us-patent-grant-v47-2022-02-17.dtd" [ ]>'}
<us-patent-grant lang="EN" dtd-version="v4.7 2022-02-17" status="PRODUCTION">
<us-bibliographic-data-grant>
<publication-reference><document-id><country>US</country><doc-number>{number}</doc-number><kind>B1</kind>
<date>20240102</date></document-id></publication-reference>
</us-bibliographic-data-grant>
<description id="description">{description}</description>
</us-patent-grant>
"""


def description_of(path) -> object:
    texts = raw_rows(uspto_redbook, path)["text"]
    return next(row["text"] for row in texts if row["part"] == "description")


def test_the_samples_give_the_rows_beside_them():
    assert samples(uspto_redbook) == expected(uspto_redbook)


@pytest.mark.parametrize("path", [WEEKLY, APPLICATION])
def test_the_reader_is_sure_of_its_format(path):
    assert surest(path) == "uspto_redbook"


def test_a_record_begins_on_the_line_of_its_declaration():
    lines = WEEKLY.read_text("utf-8").splitlines()
    rows = raw_rows(uspto_redbook, WEEKLY)
    begun = [*rows["line"], *(rejection[0] for rejection in rows["rejection"])]
    assert all(lines[line - 1].startswith("<?xml") for line in begun)
    assert len(begun) == lines.count(lines[0]) - 1  # all documents but the sequence listing


def test_a_bad_document_is_rejected_and_the_others_stay():
    rows = raw_rows(uspto_redbook, WEEKLY)
    assert [rejection[3] for rejection in rows["rejection"]] == [
        "the document names neither an application nor a publication",
        "the document breaks off before its end",
    ]
    assert of_record(rows, "publication", 3, "number")[0] == "09900004"


def test_what_is_not_well_formed_loses_no_text():
    rows = raw_rows(uspto_redbook, WEEKLY)
    assert of_record(rows, "text", 2, "text")[1] == "Salt & pepper — if x < 3 or <not a tag>."


def test_a_sequence_listing_belongs_to_the_patent_before_it():
    rows = raw_rows(uspto_redbook, WEEKLY)
    assert of_record(rows, "text", 0, "part").count("sequence_listing") == 1
    assert "sequence_listing" not in of_record(rows, "text", 3, "part")


def test_a_sequence_listing_of_another_patent_is_noted_and_no_record(tmp_path):
    listing = WEEKLY.read_text("utf-8").split("<?xml")[2]
    path = tmp_path / "excerpt.xml"
    path.write_text(document() + "<?xml" + listing, encoding="utf-8")
    rows = raw_rows(uspto_redbook, path)
    assert count(uspto_redbook, path) == (1, 0)
    assert rows["attribute"][-1]["value"] == "sequence listing of 09900001, which is not in this file"


@pytest.mark.parametrize("ends", ["\r\n", "\n\n"])
def test_line_ends_byte_order_mark_and_gzip_do_not_matter(tmp_path, ends):
    path = tmp_path / "weekly.xml.gz"
    text = WEEKLY.read_text("utf-8").replace("\n", ends)
    path.write_bytes(gzip.compress(text.encode("utf-8-sig")))
    found, plain = raw_rows(uspto_redbook, path), raw_rows(uspto_redbook, WEEKLY)
    for rows in (found, plain):
        del rows["line"], rows["rejection"]
    assert found == plain


def test_the_list_and_report_of_a_weekly_zip_are_not_patents(tmp_path):
    path = tmp_path / "ipg240102.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(WEEKLY, "ipg240102.xml")
        archive.writestr("ipg240102lst.txt", "09900001\n")
        archive.writestr("ipg240102rpt.html", "<html><body>report</body></html>")
    assert count(uspto_redbook, path) == (4, 2)


def test_shares_together_are_the_whole(monkeypatch):
    monkeypatch.setattr(xml_stream, "DRAFT_BYTES", 3_000)
    whole = list(uspto_redbook.read(Source(WEEKLY), take_sample(Source(WEEKLY))))
    source = Source(WEEKLY)
    shares = [
        list(uspto_redbook.read(replace(source, share=Share(number, 2)), take_sample(source)))
        for number in (0, 1)
    ]
    assert len(whole) > 2
    together = [draft for pair in zip(*shares, strict=False) for draft in pair]
    together += shares[0][len(shares[1]) :]
    for name in RAW_COLUMNS:
        assert [d.table(name).to_pylist() for d in together] == [d.table(name).to_pylist() for d in whole]
    assert [d.rejections for d in together] == [d.rejections for d in whole]


def test_a_document_too_large_is_rejected_unread(tmp_path, monkeypatch):
    path = tmp_path / "large.xml"
    large = document(number="09900010", description="<p>" + "x" * 3_000_000 + "</p>")
    path.write_text(document() + large + document(number="09900011"), encoding="utf-8")
    limited = xml_stream.documents
    monkeypatch.setattr(
        xml_stream, "documents", lambda stream, mark: limited(stream, mark=mark, limit=1_000_000)
    )
    rows = raw_rows(uspto_redbook, path)
    assert [row["number"] for row in rows["publication"]] == ["09900009", "09900011"]
    assert "larger than" in str(rows["rejection"])


def test_entities_of_a_document_are_neither_expanded_nor_fetched(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("not for reading")
    bomb = "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    prolog = f'<!DOCTYPE us-patent-grant [ {bomb} <!ENTITY xxe SYSTEM "file://{secret}"> ]>'
    path = tmp_path / "hostile.xml"
    path.write_text(document(prolog=prolog, description="<p>&lol9; &xxe; &mdash;</p>"), encoding="utf-8")
    assert description_of(path) == "&lol9; &xxe; —"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_an_encoding_other_than_the_declared_one_is_found_out(tmp_path, encoding):
    path = tmp_path / "encoded.xml"
    path.write_bytes(document(description="<p>Umeå – 5° C</p>").encode(encoding))
    assert description_of(path) == "Umeå – 5° C"


def test_cdata_and_brackets_in_attributes_are_text_and_markup(tmp_path):
    path = tmp_path / "cdata.xml"
    inner = '<p><![CDATA[a < b]]> and <img alt="x > y" file="z"/>c &gt; d</p>'
    path.write_text(document(description=inner), encoding="utf-8")
    assert description_of(path) == "a < b and c > d"


@pytest.mark.parametrize(("name", "records"), REAL)
def test_real_files_give_the_records_that_are_in_them(shared, name, records):
    assert count(uspto_redbook, shared / "data" / "patents" / name) == (records, 0)


def test_a_real_grant_is_read_as_printed(shared):
    rows = raw_rows(
        uspto_redbook, shared / "data" / "patents" / "uspto-redbook-grants" / "ipg050104.small.xml.gz"
    )
    record = rows["line"].index(6593)
    assert of_record(rows, "publication", record, "number") == ["06837525", "20030197374"]
    assert of_record(rows, "application", record, "number") == ["10418573"]
    assert of_record(rows, "priority", record, "number") == ["2002-117536"]
    assert of_record(rows, "classification", record, "symbol") == [
        "F16L 39/00",
        "285/319",
        "285/331",
        "285/903",
        "285/921",
    ]
    assert of_record(rows, "citation", record, "text")[0] == "US 2113211 A; Lake; 19380400; 285/334.5"
    assert len(of_record(rows, "claim", record, "text")) == 8


def test_no_value_of_a_real_week_is_refused(shared):
    path = shared / "data" / "patents" / "uspto-redbook-grants" / "ipg130416.small.xml.gz"
    for part in normalised(uspto_redbook, path):
        assert "rejection" not in part.tables
