# SPDX-License-Identifier: Apache-2.0
"""How right the reading of numbers, dates and symbols is on the shared real records, and how fast."""

from __future__ import annotations

import csv
import gzip
import io
import re
import time
import zipfile

import numpy as np
import pyarrow as pa
import pytest
from python_calamine import CalamineWorkbook

from zhihang.terms import (
    application_number,
    classification_symbol,
    patent_date,
    publication_number,
    us_series,
)


def sheet(path_or_bytes):
    book = (
        CalamineWorkbook.from_filelike(io.BytesIO(path_or_bytes))
        if isinstance(path_or_bytes, bytes)
        else CalamineWorkbook.from_path(path_or_bytes)
    )
    return [[str(cell) for cell in row] for row in book.get_sheet_by_index(0).to_python()]


def column(rows, name):
    place = rows[0].index(name)
    return pa.array([row[place] for row in rows[1:]])


def lens(shared):
    path = shared / "data/patents/lens-drones/drones_fulltext_families_5884_raw.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as text:
        return list(csv.reader(text))


def espacenet(shared):
    for path in sorted((shared / "data/patents/epo-citation-export-pizza").glob("*.csv")):
        text = path.read_bytes().decode("mac_roman").replace("\r", "\n")
        yield from csv.DictReader(io.StringIO(text))


def derwent_lines(shared, wanted):
    for path in sorted((shared / "data/patents/derwent-drones").glob("*.gz")):
        tag = ""
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                tag = line[:2] if line[:2].strip() else tag
                if tag == wanted:
                    yield line[3:].strip()


def ids_by_publication(publications, applications, years=None):
    published = publication_number.settle(pa.array(publications)).publication_id.to_pylist()
    told = None if years is None else pa.array(years, pa.int16())
    applied = application_number.settle(pa.array(applications), filing_year=told).application_id.to_pylist()
    return dict(zip(published, applied, strict=True))


def agreement(one, other):
    both = one.keys() & other.keys() - {None}
    return sum(one[key] == other[key] for key in both) / len(both), len(both)


@pytest.mark.quality
@pytest.mark.parametrize(
    ("file", "right", "absent"),
    [
        ("cn-taian-applications/taian_patents_1985-2015.xlsx", 7375, 9),
        ("cn-cnipr-rail/cnipr_export_200.xlsx", 199, 0),
        ("cn-sipo-search/sipo_search_szu_110.xls", 110, 0),
    ],
)
def test_check_digits_of_chinese_tables_are_right(shared, file, right, absent):
    numbers = column(sheet(shared / "data/patents" / file), "申请号")
    judged = application_number.settle(numbers).check_digit.value_counts().to_pylist()
    counts = {each["values"]: each["counts"] for each in judged}
    assert counts == {name: count for name, count in {"right": right, "absent": absent}.items() if count}


@pytest.mark.quality
def test_the_same_publication_has_the_same_application_in_lens_and_espacenet(shared):
    rows = lens(shared)
    pizza = (shared / "data/patents/lens-pizza/pizza_lens_1000_raw.csv").read_bytes().decode("latin-1")
    rows += [row for row in csv.reader(io.StringIO(pizza.replace("\r", "\n"))) if len(row) == 25]
    names = next(row for row in rows if "Application Number" in row and len(row) == 25)
    rows = [row for row in rows if len(row) == 25]
    one = ids_by_publication(
        [row[names.index("Publication Number")] for row in rows],
        [row[names.index("Application Number")] for row in rows],
    )
    pairs = [
        (each, row["Application number"])
        for row in espacenet(shared)
        for each in row["Publication number"].split(";")
    ]
    share, count = agreement(one, ids_by_publication(*zip(*pairs, strict=True)))
    assert count >= 190
    assert share >= 0.99


@pytest.mark.quality
def test_the_same_publication_has_the_same_application_in_lens_and_derwent(shared):
    rows = lens(shared)
    one = ids_by_publication(column(rows, "Publication Number"), column(rows, "Application Number"))
    pattern = re.compile(r"\s*([A-Z]{2}\w+-[A-Z]\d?) +([A-Z]{2}\w+) +\d\d \w{3} (\d{4})")
    found = [match.groups() for match in map(pattern.match, derwent_lines(shared, "AD")) if match]
    publications, applications, years = zip(*found, strict=True)
    share, count = agreement(
        one, ids_by_publication(publications, applications, [int(year) for year in years])
    )
    assert count >= 480
    assert share >= 0.985


@pytest.mark.quality
def test_year_and_serial_number_give_the_series_the_office_gave(shared):
    archive = zipfile.ZipFile(shared / "data/patents/patentscope-pizza/pizza_all_24294_raw.zip")
    pattern = re.compile(r"(?:\[|, )(\d\d)/(\d{3}),?(\d{3}) (?:(\d{4})-\d\d-\d\d\S*|\d\d\.\d\d\.(\d{4})) US")
    found = set()
    for name in archive.namelist():
        if name.endswith(".xls") and not name.startswith("__"):
            for row in sheet(archive.read(name))[2:]:
                found |= {(m[1], m[2] + m[3], int(m[4] or m[5])) for m in pattern.finditer(row[3])}
    series, serials, years = zip(*sorted(found), strict=True)
    kinds = ["P" if code in ("60", "61", "62") else "F" if code == "29" else "" for code in series]
    told = us_series.series_of(pa.array(years, pa.int16()), pa.array(serials), pa.array(kinds)).to_pylist()
    wrong = sum(one is not None and one != other for one, other in zip(told, series, strict=True))
    right = sum(one == other for one, other in zip(told, series, strict=True))
    assert len(series) > 4900
    assert wrong <= 3  # two of them are misprints of the source
    assert right / len(series) >= 0.98


@pytest.mark.quality
def test_every_symbol_and_date_of_the_shared_tables_is_read(shared):
    rows = sheet(shared / "data/patents/cn-cnipr-rail/cnipr_export_200.xlsx")
    symbols = [each for cell in column(rows, "分类号").to_pylist() for each in cell.split(";")]
    assert classification_symbol.settle(pa.array(symbols), "ipc").problem.null_count == len(symbols)
    rows = lens(shared)
    symbols = [each for cell in column(rows, "CPC Classifications").to_pylist() for each in cell.split(";;")]
    assert classification_symbol.settle(pa.array(symbols), "cpc").problem.null_count == len(symbols)
    dates = column(rows, "Publication Date")
    assert patent_date.settle(dates).date.null_count == 0


def made_up_numbers(count):
    random = np.random.default_rng(1)
    columns = (random.integers(low, high, count) for low, high in ((2004, 2024), (1, 4), (0, 10**7), (0, 10)))
    return pa.array(
        [f"CN{year}{right}{serial:07d}.{check}" for year, right, serial, check in zip(*columns, strict=True)]
    )


def made_up_dates(count):
    random = np.random.default_rng(1)
    days = np.datetime64("1985-04-01") + random.integers(0, 14_000, count)
    styles = ("{0}-{1}-{2}", "{0}.{1}.{2}", "{0}{1}{2}", "{0}年{1}月{2}日", "{0}-{1}")
    return pa.array([styles[row % 5].format(*str(day).split("-")) for row, day in enumerate(days)])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("settle", "make"),
    [(application_number.settle, made_up_numbers), (patent_date.settle, made_up_dates)],
    ids=["application numbers", "dates"],
)
def test_a_million_is_settled_in_two_seconds(settle, make):
    values = make(1_000_000)
    assert min(processor_seconds(lambda: settle(values)) for _ in range(3)) <= 2.0


def processor_seconds(work):
    before = time.process_time()
    work()
    return time.process_time() - before
