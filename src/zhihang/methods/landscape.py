# SPDX-License-Identifier: Apache-2.0
"""Which patents belong to a landscape, learnt from few labels: words, classes and citations, and what is not labelled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from zhihang.errors import NotInstalled
from zhihang.methods.neighbour_graph import joined, nearest
from zhihang.methods.search_quality import Share, wilson
from zhihang.methods.segmentation import Segmenter, iterate_words
from zhihang.methods.text_vectors import Vectors, count_words, reduce, weigh

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Scores = NDArray[np.float64]
AXES = 50
NEIGHBOURS = 15
CITED = 0.5
"""Weight of shared citations beside words and classes in what counts as near."""
MOST_CITED = 500
"""A reference that more patents share than this says nothing of nearness."""
PULL, ROUNDS = 0.9, 50
"""How much a patent takes from its neighbours in each round, and how many rounds (Zhou et al. 2004)."""
LEAST_LABELS = 4
Refusal = Literal["", "one_class", "few_labels"]


@dataclass(frozen=True)
class LandscapeSpace:
    """Where patents lie: vectors of words and classes side by side, and the graph of those near each other."""

    vectors: Vectors
    graph: csr_matrix


@dataclass(frozen=True)
class Tagged:
    """Score of each patent (0-1, in from 0.5 on), the order to label the others in, and why there is no score.

    The score ranks; it is no probability, as labels are not drawn like the patents.
    """

    scores: Scores
    ask_next: tuple[int, ...]
    refused: Refusal

    @property
    def inside(self) -> NDArray[np.bool_]:
        """Whether each patent is taken to belong."""
        return np.asarray(self.scores >= 0.5)


def landscape_space(
    texts: Sequence[str],
    classes: Sequence[Sequence[str]] = (),
    references: Sequence[Sequence[str]] = (),
    *,
    segmenter: Segmenter | None = None,
    seed: int = 0,
) -> LandscapeSpace:
    """Put patents into one space by the words, classes and citations they share.

    Parameters
    ----------
    classes
        Symbols of each patent in any scheme; section, subclass and group count each on their own.
    references
        What each cites, and its own number: patents that cite each other or the same are near.
    """
    from scipy.sparse import csr_matrix

    parts = [_axes([iterate_words(text, segmenter) for text in texts], seed)]
    if any(classes):
        parts.append(_axes([class_levels(symbols) for symbols in classes], seed))
    vectors = np.hstack(parts)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors = np.ascontiguousarray(vectors / np.maximum(lengths, 1e-9), np.float32)
    graph = joined(*nearest(vectors, NEIGHBOURS, seed=seed)) if len(texts) > 1 else csr_matrix((1, 1))
    if any(references):
        graph = graph + CITED * _shared(references)
    return LandscapeSpace(vectors, graph.tocsr())


def class_levels(symbols: Sequence[str]) -> list[str]:
    """Return symbols with what they belong to: section, class, subclass, main group.

    >>> class_levels(["B64C 27/12"])
    ['B', 'B64', 'B64C', 'B64C27', 'B64C27/12']
    """
    found: set[str] = set()
    for symbol in symbols:
        whole = "".join(symbol.split()).upper()
        if whole:
            found |= {whole[:1], whole[:3], whole[:4], whole.split("/")[0], whole}
    return sorted(found)


def tag(space: LandscapeSpace, labels: Mapping[int, bool], *, ask: int = 20) -> Tagged:
    """Score all patents from the labels of some (row to whether it belongs).

    Half of the score comes from a logistic regression on the vectors, half from labels handed on through the graph to
    patents without any, each side weighted as if it had as many labels as the other.
    """
    count = len(space.vectors)
    rows = np.array(sorted(labels), np.int64)
    known = np.array([labels[row] for row in rows], bool)
    spread = _handed_on(space.graph, rows, known)
    refused: Refusal = ""
    if len(rows) < LEAST_LABELS:
        refused = "few_labels"
    if known.all() or not known.any():
        refused = "one_class"
    if refused:
        order = np.argsort(-spread if known.any() else spread, kind="stable")
        return Tagged(np.full(count, np.nan), _without(order, rows, ask), refused)
    scores = (_regression(space.vectors, rows, known) + spread) / 2
    scores[rows] = known
    return Tagged(scores, _asked(space, scores, rows, ask), "")


@dataclass(frozen=True)
class TagQuality:
    """Precision and recall on the labels themselves, each scored by the labels of the other parts; F1 of the two."""

    precision: Share
    recall: Share
    f1: float | None
    parts: int


def tag_quality(
    space: LandscapeSpace, labels: Mapping[int, bool], *, parts: int = 5, seed: int = 0
) -> TagQuality:
    """Estimate how right the tagging is, by leaving out a fifth of the labels at a time.

    It holds for patents like the labelled ones: labels chosen by `ask_next` are the hard cases, so that it is too low then.
    """
    rows = np.array(sorted(labels), np.int64)
    random = np.random.default_rng(seed)
    part = np.empty(len(rows), np.int64)
    for side in (True, False):  # both kinds in every part
        chosen = np.flatnonzero([labels[row] == side for row in rows])
        part[random.permutation(chosen)] = np.arange(len(chosen)) % parts
    right = taken = wanted = 0
    for number in range(parts):
        kept = {int(row): labels[row] for row, own in zip(rows, part, strict=True) if own != number}
        made = tag(space, kept, ask=0)
        if made.refused:
            continue
        for row in rows[part == number]:
            inside, true = bool(made.inside[row]), labels[int(row)]
            right, taken, wanted = right + (inside and true), taken + inside, wanted + true
    f1 = 2 * right / (taken + wanted) if taken + wanted else None
    return TagQuality(wilson(right, taken), wilson(right, wanted), f1, parts)


def _axes(items: Sequence[Iterable[str]], seed: int) -> Vectors:
    weighed = weigh(count_words(items), least_documents=2, most_share=0.9)
    if weighed.matrix.shape[1] < 2:
        return np.zeros((len(items), 1), np.float32)
    return reduce(weighed.matrix, AXES, seed=seed)


def _shared(references: Sequence[Sequence[str]]) -> csr_matrix:
    """Cosine of what patents cite; its own number counts as cited, so that citing one another counts."""
    weighed = weigh(
        count_words([sorted(set(items)) for items in references]), least_documents=2, most_share=1.0
    )
    used = np.bincount(weighed.matrix.indices, minlength=weighed.matrix.shape[1])
    kept = weighed.matrix[:, used <= MOST_CITED]
    near = (kept @ kept.T).tocsr()
    near.setdiag(0)
    near.eliminate_zeros()
    return near


def _regression(vectors: Vectors, rows: NDArray[np.int64], known: NDArray[np.bool_]) -> Scores:
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError as error:
        raise NotInstalled(
            "Learning from labels needs the library scikit-learn.",
            {"missing": "scikit-learn"},
            todo="pip install 'zhihang[navigation]'",
        ) from error
    model = LogisticRegression(C=10.0, class_weight="balanced", max_iter=1000)
    model.fit(vectors[rows].astype(np.float64), known)
    return np.asarray(model.predict_proba(vectors.astype(np.float64))[:, 1], float)


def _handed_on(graph: csr_matrix, rows: NDArray[np.int64], known: NDArray[np.bool_]) -> Scores:
    """Share of what reaches each patent through the graph that comes from those inside (0-1; 0.5 if nothing does)."""
    from scipy.sparse import diags

    degree = np.asarray(graph.sum(axis=1)).ravel()
    root = diags(1 / np.sqrt(np.maximum(degree, 1e-12)))
    pull = (root @ graph @ root).tocsr()
    given = np.zeros((graph.shape[0], 2))
    for side in (0, 1):
        mine = rows[known == bool(side)]
        given[mine, side] = 1 / max(len(mine), 1)
    held = given.copy()
    for _ in range(ROUNDS):
        held = PULL * (pull @ held) + (1 - PULL) * given
    total = held.sum(axis=1)
    return np.asarray(np.divide(held[:, 1], total, out=np.full(len(total), 0.5), where=total > 1e-15), float)


def _asked(space: LandscapeSpace, scores: Scores, rows: NDArray[np.int64], ask: int) -> tuple[int, ...]:
    """Order to label in: the most doubtful first, each unlike those before it."""
    doubt = 1 - 2 * np.abs(scores - 0.5)
    doubt[rows] = -np.inf
    chosen: list[int] = []
    nearest_so_far = np.zeros(len(scores))
    for _ in range(min(ask, len(scores) - len(rows))):
        best = int(np.argmax(doubt - 0.5 * np.maximum(nearest_so_far, 0)))
        chosen.append(best)
        doubt[best] = -np.inf
        nearest_so_far = np.maximum(nearest_so_far, space.vectors @ space.vectors[best])
    return tuple(chosen)


def _without(order: NDArray[np.int64], rows: NDArray[np.int64], ask: int) -> tuple[int, ...]:
    labelled = set(rows.tolist())
    return tuple(int(row) for row in order if int(row) not in labelled)[:ask]
