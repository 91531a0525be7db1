# SPDX-License-Identifier: Apache-2.0
"""Words of everyday Chinese as a background of texts."""

from __future__ import annotations

from math import exp

import pytest

from zhihang.methods.everyday_words import LENGTH, TEXTS, WHOLE, everyday
from zhihang.methods.segmentation import everyday_frequency
from zhihang.methods.text_vectors import Background, count_words, weigh


def test_an_everyday_word_stands_in_many_texts_a_technical_one_in_few_and_an_english_one_in_none() -> None:
    made = everyday(["技术", "隔膜", "batteri"])
    assert made.texts == TEXTS
    common, rare, foreign = made.frequency.tolist()
    assert common == pytest.approx(TEXTS * (1 - exp(-LENGTH * everyday_frequency("技术") / WHOLE)))
    assert common > 50 > 1 > rare > 0 == foreign


def test_texts_of_a_background_make_a_word_common_but_do_not_bring_it_in() -> None:
    import numpy as np

    counted = count_words([["a", "b"], ["a", "c"]])
    # 2 texts and 18 more: a word in 2 + 9 of 20 is over one half, one in 1 + 0 of 20 is not.
    made = weigh(
        counted,
        least_documents=1,
        most_share=0.5,
        background=Background(18, np.array([9.0, 0.0, 0.0])),
    )
    assert list(made.terms) == ["b", "c"]
