# SPDX-License-Identifier: Apache-2.0
"""Words."""

from __future__ import annotations

from itertools import chain, pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import diags

from zhihang.matching.interest import Interest
from zhihang.matching.matcher import matcher
from zhihang.matching.pairing import Pairing, heaviest, scaled
from zhihang.methods.everyday_words import everyday
from zhihang.methods.text_vectors import WordCounts, count_words, weigh
from zhihang.terms.label import Label

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

MOST_SHARE = 0.05
"""Words in a larger share of the texts, those of everyday Chinese among them, are no reason to send anything."""
ENOUGH = 0.7
"""A text of which the others share less than this says little of what it is about by what they share."""
MOST_WORDS = 120
SCOPE = 0.5
"""Weight of the business scope beside the mean of a reader's own patents."""


OF_DESIGNS = frozenset(
    (
        *(
            "外观设计",
            "设计",
            "要点",
            "设计要点",
            "产品",
            "名称",
            "用途",
            "指定",
            "省略",
            "表明",
            "使用状态",
            "参考图",
        ),
        *("主视图", "后视图", "左视图", "右视图", "俯视图", "仰视图", "立体图"),
    )
)
"""Words that the brief explanation of any design contains, whatever its subject."""


@matcher(label=Label("用词相近", "similar words"), weight=1.0, order=30)
def words(interest: Interest) -> Pairing:
    """Words of the record against those of the reader's own patents, business scope and what was found useful."""
    groups = (interest.news.words, interest.own.words, interest.judged.records.words, interest.scopes)
    counted = _telling(count_words(chain(*groups)))
    weighed = weigh(counted, least_documents=1, most_share=MOST_SHARE, background=everyday(counted.terms))
    matrix, starts = weighed.matrix, [0]
    for group in groups:
        starts.append(starts[-1] + len(group))
    news, own, judged, scopes = (matrix[a:b] for a, b in pairwise(starts))
    known = interest.of_own(own)
    known = (known + SCOPE * scopes if len(interest.scopes) else known).tocsr()
    shared = np.bincount(matrix.indices, minlength=len(weighed.terms)) > 1
    left = interest.moved(scaled(known[:, shared]), judged[:, shared])
    terms = [term for term, both in zip(weighed.terms, shared.tolist(), strict=True) if both]
    return Pairing(
        _toned(scaled(heaviest(left, MOST_WORDS)), known, shared),
        _toned(scaled(news[:, shared]), news, shared),
        terms,
        unit=True,
    )


def _toned(rows: csr_matrix, whole: csr_matrix, shared: NDArray[np.bool_]) -> csr_matrix:
    """Return rows of length 1, or shorter where most of what a text says stands in no other text.

    Without it a reader, or a record, of which the others know one everyday word only would seem to be about nothing else.
    """
    part = whole[:, shared]
    of, kept = (np.sqrt(np.asarray(one.multiply(one).sum(axis=1)).ravel()) for one in (whole, part))
    known = np.divide(kept, of, out=np.zeros_like(of), where=of > 0)
    return (diags(np.minimum(known / ENOUGH, 1) ** 2) @ rows).tocsr().astype(np.float32)


def _telling(counted: WordCounts) -> WordCounts:
    """Return the counts without words of one character and the set phrases of designs: none is a reason for a reader."""
    kept = [column for column, word in enumerate(counted.terms) if len(word) > 1 and word not in OF_DESIGNS]
    return WordCounts(counted.matrix[:, kept], [counted.terms[column] for column in kept])
