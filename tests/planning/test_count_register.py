# SPDX-License-Identifier: Apache-2.0
"""A register is counted as it was known at a day, by the regions asked for."""

from __future__ import annotations

from datetime import date

import ibis
import pyarrow as pa
import pytest

from zhihang.planning.count_register import count_register

FAR = date(9999, 12, 31)
DATES = ("filing_date", "publication_date", "grant_date", "valid_from", "valid_to", "known_from", "known_to")


def table(rows, *names):
    types = {
        name: pa.date32() if name in DATES else pa.bool_() if name == "simulated" else pa.string()
        for name in names
    }
    schema = pa.schema([(name, types[name]) for name in names])
    return ibis.memtable(
        pa.Table.from_pylist([{name: row.get(name) for name in names} for row in rows], schema)
    )


def patent(name, region, filed, published=None, granted=None, kind="invention"):
    return {"application_id": name, "kind": kind, "region": region, "filing_date": filed,
            "publication_date": published or filed, "grant_date": granted, "simulated": False}  # fmt: skip


def right(name, region, filed, begun, ended=FAR, known=FAR):
    return {"application_id": name, "kind": "invention", "region": region, "filing_date": filed,
            "valid_from": begun, "valid_to": ended, "known_from": begun, "known_to": known}  # fmt: skip


PATENTS = [
    patent("a", "450323", date(2012, 3, 1), date(2013, 9, 1), date(2014, 5, 1)),
    patent("b", "450324", date(2012, 6, 1), date(2013, 12, 1), date(2015, 5, 1)),
    patent("c", "450323", date(2014, 6, 1), date(2015, 12, 1)),
    patent("d", "450323", date(2016, 11, 1), date(2018, 5, 1)),  # not yet public at the end of 2017
    patent("e", "440100", date(2012, 6, 1), date(2013, 12, 1), date(2015, 5, 1)),  # elsewhere
    patent("f", "450323", date(2012, 6, 1), kind="design"),
]
RIGHTS = [
    right("a", "450323", date(2012, 3, 1), date(2014, 5, 1), date(2016, 3, 1), date(2016, 10, 1)),
    right(
        "b", "450324", date(2012, 6, 1), date(2015, 5, 1), date(2017, 6, 1), date(2018, 1, 10)
    ),  # known too late
]
STATES = [
    {
        "application_id": "c",
        "state": "withdrawn",
        "valid_from": date(2016, 8, 1),
        "known_from": date(2016, 9, 1),
    },
    {
        "application_id": "a",
        "state": "abandoned",
        "valid_from": date(2016, 8, 1),
        "known_from": date(2016, 9, 1),
    },
]
PATENT = ("application_id", "kind", "region", "filing_date", "publication_date", "grant_date", "simulated")
STOCK = (
    "application_id",
    "kind",
    "region",
    "filing_date",
    "valid_from",
    "valid_to",
    "known_from",
    "known_to",
)
STATE = ("application_id", "state", "valid_from", "known_from")


def counted(regions, **more):
    return count_register(
        table(PATENTS, *PATENT), table(RIGHTS, *STOCK), table(STATES, *STATE), lambda one: one.to_pyarrow(),
        date(2017, 12, 31), regions=regions, **more,
    )  # fmt: skip


def plain(rows, *names):
    return sorted(tuple(row[name] for name in names) for row in rows)


def test_only_what_was_public_counts_and_only_of_the_kind_and_place():
    found = counted(["450323", "450324"])
    assert plain(found.filings, "region", "year", "filings") == [
        ("450323", 2012, 1), ("450323", 2014, 1), ("450324", 2012, 1),
    ]  # fmt: skip
    known = counted(["450323", "450324"], all_known=True)
    assert ("450323", 2016, 1) in plain(known.filings, "region", "year", "filings")
    assert known.late == ()


def test_grants_and_ends_without_a_grant_are_counted_by_cohort():
    # b's right of a was granted, so its later abandonment is no refusal
    assert plain(counted(["450300"]).outcomes, "region", "filing_year", "year", "granted", "refused") == [
        ("450300", 2012, 2014, 1, 0), ("450300", 2012, 2015, 1, 0), ("450300", 2014, 2016, 0, 1),
    ]  # fmt: skip


def test_a_right_whose_end_was_not_known_yet_is_in_force():
    assert plain(counted(["450300"]).stock, "region", "filing_year", "in_force") == [("450300", 2012, 1)]


def test_lapses_count_in_the_year_they_took_effect():
    # the lapses of 2016 are all known by the end of 2017; a was in force at the beginning of 2015 and of 2016
    assert plain(counted(["450323"]).lapses, "filing_year", "year", "in_force", "lapsed") == [
        (2012, 2015, 1, 0), (2012, 2016, 1, 1),
    ]  # fmt: skip


def test_months_until_publication_are_counted_of_all_regions_together():
    assert plain(counted(["450300"]).late, "month", "delay", "filings") == [
        ("2012-03", 18, 1), ("2012-06", 18, 1), ("2014-06", 18, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(("regions", "sums"), [(["450000"], 3), (["450300", "450323"], 3), (["450324"], 1)])
def test_a_county_counts_for_the_finest_region_that_holds_it(regions, sums):
    assert sum(row["filings"] for row in counted(regions).filings) == sums


def test_a_register_with_invented_records_says_so():
    rows = [{**PATENTS[0], "simulated": True}, PATENTS[1]]
    found = count_register(
        table(rows, *PATENT), table(RIGHTS, *STOCK), None, lambda one: one.to_pyarrow(), date(2017, 12, 31),
        regions=["450300"],
    )  # fmt: skip
    assert found.simulated
    assert all(row["refused"] == 0 for row in found.outcomes)
