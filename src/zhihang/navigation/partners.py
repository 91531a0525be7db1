# SPDX-License-Identifier: Apache-2.0
"""The network of joint applicants of a corpus: who works with whom, in which groups, and who joins them."""

from __future__ import annotations

from zhihang.methods.network import bridging, communities, degree, strength, together
from zhihang.navigation.leaders import type_of
from zhihang.navigation.patents import Patent
from zhihang.navigation.position import Cooperation, CooperationLink, CooperationMember
from zhihang.navigation.standing import SCIENCE, Standing, ratio

LEAST_JOINT = 3
TOP = 60


def cooperation(standing: Standing) -> Cooperation:
    """Return the network, its members with most partners first."""
    patents = standing.made.patents
    joint = [p for p in patents if len(p.holders) > 1]
    shares = (ratio(len(joint), len(patents)), _local_joint(standing))
    if len(joint) < LEAST_JOINT:
        return Cooperation((), (), *shares, "few_joint")
    pairs = [(p.unit, holder) for p in joint for holder in p.holders]
    network = together([unit for unit, _ in pairs], [holder for _, holder in pairs])
    if not network.matrix.nnz:
        return Cooperation((), (), *shares, "few_joint")
    held: dict[str, list[Patent]] = {}
    for patent in patents:
        for holder in patent.holders:
            held.setdefault(holder, []).append(patent)
    groups = communities(network)
    numbers = zip(
        network.names,
        degree(network).tolist(),
        strength(network).tolist(),
        groups.tolist(),
        bridging(network, groups).tolist(),
        strict=True,
    )
    members = [
        CooperationMember(
            name,
            type_of(name, held[name]),
            place_of(name, held[name]),
            len(held[name]),
            partners,
            int(shared),
            community,
            round(bridge, 4),
        )
        for name, partners, shared, community, bridge in numbers
    ]
    members.sort(key=lambda one: (-one.shared, -one.partners, one.holder))
    shown = {one.holder for one in members[:TOP]}
    types = {one.holder: one.type for one in members}
    links = tuple(
        CooperationLink(one, other, int(weight), _kind(types[one], types[other]))
        for one, other, weight in network.links()
        if one in shown and other in shown
    )
    return Cooperation(tuple(members[:TOP]), links, *shares, "")


def place_of(name: str, own: list[Patent]) -> str:
    """Return region or country of a holder, as the patents it comes first on have it."""
    return next((p.region or p.country for p in own if p.holders[0] == name and (p.region or p.country)), "")


def _local_joint(standing: Standing) -> float | None:
    own = standing.of(standing.local.key)
    return ratio(sum(len(p.holders) > 1 for p in own), len(own))


def _kind(one: str, other: str) -> str:
    sides = {
        "science" if kind in SCIENCE else "firm" if kind == "enterprise" else "other" for kind in (one, other)
    }
    if sides == {"science", "firm"}:
        return "university_firm"
    return "firm_firm" if sides == {"firm"} else "science_science" if sides == {"science"} else "other"
