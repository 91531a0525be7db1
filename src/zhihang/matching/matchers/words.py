# SPDX-License-Identifier: Apache-2.0
"""Words."""

from __future__ import annotations

from itertools import chain

from zhihang.matching.interest import Interest
from zhihang.matching.matcher import matcher
from zhihang.matching.pairing import Pairing, heaviest, scaled
from zhihang.methods.text_vectors import count_words, weigh
from zhihang.terms.label import Label

MOST_SHARE = 0.05
"""Words in more than this share of the texts are no reason to send anything."""
MOST_WORDS = 80
SCOPE = 0.5
"""Weight of the business scope beside the mean of a reader's own patents."""


@matcher(label=Label("用词相近", "similar words"), weight=1.0, order=30)
def words(interest: Interest) -> Pairing:
    """Words of the record against those of the reader's own patents, business scope and what was found useful."""
    news, own, judged = interest.news.words, interest.own.words, interest.judged.records.words
    counted = count_words(chain(news, own, judged, interest.scopes))
    weighed = weigh(counted, least_documents=2, most_share=MOST_SHARE)
    ends = [len(news), len(news) + len(own), len(news) + len(own) + len(judged)]
    matrix = weighed.matrix
    right, mine = matrix[: ends[0]], matrix[ends[0] : ends[1]]
    known = interest.of_own(mine) + SCOPE * matrix[ends[2] :]
    left = interest.moved(scaled(known.tocsr()), matrix[ends[1] : ends[2]])
    return Pairing(scaled(heaviest(left, MOST_WORDS)), right, weighed.terms, unit=True)
