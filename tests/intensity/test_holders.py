# SPDX-License-Identifier: Apache-2.0
"""Tests of the watch on holders near a threshold: direction, what it takes, and the fee day that decides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from tests.intensity.made_facts import FOREVER, facts_seen, joined
from tests.intensity.made_subjects import AREA

from zhihang.intensity.holders import watch
from zhihang.store.engine import Engine, start_engine

DAY = date(2019, 12, 31)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    started = start_engine("duckdb", {"threads": 1})
    yield started
    started.close()


def rights(holder, filed, *, number=1, granted=True, begin=0):
    """Inventions of a holder filed on days of a month, granted two years later or still pending."""
    rows, stock, states = [], [], []
    for each in range(begin, begin + number):
        day = date(filed.year, filed.month, filed.day + each % 28)
        one = {"application_id": f"{holder}-{filed}-{each}", "organisation_id": holder, "kind": "invention",
               "region": "450302", "filing_date": day}  # fmt: skip
        given = date(filed.year + 2, 1, 1) if granted else None
        rows.append({**one, "grant_date": given})
        if granted:
            stock.append({**one, "grant_date": given, "valid_from": given, "valid_to": FOREVER})
        else:
            states.append({"application_id": one["application_id"], "state": "pending", "valid_from": day})
    return {"patent": rows, "patent_stock": stock, "right_state": states}


def names(*holders):
    return {"organisation": [{"organisation_id": one, "name": one, "type": kind} for one, kind in holders]}


def test_the_day_that_decides_is_the_loss_that_takes_the_holder_below(engine):
    # 21 rights, threshold 20: two losses take it below. Fees fall due on 1 March 2020, 2 March, 3 March ...
    tables = joined(rights("甲", date(2014, 3, 1), number=21), names(("甲", "enterprise")))
    (found,) = watch(facts_seen(engine, tables), AREA, DAY, levels=(20,))
    assert (found.direction, found.held, found.apart, found.fees) == ("down", 21, 2, 21)
    assert (found.decisive_on, found.pay_until) == ("2020-03-02", "2020-09-02")
    assert found.to_pay == 21 * 2000  # the seventh year of each


def test_one_above_is_near_and_two_above_a_threshold_of_ten_is_not(engine):
    ten = joined(rights("甲", date(2014, 3, 1), number=10), names(("甲", "enterprise")))
    (found,) = watch(facts_seen(engine, ten), AREA, DAY, levels=(10,))
    assert (found.direction, found.apart, found.decisive_on, found.pay_until) == (
        "down",
        1,
        "2020-03-01",
        "2020-09-01",
    )
    eleven = joined(rights("甲", date(2014, 3, 1), number=11), names(("甲", "enterprise")))
    assert watch(facts_seen(engine, eleven), AREA, DAY, levels=(10,)) == []


def test_a_term_that_ends_takes_a_right_no_fee_can_keep(engine):
    # Filed in May 2000: the term of 20 years ends in May 2020, the fees of the last year were paid in 2019.
    tables = joined(rights("甲", date(2000, 5, 6)), names(("甲", "enterprise")))
    (found,) = watch(facts_seen(engine, tables), AREA, DAY, levels=(1,))
    assert (found.ending, found.fees, found.decisive_on, found.pay_until) == (1, 0, "2020-05-06", None)


def test_going_up_takes_as_many_pending_as_are_wanted(engine):
    tables = joined(
        rights("甲", date(2018, 5, 6), granted=False),
        rights("乙", date(2014, 3, 1), number=9),
        rights("丙", date(2014, 3, 1), number=9),
        rights("丙", date(2018, 5, 6), granted=False),
        rights("人", date(2018, 5, 6), granted=False),
        names(("甲", "enterprise"), ("乙", "enterprise"), ("丙", "university"), ("人", "individual")),
    )
    found = watch(facts_seen(engine, tables), AREA, DAY, levels=(10, 1))
    assert [(one.name, one.threshold, one.direction, one.apart) for one in found] == [
        ("丙", 10, "up", 1),
        ("甲", 1, "up", 1),
    ]


def test_nobody_near_gives_an_empty_list(engine):
    assert watch(facts_seen(engine, {}), AREA, DAY) == []
