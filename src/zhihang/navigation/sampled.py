# SPDX-License-Identifier: Apache-2.0
"""How good a corpus and its tags are, estimated from patents labelled by hand, with Wilson's intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from zhihang.methods.search_quality import Share, from_two_samples, wilson
from zhihang.navigation.corpus import Collected
from zhihang.navigation.labels import HandLabel
from zhihang.navigation.result import Estimate
from zhihang.navigation.tagging import Labelled

RETRIEVED, LEFT_OUT = "retrieved", "left_out"


def quality(made: Collected, labels: Mapping[str, HandLabel]) -> list[Estimate]:
    """Estimate precision and recall of the corpus from random samples, and of every node's tags from labels.

    The corpus: precision from the sample drawn of what was retrieved; recall from it and from the sample drawn of what
    was left out. Nodes: from all labelled patents of the corpus that were not chosen by the classifier.
    """
    retrieved = [one for one in labels.values() if one.sample == RETRIEVED]
    left = [one for one in labels.values() if one.sample == LEFT_OUT]
    found = []
    if retrieved:
        right = sum(not one.noise for one in retrieved)
        found.append(_told("precision", "", wilson(right, len(retrieved)), len(retrieved), "检出样本"))
    if retrieved and left:
        missed = sum(not one.noise for one in left)
        size = len(made.patents)
        both = from_two_samples(
            size,
            sum(not one.noise for one in retrieved),
            len(retrieved),
            max(made.whole - size, 0),
            missed,
            len(left),
        )
        found.append(_told("recall", "", both.recall, len(left), "检出样本与未检出样本"))
        value, low, high = both.f1
        found.append(Estimate("f1", "", value, low, high, len(retrieved) + len(left), "检出样本与未检出样本"))
    return found + _of_nodes(made, labels)


def _of_nodes(made: Collected, labels: Mapping[str, HandLabel]) -> list[Estimate]:
    fair = {key: one for key, one in labels.items() if one.sample != "asked" and one.tells_nodes}
    rows = Labelled(made.patents, fair).rows
    found = []
    for tagging in made.taggings if rows else ():
        told = tagging.ruled  # what labels decided themselves would be right by itself
        known = {
            row: any(
                code == tagging.node.code or tagging.node.code in made.study.above(code) for code in one.nodes
            )
            for row, one in rows.items()
        }
        taken = sum(bool(told[row]) for row in known)
        wanted = sum(known.values())
        right = sum(inside and bool(told[row]) for row, inside in known.items())
        code, how = tagging.node.code, "规则标引与人工标注"
        found.append(_told("precision", code, wilson(right, taken), taken, how))
        found.append(_told("recall", code, wilson(right, wanted), wanted, how))
    return found


def _told(what: str, of: str, one: Share, sampled: int, how: str) -> Estimate:
    return Estimate(what, of, one.value, one.low, one.high, sampled, how)


def sample(made: Collected, labels: Mapping[str, HandLabel], count: int, *, seed: int = 0) -> Sequence[int]:
    """Draw rows of the corpus at random to be labelled, leaving out those labelled already; same seed, same rows."""
    drawn = np.random.default_rng(seed).permutation(len(made.patents))
    done = set(Labelled(made.patents, labels).rows)
    return [int(row) for row in drawn if int(row) not in done][:count]
