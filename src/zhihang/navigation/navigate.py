# SPDX-License-Identifier: Apache-2.0
"""Navigate: from a study and a store to corpus, direction, position, path, findings and limits."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from zhihang.facts.codelist import CodeLists
from zhihang.navigation.advice import Advice, followed
from zhihang.navigation.advise_nodes import advise_layout, advise_nodes
from zhihang.navigation.advise_people import advise_people
from zhihang.navigation.advise_rights import advise_rights
from zhihang.navigation.changes import compare
from zhihang.navigation.core import cited, core_patents
from zhihang.navigation.corpus import Collected, Tools, as_corpus, collect
from zhihang.navigation.dealings import dealings
from zhihang.navigation.direction import Direction
from zhihang.navigation.effects import effect_matrix
from zhihang.navigation.findings import findings
from zhihang.navigation.leaders import classes, inventors, kinds, leaders, states
from zhihang.navigation.limits import limits
from zhihang.navigation.market import layout
from zhihang.navigation.outlook import outlooks
from zhihang.navigation.partners import cooperation
from zhihang.navigation.places import ComparedPlace, compared, place_name
from zhihang.navigation.position import Position
from zhihang.navigation.result import KINDS, Limit, Path, StudyResult
from zhihang.navigation.rivals import prior_art, rank_of, rivals
from zhihang.navigation.roadmaps import roadmaps
from zhihang.navigation.sampled import quality
from zhihang.navigation.standing import Standing
from zhihang.navigation.study import Study
from zhihang.navigation.study_graph import StudyGraph, study_graph
from zhihang.navigation.topic_picture import picture
from zhihang.navigation.trends import curves, stages, trends
from zhihang.navigation.unit_of_count import Words, findings_in, limits_in, path_in, unit_of
from zhihang.navigation.variant import FocusWords

Progress = Callable[[str], None]


class _Clock:
    """Notes how long each step takes, in seconds, and tells of it."""

    def __init__(self, progress: Progress | None) -> None:
        self.progress, self.seconds = progress, dict[str, float]()
        self.since = time.perf_counter()

    def done(self, step: str) -> None:
        now = time.perf_counter()
        self.seconds[step] = round(now - self.since, 2)
        self.since = now
        if self.progress:
            self.progress(step)


def navigate(
    study: Study,
    tools: Tools,
    codes: CodeLists,
    *,
    before: Mapping[str, Any] | None = None,
    today: date,
    version: int,
    progress: Progress | None = None,
) -> StudyResult:
    """Compute a study; `before` is what was kept of its last run."""
    places = compared(study, codes)
    clock = _Clock(progress)
    made = collect(study, tools)
    made.quality = quality(made, tools.labels)
    clock.done("corpus")
    graph = study_graph(tools.snapshot, made.patents, study.says.level) if made.patents else None
    for patent, count in zip(made.patents, cited(made.patents, graph).tolist(), strict=True):
        patent.cited = int(count)
    clock.done("citations")
    direction = _direction(made, graph, tools, codes, clock)
    clock.done("direction")
    standing = Standing(made, places)
    position = _position(standing, places)
    clock.done("position")
    path, more = _path(standing, direction, position, codes)
    clock.done("path")
    words, named = _words(made, position), partial(place_name, codes)
    result = StudyResult(
        study.name,
        study.says.model_dump(mode="json"),
        today.isoformat(),
        tools.cutoff.isoformat(),
        version,
        as_corpus(
            made,
            citations=graph.counts if graph else (0, 0),
            reference=f"本地数据库第{version}版，截止{tools.cutoff}，检索方式：{tools.searched_by}",
        ),
        direction,
        position,
        path_in(path, words),
        findings_in(findings(made, direction, position, standing, study.says.findings, named), words),
        limits_in((*limits(made, direction, position), *more), words),
        None,
        clock.seconds,
    )
    if before is None:
        return result
    from dataclasses import replace

    return replace(result, changes=compare(before, result, today))


def _words(made: Collected, position: Position) -> Words:
    says = made.study.says
    names = {name for patent in made.patents for name in (*patent.holders, *patent.inventors)}
    names |= {node.zh for node in (*says.breakdown, *says.effects)}
    return Words(unit_of(says.level), FocusWords.of(says.variant, position.focus, names))


def _direction(
    made: Collected, graph: StudyGraph | None, tools: Tools, codes: CodeLists, clock: _Clock
) -> Direction:
    top = made.study.says.thresholds.top
    over = trends(made)
    ways = curves(over)
    clock.done("trends")
    roads = roadmaps(graph, made.patents)
    clock.done("roadmaps")
    topics = picture(made)
    clock.done("topics")
    core = core_patents(made.patents, graph, roads[0], made.cutoff, top)
    clock.done("core")
    return Direction(
        over,
        stages(over),
        ways,
        topics,
        core,
        roads,
        effect_matrix(made),
        leaders(made, top),
        inventors(made, top),
        kinds(made, codes),
        layout(made),
        classes(made, codes, top),
        states(made),
        dealings(tools.snapshot, made.patents) if made.patents else (),
    )


def _position(standing: Standing, places: Sequence[ComparedPlace]) -> Position:
    local = places[0]
    refused = "" if standing.of(local.key) else "no_local"
    return Position(
        local.key,
        local.name,
        standing.figures(),
        standing.shares(),
        standing.gaps(),
        standing.talent(),
        standing.control(),
        standing.legal(),
        cooperation(standing),
        standing.supply(),
        standing.risk(),
        refused,
        rivals(standing) if local.key == "holders" else (),
        prior_art(standing) if standing.made.study.says.variant == "rd" else (),
        *(rank_of(standing) if local.key == "holders" else ()),
    )


def _path(
    standing: Standing, direction: Direction, position: Position, codes: CodeLists
) -> tuple[Path, Sequence[Limit]]:
    outlook = outlooks(standing, direction.trends, direction.life, position.control)
    advice = Advice(standing, outlook, position, direction.core, direction.trends, partial(place_name, codes))
    if not standing.made.patents or not standing.leaves:
        return Path((), outlook), ()
    if position.refused:
        advice.limit("path", f"语料库中没有{advice.place}的专利，不给出路径建议。")
        return Path((), outlook), advice.limits
    found = [*advise_nodes(advice), *advise_people(advice), *advise_rights(advice), *advise_layout(advice)]
    order = list(KINDS)
    found.sort(key=lambda one: order.index(one.kind))
    for kind in ("strengthen", "enter", "avoid"):
        if not any(one.kind == kind for one in found) and not any(
            one.part == "nodes" for one in advice.limits
        ):
            advice.limit(kind, f"没有分支达到“{KINDS[kind]}”的门槛（各分支的判据见前景表）。")
    return Path(followed(found, standing.made.study.says.recommendations), outlook), advice.limits
