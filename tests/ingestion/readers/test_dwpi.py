# SPDX-License-Identifier: Apache-2.0
"""Tests of the reader of Derwent World Patents Index tables."""

from __future__ import annotations

from tests.raw_rows import SAMPLES, expected, normalised, of_record, raw_rows, samples, surest

from zhihang.ingestion.readers.dwpi import dwpi

FAMILIES = SAMPLES / "dwpi" / "families.csv"


def test_the_samples_give_the_rows_beside_them():
    assert samples(dwpi) == expected(dwpi)


def test_the_reader_is_chosen_by_the_columns():
    assert surest(FAMILIES) == "dwpi"


def test_a_family_is_one_application_named_after_its_basic_patent():
    (found,) = normalised(dwpi, FAMILIES)
    assert found.tables["application"].num_rows == 3
    # Derwent's JP1190002A leaves the era open; Espacenet's form says H (Heisei), Derwent's the kind.
    assert "JPH01190002A" in found.tables["publication"].column("publication_id").to_pylist()


def test_a_flag_that_is_not_set_leaves_no_row():
    rows = raw_rows(dwpi, FAMILIES)
    assert "Processes - Separation - Magnetic" not in of_record(rows, "attribute", 0, "name")


def test_a_word_for_all_persons_is_nobodys_name():
    rows = raw_rows(dwpi, FAMILIES)
    assert "assignee" not in of_record(rows, "party", 0, "role")
    assert {"record": 0, "name": "Standardized Assignee", "value": "INDIVIDUALS"} in rows["attribute"]


def test_an_accession_number_read_as_a_float_loses_its_point(tmp_path):
    import xlsxwriter

    header = FAMILIES.read_text("utf-8").splitlines()[0].split(",")
    path = tmp_path / "families.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, header)
        sheet.write_row(
            1, 0, [1986900001.0, "AT198400901A", "ATA90184A", "Sample", "AT", "ACME", "", "", 1.0]
        )
    rows = raw_rows(dwpi, path)
    assert of_record(rows, "family_member", 0, "family_id") == ["1986900001"]
    assert of_record(rows, "attribute", 0, "value")[-1] == "1"
