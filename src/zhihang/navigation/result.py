# SPDX-License-Identifier: Apache-2.0
"""What a navigation study finds: corpus, direction, position, path, findings, and what cannot be concluded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from zhihang.navigation.direction import Direction
from zhihang.navigation.plain import Plain
from zhihang.navigation.position import Position

Value = float | int | str | None
Section = Literal["corpus", "direction", "position", "path"]
Kind = Literal["strengthen", "enter", "avoid", "partner", "bring_in", "buy", "license", "let_go", "layout"]
Confidence = Literal["high", "medium", "low"]
KINDS: Mapping[str, str] = {
    "strengthen": "强化",
    "enter": "进入",
    "avoid": "回避",
    "partner": "合作",
    "bring_in": "引进",
    "buy": "收购",
    "license": "许可",
    "let_go": "放弃或转让",
    "layout": "布局",
}
"""Kinds of recommendations and their names, in the order of a report."""


@dataclass(frozen=True)
class Figure(Plain):
    """A figure that a text cites: its name, value and unit ("share" is 0-1, to be shown as percent)."""

    name: str
    value: Value
    unit: str = ""


@dataclass(frozen=True)
class Finding(Plain):
    """A statement built from its figures; `evidence` are publication numbers."""

    key: str
    section: Section
    text: str
    figures: tuple[Figure, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Limit(Plain):
    """Something that cannot be concluded, and why; `part` names the part of the result it concerns."""

    section: Section
    part: str
    text: str
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class CorpusPatent(Plain):
    """One patent of the corpus: a family or an application, as the study's level says.

    Parameters
    ----------
    unit, number
        Family or application id, and the publication number it is shown under.
    members
        Applications of the family in the corpus's store.
    country, region
        Of the first applicant; blank where not known.
    holders
        Standard names of all applicants or assignees, the first first.
    state
        in_force, pending, ended or unknown (of the family: in force if one member is).
    cited
        Citations by others inside and outside the corpus that the store knows.
    found_by
        query, class, citation, similar or co_applicant.
    score
        How surely it belongs (0-1), where a classifier was trained.
    """

    unit: str
    number: str
    title: str
    members: int
    filed: str | None
    year: int | None
    kind: str
    offices: tuple[str, ...]
    country: str
    region: str
    holders: tuple[str, ...]
    holder_type: str
    inventors: tuple[str, ...]
    state: str
    nodes: tuple[str, ...]
    effects: tuple[str, ...]
    cited: int
    found_by: str
    score: float | None


@dataclass(frozen=True)
class CorpusStep(Plain):
    """A step of making the corpus: what was done (scope, expand, noise, level), by what, how many came or went."""

    step: str
    reason: str
    patents: int
    left: int


@dataclass(frozen=True)
class NodeCount(Plain):
    """A node of the breakdown and how many patents carry it, by rule and by classifier."""

    code: str
    label: str
    parent: str
    depth: int
    patents: int
    by_rule: int
    by_classifier: int
    share: float


@dataclass(frozen=True)
class Estimate(Plain):
    """A share estimated from a sample, with Wilson's interval; `what` is precision, recall or f1, `of` a node or blank."""

    what: str
    of: str
    value: float | None
    low: float
    high: float
    sampled: int
    how: str


@dataclass(frozen=True)
class SearchStep(Plain):
    """A line of the search log: which query, of what, and how many it found."""

    of: str
    query: str
    found: int
    note: str = ""


@dataclass(frozen=True)
class Corpus(Plain):
    """The patents of a study, tagged with its nodes, and how they were found."""

    level: Literal["family", "application"]
    patents: tuple[CorpusPatent, ...]
    nodes: tuple[NodeCount, ...]
    effects: tuple[NodeCount, ...]
    steps: tuple[CorpusStep, ...]
    log: tuple[SearchStep, ...]
    quality: tuple[Estimate, ...]
    untagged: int
    years: tuple[int, ...]
    truncated: tuple[int, ...]
    languages: Mapping[str, int]
    without_abstract: int
    citations: int
    own_citations: int
    reference: str

    def __len__(self) -> int:
        return len(self.patents)


@dataclass(frozen=True)
class Rejected(Plain):
    """An alternative that was looked at and not recommended, with the figure that decided."""

    name: str
    figure: Figure
    reason: str


@dataclass(frozen=True)
class Recommendation(Plain):
    """A recommendation computed from figures.

    Parameters
    ----------
    key
        Stays the same from run to run: kind and target.
    targets
        Nodes, holders, inventors or publication numbers it is about.
    indicator
        The figure by which it is followed up; `goal` is the value wished for, if the study's file gives one.
    evidence
        Publication numbers.
    rows
        Details to be shown as a table (for instance a layout plan by patent, country and last day).
    owner, due, status, note
        From the study's file where it names the recommendation; else a draft owner.
    """

    key: str
    kind: Kind
    title: str
    text: str
    targets: tuple[str, ...]
    figures: tuple[Figure, ...]
    indicator: Figure
    evidence: tuple[str, ...]
    rejected: tuple[Rejected, ...]
    confidence: Confidence
    why_confidence: str
    owner: str
    due: str = ""
    goal: Value = None
    status: str = "draft"
    note: str = ""
    rows: tuple[Mapping[str, Value], ...] = ()


@dataclass(frozen=True)
class NodeOutlook(Plain):
    """What decides on strengthening, entering or avoiding a node: figures of one node, and the kind they lead to."""

    code: str
    label: str
    local: int
    world: int
    quotient: float | None
    relatedness_density: float | None
    complexity: float | None
    growth: float | None
    cr4: float | None
    stage: str
    kind: str
    reason: str


@dataclass(frozen=True)
class Path(Plain):
    """Recommendations, and the figures of all nodes that led to them."""

    recommendations: tuple[Recommendation, ...]
    outlook: tuple[NodeOutlook, ...]

    def of(self, kind: Kind) -> tuple[Recommendation, ...]:
        """Return the recommendations of one kind."""
        return tuple(one for one in self.recommendations if one.kind == kind)


@dataclass(frozen=True)
class Moved(Plain):
    """A figure then and now."""

    key: str
    label: str
    then: Value
    now: Value
    unit: str


@dataclass(frozen=True)
class FollowedUp(Plain):
    """A recommendation then and now: `move` is new, kept, dropped, better or worse; `overdue` on the day of the run."""

    key: str
    title: str
    kind: str
    move: str
    indicator: str
    then: Value
    now: Value
    unit: str
    goal: Value
    owner: str
    due: str
    status: str
    overdue: bool
    note: str


@dataclass(frozen=True)
class Changes(Plain):
    """What changed since the run before; `since` is its day."""

    since: str
    figures: tuple[Moved, ...]
    recommendations: tuple[FollowedUp, ...]
    patents_added: int
    patents_dropped: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class StudyResult(Plain):
    """Everything a study finds; `study` is its file as plain data."""

    name: str
    study: Mapping[str, Any]
    made_on: str
    cutoff: str
    store_version: int
    corpus: Corpus
    direction: Direction
    position: Position
    path: Path
    findings: tuple[Finding, ...]
    limits: tuple[Limit, ...]
    changes: Changes | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)

    def of(self, section: Section) -> tuple[Finding, ...]:
        """Return the findings of one section."""
        return tuple(one for one in self.findings if one.section == section)
