# SPDX-License-Identifier: Apache-2.0
"""The shared real files of Western vendors go in with every record, and what was read by eye is found again."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from tests.raw_rows import count, drafts, of_record, raw_rows, surest

from zhihang.ingestion.reader import Reader

pytestmark = pytest.mark.quality

RECORDS = {
    "lens-drones/drones_fulltext_families_5884_raw.csv.gz": ("lens", 5_884),
    "lens-pizza/pizza_lens_1000_raw.csv": ("lens", 1_000),
    "google-patents-csv/gp-search.csv": ("google_patents", 4_264),
    "patentscope-pizza/pizza_all_24294_raw.zip": ("patentscope", 24_294),
    "espacenet-pizza/pizza_small.xls": ("espacenet", 25),
    "epo-citation-export-pizza/pizza_sliced_20002002_319.csv": ("espacenet", 319),
    "epo-citation-export-pizza/pizza_sliced_20092012_428.csv": ("espacenet", 428),
    "thomson-innovation-synbio/synbio.xlsx": ("thomson_innovation", 644),
    "dwpi-ewaste/ewaste.xlsx": ("dwpi", 8_867),
    "derwent-drones/derwent_drone_drones_1_500.ciw.gz": ("derwent_ciw", 500),
    "derwent-drones/derwent_drone_drones_501_1000.ciw.gz": ("derwent_ciw", 500),
    "derwent-drones/derwent_drone_drones_2001_2500.ciw.gz": ("derwent_ciw", 500),
    "sep-hevc-advance/patent_new.csv": ("sep_list", 17_361),
    "landscape-labelled/nighttime_driver_visibility.csv.gz": ("landscape_labelled", 948),
    "landscape-labelled/offshore_plant.csv.gz": ("landscape_labelled", 937),
    "landscape-labelled/underwater_glider.csv.gz": ("landscape_labelled", 493),
    "landscape-seeds/hair_dryer.seed.csv": ("number_list", 374),
    "landscape-seeds/hair_dryer_large.seed.csv": ("number_list", 410),
    "landscape-seeds/video_codec.seed.csv": ("number_list", 1_711),
    "wipo-statistics/wipo_tech_region.csv": ("wipo_technology_statistics", 13_617),
    "wipo-statistics/patent_grants_by_technology_1980_2013_raw.csv": ("wipo_technology_statistics", 5_920),
}


@pytest.fixture
def patents(shared: Path) -> Path:
    return shared / "data" / "patents"


def reader(name: str) -> Reader:
    found: Reader = getattr(importlib.import_module(f"zhihang.ingestion.readers.{name}"), name)
    return found


@pytest.mark.parametrize("path", RECORDS)
def test_every_record_of_a_file_is_read(patents, path):
    name, records = RECORDS[path]
    assert count(reader(name), patents / path) == (records, 0)


@pytest.mark.parametrize("path", [path for path in RECORDS if not path.endswith(".zip")])
def test_each_file_is_chosen_for_its_reader(patents, path):
    assert surest(patents / path) == RECORDS[path][0]


def test_lens_rows_say_what_the_file_says(patents):
    drones = raw_rows(reader("lens"), patents / "lens-drones/drones_fulltext_families_5884_raw.csv.gz")
    # Row 42 of the file, number 41: CN 101081639 A.
    assert drones["line"][40] == 42
    assert of_record(drones, "publication", 40, "number") == ["CN 101081639 A"]
    assert of_record(drones, "application", 40, "number") == ["CN 200610035764 A"]
    assert of_record(drones, "party", 40, "name") == [
        "ZHUHAI XINGYU MODEL IND CO LTD",
        "FUSHENG ZHANG",
        "WANGXING HE",
        "XIAODONG TAN",
    ]
    assert of_record(drones, "priority", 1, "date") == ["20100311", "20100607"]
    # 355 records are Chinese, as the file's description says.
    assert sum(row["office"] == "CN" for row in drones["publication"]) == 355


def test_lens_dates_agree_with_the_year_beside_them_and_with_their_own_priorities(patents):
    """66 publication dates and at least 72 filing dates of this file bear the year of their week."""
    rows = raw_rows(reader("lens"), patents / "lens-drones/drones_fulltext_families_5884_raw.csv.gz")
    years = {row["record"]: row["value"] for row in rows["attribute"] if row["name"] == "Publication Year"}
    assert all(str(row["date"])[:4] == years[row["record"]] for row in rows["publication"])
    filed = {(row["record"], row["number"]): row.get("filing_date") for row in rows["application"]}
    own = [(filed.get((row["record"], row["number"])), row.get("date")) for row in rows["priority"]]
    assert all(str(date).replace("-", "") == priority for date, priority in own if date and priority)
    changed = [change[2] for change in rows["alteration"]]
    assert (changed.count("date"), changed.count("filing_date")) == (66, 87)


def test_old_lens_rows_say_what_the_file_says(patents):
    pizza = raw_rows(reader("lens"), patents / "lens-pizza/pizza_lens_1000_raw.csv")
    assert pizza["publication"][0] == {
        "record": 0,
        "office": "US",
        "number": "US 2013/0101709 A1",
        "kind_code": "A1",
        "date": "25/04/13",
    }
    assert (
        of_record(pizza, "citation", 700, "text")[1]
        == '"Das große Reader\'s Digest Kochbuch", 4. Aufl., S. 183'
    )


def test_google_rows_say_what_the_file_says(patents):
    rows = raw_rows(reader("google_patents"), patents / "google-patents-csv/gp-search.csv")
    assert rows["line"][0] == 3
    assert of_record(rows, "party", 0, "name")[0] == "Idemitsu Kosan Co., Ltd."
    assert of_record(rows, "application", 5, "grant_date") == ["2022-03-01"]
    assert of_record(rows, "party", 5, "name")[1] == "上杉秀雄"
    # 1,455 records are Chinese, as the file's description says.
    assert sum(str(row["number"]).startswith("CN-") for row in rows["publication"]) == 1_455


def test_patentscope_rows_say_what_the_file_says(patents):
    found = drafts(reader("patentscope"), patents / "patentscope-pizza/pizza_all_24294_raw.zip")
    assert [len(draft) for draft in found] == [9_659, 8_458, 6_177]
    first = found[0].table("classification").slice(0, 3).column("symbol").to_pylist()
    assert first == ["G01N 25/00", "G01J 5/00", "G01N 25/72"]
    assert found[0].table("priority").slice(0, 1).drop_columns("record").to_pylist() == [
        {"office": "US", "number": "60582692", "date": "2004-06-24"}
    ]


def test_espacenet_rows_say_what_the_files_say(patents):
    workbook = raw_rows(reader("espacenet"), patents / "espacenet-pizza/pizza_small.xls")
    assert workbook["line"][:2] == [6, 7]
    assert of_record(workbook, "party", 1, "name")[1] == "FAHEY-BURKE SAMUEL J"
    assert of_record(workbook, "priority", 1, "number") == [
        "US201313974256",
        "US201313974270",
        "US201313974283",
    ]
    text = raw_rows(reader("espacenet"), patents / "epo-citation-export-pizza/pizza_sliced_20002002_319.csv")
    assert of_record(text, "publication", 2, "number") == ["CA2731260 (A1)", "CA2731260 (C)"]
    assert of_record(text, "party", 2, "country") == ["US", "US", "US"]
    assert {row["value"] for row in text.get("attribute", [])} == set()


def test_thomson_rows_say_what_the_file_says(patents):
    rows = raw_rows(reader("thomson_innovation"), patents / "thomson-innovation-synbio/synbio.xlsx")
    assert of_record(rows, "application", 0, "number") == ["EP1995936339A"]
    assert of_record(rows, "family_member", 0, "number")[:2] == ["AU199538327A", "AU707782B2"]
    assert of_record(rows, "party", 0, "address") == [
        None,
        "Greenville, NC 27858 4353",
        "Greenville, NC 27834",
    ]


def test_dwpi_rows_say_what_the_file_says(patents):
    rows = raw_rows(reader("dwpi"), patents / "dwpi-ewaste/ewaste.xlsx")
    assert rows["family_member"][0] == {
        "record": 0,
        "scheme": "dwpi",
        "family_id": "1986000013",
        "number": "AT198400452A",
    }
    flags = [row for row in rows["attribute"] if row["name"] == "Product/Item - Batteries"]
    assert (len(flags), {row["value"] for row in flags}) == (1_756, {"1"})


def test_derwent_rows_say_what_the_file_says(patents):
    rows = raw_rows(reader("derwent_ciw"), patents / "derwent-drones/derwent_drone_drones_1_500.ciw.gz")
    assert rows["line"][0] == 3
    assert of_record(rows, "publication", 0, "number") == ["JP2017071285-A"]
    assert of_record(rows, "publication", 0, "date") == ["13 Apr 2017"]
    assert of_record(rows, "party", 0, "name")[0] == "TABUCHI DENKI KK"
    assert of_record(rows, "family_member", 2, "number") == ["US2017104972-A1", "WO2017062725-A1"]


def test_essential_patents_say_what_the_file_says(patents):
    rows = raw_rows(reader("sep_list"), patents / "sep-hevc-advance/patent_new.csv")
    assert sum(row["office"] == "CN" for row in rows["publication"]) == 1_229
    named = {row["record"] for row in rows["party"] if row["role"] == "inventor"}
    assert len(rows["line"]) - len(named) == 3_390


def test_labels_say_what_the_file_says(patents):
    rows = raw_rows(
        reader("landscape_labelled"), patents / "landscape-labelled/nighttime_driver_visibility.csv.gz"
    )
    labels = [row["value"] for row in rows["attribute"] if row["name"] == "valid"]
    assert (labels.count("True"), labels.count("False")) == (329, 619)


def test_statistics_say_what_the_file_says(patents):
    rows = raw_rows(
        reader("wipo_technology_statistics"),
        patents / "wipo-statistics/patent_grants_by_technology_1980_2013_raw.csv",
    )
    first = rows["observation"][0]
    assert (first["region_name"], first["period"], first["value"]) == ("Africa", "1980", "93")
    assert first["source"] == "WIPO statistics database. Last updated: March 2015"
