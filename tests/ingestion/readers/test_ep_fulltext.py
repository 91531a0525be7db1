# SPDX-License-Identifier: Apache-2.0
"""Tests of the reader of European full texts: bibliography by tag, claims in several languages, damage mended."""

from __future__ import annotations

from tests.raw_rows import SAMPLES, count, expected, of_record, raw_rows, samples, surest

from zhihang.ingestion.readers.ep_fulltext import ep_fulltext

GRANT = SAMPLES / "ep_fulltext" / "grant.xml"
DAMAGED = SAMPLES / "ep_fulltext" / "damaged.xml"


def test_the_samples_give_the_rows_beside_them():
    assert samples(ep_fulltext) == expected(ep_fulltext)


def test_the_reader_is_sure_of_its_format():
    assert surest(GRANT) == surest(DAMAGED) == "ep_fulltext"


def test_a_document_that_is_not_well_formed_loses_no_text_and_says_what_was_mended():
    rows = raw_rows(ep_fulltext, DAMAGED)
    assert of_record(rows, "party", 0, "name") == ["Invented R&D Ltd."]
    assert of_record(rows, "text", 0, "text")[1:] == [
        "Where x < 5 & y > 2.",
        "<First Embodiment\nA first embodiment will be described.",
    ]
    assert (
        of_record(rows, "attribute", 0, "value")[-1] == "'&' escaped (2); '<' that opens no tag escaped (2)"
    )


def test_the_proprietor_of_a_grant_is_applicant_and_assignee():
    rows = raw_rows(ep_fulltext, GRANT)
    assert of_record(rows, "party", 0, "role") == ["inventor", "applicant", "assignee", "agent"]


def test_claims_are_kept_by_language_and_a_second_set_beside_them():
    rows = raw_rows(ep_fulltext, GRANT)
    assert of_record(rows, "claim", 0, "language") == ["en", "en", "de"]
    assert of_record(rows, "claim", 0, "depends_on") == [None, "1", None]
    assert "A floor for Austria." in of_record(rows, "attribute", 0, "value")


def test_priorities_written_one_after_the_other_are_told_apart():
    rows = raw_rows(ep_fulltext, GRANT)
    assert of_record(rows, "priority", 0, "number") == ["209610000001", "209620000002"]
    assert of_record(rows, "priority", 0, "date") == ["20960701", "20960801"]


def test_comments_inside_a_sentence_do_not_part_it():
    assert "see ES 2115900 and Fig. 1." in str(of_record(raw_rows(ep_fulltext, GRANT), "text", 0, "text")[2])


def test_several_documents_in_one_file_are_read_and_one_cut_off_is_rejected(tmp_path):
    path = tmp_path / "several.xml"
    path.write_bytes(GRANT.read_bytes() * 2 + GRANT.read_bytes()[:2000])
    rows = raw_rows(ep_fulltext, path)
    assert len(rows["publication"]) == 2
    assert [rejection[3] for rejection in rows["rejection"]] == ["the document breaks off before its end"]


SHARED = {
    "application_v1-0-A1": ("01963450.0", 7),
    "application_v1-2-A1": ("06381048.5", 11),
    "application_v1-4-A2": ("09007746.2", 15),
    "application_v1-5-1-A1-2": ("18867314.9", 17),
    "application_v1-5-A1": ("18877305.5", 12),
    "grant_v1-0-B1": ("02779063.3", 9),
    "grant_v1-2-B1": ("92922494.7", 42),
    "grant_v1-3-B2": ("03721225.5", 3),
    "grant_v1-4-B1": ("91302636.5", 36),
    "grant_v1-5-1-B1": ("16849316.1", 24),
    "grant_v1-5-B1": ("17171508.9", 36),
}


def test_every_shared_document_is_one_record_with_its_number_and_all_its_claims(shared):
    folder = shared / "data" / "patents" / "ep-fulltext-xml"
    for name, (number, claims) in SHARED.items():
        rows = raw_rows(ep_fulltext, folder / f"{name}.xml")
        assert count(ep_fulltext, folder / f"{name}.xml") == (1, 0)
        assert (of_record(rows, "application", 0, "number"), len(rows["claim"])) == ([number], claims)


def test_the_damage_of_the_shared_documents_is_mended_precisely(shared):
    folder = shared / "data" / "patents" / "ep-fulltext-xml"
    ampersand = raw_rows(ep_fulltext, folder / "application_v1-2-A1.xml")
    assert "UDAPI & ASOCIADOS Explanada, 8, 28040 Madrid" in of_record(ampersand, "party", 0, "address")
    headings = raw_rows(ep_fulltext, folder / "application_v1-5-1-A1-2.xml")
    assert "\n<First Embodiment\nA first embodiment will be described." in str(
        of_record(headings, "text", 0, "text")[4]
    )
    assert of_record(headings, "attribute", 0, "value")[-1] == "'<' that opens no tag escaped (4)"
