# SPDX-License-Identifier: Apache-2.0
"""Core patents of a corpus, each sign of weight beside the score: citations against the cohort, family, claims, age ..."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from zhihang.methods.core_patent import core_score
from zhihang.methods.disruption import disruption
from zhihang.methods.patent_quality import class_table, generality, normalised
from zhihang.methods.text_novelty import text_novelty
from zhihang.navigation.citation_rows import YEAR
from zhihang.navigation.direction import CorePatent, Roadmap
from zhihang.navigation.oecd_quality import oecd_quality
from zhihang.navigation.patents import Patent
from zhihang.navigation.study_graph import StudyGraph

Floats = NDArray[np.float64]
MOST_READ = 20_000
"""Novelty of words is looked for in corpora up to this size."""
WINDOW = 5
LEAST_COHORT = 5
MOST = 3.0
_DAYS = 365.25


def core_patents(
    patents: Sequence[Patent], graph: StudyGraph | None, road: Roadmap, at: date, top: int
) -> tuple[CorePatent, ...]:
    """Rank patents by the mean of their standardised signs; signs that no patent has are left out."""
    if not patents:
        return ()
    signs = _signs(patents, graph, road, at)
    if not signs:
        return ()
    found = core_score(signs, _bounded(signs))
    values = {**_values(patents, signs), **_more(patents, graph)}
    worth = oecd_quality(patents, graph, values.get("generality"), cohorts(patents))
    values |= {"quality_four": worth.four, "quality_six": worth.six}
    return tuple(
        CorePatent(
            patents[row].number,
            patents[row].title,
            patents[row].holders,
            patents[row].year,
            patents[row].nodes,
            patents[row].state,
            round(float(found.score[row]), 4),
            round(float(found.known[row]), 4),
            {name: _number(column[row]) for name, column in found.signs.items()},
            {name: _number(column[row]) for name, column in values.items()},
            worth.of(row),
        )
        for row in found.ranked()[:top].tolist()
        if not np.isnan(found.score[row])
    )


def _bounded(signs: Mapping[str, Floats]) -> dict[str, float]:
    """Weights by which no sign alone moves a patent by more than three standard deviations, however rare it is."""
    plain = core_score(signs)
    tops = {name: float(np.nanmax(np.abs(column), initial=0.0)) for name, column in plain.signs.items()}
    return {name: min(1.0, MOST / top) if top > 0 else 1.0 for name, top in tops.items()}


def cited(patents: Sequence[Patent], graph: StudyGraph | None) -> Floats:
    """Citations of each patent by others, from the store or as a vendor printed them, whichever is more."""
    own = np.array([patent.cited for patent in patents], float)
    return np.maximum(own, graph.forward(len(patents))) if graph is not None else own


def cohorts(patents: Sequence[Patent]) -> list[str]:
    """Return the cohort of each patent: first subclass and year of filing."""
    return [f"{patent.symbols[0][:4] if patent.symbols else ''} {patent.year or ''}" for patent in patents]


def _signs(patents: Sequence[Patent], graph: StudyGraph | None, road: Roadmap, at: date) -> dict[str, Floats]:
    signs: dict[str, Floats] = {}
    forward = cited(patents, graph)
    if forward.any():
        fine = normalised(forward, cohorts(patents), least=LEAST_COHORT)
        coarse = normalised(forward, [str(patent.year) for patent in patents], least=LEAST_COHORT)
        signs["forward_citations"] = np.where(np.isnan(fine), coarse, fine)  # small cohorts: against the year
    family = np.array([max(len(p.offices), int(p.figures.get("family_size", 0))) for p in patents], float)
    if family.max() > 1:
        signs["family_size"] = family
    claims = np.array([patent.claims or np.nan for patent in patents], float)
    if not np.isnan(claims).all():
        signs["claims"] = claims
    if road.spots:
        on_path = {spot.number for spot in road.spots}
        signs["main_path"] = np.array([patent.number in on_path for patent in patents], float)
    suits = np.array([patent.figures.get("lawsuits", np.nan) for patent in patents], float)
    if np.nansum(suits) > 0:
        signs["disputes_survived"] = np.where(_kept(patents), suits, 0.0)
    if any(patent.pledged for patent in patents):
        signs["transactions"] = np.array([patent.pledged for patent in patents], float)
    if any(patent.state == "in_force" for patent in patents):
        signs["maintained_years"] = _maintained(patents, at)
    return signs


def _kept(patents: Sequence[Patent]) -> NDArray[np.bool_]:
    return np.array([patent.state in ("in_force", "unknown") for patent in patents], bool)


def _maintained(patents: Sequence[Patent], at: date) -> Floats:
    """Years a right in force has lived; 0 where it ended, missing where the state is not known."""
    return np.array(
        [
            (at - p.filed).days / _DAYS
            if p.state == "in_force" and p.filed
            else (np.nan if p.state == "unknown" else 0.0)
            for p in patents
        ],
        float,
    )


def _values(patents: Sequence[Patent], signs: Mapping[str, Floats]) -> dict[str, Floats]:
    """What the signs were measured from."""
    found = {
        "cited": np.array([patent.cited for patent in patents], float),
        "offices": np.array([len(patent.offices) for patent in patents], float),
        "family_size": np.array([patent.figures.get("family_size", np.nan) for patent in patents], float),
        "claims": np.array([patent.claims or np.nan for patent in patents], float),
        "scope": np.array([len({one[:4] for one in patent.symbols}) for patent in patents], float),
    }
    if "main_path" in signs:
        found["main_path"] = signs["main_path"]
    return found


def _more(patents: Sequence[Patent], graph: StudyGraph | None) -> dict[str, Floats]:
    """CD index, generality, new words: indicators shown beside the score that take no part in it."""
    found: dict[str, Floats] = {}
    if graph is not None:
        found["cited"] = cited(patents, graph)
        found["cd"] = _of_documents(graph, disruption(graph.graph, window=WINDOW * YEAR).cd, len(patents))
        found["generality"] = _of_documents(graph, _generality(graph, patents), len(patents))
    texts = [patent.text for patent in patents]
    years = [patent.year for patent in patents]
    known = sorted(year for year in years if year is not None)
    if known and any(texts) and len(patents) <= MOST_READ:
        baseline = known[len(known) // 4] + 1
        novelty = text_novelty(texts, years, [patent.number for patent in patents], baseline=baseline)
        for name, column in (("new_words", novelty.new_words), ("new_word_reuse", novelty.new_word_reuse)):
            found[name] = np.where(column < 0, np.nan, column.astype(float))
        found["backward_similarity"] = novelty.backward_similarity
    return found


def _generality(graph: StudyGraph, patents: Sequence[Patent]) -> Floats:
    names = sorted({symbol[:4] for patent in patents for symbol in patent.symbols})
    number = {name: place for place, name in enumerate(names)}
    documents, classes = [], []
    for document in np.flatnonzero(graph.row >= 0).tolist():
        for symbol in patents[int(graph.row[document])].symbols:
            documents.append(document)
            classes.append(number[symbol[:4]])
    if not documents:
        return np.full(len(graph.row), np.nan)
    table = class_table(documents, classes, len(graph.row), kinds=len(names))
    return generality(graph.graph, table)


def _of_documents(graph: StudyGraph, values: Floats, count: int) -> Floats:
    found = np.full(count, np.nan)
    inside = graph.row >= 0
    found[graph.row[inside]] = values[inside]
    return found


def _number(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 4)
