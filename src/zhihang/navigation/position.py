# SPDX-License-Identifier: Apache-2.0
"""Position of a region or client: share, specialisation, gaps, holders and talent, control, strength, co-operation, risk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zhihang.navigation.plain import Plain


@dataclass(frozen=True)
class PlaceFigure(Plain):
    """A place compared: `role` is local, nation, world or comparator.

    `deviation` is half the sum of differences between its shares by node and those of the world (0-1).
    """

    key: str
    name: str
    role: str
    patents: int
    share_of_world: float | None
    holders: int
    inventors: int
    abroad: float | None
    enterprise: float | None
    deviation: float | None


@dataclass(frozen=True)
class NodeShare(Plain):
    """A node in a place: patents, share of the place's own, share of the node's world total, location quotient."""

    code: str
    label: str
    place: str
    patents: int
    share: float | None
    share_of_node: float | None
    quotient: float | None
    rank: int | None


@dataclass(frozen=True)
class NodeGap(Plain):
    """How far a place stays behind what its size lets expect in a node.

    `gap` is its share less the world's (0-1), `z` the adjusted standardised residual; `verdict` is gap (z below -2 and
    at least five expected), strong (above 2), even, or too_few.
    """

    code: str
    label: str
    local: int
    expected: float
    share: float | None
    world_share: float | None
    gap: float | None
    z: float | None
    verdict: str


@dataclass(frozen=True)
class NodeHolder(Plain):
    """A holder in a node."""

    holder: str
    type: str
    country: str
    region: str
    patents: int
    share: float
    in_force: int


@dataclass(frozen=True)
class NodeTalent(Plain):
    """Holders and inventors of a place in a node; density is inventors for each holder."""

    code: str
    label: str
    place: str
    holders: int
    inventors: int
    density: float | None
    top: tuple[NodeHolder, ...]
    top_inventors: tuple[str, ...]


@dataclass(frozen=True)
class NodeControl(Plain):
    """Who holds a node: share of the four largest, Herfindahl index, the largest holders, shares of places.

    `dependence` is the share held by neither the place nor its nation; None where countries are not known.
    """

    code: str
    label: str
    patents: int
    cr4: float | None
    hhi: float | None
    top: tuple[NodeHolder, ...]
    local_share: float | None
    nation_share: float | None
    dependence: float | None


@dataclass(frozen=True)
class LegalStrength(Plain):
    """Legal state of a node in a place: counts, mean age of rights in force, and how many end by age within three years."""

    code: str
    label: str
    place: str
    in_force: int
    pending: int
    ended: int
    unknown: int
    mean_age: float | None
    expiring: int


@dataclass(frozen=True)
class CooperationMember(Plain):
    """A holder in the network of co-applicants."""

    holder: str
    type: str
    place: str
    patents: int
    partners: int
    shared: int
    community: int
    bridging: float


@dataclass(frozen=True)
class CooperationLink(Plain):
    """Two holders and how many patents they share."""

    one: str
    other: str
    patents: int
    kind: str


@dataclass(frozen=True)
class Cooperation(Plain):
    """The network of co-applicants; `joint` is the share of patents with several holders; `refused` why there is none."""

    members: tuple[CooperationMember, ...]
    links: tuple[CooperationLink, ...]
    joint: float | None
    local_joint: float | None
    refused: str


@dataclass(frozen=True)
class SupplyDemand(Plain):
    """University and institute supply against firm demand in a node of the place, and the same in the world.

    `match` is the smaller of the place's two counts over the larger (0-1): near 1 both are there.
    """

    code: str
    label: str
    university: int
    firm: int
    joint: int
    world_university: int
    world_firm: int
    match: float | None
    verdict: str


@dataclass(frozen=True)
class ForeignRisk(Plain):
    """Patents of foreign holders in a node that are in force, or may become so, in the place's country.

    For a client these are patents of all others, whatever their country.
    """

    code: str
    label: str
    in_force: int
    pending: int
    unknown: int
    share: float | None
    top: tuple[NodeHolder, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Rival(Plain):
    """A holder beside the client: how near its patents are by nodes (cosine, 0-1), how many, lately, alive, shared.

    `nodes` are its patents by node; the client itself comes first, with similarity 1.
    """

    holder: str
    type: str
    country: str
    patents: int
    recent: int
    before: int
    in_force: int
    similarity: float
    joint: int
    nodes: Mapping[str, int]


@dataclass(frozen=True)
class PriorArt(Plain):
    """What of a node is there to build on and to mind: patents of others by state, with the most cited of either kind.

    Ended ones may be used as far as the source knows their states; what is in force or pending in the nation may not.
    """

    code: str
    label: str
    ended: int
    in_force: int
    pending: int
    unknown: int
    free: tuple[str, ...]
    minded: tuple[str, ...]


@dataclass(frozen=True)
class Position(Plain):
    """Position of the place or client in the industry; `refused` says why there is none.

    `rivals` are told of a client, `prior` in studies of research; `rank` is the client's place among all holders, its
    own names taken together, of `holders`.
    """

    focus: str
    focus_name: str
    places: tuple[PlaceFigure, ...]
    shares: tuple[NodeShare, ...]
    gaps: tuple[NodeGap, ...]
    talent: tuple[NodeTalent, ...]
    control: tuple[NodeControl, ...]
    legal: tuple[LegalStrength, ...]
    cooperation: Cooperation
    supply: tuple[SupplyDemand, ...]
    risk: tuple[ForeignRisk, ...]
    refused: str
    rivals: tuple[Rival, ...] = ()
    prior: tuple[PriorArt, ...] = ()
    rank: int | None = None
    holders: int = 0
