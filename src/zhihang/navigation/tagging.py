# SPDX-License-Identifier: Apache-2.0
"""Tags of the breakdown on patents: by rules, and by a classifier where labels show that it does better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from zhihang.methods.landscape import LEAST_LABELS, LandscapeSpace, landscape_space, tag, tag_quality
from zhihang.navigation.labels import HandLabel
from zhihang.navigation.patents import Patent
from zhihang.navigation.rules import Matcher, bare
from zhihang.navigation.study import Node, Study

if TYPE_CHECKING:
    from zhihang.methods.landscape import TagQuality

Mask = NDArray[np.bool_]
NOISE_F1 = 0.7
"""The classifier takes noise out only where it is at least so right on the labels themselves. A parameter."""


@dataclass
class Labelled:
    """Hand-made labels put to the rows of patents, and the space they are learnt in (made when first needed)."""

    patents: Sequence[Patent]
    labels: Mapping[str, HandLabel]
    _space: list[LandscapeSpace] = field(default_factory=list)

    @property
    def rows(self) -> dict[int, HandLabel]:
        """Return the labels by row."""
        found = {}
        for row, patent in enumerate(self.patents):
            for name in (patent.number, *patent.applications):
                label = self.labels.get(bare(name))
                if label is not None:
                    found[row] = label
                    break
        return found

    @property
    def space(self) -> LandscapeSpace:
        """Where the patents lie by words and classes."""
        if not self._space:
            texts = [patent.text for patent in self.patents]
            self._space.append(landscape_space(texts, [patent.symbols for patent in self.patents]))
        return self._space[0]


@dataclass(frozen=True)
class Tagging:
    """Which patents carry a node: by rule, as decided, and how right rule and classifier are on the labels (F1)."""

    node: Node
    ruled: Mask
    decided: Mask
    rule_f1: float | None
    classifier_f1: float | None
    used: str


def tag_nodes(matcher: Matcher, labelled: Labelled, nodes: Sequence[Node], study: Study) -> list[Tagging]:
    """Tag every node; what stands below a node stands in it too."""
    hand = labelled.rows
    found = {node.code: _tagged(node, matcher.told(node), labelled, hand, study) for node in nodes}
    below = {node.code: [one.code for one in nodes if one.parent == node.code] for node in nodes}
    joined: dict[str, Tagging] = {}

    def with_below(code: str) -> Tagging:
        if code not in joined:
            own = found[code]
            parts = [with_below(one) for one in below[code]]
            ruled = np.logical_or.reduce([own.ruled, *(one.ruled for one in parts)])
            decided = np.logical_or.reduce([own.decided, *(one.decided for one in parts)])
            joined[code] = Tagging(own.node, ruled, decided, own.rule_f1, own.classifier_f1, own.used)
        return joined[code]

    return [with_below(node.code) for node in nodes]


def _tagged(
    node: Node, ruled: Mask, labelled: Labelled, hand: Mapping[int, HandLabel], study: Study
) -> Tagging:
    known = _known(node, hand, study)
    if not enough(known):
        return Tagging(node, ruled, _with_labels(ruled, known), None, None, "rule")
    quality: TagQuality = tag_quality(labelled.space, known)
    rule_f1 = f1(known, ruled)
    made = tag(labelled.space, known, ask=0)
    if made.refused or quality.f1 is None or quality.f1 <= (rule_f1 or 0.0):
        return Tagging(node, ruled, _with_labels(ruled, known), rule_f1, quality.f1, "rule")
    return Tagging(node, ruled, _with_labels(made.inside, known), rule_f1, quality.f1, "classifier")


def _known(node: Node, hand: Mapping[int, HandLabel], study: Study) -> dict[int, bool]:
    """Labels that name some node tell of all others that the patent is not in them; see `HandLabel.tells_nodes`."""
    return {
        row: any(code == node.code or node.code in study.above(code) for code in label.nodes)
        for row, label in hand.items()
        if label.tells_nodes
    }


def enough(known: Mapping[int, bool]) -> bool:
    """Whether there are labels of both kinds, and enough of them, to learn from."""
    return len(known) >= 2 * LEAST_LABELS and 2 <= sum(known.values()) <= len(known) - 2


def _with_labels(decided: Mask, known: Mapping[int, bool]) -> Mask:
    told = decided.copy()
    for row, inside in known.items():
        told[row] = inside
    return told


def f1(known: Mapping[int, bool], decided: Mask) -> float | None:
    """F1 (0-1) of a decision on labelled rows."""
    right = sum(inside and bool(decided[row]) for row, inside in known.items())
    both = sum(known.values()) + sum(bool(decided[row]) for row in known)
    return 2 * right / both if both else None


def noise_scores(labelled: Labelled) -> tuple[NDArray[np.float64] | None, TagQuality | None]:
    """Score how surely each patent belongs (0-1), where labels are enough and the classifier is right on them."""
    known = {row: not label.noise for row, label in labelled.rows.items()}
    if not enough(known):
        return None, None
    quality = tag_quality(labelled.space, known)
    made = tag(labelled.space, known, ask=0)
    if made.refused or quality.f1 is None or quality.f1 < NOISE_F1:
        return None, quality
    return made.scores, quality


def doubted(labelled: Labelled, taggings: Sequence[Tagging], study: Study, count: int) -> list[int]:
    """Return rows to label next: where the classifiers of noise and of the nodes are least sure, in turn."""
    hand = labelled.rows
    wishes = [{row: not label.noise for row, label in hand.items()}]
    wishes += [_known(one.node, hand, study) for one in taggings if one.node in study.leaves()]
    orders = [
        tag(labelled.space, known, ask=count).ask_next for known in wishes if len(known) >= LEAST_LABELS
    ]
    found: list[int] = []
    for place in range(count):
        for order in orders:
            if place < len(order) and order[place] not in found:
                found.append(order[place])
    if not orders:
        found = [row for row in range(len(labelled.patents)) if row not in hand]
    return found[:count]
