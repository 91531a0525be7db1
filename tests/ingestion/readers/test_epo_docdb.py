# SPDX-License-Identifier: Apache-2.0
"""Tests of the DOCDB reader: rows, damaged and deleted documents, bounds, and the shared excerpts."""

from __future__ import annotations

import gzip

import pytest
from tests.raw_rows import SAMPLES, count, expected, of_record, raw_rows, samples, surest

from zhihang.ingestion import element_stream
from zhihang.ingestion.readers.epo_docdb import epo_docdb

BACK_FILE = SAMPLES / "epo_docdb" / "back_file.xml"
LONE = SAMPLES / "epo_docdb" / "front_file_record.xml"
HEAD = '<?xml version="1.0"?><exch:exchange-documents xmlns:exch="http://www.epo.org/exchange">'
TAIL = "</exch:exchange-documents>"


def document(number: int, title: str = "Title", attributes: str = "") -> str:
    """Return a small document of the back file."""
    return (
        f'<exch:exchange-document country="DE" doc-number="{number}" kind="A1" date-publ="20200102"{attributes}>'
        f'<exch:bibliographic-data><exch:application-reference data-format="docdb"><document-id><country>DE</country>'
        f"<doc-number>10{number}</doc-number><kind>A</kind><date>20190102</date></document-id>"
        f'</exch:application-reference><exch:invention-title lang="en">{title}</exch:invention-title>'
        f"</exch:bibliographic-data></exch:exchange-document>"
    )


def titles(path):
    return [row["text"] for row in raw_rows(epo_docdb, path).get("text", [])]


@pytest.fixture
def written(tmp_path):
    """Write documents between the head and the tail of a file."""

    def write(*documents: str | bytes, head: str = HEAD, tail: str = TAIL):
        path = tmp_path / "docdb.xml"
        parts = (part.encode() if isinstance(part, str) else part for part in (head, *documents, tail))
        path.write_bytes(b"".join(parts))
        return path

    return write


def test_the_samples_give_the_rows_beside_them():
    assert samples(epo_docdb) == expected(epo_docdb)


def test_the_reader_is_sure_of_a_back_file_and_of_a_single_record():
    assert surest(BACK_FILE) == surest(LONE) == "epo_docdb"


def test_the_original_name_goes_before_the_standard_form():
    rows = raw_rows(epo_docdb, BACK_FILE)
    assert of_record(rows, "party", 1, "name")[0] == "桂林虚构大学"
    assert of_record(rows, "party", 1, "name_latin")[0] == "UNIV GUILIN INVENTED"


def test_an_application_that_claims_no_priority_has_none():
    # DOCDB lists the application itself in that case.
    assert of_record(raw_rows(epo_docdb, BACK_FILE), "priority", 0, "number") == []


def test_utility_models_and_patents_with_the_same_number_are_told_apart():
    assert of_record(raw_rows(epo_docdb, LONE), "application", 0, "number") == ["AT4342002U"]


def test_a_deletion_notice_is_rejected_with_its_number():
    rejection = raw_rows(epo_docdb, BACK_FILE)["rejection"]
    assert [row[:3] for row in rejection] == [[1, "status", "DE 1099998 B"]]


def test_the_parser_gives_the_same_rows_as_the_fast_way(written):
    regular = BACK_FILE.read_text("utf-8")
    irregular = regular.replace("<exch:bibliographic-data>", "<exch:bibliographic-data><!-- no -->")
    rows = raw_rows(epo_docdb, written(irregular, head="", tail=""))
    assert rows == raw_rows(epo_docdb, BACK_FILE)


def test_a_prefix_other_than_the_usual_or_none_makes_no_difference(written):
    text = BACK_FILE.read_text("utf-8")
    other = raw_rows(epo_docdb, written(text.replace("exch:", "x:"), head="", tail=""))
    none = raw_rows(epo_docdb, written(text.replace("exch:", ""), head="", tail=""))
    assert other == none == raw_rows(epo_docdb, BACK_FILE)


def test_a_bare_ampersand_is_mended_and_told(written):
    rows = raw_rows(epo_docdb, written(document(1, "R&D"), document(2)))
    assert of_record(rows, "text", 0, "text") == ["R&D"]
    assert of_record(rows, "attribute", 0, "value") == ["'&' escaped (1)"]
    assert of_record(rows, "attribute", 1, "value") == []


def test_named_characters_of_the_missing_dtd_are_read(written):
    assert titles(written(document(1, "&mdash; &SACUTE; &alpha;"))) == ["— Ś α"]


def test_a_document_that_breaks_off_is_rejected_and_the_others_stay(written):
    path = written(document(1), document(2)[:300], document(3)[:250], tail="")
    rows = raw_rows(epo_docdb, path)
    assert of_record(rows, "publication", 0, "number") == ["DE1"]
    assert [row[3] for row in rows["rejection"]] == ["the document breaks off before its end"] * 2


def test_documents_are_found_on_their_lines(written):
    rows = raw_rows(epo_docdb, written(document(1), "\n\n", document(2, "a\nb"), "\n", document(3)))
    assert rows["line"] == [1, 3, 5]


def test_two_files_written_one_after_the_other_are_read_both(written):
    path = written(document(1), TAIL, "\n", HEAD, document(2))
    assert count(epo_docdb, path) == (2, 0)


def test_the_size_of_blocks_makes_no_difference(written, monkeypatch):
    path = written(*(document(number, "Title " * number) for number in range(1, 30)))
    usual = raw_rows(epo_docdb, path)
    for size in (1, 7, 100, 1000):
        monkeypatch.setattr(element_stream, "BLOCK", size)
        assert raw_rows(epo_docdb, path) == usual


def test_a_document_beyond_the_bound_is_rejected_and_the_others_stay(written, monkeypatch):
    monkeypatch.setattr(element_stream, "BLOCK", 1_000)
    monkeypatch.setattr(element_stream, "MAX_ELEMENT", 5_000)
    path = written(document(1), document(2, "x" * 20_000), document(3))
    rows = raw_rows(epo_docdb, path)
    assert [row["number"] for row in rows["publication"]] == ["DE1", "DE3"]
    assert len(rows["rejection"]) == 1


def test_entities_of_the_file_itself_are_never_expanded(written):
    bomb = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    head = HEAD.replace("?>", "?>" + bomb, 1)
    assert titles(written(document(1, "&b;&c;"), head=head)) == ["&b;&c;"]


def test_a_file_in_utf16_or_gzip_is_read_alike(tmp_path):
    text = BACK_FILE.read_text("utf-8").replace("UTF-8", "UTF-16")
    wide, packed = tmp_path / "wide.xml", tmp_path / "packed.xml.gz"
    wide.write_bytes(text.encode("utf-16"))
    packed.write_bytes(gzip.compress(BACK_FILE.read_bytes()))
    assert raw_rows(epo_docdb, wide) == raw_rows(epo_docdb, packed) == raw_rows(epo_docdb, BACK_FILE)


def test_bytes_that_are_no_utf8_are_read_as_what_they_look_like(written):
    assert titles(written(document(1, "Méthode à façon").encode("cp1252"))) == ["Méthode à façon"]


def test_a_file_without_documents_gives_no_records(written):
    assert count(epo_docdb, written()) == (0, 0)


def test_the_shared_excerpts_give_the_records_they_hold(shared):
    folder = shared / "data" / "patents" / "epo-docdb-xml"
    assert count(epo_docdb, folder / "DE-backfile.xml") == (10, 0)
    rows = raw_rows(epo_docdb, folder / "WO-2022259205-A1_544370561.xml")
    assert of_record(rows, "application", 0, "number") == ["PCT/IB2022/055385"]
    assert len(rows["citation"]) == 23
    assert len(of_record(rows, "party", 0, "name")) == 9
    # The main class stands second in the file and is marked F.
    assert of_record(rows, "classification", 0, "symbol")[0] == "A61K 9/00"
