# SPDX-License-Identifier: Apache-2.0
"""The log of deliveries: nothing twice, nothing half, also when the process dies."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.matching.test_mail import killed

from zhihang.errors import NotFound, StoreError
from zhihang.matching.delivery_log import DeliveryLog, Item
from zhihang.matching.since import Since

FIRST, NEXT = date(2020, 6, 30), date(2020, 7, 7)
START = Since(date(2020, 6, 2), 3, date(2020, 6, 2))


@pytest.fixture
def log(tmp_path: Path) -> DeliveryLog:
    return DeliveryLog(tmp_path / "watches" / "deliveries.sqlite")


def items(*keys: str) -> list[Item]:
    return [Item(key, {"kind": "record", "title": key}) for key in keys]


def told(log: DeliveryLog, reader: str) -> list[list[str]]:
    return [[item["key"] for item in log.items(digest.number)] for digest in log.digests(reader)]


def test_an_item_is_told_once_to_a_reader_even_if_given_twice(log: DeliveryLog) -> None:
    assert log.add([("a", "", items("1", "2", "1"), START)], FIRST, 3) == 1
    assert log.add([("a", "", items("2", "3"), START)], NEXT, 3) == 1
    assert told(log, "a") == [["3"], ["1", "2"]]


def test_a_round_done_twice_adds_nothing(log: DeliveryLog) -> None:
    log.add([("a", "", items("1"), START)], FIRST, 3)
    assert log.add([("a", "", items("2"), START)], FIRST, 3) == 0
    assert told(log, "a") == [["1"]]


def test_the_same_day_with_a_newer_store_may_add_more(log: DeliveryLog) -> None:
    log.add([("a", "", items("1"), START)], FIRST, 3)
    assert log.add([("a", "", items("2"), START)], FIRST, 4) == 1


def test_one_address_gets_an_item_through_one_watch_only(log: DeliveryLog) -> None:
    both = [("a", "x@y.example", items("1", "2"), START), ("b", "X@y.example", items("2", "3"), START)]
    assert log.add(both, FIRST, 3) == 2
    assert told(log, "b") == [["3"]]
    assert log.add([("c", "", items("2"), START), ("d", "", items("2"), START)], FIRST, 3) == 2


def test_it_is_known_up_to_when_a_reader_was_served_also_without_news(log: DeliveryLog) -> None:
    assert log.add([("a", "", [], START)], FIRST, 3) == 0
    log.add([("a", "", [], Since(FIRST, 3, FIRST))], NEXT, 5)
    assert log.served() == {"a": Since(NEXT, 5, START.first)}


_ROUND = """
import sys, time
from pathlib import Path
from tests.matching.test_delivery_log import FIRST, START, items
from zhihang.matching.delivery_log import DeliveryLog

def readers():
    for name in "abc":
        yield name, "", items("1", "2"), START
    Path(sys.argv[2]).touch()
    time.sleep(60)

DeliveryLog(Path(sys.argv[1])).add(readers(), FIRST, 3)
"""


def test_a_round_killed_in_the_middle_is_as_if_it_had_not_begun(log: DeliveryLog, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    killed(_ROUND, log.path, mark, when=mark.exists)
    assert log.served() == {}
    assert log.digests() == []
    assert log.add([(name, "", items("1", "2"), START) for name in "abc"], FIRST, 3) == 3
    assert told(log, "b") == [["1", "2"]]


def test_links_lead_back_to_their_reader_and_others_nowhere(log: DeliveryLog) -> None:
    token = log.token("a")
    assert log.token("a") == token
    assert log.reader_of(token) == "a"
    with pytest.raises(NotFound, match="belongs to no watch"):
        log.reader_of(token + "x")


def test_what_is_ready_follows_the_address_and_stays_here_without_one(log: DeliveryLog) -> None:
    log.add([("a", "old@x.example", items("1"), START), ("b", "b@x.example", items("2"), START)], FIRST, 3)
    log.readdress({"a": "new@x.example"})
    assert {d.reader: (d.address, d.state) for d in log.digests()} == {
        "a": ("new@x.example", "ready"),
        "b": ("b@x.example", "kept"),
    }


def test_a_log_that_is_no_database_is_an_error_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "deliveries.sqlite"
    path.write_text("no database " * 100)
    with pytest.raises(StoreError, match="delivery log") as caught:
        DeliveryLog(path).digests()
    assert str(path) in str(caught.value)
