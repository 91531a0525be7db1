# SPDX-License-Identifier: Apache-2.0
"""Words."""

from __future__ import annotations

from itertools import chain, pairwise

from zhihang.matching.interest import Interest
from zhihang.matching.matcher import matcher
from zhihang.matching.pairing import Pairing, heaviest, scaled
from zhihang.methods.text_vectors import WordCounts, count_words, weigh
from zhihang.terms.label import Label

MOST_SHARE, FEW = 0.05, 50
"""Words in more than this share of the texts, and in more texts than this, are no reason to send anything."""
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
    texts = counted.matrix.shape[0]
    weighed = weigh(counted, least_documents=2, most_share=max(MOST_SHARE, min(1.0, FEW / max(texts, 1))))
    matrix, starts = weighed.matrix, [0]
    for group in groups:
        starts.append(starts[-1] + len(group))
    news, own, judged, scopes = (matrix[a:b] for a, b in pairwise(starts))
    known = interest.of_own(own)
    known = known + SCOPE * scopes if len(interest.scopes) else known
    left = interest.moved(scaled(known.tocsr()), judged)
    return Pairing(scaled(heaviest(left, MOST_WORDS)), news, weighed.terms, unit=True)


def _telling(counted: WordCounts) -> WordCounts:
    """Return the counts without words of one character and the set phrases of designs: none is a reason for a reader."""
    kept = [column for column, word in enumerate(counted.terms) if len(word) > 1 and word not in OF_DESIGNS]
    return WordCounts(counted.matrix[:, kept], [counted.terms[column] for column in kept])
