# SPDX-License-Identifier: Apache-2.0
"""Classes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import diags

from zhihang.matching.interest import Interest
from zhihang.matching.matcher import matcher
from zhihang.matching.pairing import Pairing, below, incidence, rarity, scaled
from zhihang.terms.label import Label

SUBCLASS = 4


@matcher(label=Label("分类相同", "same class"), weight=0.2, order=40)
def classes(interest: Interest) -> Pairing:
    """Subclasses and main groups of the record against those of the reader's own patents and those it names."""
    news = [_levels(symbols) for symbols in interest.news.classes]
    own = [_levels(symbols) for symbols in interest.own.classes]
    judged = [_levels(symbols) for symbols in interest.judged.records.classes]
    features = sorted({symbol for symbols in (*news, *own, *judged) for symbol in symbols})
    right = incidence(news, features)
    weights = diags(rarity(right))
    named = incidence([_named(profile.classes, features) for profile in interest.profiles], features)
    known = interest.of_own(scaled(incidence(own, features) @ weights)) + scaled(named @ weights)
    left = interest.moved(scaled(known.tocsr()), scaled(incidence(judged, features) @ weights))
    return Pairing(
        scaled(left).astype(np.float32), scaled(right @ weights).astype(np.float32), features, unit=True
    )


def _levels(symbols: Sequence[str]) -> list[str]:
    found: dict[str, None] = {}
    for symbol in symbols:
        found[symbol[:SUBCLASS]] = None
        if len(symbol) > SUBCLASS:
            found[symbol] = None
    return list(found)


def _named(prefixes: tuple[str, ...], features: list[str]) -> list[str]:
    wanted = {prefix.upper().replace(" ", "").split("/")[0] for prefix in prefixes}
    exact = {prefix for prefix in wanted if len(prefix) > SUBCLASS}
    here = [name for name in sorted(exact) if name in below([name], features)]
    return [*here, *below(sorted(wanted - exact), features)]
