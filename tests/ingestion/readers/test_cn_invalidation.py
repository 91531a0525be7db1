# SPDX-License-Identifier: Apache-2.0
"""Tests of the reader of Chinese invalidation decisions, as JSON and as their index."""

from __future__ import annotations

import pytest
from tests.raw_rows import SAMPLES, count, expected, of_record, raw_rows, samples, surest

from zhihang.errors import SourceError
from zhihang.ingestion.readers.cn_invalidation import cn_invalidation

DECISIONS = SAMPLES / "cn_invalidation" / "decisions.txt"
INDEX = SAMPLES / "cn_invalidation" / "index.csv"


def test_the_samples_give_the_rows_beside_them():
    assert samples(cn_invalidation) == expected(cn_invalidation)


def test_the_reader_is_sure_of_both_forms():
    assert surest(DECISIONS) == surest(INDEX) == "cn_invalidation"


def test_escaped_chinese_is_recognised_too(tmp_path):
    import json

    path = tmp_path / "decisions.json"
    path.write_text(json.dumps(json.loads(DECISIONS.read_text("utf-8"))), "ascii")
    assert surest(path) == "cn_invalidation"
    assert (
        raw_rows(cn_invalidation, path)["application"] == raw_rows(cn_invalidation, DECISIONS)["application"]
    )


def test_what_does_not_read_like_a_claim_is_no_claim():
    rows = raw_rows(cn_invalidation, DECISIONS)
    assert [row["record"] for row in rows["claim"]] == [0, 2]


def test_a_decision_number_in_place_of_the_patent_number_gives_way_to_the_one_in_the_text():
    rows = raw_rows(cn_invalidation, DECISIONS)
    assert of_record(rows, "application", 2, "number") == ["93299999"]
    assert rows["alteration"][0][3:5] == ["WX999", "93299999"]
    assert of_record(raw_rows(cn_invalidation, INDEX), "application", 1, "number") == [None]


def test_json_that_breaks_off_is_refused(tmp_path):
    path = tmp_path / "half.json"
    path.write_bytes(DECISIONS.read_bytes()[:900])
    with pytest.raises(SourceError, match="not readable as JSON"):
        raw_rows(cn_invalidation, path)


def test_the_shared_decisions_give_the_counts_of_their_readme(shared):
    folder = shared / "data" / "patents" / "cn-invalidation-decisions"
    decisions = raw_rows(cn_invalidation, folder / "invalidation_decisions.json")
    index = raw_rows(cn_invalidation, folder / "invalidation_decisions_index.csv")
    assert count(cn_invalidation, folder / "invalidation_decisions.json") == (100, 0)
    assert count(cn_invalidation, folder / "invalidation_decisions_index.csv") == (100, 0)
    outcomes = [row["detail"] for row in decisions["legal_event"]]
    assert {name: outcomes.count(name) for name in set(outcomes)} == {
        "全部无效": 42,
        "部分无效": 25,
        "维持有效": 33,
    }
    # 15 records carry a decision number; two of those decisions name their patent in the text.
    assert sum("number" in row for row in decisions["application"]) == 87
    assert sum("number" in row for row in index["application"]) == 85
    assert len(index["citation"]) == 169
