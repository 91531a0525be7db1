# SPDX-License-Identifier: Apache-2.0
"""The corpus of a study: found, widened, cleaned, tagged, and every step of it told."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from zhihang.errors import QueryError, ZhihangError
from zhihang.methods.topic_map import script_of
from zhihang.methods.truncation import MONTHS_TO_PUBLICATION, truncated_years
from zhihang.navigation.expansion import Similar, expanded
from zhihang.navigation.labels import HandLabel
from zhihang.navigation.patents import Patent, load
from zhihang.navigation.result import Corpus, CorpusPatent, CorpusStep, Estimate, NodeCount, SearchStep
from zhihang.navigation.rules import Matcher
from zhihang.navigation.study import Node, Study
from zhihang.navigation.tagging import Labelled, Tagging, noise_scores, tag_nodes

if TYPE_CHECKING:
    from zhihang.store.snapshot import Snapshot

GRANTED = 0.95
"""A corpus with so large a share of granted patents holds granted ones only. A parameter."""
BEFORE_END, LEAST_MEAN = 3, 10
"""A sudden end is told against so many years before, if they hold so many patents each on average. Parameters."""


@dataclass
class Tools:
    """What a study is made with: the store, how queries are answered, likeness (if there is an index), citations."""

    snapshot: Snapshot
    find: Callable[[str, str], list[str]]
    similar: Similar | None
    citations: Callable[[], Iterable[tuple[str, str]]]
    labels: Mapping[str, HandLabel]
    cutoff: date
    searched_by: str = "index"


@dataclass
class Collected:
    """The patents of a study with their tags, and how they came; `years` and `truncated` once they are settled."""

    study: Study
    patents: list[Patent]
    whole: int
    cutoff: date
    steps: list[CorpusStep] = field(default_factory=list)
    log: list[SearchStep] = field(default_factory=list)
    taggings: list[Tagging] = field(default_factory=list)
    effects: list[Tagging] = field(default_factory=list)
    quality: list[Estimate] = field(default_factory=list)
    labelled: Labelled | None = None

    @cached_property
    def years(self) -> list[int]:
        """Years of filing without gaps."""
        known = [patent.year for patent in self.patents if patent.year]
        return list(range(min(known), max(known) + 1)) if known else []

    @cached_property
    def truncated(self) -> list[int]:
        """Years that are not complete: not all published on the day of the cut-off, or cut short by the source."""
        return sorted({*self.unpublished, *self.cut_short})

    @cached_property
    def unpublished(self) -> list[int]:
        """Years that are not complete yet on the day of the cut-off."""
        return truncated_years(self.years, self.cutoff, self.months_to_know)

    @cached_property
    def cut_short(self) -> list[int]:
        """Last years, published long ago, of which the source holds next to nothing.

        No industry stops within a year: where the last year holds less than a quarter (`sudden_end`, a parameter; 0 asks
        nothing) of the mean of the three before, the source has not taken it in, and a decline would be one of the source.
        """
        full = [year for year in self.years if year not in self.unpublished]
        counts = Counter(patent.year for patent in self.patents)
        found: list[int] = []
        while len(full) > BEFORE_END:
            mean = sum(counts[year] for year in full[-BEFORE_END - 1 : -1]) / BEFORE_END
            if mean < LEAST_MEAN or counts[full[-1]] >= self.study.says.thresholds.sudden_end * mean:
                break
            found.append(full.pop())
        return found[::-1]

    @property
    def granted_only(self) -> bool:
        """Whether the source holds granted patents only, so that what is still examined is missing."""
        dated = [patent for patent in self.patents if patent.filed]
        return len(dated) >= 20 and sum(patent.granted is not None for patent in dated) >= GRANTED * len(
            dated
        )

    @property
    def months_to_know(self) -> int:
        """Months from filing until nine in ten patents of such a source are in it: 18, longer for granted ones only."""
        if not self.granted_only:
            return MONTHS_TO_PUBLICATION
        waits = sorted((p.granted - p.filed).days for p in self.patents if p.granted and p.filed)
        return max(MONTHS_TO_PUBLICATION, math.ceil(waits[int(0.9 * (len(waits) - 1))] / 30.44))


def collect(study: Study, tools: Tools) -> Collected:
    """Find, widen, clean and tag the patents of a study."""
    says = study.says
    made = Collected(study, [], _whole(tools.snapshot), tools.cutoff)
    finder = _Finder(study, tools.find, made.log)
    scope = finder("scope", says.query) if says.query.strip() else []
    seeds = _seeds(tools, says.seeds)
    made.patents = load(tools.snapshot, [*scope, *seeds], says.level, tools.cutoff)
    made.steps.append(CorpusStep("scope", "检索式与种子专利", len({*scope, *seeds}), len(made.patents)))
    _limit_to_period(made)
    _widen(made, tools)
    _clean(made, tools, finder)
    made.labelled = Labelled(made.patents, tools.labels)
    matcher = Matcher(made.patents, finder.quiet)
    made.taggings = _tags(made, matcher, finder, says.breakdown)
    made.effects = _tags(made, matcher, finder, says.effects)
    _write_tags(made)
    return made


class _Finder:
    """Answers queries and notes them in the search log; a query that cannot be read names its place in the study."""

    def __init__(self, study: Study, find: Callable[[str, str], list[str]], log: list[SearchStep]) -> None:
        self.study, self.find, self.log = study, find, log
        self.known: dict[str, list[str]] = {}

    def __call__(self, where: str, query: str) -> list[str]:
        try:
            found = self.find(query, self.study.says.style)
        except ZhihangError as error:
            raise QueryError(
                f'A query of the study "{self.study.name}" cannot be read.',
                {
                    "of": where,
                    "query": query,
                    "file": self.study.path,
                    "because": f"{error.what} {error.facts}",
                },
                todo=error.todo or "Correct the query in the file; zhihang count tries one.",
            ) from error
        self.known[query] = found
        self.log.append(SearchStep(where, query, len(found)))
        return found

    def quiet(self, query: str) -> list[str]:
        """Answer a query that was asked before."""
        return self.known[query] if query in self.known else self("", query)


def _whole(snapshot: Snapshot) -> int:
    rows = snapshot.table("application")
    return int(snapshot.engine.collect(rows.aggregate(n=rows.count()))["n"][0].as_py())


def _seeds(tools: Tools, numbers: Sequence[str]) -> list[str]:
    return [one for number in numbers for one in tools.find(f"PN={number}", "own")]


def _limit_to_period(made: Collected) -> None:
    period, before = made.study.says.period, len(made.patents)
    low, high = period.first or 0, period.last or 9999
    made.patents = [p for p in made.patents if p.year is None or low <= p.year <= high]
    made.patents = [p for p in made.patents if p.published is None or p.published <= made.cutoff]
    if len(made.patents) < before:
        reason = f"申请年不在{low or ''}—{'' if high == 9999 else high}内，或截止日{made.cutoff}后公开"
        made.steps.append(CorpusStep("period", reason, before - len(made.patents), len(made.patents)))


def _widen(made: Collected, tools: Tools) -> None:
    wish = made.study.says.expand
    if not (wish.classes or wish.citations or wish.similar or wish.co_applicants) or not made.patents:
        return
    found = expanded(tools.snapshot, made.patents, wish, similar=tools.similar, citations=tools.citations)
    for addition in found:
        more = load(tools.snapshot, addition.applications, made.study.says.level, made.cutoff)
        have = {patent.unit for patent in made.patents}
        new = [patent for patent in more if patent.unit not in have]
        for patent in new:
            patent.found_by = addition.by
        made.patents += new
        made.steps.append(CorpusStep("expand", addition.reason, len(new), len(made.patents)))
    if wish.similar and tools.similar is None:
        made.steps.append(
            CorpusStep("expand", "没有全文索引，未按文本相似扩展（zhihang index）", 0, len(made.patents))
        )
    _limit_to_period(made)


def _clean(made: Collected, tools: Tools, finder: _Finder) -> None:
    noise = made.study.says.noise
    if not noise.empty:
        if noise.query.strip():
            finder("noise", noise.query)
        out = Matcher(made.patents, finder.quiet).told(noise)
        _take_out(made, out, "规则")
    labelled = Labelled(made.patents, tools.labels)
    hand = {row: label for row, label in labelled.rows.items() if label.noise}
    scores, quality = noise_scores(labelled) if noise.classifier and tools.labels else (None, None)
    if scores is not None:
        for patent, score in zip(made.patents, scores, strict=True):
            patent.score = float(score)
        kept = {row for row, label in labelled.rows.items() if not label.noise}
        out = (scores < 0.5) & ~np.isin(np.arange(len(scores)), list(kept))
        _take_out(
            made, out, f"分类器（{len(labelled.rows)}条标注，交叉检验F1 {quality.f1 if quality else 0:.2f}）"
        )
    elif hand:
        _take_out(made, np.isin(np.arange(len(made.patents)), list(hand)), "人工标注")


def _take_out(made: Collected, out: np.ndarray, reason: str) -> None:
    before = len(made.patents)
    made.patents = [patent for patent, gone in zip(made.patents, out, strict=True) if not gone]
    made.steps.append(CorpusStep("noise", reason, before - len(made.patents), len(made.patents)))


def _tags(made: Collected, matcher: Matcher, finder: _Finder, nodes: Sequence[Node]) -> list[Tagging]:
    for node in nodes:
        if node.query.strip():
            finder(node.code, node.query)
    labelled = made.labelled or Labelled(made.patents, {})
    return tag_nodes(matcher, labelled, nodes, made.study) if made.patents else []


def _write_tags(made: Collected) -> None:
    for row, patent in enumerate(made.patents):
        patent.nodes = tuple(one.node.code for one in made.taggings if one.decided[row])
        patent.ruled = tuple(one.node.code for one in made.taggings if one.ruled[row])
        patent.effects = tuple(one.node.code for one in made.effects if one.decided[row])


def as_corpus(made: Collected, *, citations: tuple[int, int], reference: str) -> Corpus:
    """Return the corpus as plain rows; `citations` are those between its patents and how many of them are own ones."""
    scripts = Counter(script_of(patent.text[:400]) for patent in made.patents)
    depth = {node.code: level for node, level in made.study.ordered()}
    return Corpus(
        made.study.says.level,
        tuple(map(as_row, made.patents)),
        tuple(_counted(one, made, depth.get(one.node.code, 0)) for one in _in_order(made)),
        tuple(_counted(one, made, 0) for one in made.effects),
        tuple(made.steps),
        tuple(made.log),
        tuple(made.quality),
        sum(not patent.nodes for patent in made.patents),
        tuple(made.years),
        tuple(made.truncated),
        {key: count for key, count in sorted(scripts.items()) if key},
        sum(not patent.abstract for patent in made.patents),
        *citations,
        reference,
    )


def _in_order(made: Collected) -> list[Tagging]:
    by_code = {one.node.code: one for one in made.taggings}
    return [by_code[node.code] for node, _ in made.study.ordered() if node.code in by_code]


def _counted(one: Tagging, made: Collected, depth: int) -> NodeCount:
    patents, ruled = int(one.decided.sum()), int((one.decided & one.ruled).sum())
    share = patents / max(len(made.patents), 1)
    return NodeCount(
        one.node.code, one.node.zh, one.node.parent, depth, patents, ruled, patents - ruled, share
    )


def as_row(patent: Patent) -> CorpusPatent:
    """Return a patent as a row of the corpus."""
    return CorpusPatent(
        patent.unit,
        patent.number,
        patent.title,
        len(patent.applications),
        patent.filed.isoformat() if patent.filed else None,
        patent.year,
        patent.kind,
        tuple(sorted(patent.offices)),
        patent.country,
        patent.region,
        patent.holders,
        patent.types[0] if patent.types else "unknown",
        patent.inventors,
        patent.state,
        patent.nodes,
        patent.effects,
        patent.cited,
        patent.found_by,
        patent.score,
    )
