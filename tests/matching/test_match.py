# SPDX-License-Identifier: Apache-2.0
"""Readers matched with new records: scores worked out by hand, reasons, what is left out, what feedback moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import log, sqrt

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from zhihang.matching.gather import usefulness
from zhihang.matching.interest import NO_RECORDS, Interest, Judged
from zhihang.matching.match import LEAST, Match, MatchSettings, match
from zhihang.matching.matcher import Matcher, matchers
from zhihang.matching.news import Records
from zhihang.matching.pairing import Pairing, Totals, below, heaviest, incidence
from zhihang.matching.profile import Profile
from zhihang.matching.since import Since

DAY = date(2020, 6, 1)


def records(*rows: dict[str, object]) -> Records:
    """Records from what is said of each; the rest is blank."""

    def column(name: str, blank: object) -> list[object]:
        return [row.get(name, blank) for row in rows]

    made = Records(
        [str(row["id"]) for row in rows],
        [str(row["id"]) for row in rows],
        [str(row["id"]) for row in rows],
        column("day", DAY),  # type: ignore[arg-type]
        [str(row.get("words", "")).split() for row in rows],
        *[
            [str(row.get(name, "")).split() for row in rows]
            for name in ("classes", "industries", "by", "cited")
        ],
    )
    return replace(made, runs=column("run", 1))  # type: ignore[arg-type]


def reader(name: str, **fields: object) -> Profile:
    return Profile(name, **{"organisation": "x", **fields})  # type: ignore[arg-type]


def found(interest: Interest, *names: str, least: float = 0.01, **settings: object) -> list[Match]:
    shelf: Sequence[Matcher] = [way for way in matchers() if not names or way.name in names]
    return list(match(interest, shelf, {}, MatchSettings(least, **settings)))  # type: ignore[arg-type]


def test_a_followed_applicant_weighs_half_and_is_the_reason() -> None:
    news = records({"id": "1", "by": "A"}, {"id": "2", "by": "B"}, {"id": "3", "by": "A B"})
    made = found(Interest([reader("r")], news, rivals=[["A"]]))
    assert [(one.application_id, one.score) for one in made] == [("1", 0.5), ("3", 0.5)]
    assert [(reason.matcher, reason.by) for reason in made[0].reasons] == [("rivals", ("A",))]


def test_two_followed_applicants_on_one_record_count_once() -> None:
    news = records({"id": "3", "by": "A B"})
    (one,) = found(Interest([reader("r")], news, rivals=[["A", "B"]]))
    assert one.score == 0.5
    assert one.reasons[0].by == ("A", "B")


def test_a_record_that_cites_an_own_patent_comes_first() -> None:
    news = records({"id": "1", "by": "A"}, {"id": "2", "cited": "own1"})
    own = records({"id": "own1"}, {"id": "own2"})
    made = found(Interest([reader("r")], news, own, [[0], [0]], [["A"]]))
    assert [(one.application_id, one.score) for one in made] == [("2", 0.8), ("1", 0.5)]


def test_queries_count_where_they_hit() -> None:
    news = records({"id": "1"}, {"id": "2"})
    made = found(Interest([reader("r", queries=("q",))], news, hits={"q": frozenset({"2"})}))
    assert [(one.application_id, one.score, one.reasons[0].by) for one in made] == [("2", 0.5, ("q",))]


def test_classes_weigh_by_rarity_among_the_news() -> None:
    # Of three records all but one are in H01M, one each in H01M10 and A01B1: ln(4/3), ln(4/2), ln(4/2).
    news = records(
        {"id": "1", "classes": "H01M10"}, {"id": "2", "classes": "H01M"}, {"id": "3", "classes": "A01B1"}
    )
    own = records({"id": "o", "classes": "H01M10"})
    made = found(Interest([reader("r")], news, own, [[0]]), "classes", weights={"classes": 1.0})
    common, rare = log(4 / 3), log(4 / 2)
    assert [one.application_id for one in made] == ["1", "2"]
    assert made[0].score == pytest.approx(1.0, abs=1e-4)
    assert made[1].score == pytest.approx(common / sqrt(common**2 + rare**2), abs=1e-4)


def test_a_class_a_reader_names_covers_all_below_it() -> None:
    news = records(
        {"id": "1", "classes": "C02F1"}, {"id": "2", "classes": "C02F9"}, {"id": "3", "classes": "C03B1"}
    )
    made = found(Interest([reader("r", classes=("C02F 1/44",))], news), "classes")
    assert [one.application_id for one in made] == ["1"]
    made = found(Interest([reader("r", classes=("c02f",))], news), "classes")
    assert [one.application_id for one in made] == ["1", "2"]


def test_words_of_own_patents_and_of_the_business_find_records() -> None:
    news = records(
        {"id": "1", "words": "alpha beta"}, {"id": "2", "words": "gamma delta"}, {"id": "3", "words": "zeta"}
    )
    own = records({"id": "o", "words": "alpha beta"})
    by_own = found(Interest([reader("r")], news, own, [[0]]), "words")
    assert [(one.application_id, one.score) for one in by_own] == [("1", 1.0)]
    by_scope = found(Interest([reader("r")], news, scopes=[["delta", "gamma"]]), "words")
    assert [(one.application_id, one.score) for one in by_scope] == [("2", 1.0)]
    assert by_scope[0].reasons[0].by == ("delta", "gamma")


def test_words_of_one_character_are_no_reason() -> None:
    news = records({"id": "1", "words": "器"}, {"id": "2", "words": "电池"})
    made = found(Interest([reader("r")], news, scopes=[["器", "电池"]]), "words")
    assert [one.application_id for one in made] == ["2"]


def test_one_everyday_word_in_common_is_not_enough_however_few_the_texts() -> None:
    news = records(
        {"id": "everyday", "words": "服务 轮胎 橡胶 硫化 胎面 帘布"},
        {"id": "dropped", "words": "生产 轮胎 橡胶 硫化"},
        {"id": "subject", "words": "污水处理 曝气 轮胎 橡胶"},
        {"id": "other", "words": "桥梁 曝气"},
    )
    interest = Interest([reader("r")], news, scopes=[["污水处理", "曝气", "服务", "生产"]])
    assert [one.application_id for one in found(interest, "words", least=LEAST)] == ["subject", "other"]


def test_a_whole_text_in_common_scores_one_and_words_of_no_other_text_lower_it() -> None:
    news = records({"id": "1", "words": "alpha beta"}, {"id": "2", "words": "gamma un1 un2 un3"})
    made = found(Interest([reader("r")], news, scopes=[["alpha", "beta", "gamma"]]), "words")
    # Of the second record 1 of 4 equal words is known: length 0.5, toned (0.5 / 0.7)² times the share of the reader.
    first, second = {one.application_id: one.score for one in made}["1"], made[1].score
    assert first > 0.8
    assert second == pytest.approx(1 / sqrt(3) * (known_share() / 0.7) ** 2, abs=0.01)


def known_share() -> float:
    """How much of a record of four words one makes that a reader and it hold, the others being in one text each."""
    shared, alone = (1 + log(1004 / (1 + texts)) for texts in (2, 1))
    return shared / sqrt(shared**2 + 3 * alone**2)


def test_no_more_than_asked_for_and_equal_ones_in_the_order_of_their_ids() -> None:
    news = records(*({"id": str(number), "by": "A"} for number in range(9)))
    made = found(Interest([reader("r", most=3)], news, rivals=[["A"]]))
    assert [one.application_id for one in made] == ["0", "1", "2"]


def test_own_records_and_those_sent_are_left_out() -> None:
    news = records({"id": "1", "by": "me A"}, {"id": "2", "by": "A"}, {"id": "3", "by": "A"})
    interest = Interest([reader("r")], news, rivals=[["A"]], selves=[["me"]])
    made = list(match(interest, list(matchers()), {"r": {"2"}, "other": {"3"}}))
    assert [one.application_id for one in made] == ["3"]


def test_what_came_late_into_the_store_is_news_and_what_was_there_is_not() -> None:
    news = records(
        {"id": "old", "by": "A", "day": date(2020, 5, 1), "run": 3},
        {"id": "late", "by": "A", "day": date(2020, 5, 1), "run": 4},
        {"id": "too old", "by": "A", "day": date(2019, 5, 1), "run": 4},
        {"id": "new", "by": "A", "day": date(2020, 6, 2), "run": 3},
    )
    since = [Since(date(2020, 6, 1), 3, date(2020, 1, 1)), Since(date(2020, 6, 3), 4, date(2020, 1, 1))]
    interest = Interest([reader("r"), reader("served")], news, rivals=[["A"], ["A"]], since=since)
    assert [(one.profile, one.application_id) for one in found(interest)] == [("r", "late"), ("r", "new")]


@pytest.mark.parametrize("nobody", [True, False])
def test_nobody_and_nothing_give_nothing(nobody: bool) -> None:
    news = NO_RECORDS if not nobody else records({"id": "1", "by": "A"})
    assert found(Interest([] if nobody else [reader("r")], news, rivals=[] if nobody else [["A"]])) == []


def test_the_order_of_readers_and_records_changes_no_score() -> None:
    rows = [
        {"id": f"{n}", "words": f"w{n % 3} v{n % 4}", "classes": f"A0{n % 5}B", "by": f"o{n % 2}"}
        for n in range(12)
    ]
    own = records({"id": "p", "words": "w1 v2", "classes": "A01B"}, {"id": "q", "words": "w2"})

    def scores(turned: bool) -> set[tuple[str, str, float]]:
        news = records(*(reversed(rows) if turned else rows))
        readers = [reader("a", most=50), reader("b", most=50)]
        owners, rivals = [[0], [1]], [["o1"], []]
        if turned:
            readers, owners, rivals = readers[::-1], [[1], [0]], rivals[::-1]
        return {
            (m.profile, m.application_id, m.score)
            for m in found(Interest(readers, news, own, owners, rivals))
        }

    assert scores(False) == scores(True) != set()


def test_what_was_useful_draws_and_what_was_not_repels() -> None:
    news = records(
        {"id": "1", "words": "alpha gamma"},
        {"id": "2", "words": "alpha delta"},
        {"id": "3", "words": "other"},
    )
    own = records({"id": "o", "words": "alpha"})
    plain = Interest([reader("r")], news, own, [[0]])
    first, second = (one.score for one in found(plain, "words"))
    assert first == second
    said = Judged(
        records({"id": "x", "words": "gamma"}, {"id": "y", "words": "delta"}), [0, 0], [0, 1], [True, False]
    )
    moved = {one.application_id: one.score for one in found(replace(plain, judged=said), "words")}
    assert moved["1"] > moved["2"]


def test_factors_of_matchers_follow_what_was_useful() -> None:
    # 2 of 2 useful: 0.5 + 3/4; 0 of 1: 0.5 + 1/3.
    said = [("r", True, ["rivals"]), ("r", True, ["rivals"]), ("r", False, ["queries"])]
    factors = usefulness(said)
    assert factors["r"] == {"rivals": pytest.approx(1.25), "queries": pytest.approx(0.5 + 1 / 3)}
    news = records({"id": "1", "by": "A"}, {"id": "2"})
    interest = Interest([reader("r", queries=("q",))], news, rivals=[["A"]], hits={"q": frozenset("2")})
    made = {one.application_id: one.score for one in found(interest, usefulness=factors)}
    assert made == {"1": 0.625, "2": pytest.approx(0.4167, abs=1e-4)}


def test_totals_are_the_weighted_sums_of_capped_products() -> None:
    rng = np.random.default_rng(3)
    pairings = []
    for unit in (True, False, True):
        left, right = rng.random((5, 4)) < 0.5, rng.random((6, 4)) < 0.5
        scale = 0.25 if unit else 1.0
        pairings.append(
            Pairing(
                csr_matrix(left * scale, dtype=np.float32), csr_matrix(right, dtype=np.float32), "abcd", unit
            )
        )
    weights = rng.random((5, 3)).astype(np.float32)
    expected = sum(
        weights[:, [n]] * np.minimum((p.left @ p.right.T).toarray(), 1) for n, p in enumerate(pairings)
    )
    totals = Totals(pairings, weights)
    for first, last in ((0, 2), (2, 5)):
        for row, (places, scores) in enumerate(totals.block(first, last), first):
            got = np.zeros(6)
            np.add.at(got, places, scores)
            assert got == pytest.approx(expected[row], abs=1e-6)
            assert len(set(places.tolist())) == len(places)


def test_small_parts() -> None:
    assert incidence([["a", "z", "b", "a"], []], ["a", "b"]).toarray().tolist() == [[1, 1], [0, 0]]
    rows = csr_matrix([[3.0, 1.0, 2.0], [0.0, 1.0, 0.0]])
    assert heaviest(rows, 2).toarray().tolist() == [[3, 0, 2], [0, 1, 0]]
    assert below(["B1"], ["A1", "B1", "B12", "B2"]) == ["B1", "B12"]
