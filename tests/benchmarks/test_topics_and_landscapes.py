# SPDX-License-Identifier: Apache-2.0
"""Landscapes tagged from few labels, and topics beside flags set by hand, on real patents."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from benchmarks.quality import topics


@pytest.mark.quality
@pytest.mark.parametrize("name", topics.LANDSCAPES)
@pytest.mark.parametrize(("labels", "least"), [(24, 0.75), (100, 0.85)])
def test_few_labels_reach_the_f1_asked_for_with_every_seed(
    shared: Path, name: str, labels: int, least: float
) -> None:
    scores = topics.landscape_scores(shared, name, labels)
    assert min(scores["ours"]) >= least
    for other in ("keywords", "classes"):
        assert np.mean(scores["ours"]) > np.mean(scores[other])


@pytest.mark.quality
def test_topics_of_chinese_abstracts_agree_with_examiners_classes(shared: Path) -> None:
    aviation = topics.flagged_sets(shared)[0]
    agreed, found = topics.topic_agreement(aviation)
    assert agreed >= 0.25
    assert 8 <= found <= 25
