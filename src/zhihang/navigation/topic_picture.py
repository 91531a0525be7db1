# SPDX-License-Identifier: Apache-2.0
"""The topic map of a corpus: topics with names in both languages, places of patents, and which topics emerge."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from zhihang.methods.latin_language import latin_language
from zhihang.methods.text_vectors import count_words
from zhihang.methods.topic_labels import class_weights, label_topics
from zhihang.methods.topic_map import TopicMap, map_topics, script_of
from zhihang.methods.topic_trend import TopicTrend, topic_trends
from zhihang.navigation.corpus import Collected
from zhihang.navigation.direction import MapPoint, TopicFound, TopicPicture
from zhihang.navigation.patents import Patent

MOST_MAPPED = 20_000
"""Of larger corpora so many patents, spread evenly over the order of filing, are mapped."""
SHOWN = 5


def mapped(made: Collected) -> list[Patent]:
    """Return the patents that the map shows: all, or evenly spread ones, in the order of filing."""
    order = sorted(made.patents, key=lambda one: (one.filed is None, one.filed or made.cutoff, one.unit))
    step = max(1.0, len(order) / MOST_MAPPED)
    return [order[int(i * step)] for i in range(min(len(order), MOST_MAPPED))]


def readable(patent: Patent) -> str:
    """Return the text that topics are made of: Chinese or English; blank for others, which would form a topic of French."""
    language = latin_language(patent.text) if script_of(patent.text[:400]) == "en" else ""
    return patent.text if language in ("", "en") else patent.text_en if _english_text(patent) else ""


def _english_text(patent: Patent) -> bool:
    return bool(patent.text_en) and latin_language(patent.text_en) == "en"


def picture(made: Collected) -> TopicPicture:
    """Map the topics of a corpus; same corpus, same map."""
    some = mapped(made)
    found = map_topics([readable(patent) for patent in some])
    if found.refused:
        return TopicPicture((), (), (), (), (), found.empty, False, found.refused, "")
    years = [patent.year for patent in some]
    over = topic_trends(found.members, years, truncated=made.truncated)
    english = _english(found, some)
    topics = tuple(
        TopicFound(
            topic.number,
            topic.size,
            topic.label.zh,
            topic.label.en or english[topic.number],
            tuple(some[row].number for row in topic.typical[:SHOWN]),
            *_over_time(over.topics[topic.number] if over.topics else None),
        )
        for topic in found.topics
    )
    points = tuple(
        MapPoint(patent.number, round(float(x), 3), round(float(y), 3), int(topic), patent.year)
        for patent, (x, y), topic in zip(some, found.points, found.members, strict=True)
        if topic >= 0
    )
    return TopicPicture(
        topics,
        points,
        over.years,
        over.truncated,
        over.recent_years,
        found.empty,
        found.by_script,
        "",
        over.refused,
    )


def _over_time(
    one: TopicTrend | None,
) -> tuple[tuple[int, ...], int, float, float | None, float | None, str]:
    if one is None:
        return (), 0, 0.0, None, None, ""
    return one.counts, one.recent, one.expected, one.lift, one.q, one.direction


def _english(found: TopicMap, some: Sequence[Patent]) -> list[tuple[str, ...]]:
    """Name the topics from the English texts, where at least half of the patents have one."""
    texts = [patent.text_en for patent in some]
    if sum(map(bool, texts)) * 2 < len(texts):
        return [()] * len(found.topics)
    from zhihang.methods.segmentation import iterate_words

    counted = count_words(iterate_words(text) for text in texts)
    weights = class_weights(counted.matrix, np.where([bool(text) for text in texts], found.members, -1))
    if len(weights) < len(found.topics):
        return [()] * len(found.topics)
    examples = [[texts[row] for row in topic.typical if texts[row]] for topic in found.topics]
    return [label.en for label in label_topics(weights[: len(found.topics)], counted.terms, examples)]
