# SPDX-License-Identifier: Apache-2.0
"""Where inventions are protected: offices, origins by offices, share with protection abroad."""

from __future__ import annotations

from collections import Counter

from zhihang.navigation.corpus import Collected
from zhihang.navigation.direction import MarketLayout

TOP = 12
LEAST_ORIGIN = 5


def layout(made: Collected) -> MarketLayout:
    """Count offices, and origins by offices; only patents with a known office and origin count."""
    known = [patent for patent in made.patents if patent.offices]
    if not known:
        return MarketLayout((), (), None, (), "no_offices")
    offices = Counter(office for patent in known for office in patent.offices)
    origins = Counter(patent.country for patent in known if patent.country)
    pairs = Counter(
        (patent.country, office) for patent in known if patent.country for office in patent.offices
    )
    shown = [office for office, _ in sorted(offices.items(), key=lambda pair: (-pair[1], pair[0]))][:TOP]
    first = [origin for origin, _ in sorted(origins.items(), key=lambda pair: (-pair[1], pair[0]))][:TOP]
    placed = [patent for patent in known if patent.country]
    out = Counter(patent.country for patent in placed if patent.offices - {patent.country})
    alone = all(len(patent.offices) == 1 for patent in known)
    return MarketLayout(
        tuple(
            {"office": office, "patents": offices[office], "share": offices[office] / len(known)}
            for office in shown
        ),
        tuple(
            {"origin": origin, "office": office, "patents": pairs[origin, office]}
            for origin in first
            for office in shown
            if pairs[origin, office]
        ),
        None if alone or not placed else out.total() / len(placed),
        tuple(
            {"origin": origin, "patents": origins[origin], "abroad": out[origin] / origins[origin]}
            for origin in first
            if origins[origin] >= LEAST_ORIGIN and not alone
        ),
        "one_office_each" if alone else "",
    )
