# SPDX-License-Identifier: Apache-2.0
"""Small sets of subjects and schemes written in a test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from zhihang.facts.codelist import CodeLists
from zhihang.intensity.facts_seen import Area
from zhihang.intensity.identify import Identified, identify
from zhihang.intensity.industries import with_means
from zhihang.intensity.industry_list import IndustryLists
from zhihang.intensity.scheme import Scheme, SchemeFile
from zhihang.intensity.subjects import Subjects

EDITION = "GB/T 4754-2017"
LISTS = IndustryLists(CodeLists(), EDITION)
AREA = Area("450300", "桂林市", ("4503",))


def scheme(*conditions: Mapping[str, Any], subject: str = "industry", **more: Any) -> Scheme:
    """A scheme of these conditions."""
    stated = {
        "label": {"zh": "试", "en": "Trial"},
        "description": "A trial.",
        "reference": "test",
        "subject": subject,
        "status": "illustrative",
        "conditions": list(conditions),
        **more,
    }
    return Scheme("trial", SchemeFile.model_validate(stated))


def subjects(
    measures: Mapping[str, Sequence[float | None]],
    *,
    industries: Sequence[str | None] = (),
    titles: Sequence[frozenset[str] | None] = (),
) -> Subjects:
    """Subjects A, B, C ... with these measures; None is not known."""
    count = len(next(iter(measures.values())))
    names = tuple("ABCDEFGHIJ"[:count])
    values = {
        name: np.array([np.nan if one is None else one for one in row], float)
        for name, row in measures.items()
    }
    return Subjects(names, names, values, tuple(industries) or (None,) * count, tuple(titles))


def tried(made: Scheme, held: Subjects) -> Identified:
    """The scheme tried on subjects, with means."""
    with_all, means = with_means(held, made.says.mean)
    return identify(made, AREA, 2020, with_all, means, LISTS)
