# SPDX-License-Identifier: Apache-2.0
"""A map of topics: texts to vectors, vectors to a graph of neighbours, the graph to topics and places, topics to names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from zhihang.methods.map_layout import lay_out
from zhihang.methods.neighbour_graph import joined, nearest
from zhihang.methods.segmentation import Segmenter, is_wide, iterate_words
from zhihang.methods.text_vectors import WordCounts, count_words, reduce, weigh
from zhihang.methods.topic_clusters import communities
from zhihang.methods.topic_labels import READ, TopicLabel, class_weights, label_topics

NEIGHBOURS = 15
LEAST_TEXTS = 20
"""With fewer texts there are no topics to tell apart, only words. UNVERIFIED: a parameter."""
Refusal = Literal["", "no_text", "few_texts", "all_alike"]
"""Why there is no map: no text has a word; fewer than 20 texts with words; all say the same."""


@dataclass(frozen=True)
class Topic:
    """A topic: its number (0 is the largest), how many texts, its names, its most typical texts (rows)."""

    number: int
    size: int
    label: TopicLabel
    typical: tuple[int, ...]


@dataclass(frozen=True)
class TopicMap:
    """Topics of texts, and where each text lies.

    Parameters
    ----------
    members
        Topic of each text; -1 where a text has no word to go by.
    points
        Place of each text, two columns; missing (nan) where `members` is -1.
    refused
        Why there is none; `topics` is empty then, and `words` still names what the texts speak of.
    words
        Commonest telling words of all texts.
    empty, scripts
        Texts without a word; texts by script (`zh`, `en`, `mixed`).
    by_script
        Whether topics part by script rather than by subject.
    """

    members: NDArray[np.int64]
    points: NDArray[np.float32]
    topics: tuple[Topic, ...]
    words: TopicLabel
    empty: int
    scripts: dict[str, int]
    by_script: bool
    refused: Refusal


def map_topics(
    texts: Sequence[str],
    *,
    segmenter: Segmenter | None = None,
    detail: float = 1.0,
    seed: int = 0,
) -> TopicMap:
    """Find the topics of texts and draw them as a map; same texts and seed, same bytes.

    Parameters
    ----------
    detail
        Above 1 more and smaller topics, below 1 fewer.
    """
    counted = count_words(iterate_words(text, segmenter) for text in texts)
    scripts = _scripts(texts)
    weighed = weigh(counted, least_documents=min(3, max(1, len(texts) // 10)))
    spoken = np.flatnonzero(np.diff(weighed.matrix.indptr) > 0)
    everything = _words_of_all(counted, texts, segmenter)
    nothing = partial(_empty_map, len(texts), everything, scripts)
    if not len(spoken):
        with_words = int((np.diff(counted.matrix.indptr) > 0).sum())
        return nothing("all_alike" if with_words >= LEAST_TEXTS else "few_texts" if with_words else "no_text")
    if len(spoken) < LEAST_TEXTS:
        return nothing("few_texts")
    vectors = reduce(weighed.matrix[spoken], seed=seed)
    if np.ptp(vectors, axis=0).max() < 1e-6:
        return nothing("all_alike")
    places, cosines = nearest(vectors, NEIGHBOURS, seed=seed)
    graph = joined(places, cosines)
    members = np.full(len(texts), -1, np.int64)
    members[spoken] = communities(graph, detail=detail)
    points = np.full((len(texts), 2), np.nan, np.float32)
    points[spoken] = lay_out(graph, vectors, seed=seed)
    typical = _typical(vectors, spoken, members[spoken])
    weights = class_weights(counted.matrix[:, _columns(counted, weighed)], members)
    examples = [[texts[row] for row in rows] for rows in typical]
    labels = label_topics(weights, weighed.terms, examples, segmenter=segmenter)
    sizes = np.bincount(members[spoken])
    topics = tuple(
        Topic(number, int(sizes[number]), labels[number], tuple(rows[:5]))
        for number, rows in enumerate(typical)
    )
    return TopicMap(
        members, points, topics, everything, len(texts) - len(spoken), scripts, _parted(texts, members), ""
    )


def script_of(text: str) -> str:
    """Return `zh` where a text is mostly of characters without blanks, `en` where of none, `mixed` between, else ''.

    >>> [script_of(text) for text in ("电池的制备", "a battery", "电池 of a very new kind and a method", "")]
    ['zh', 'en', 'mixed', '']
    """
    letters = [char for char in text if char.isalpha()]
    if not letters:
        return ""
    share = sum(map(is_wide, letters)) / len(letters) if is_wide(text) else 0.0
    return "zh" if share > 0.5 else "mixed" if share > 0.05 else "en"


def _scripts(texts: Sequence[str]) -> dict[str, int]:
    found = {"zh": 0, "en": 0, "mixed": 0}
    for text in texts:
        script = script_of(text[:400])
        if script:
            found[script] += 1
    return found


def _parted(texts: Sequence[str], members: NDArray[np.int64]) -> bool:
    """Whether nearly every topic is of one script although the texts are of two."""
    wide = np.array([script_of(text[:400]) == "zh" for text in texts], bool)
    kept = members >= 0
    share = wide[kept].mean() if kept.any() else 0.0
    if not 0.05 < share < 0.95:
        return False
    sizes = np.bincount(members[kept])
    pure = np.bincount(members[kept], weights=wide[kept])
    return bool((np.maximum(pure, sizes - pure).sum() / sizes.sum()) > 0.9)


def _columns(counted: WordCounts, weighed: WordCounts) -> list[int]:
    place = {term: column for column, term in enumerate(counted.terms)}
    return [place[term] for term in weighed.terms]


def _typical(
    vectors: NDArray[np.float32], spoken: NDArray[np.int64], members: NDArray[np.int64]
) -> list[list[int]]:
    """Rows of each topic nearest to its centre, nearest first."""
    found = []
    for number in range(int(members.max()) + 1):
        rows = np.flatnonzero(members == number)
        near = vectors[rows] @ vectors[rows].mean(axis=0)
        order = np.lexsort((rows, -np.round(near, 6)))[:READ]
        found.append([int(spoken[row]) for row in rows[order]])
    return found


def _words_of_all(counted: WordCounts, texts: Sequence[str], segmenter: Segmenter | None) -> TopicLabel:
    frequency = np.bincount(counted.matrix.indices, minlength=len(counted.terms)).astype(float)
    step = max(1, len(texts) // READ)
    return label_topics(frequency[None, :], counted.terms, [list(texts[::step])], segmenter=segmenter)[0]


def _empty_map(count: int, words: TopicLabel, scripts: dict[str, int], why: Refusal) -> TopicMap:
    """Return the answer where there is no map."""
    nowhere = np.full((count, 2), np.nan, np.float32)
    members = np.full(count, -1, np.int64)
    return TopicMap(members, nowhere, (), words, count - sum(scripts.values()), scripts, False, why)
