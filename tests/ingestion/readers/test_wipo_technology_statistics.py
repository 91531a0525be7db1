# SPDX-License-Identifier: Apache-2.0
"""Tests of the reader of WIPO statistics by technology: a column per year, or a row per value."""

from __future__ import annotations

from tests.raw_rows import SAMPLES, expected, normalised, raw_rows, samples, surest

from zhihang.ingestion.readers.wipo_technology_statistics import wipo_technology_statistics

FOLDER = SAMPLES / "wipo_technology_statistics"


def test_the_samples_give_the_rows_beside_them():
    assert samples(wipo_technology_statistics) == expected(wipo_technology_statistics)


def test_both_shapes_are_chosen_for_this_reader():
    assert {surest(FOLDER / name) for name in ("wide.csv", "long.csv")} == {"wipo_technology_statistics"}


def test_a_year_without_a_value_gives_no_observation():
    periods = [
        row["period"] for row in raw_rows(wipo_technology_statistics, FOLDER / "wide.csv")["observation"]
    ]
    assert periods == ["1980", "1982", "1982"]


def test_values_arrive_in_the_table_of_observations():
    (found,) = normalised(wipo_technology_statistics, FOLDER / "wide.csv")
    rows = found.tables["observation"]
    assert rows.column("value").to_pylist() == [5.0, 2.0, 7.0]
    assert rows.column("period_kind").to_pylist() == ["year"] * 3
