# SPDX-License-Identifier: Apache-2.0
"""Direction of an industry: what grows, which topics come up, which patents carry it, who leads, where it is protected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zhihang.navigation.plain import Plain


@dataclass(frozen=True)
class Trend(Plain):
    """Patents and applicants by year, of the whole (blank code) or of a node.

    `growth` is the yearly growth from the mean of the first to that of the last three of the last six full years;
    None where there are too few. Years in `truncated` are not complete.
    """

    code: str
    label: str
    years: tuple[int, ...]
    patents: tuple[int, ...]
    applicants: tuple[int, ...]
    truncated: tuple[int, ...]
    growth: float | None


@dataclass(frozen=True)
class LifeStage(Plain):
    """Stage of life of the whole or a node; points are `year, applicants, applications, smoothed, stage, truncated`."""

    code: str
    label: str
    stage: str
    refused: str
    points: tuple[Mapping[str, float | int | str | bool | None], ...]


@dataclass(frozen=True)
class SCurve(Plain):
    """Cumulative counts and the curve through them; `refused` says why the ceiling may not be used."""

    code: str
    label: str
    years: tuple[int, ...]
    cumulative: tuple[int, ...]
    fitted: tuple[float, ...]
    model: str
    ceiling: float | None
    ceiling_error: float | None
    midpoint: float | None
    growth_time: float | None
    reached: float | None
    r2: float | None
    durbin_watson: float | None
    refused: tuple[str, ...]


@dataclass(frozen=True)
class TopicFound(Plain):
    """A topic: words in both languages, its most typical patents, counts by year, and whether it emerges."""

    number: int
    size: int
    words_zh: tuple[str, ...]
    words_en: tuple[str, ...]
    typical: tuple[str, ...]
    counts: tuple[int, ...]
    recent: int
    expected: float
    lift: float | None
    q: float | None
    direction: str

    @property
    def name(self) -> str:
        """Return its three first words, Chinese ones if there are."""
        return "、".join((self.words_zh or self.words_en)[:3]) or f"主题{self.number + 1}"


@dataclass(frozen=True)
class MapPoint(Plain):
    """A patent on the topic map."""

    number: str
    x: float
    y: float
    topic: int
    year: int | None


@dataclass(frozen=True)
class TopicPicture(Plain):
    """The topic map; `refused` says why there is none, `trend_refused` why no topic is called emerging.

    `by_script` is set where topics part by language rather than by subject.
    """

    topics: tuple[TopicFound, ...]
    points: tuple[MapPoint, ...]
    years: tuple[int, ...]
    truncated: tuple[int, ...]
    recent_years: tuple[int, ...]
    without_text: int
    by_script: bool
    refused: str
    trend_refused: str

    @property
    def emerging(self) -> tuple[TopicFound, ...]:
        """Topics that take a larger share of recent patents than before, tested together."""
        found = [one for one in self.topics if one.direction == "emerging"]
        return tuple(sorted(found, key=lambda one: (-(one.lift or 1e9), one.number)))


@dataclass(frozen=True)
class PatentQuality(Plain):
    """The OECD's parts of quality: as counted, against the cohort (0-1), composites of four and six, what is missing.

    `missing` says why a part, or the `composite` of a patent that was not granted, is not known.
    """

    raw: Mapping[str, float | None]
    parts: Mapping[str, float | None]
    four: float | None
    six: float | None
    missing: Mapping[str, str]


@dataclass(frozen=True)
class CorePatent(Plain):
    """A core patent: score, its signs as standard deviations from the mean, and what they were measured from.

    `values` holds forward citations against the cohort, family offices, claims, quality, CD index, new words ...;
    `known` is the share of the weights whose sign is known.
    """

    number: str
    title: str
    holders: tuple[str, ...]
    year: int | None
    nodes: tuple[str, ...]
    state: str
    score: float
    known: float
    signs: Mapping[str, float | None]
    values: Mapping[str, float | int | bool | None]
    quality: PatentQuality | None = None


@dataclass(frozen=True)
class RoadSpot(Plain):
    """A document of a main path on the roadmap: x from 0 (oldest) to 1, lane 0 in the middle."""

    number: str
    title: str
    holder: str
    year: int | None
    nodes: tuple[str, ...]
    x: float
    lane: int
    inside: bool


@dataclass(frozen=True)
class Roadmap(Plain):
    """A main path on a time axis; links are `from, to, weight`, from the cited to the citing document."""

    weights: str
    search: str
    spots: tuple[RoadSpot, ...]
    links: tuple[Mapping[str, str | int], ...]
    path_count: int
    documents: int
    citations: int
    remarks: tuple[str, ...]
    refused: str


@dataclass(frozen=True)
class EffectCell(Plain):
    """A cell of the technology-effect matrix; `verdict` is white_space, crowded, as_expected or too_few_expected."""

    node: str
    node_label: str
    effect: str
    effect_label: str
    observed: int
    expected: float
    residual: float
    q: float | None
    verdict: str
    recent: int | None
    before: int | None
    holder: str | None
    holder_share: float | None


@dataclass(frozen=True)
class EffectMatrix(Plain):
    """The matrix; `refused` says why there is none."""

    cells: tuple[EffectCell, ...]
    patents: int
    refused: str

    @property
    def white_spaces(self) -> tuple[EffectCell, ...]:
        """Cells with clearly fewer patents than expected, the clearest first."""
        found = [one for one in self.cells if one.verdict == "white_space"]
        return tuple(sorted(found, key=lambda one: one.residual))


@dataclass(frozen=True)
class Move(Plain):
    """A node that a holder moved into: its patents there in recent full years and before."""

    node: str
    label: str
    before: int
    recent: int


@dataclass(frozen=True)
class Leader(Plain):
    """A leading holder: patents, share, recent patents, rights in force, mean citations, and what it moved into."""

    holder: str
    type: str
    country: str
    region: str
    patents: int
    share: float
    recent: int
    before: int
    in_force: int
    cited: float
    main_nodes: tuple[str, ...]
    moved_into: tuple[Move, ...]


@dataclass(frozen=True)
class Inventor(Plain):
    """A leading inventor; `holder` is the one most of the patents are held by."""

    name: str
    holder: str
    patents: int
    recent: int
    nodes: tuple[str, ...]


@dataclass(frozen=True)
class MarketLayout(Plain):
    """Where inventions are protected: rows are `origin, office, patents`; shares are of patents with a known office.

    `abroad` is the share of patents with a member outside the first applicant's country.
    """

    offices: tuple[Mapping[str, str | int | float], ...]
    matrix: tuple[Mapping[str, str | int], ...]
    abroad: float | None
    abroad_by_origin: tuple[Mapping[str, str | int | float], ...]
    refused: str


@dataclass(frozen=True)
class Direction(Plain):
    """Direction of the industry."""

    trends: tuple[Trend, ...]
    life: tuple[LifeStage, ...]
    curves: tuple[SCurve, ...]
    topics: TopicPicture
    core: tuple[CorePatent, ...]
    roadmaps: tuple[Roadmap, ...]
    matrix: EffectMatrix
    leaders: tuple[Leader, ...]
    inventors: tuple[Inventor, ...]
    types: tuple[Mapping[str, str | int | float], ...]
    market: MarketLayout
    classes: tuple[Mapping[str, str | int | float], ...]
    states: tuple[Mapping[str, str | int | float], ...]
    events: tuple[Mapping[str, str | int | float], ...]
