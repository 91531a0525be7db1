# SPDX-License-Identifier: Apache-2.0
"""Maps of topics: found, named, the same again, and refused where there is nothing to tell apart."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from zhihang.methods.text_vectors import count_words, reduce, weigh
from zhihang.methods.topic_map import TopicMap, map_topics
from zhihang.methods.topic_trend import topic_trends

_SUBJECTS = (
    "battery cathode lithium electrolyte anode 电池 正极 锂离子 电解液",
    "rotor wing propeller fuselage aircraft 旋翼 机翼 螺旋桨 飞机",
    "antenna signal receiver channel modulation 天线 信号 接收机 信道",
)


def _texts(each: int = 25) -> list[str]:
    random = np.random.default_rng(4)
    return [" ".join(random.choice(subject.split(), 6)) for _ in range(each) for subject in _SUBJECTS]


@cache
def _map() -> TopicMap:
    return map_topics(_texts())


def test_three_subjects_are_three_topics_named_in_both_languages() -> None:
    made = _map()
    assert len(made.topics) == 3
    assert all(len(set(made.members[start::3])) == 1 for start in range(3))
    battery = made.topics[made.members[0]].label
    assert "cathode" in battery.en
    assert any("电池" in word for word in battery.zh)


def test_the_same_texts_give_the_same_bytes() -> None:
    again = map_topics(_texts())
    assert again.points.tobytes() == _map().points.tobytes()
    assert again.topics == _map().topics


def test_one_text_gives_words_and_no_topics() -> None:
    made = map_topics(["一种锂离子电池"])
    assert made.refused == "few_texts"
    assert made.words.zh == ("锂离子电池",) or "电池" in "".join(made.words.zh)


def test_equal_texts_and_no_texts_are_refused_with_the_reason() -> None:
    assert map_topics(["lithium battery"] * 40).refused == "all_alike"
    assert map_topics(["", "  ", "12"]).refused in ("no_text", "few_texts")
    assert map_topics([]).refused == "no_text"


def test_texts_without_words_stand_outside_the_map() -> None:
    made = map_topics([*_texts(), "", "---"])
    assert made.empty == 2
    assert made.members[-2:].tolist() == [-1, -1]
    assert np.isnan(made.points[-1]).all()


def test_topics_that_part_by_language_are_told() -> None:
    chinese = [" ".join(word for word in text.split() if not word.isascii()) for text in _texts(30)]
    english = [" ".join(word for word in text.split() if word.isascii()) for text in _texts(30)]
    assert map_topics([*chinese, *english]).by_script


def test_axes_hold_what_a_full_decomposition_holds() -> None:
    random = np.random.default_rng(0)
    texts = [
        [f"w{i}" for i in (random.integers(0, 10, 20) + 10 * (row % 3))] for row in range(80)
    ]  # three groups, so that the first three axes stand well above the others
    weights = weigh(count_words(texts), most_share=1.0).matrix
    full = np.linalg.svd(weights.toarray(), full_matrices=False)
    wanted = full[0][:, :3] * full[1][:3]
    wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
    found = reduce(weights, 3)
    assert np.abs(found @ found.T - wanted @ wanted.T).max() < 0.02


def test_a_topic_that_takes_a_larger_share_lately_is_emerging() -> None:
    # Years 2010-2017, 20 texts a year; topic 1 has 2 of 20 before 2015 and 12 of 20 from then on.
    members, years = [], []
    for year in range(2010, 2018):
        new = 12 if year >= 2015 else 2
        members += [1] * new + [0] * (20 - new)
        years += [year] * 20
    members += [0] * 5  # a truncated year in which topic 1 has nothing yet
    years += [2018] * 5
    found = topic_trends(np.array(members), years, truncated=[2018])
    assert [one.direction for one in found.topics] == ["fading", "emerging"]
    assert found.topics[1].lift == pytest.approx(6.0)
    assert found.recent_years == (2015, 2016, 2017)


def test_few_years_are_counted_but_not_tested() -> None:
    found = topic_trends(np.array([0, 0, 1]), [2018, 2019, 2020])
    assert found.refused == "few_years"
    assert found.topics[0].counts == (1, 1, 0)
    assert topic_trends(np.array([0, 1]), [None, None]).refused == "no_dates"
