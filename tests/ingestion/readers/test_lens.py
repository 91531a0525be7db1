# SPDX-License-Identifier: Apache-2.0
"""Tests of the reader of The Lens: three vintages of columns, lists, damaged letters."""

from __future__ import annotations

import csv

from tests.raw_rows import SAMPLES, expected, of_record, raw_rows, samples, surest

from zhihang.ingestion.readers.lens import lens

FOLDER = SAMPLES / "lens"


def test_the_samples_give_the_rows_beside_them():
    assert samples(lens) == expected(lens)


def test_all_three_vintages_are_chosen_for_this_reader():
    assert {surest(FOLDER / name) for name in expected(lens)} == {"lens"}


def test_only_two_semicolons_separate_names():
    rows = raw_rows(lens, FOLDER / "export_2014_mac.csv")
    assert of_record(rows, "party", 0, "name")[:2] == ["KING; K. MICHAEL", "EOPE; AIMEE"]


def test_classes_of_another_office_are_not_taken_for_american_ones():
    rows = raw_rows(lens, FOLDER / "export_2016.csv")
    assert "uspc" not in of_record(rows, "classification", 0, "scheme")
    assert {"record": 0, "name": "US Classifications", "value": "5-3-1"} in rows["attribute"]
    assert of_record(rows, "classification", 1, "scheme").count("uspc") == 2


def test_letters_spoilt_on_a_macintosh_come_back_and_the_change_is_told():
    rows = raw_rows(lens, FOLDER / "export_2014_mac.csv")
    assert of_record(rows, "party", 1, "name") == ["MÖLLER BROTE"]
    # The ü was lost for good: Mac Roman has no character for one of its bytes. The words beside it are whole.
    assert of_record(rows, "text", 1, "text") == ["Großer Ofen fÃ_r Klöße"]
    assert len(rows["alteration"]) == 2


def test_a_workbook_gives_the_same_as_the_text(tmp_path):

    import xlsxwriter

    path = tmp_path / "export.xlsx"
    with xlsxwriter.Workbook(path) as book, (FOLDER / "export_current.csv").open(encoding="utf-8") as text:
        sheet = book.add_worksheet("lens-export")
        for number, row in enumerate(csv.reader(text)):
            sheet.write_row(number, 0, row)
    assert raw_rows(lens, path) == raw_rows(lens, FOLDER / "export_current.csv")


def test_a_row_with_too_many_cells_is_rejected_and_the_others_stay(tmp_path):
    lines = (FOLDER / "export_2016.csv").read_text("utf-8").splitlines()
    path = tmp_path / "long.csv"
    path.write_text("\n".join([lines[0], lines[1] + ",one,too,many", lines[2]]) + "\n", encoding="utf-8")
    rows = raw_rows(lens, path)
    assert rows["line"] == [3]
    assert [rejection[0] for rejection in rows["rejection"]] == [2]


def turn_of_the_year(folder, *rows):
    path = folder / "years.csv"
    with path.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(
            (FOLDER / "export_2016.csv").read_text("utf-8").splitlines()[0].replace('"', "").split(",")
        )
        for number, (published, year, filed, priorities) in enumerate(rows, start=1):
            row = [
                number,
                "CN",
                "A",
                f"CN 10{number:07} A",
                "",
                published,
                year,
                f"CN 20141{number:07} A",
                filed,
                priorities,
            ]
            writer.writerow([*row, "Sample", *[""] * 15])
    return path


def test_the_year_of_the_week_gives_way_to_that_of_the_day(tmp_path):
    path = turn_of_the_year(
        tmp_path,
        ("2015-12-31", "2014", "2014-03-05", ""),  # published on 31 December 2014
        ("2016-05-04", "2016", "2015-12-29", ""),  # filed in the first week of 2015: 29 December 2014
        (
            "2012-07-04",
            "2012",
            "2011-12-30",
            "CN 201410000003 A 20111230",
        ),  # 2010 or 2011; its own date tells
    )
    rows = raw_rows(lens, path)
    assert [row["date"] for row in rows["publication"]] == ["2014-12-31", "2016-05-04", "2012-07-04"]
    assert [row["filing_date"] for row in rows["application"]] == ["2014-03-05", "2014-12-29", "2011-12-30"]
    assert [change[3:5] for change in rows["alteration"]] == [
        ["2015-12-31", "2014-12-31"],
        ["2015-12-29", "2014-12-29"],
    ]


def test_dates_of_an_export_without_that_fault_stay(tmp_path):
    path = turn_of_the_year(
        tmp_path, ("2014-12-31", "2014", "2013-12-31", ""), ("2016-05-04", "2016", "2015-12-29", "")
    )
    rows = raw_rows(lens, path)
    assert "alteration" not in rows
    assert [row["filing_date"] for row in rows["application"]] == ["2013-12-31", "2015-12-29"]
