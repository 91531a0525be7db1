# SPDX-License-Identifier: Apache-2.0
"""Names of topics: the words that mark each one off from the others (c-TF-IDF), as they are written in its texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from zhihang.methods.segmentation import Segmenter, is_wide, words

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

WORDS = 8
READ = 40
"""Texts of a topic that are read for how its words are written."""
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*")


@dataclass(frozen=True)
class TopicLabel:
    """Words of a topic, the most telling first: Chinese ones and those of other scripts; both may be empty."""

    zh: tuple[str, ...]
    en: tuple[str, ...]


def class_weights(counts: csr_matrix, members: NDArray[np.int64]) -> NDArray[np.float64]:
    """Weight of each word (column) in each topic (row): its share there times ln(1 + A / f).

    A is the mean number of words of a topic, f the number of times the word stands anywhere (c-TF-IDF; Grootendorst
    2022, arXiv 2203.05794).
    """
    held = topic_counts(counts, members)
    everywhere = held.sum(axis=0)
    mean = held.sum() / max(len(held), 1)
    rarity = np.log1p(mean / np.maximum(everywhere, 1))
    return np.asarray(held / np.maximum(held.sum(axis=1, keepdims=True), 1) * rarity, float)


def topic_counts(counts: csr_matrix, members: NDArray[np.int64]) -> NDArray[np.float64]:
    """How often each word stands in the texts of each topic."""
    from scipy.sparse import csr_matrix

    topics, rows = int(members.max(initial=-1)) + 1, np.flatnonzero(members >= 0)
    held = csr_matrix((np.ones(len(rows)), (members[rows], rows)), shape=(max(topics, 0), counts.shape[0]))
    return np.asarray((held @ counts).todense(), float)


def label_topics(
    weights: NDArray[np.float64],
    terms: Sequence[str],
    examples: Sequence[Sequence[str]],
    *,
    segmenter: Segmenter | None = None,
    most: int = WORDS,
) -> list[TopicLabel]:
    """Name topics from the weights of their words and some of the texts of each.

    Two of the words that mostly stand side by side become one (锂离子 电池 to 锂离子电池). English stems are written out
    as they are in the examples.
    """
    wide = np.array([is_wide(term) for term in terms], bool)
    tells = np.array([_tells(term) for term in terms], bool)
    labels = []
    for row, texts in zip(weights, examples, strict=True):
        zh = _best(row, wide & tells, terms, 3 * most)
        en = _best(row, ~wide & tells, terms, 3 * most)
        read = [words(text, segmenter) for text in texts[:READ]]
        labels.append(
            TopicLabel(
                tuple(_phrases(zh, read, "")[:most]),
                tuple(_written(_phrases(en, read, " ")[:most], texts[:READ])),
            )
        )
    return labels


def _best(row: NDArray[np.float64], chosen: NDArray[np.bool_], terms: Sequence[str], most: int) -> list[str]:
    weights = np.where(chosen, row, 0)
    order = np.lexsort((np.arange(len(row)), -weights))[:most]
    return [terms[i] for i in order if weights[i] > 0]


@cache
def drafting_words() -> frozenset[str]:
    """Return words of drafting that name no subject: English stems and Chinese words (drafting_words.txt)."""
    return frozenset(files("zhihang.methods").joinpath("drafting_words.txt").read_text("utf-8").split())


def _tells(term: str) -> bool:
    """Whether a word can name a topic: no reference sign (60a, s1), no lone character, no word of drafting."""
    if term in drafting_words():
        return False
    if is_wide(term):
        return len(term) > 1
    letters = sum(map(str.isalpha, term))
    return letters > 2 and letters >= len(term) - 2


def _phrases(ranked: Sequence[str], read: Sequence[Sequence[str]], between: str) -> list[str]:
    """Join two ranked words that stand side by side in at least half of the places of the rarer one."""
    single = Counter(word for text in read for word in text)
    beside = Counter(pair for text in read for pair in pairwise(text))
    known, found = set(ranked), []
    used: set[str] = set()
    for word in ranked:
        if word in used:
            continue
        joins = [
            (count, pair)
            for pair, count in beside.items()
            if word in pair
            and pair[0] != pair[1]
            and known.issuperset(pair)
            and not used & set(pair)
            and count >= 3
            and 2 * count >= min(single[pair[0]], single[pair[1]])
        ]
        if joins:
            _, pair = max(joins, key=lambda join: (join[0], join[1]))
            used.update(pair)
            found.append(between.join(pair))
        else:
            used.add(word)
            found.append(word)
    return found


def _written(labels: Sequence[str], texts: Sequence[str]) -> list[str]:
    """Write stems out as the commonest word of the texts that has the stem."""
    wanted = {stem for label in labels for stem in label.split(" ")}
    seen: dict[str, Counter[str]] = {stem: Counter() for stem in wanted}
    for word, count in Counter(word for text in texts for word in _LATIN.findall(text)).items():
        for stem in words(word):
            if stem in seen and len(word) >= len(stem):
                seen[stem][word.lower()] += count
    full = {
        stem: min(counts, key=lambda word: (-counts[word], word)) if counts else stem
        for stem, counts in seen.items()
    }
    return [" ".join(full[stem] for stem in label.split(" ")) for label in labels]
