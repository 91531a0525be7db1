# SPDX-License-Identifier: Apache-2.0
"""The second step's judgement: how likely two groups of filings under compatible names are of one person."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from zhihang.derivation.persons import evidence
from zhihang.derivation.persons.frequency import Frequency
from zhihang.derivation.persons.mentions import UNKNOWN, Atoms
from zhihang.derivation.persons.parameters import Parameters
from zhihang.derivation.persons.reading import MISSING
from zhihang.derivation.persons.surely import organisation_weight, within_weight
from zhihang.methods.agglomeration import Incidence, Numbers, Weights, largest, sums

USUAL_KEYS = 6
"""With more keys than this, sharing one of them is the less surprising."""
_PARTS = ("first", "second", "second_initial", "joined", "suffix")


@dataclass(frozen=True)
class Clusters:
    """Groups of atoms: `of` gives the group (from 0) of each of `rows`, which are in order."""

    atoms: Atoms
    rows: Numbers
    of: Numbers
    count: int
    frequency: Frequency
    parameters: Parameters

    @cached_property
    def block(self) -> Numbers:
        """Block of names of each group."""
        found = np.zeros(self.count, np.int64)
        found[self.of] = self.atoms.block[self.rows]
        return found

    @cached_property
    def size(self) -> Numbers:
        """Atoms of each group."""
        return np.bincount(self.of, minlength=self.count)

    @cached_property
    def parts(self) -> dict[str, Numbers]:
        """Parts of the name of each group; where its names say more or less, what the fullest says."""
        found = {}
        for part in _PARTS:
            codes = np.full(self.count, MISSING, np.int64)
            np.maximum.at(
                codes, self.of, self.atoms.mentions.names.codes[part][self.atoms.variant[self.rows]]
            )
            found[part] = codes
        return found

    @cached_property
    def han(self) -> NDArray[np.bool_]:
        """Say of each group whether its name is in Chinese characters."""
        found = np.zeros(self.count, bool)
        found[self.of] = self.atoms.mentions.names.han[self.atoms.variant[self.rows]]
        return found

    @cached_property
    def years(self) -> tuple[Weights, Weights]:
        """First and last year of each group; NaN where unknown."""
        years = self.atoms.mentions.filings.year[self.atoms.application[self.rows]].astype(float)
        first, last = np.full(self.count, np.inf), np.full(self.count, -np.inf)
        known = years != UNKNOWN
        np.minimum.at(first, self.of[known], years[known])
        np.maximum.at(last, self.of[known], years[known])
        first[~np.isfinite(first)] = np.nan
        last[~np.isfinite(last)] = np.nan
        return first, last

    def _incidence(self, found: tuple[Numbers, Numbers], width: int) -> Incidence:
        return Incidence.of(self.of[found[0]], found[1], self.count, max(width, 1))

    def _of_filings(self, name: str) -> Incidence:
        what: Incidence = getattr(self.atoms.mentions.filings, name)
        return self._incidence(self.atoms.of_filings(what, self.rows), what.width)

    @cached_property
    def organisations(self) -> Incidence:
        """Organisations of each group, and so on."""
        return self._of_filings("organisations")

    @cached_property
    def subclasses(self) -> Incidence:
        """Subclasses."""
        return self._of_filings("subclasses")

    @cached_property
    def groups(self) -> Incidence:
        """Main groups of the classification."""
        return self._of_filings("groups")

    @cached_property
    def cited(self) -> Incidence:
        """Own applications and those they cite."""
        return self._of_filings("cited")

    @cached_property
    def applications(self) -> Incidence:
        """Applications."""
        filings = self.atoms.mentions.filings
        return self._incidence((np.arange(len(self.rows)), self.atoms.application[self.rows]), filings.count)

    @cached_property
    def co_inventors(self) -> Incidence:
        """Blocks of names of co-inventors."""
        return self._incidence(self.atoms.co_inventors(self.rows), self.atoms.block_width)

    @cached_property
    def regions(self) -> Incidence:
        """Places."""
        return self._incidence(self.atoms.regions(self.rows), len(self.frequency.region))


def weigh(clusters: Clusters, one: Numbers, other: Numbers) -> tuple[Weights, NDArray[np.int64]]:
    """Return for pairs of groups the log-odds that they are one person, and the evidence for it.

    Minus infinity where their names cannot be one, or stand side by side on one application.
    """
    return _Pairs(clusters, one, other).weigh()


@dataclass
class _Pairs:
    clusters: Clusters
    one: Numbers
    other: Numbers

    def weigh(self) -> tuple[Weights, NDArray[np.int64]]:
        c, p = self.clusters, self.clusters.parameters
        count = len(self.one)
        bits = np.zeros(count, np.int64)
        body, weight_of_body = self._best(c.organisations, organisation_weight(c.frequency.organisation, p))
        together = body >= 0
        bits[together] |= evidence.ORGANISATION
        _, weight_of_place = self._best(c.regions, np.log(p.region) - c.frequency.region)
        placed = np.isfinite(weight_of_place)
        bits[placed & ~together] |= evidence.REGION
        where = np.maximum(np.where(together, weight_of_body, 0), np.where(placed, weight_of_place, 0))
        where += np.where(~together & self._both(c.organisations), p.other_organisation, 0)
        where += np.where(~together & ~placed & self._both(c.regions), p.other_region, 0)
        score = self._name() + where + self._co_inventors(body, bits) + self._classes(together, bits)
        score += self._years()
        _, cites = self._best(c.cited, np.full(max(c.cited.width, 1), p.citation))
        bits[np.isfinite(cites)] |= evidence.CITATION
        score += np.where(np.isfinite(cites), cites, 0)
        score[~self._compatible()] = -np.inf
        bits[bits == 0] = evidence.NAME
        return score, bits

    def _both(self, what: Incidence) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = (what.degree(self.one) > 0) & (what.degree(self.other) > 0)
        return found

    def _best(self, what: Incidence, weights: Weights) -> tuple[Numbers, Weights]:
        """Return the shared key that weighs most, and its weight; -1 and minus infinity where nothing is shared."""
        rows, keys = what.shared(self.one, self.other)
        best = largest(weights[keys], rows, len(self.one))
        which = np.full(len(self.one), -1, np.int64)
        top = weights[keys] == best[rows]
        which[rows[top]] = keys[top]
        return which, best

    def _many(self, what: Incidence) -> Weights:
        """Taken off because one of two groups has many keys, so that some are shared by chance."""
        most = np.maximum(what.degree(self.one), what.degree(self.other))
        found: Weights = np.log(np.maximum(most / USUAL_KEYS, 1.0))
        return found

    def _co_inventors(self, body: Numbers, bits: NDArray[np.int64]) -> Weights:
        c, p = self.clusters, self.clusters.parameters
        rows, others = c.co_inventors.shared(self.one, self.other)
        anywhere = np.minimum(np.log(p.co_inventor) - c.frequency.co_inventor[others], p.most_co_inventor)
        inside = body[rows] >= 0
        weight = anywhere
        if inside.any():
            bodies = body[rows[inside]]
            filed = np.minimum(
                np.exp(c.frequency.co_inventor[others[inside]]) * p.applications, c.frequency.filings[bodies]
            )
            within = within_weight(filed.astype(np.int64), c.frequency.filings[bodies], p)
            weight = anywhere.copy()
            weight[inside] = np.minimum(anywhere[inside], within)
        count = len(self.one)
        best = largest(weight, rows, count)
        shared = np.isfinite(best)
        total = sums(weight, rows, count)
        best = np.where(shared, best, 0)
        found = np.minimum(best + (total - best) / 2, p.most_co_inventors) - self._many(c.co_inventors)
        bits[shared] |= evidence.CO_INVENTOR
        missing = np.where(self._both(c.co_inventors), p.other_co_inventors, 0)
        return np.where(shared, np.maximum(found, 0), missing)

    def _classes(self, together: NDArray[np.bool_], bits: NDArray[np.int64]) -> Weights:
        """Log-odds from shared classes: how many more there are than between any two groups of that size."""
        c, p = self.clusters, self.clusters.parameters
        subclasses = self._beyond_chance(c.subclasses, c.frequency.subclass)
        groups = self._beyond_chance(c.groups, c.frequency.group)
        shared = np.isfinite(subclasses)
        bits[shared] |= evidence.CLASS
        found = np.maximum(np.log(p.subclass) + subclasses, np.log(p.group) + groups)
        found = np.clip(found, p.other_classes, p.most_class)
        found = np.where(shared, found, np.where(self._both(c.subclasses), p.other_classes, 0))
        return np.where(together, p.within_organisation * found, found)

    def _beyond_chance(self, what: Incidence, log_share: Weights) -> Weights:
        """Return the logarithm of shared keys to those expected by chance; minus infinity where none is shared."""
        count = len(self.one)
        rows, _ = what.shared(self.one, self.other)
        shared = np.bincount(rows, minlength=count)
        usual = sums(np.exp(log_share[what.keys]), what.things, self.clusters.count)
        expected = np.maximum(
            usual[self.one] * what.degree(self.other), usual[self.other] * what.degree(self.one)
        )
        found = np.full(count, -np.inf)
        some = shared > 0
        found[some] = np.log(shared[some] / np.minimum(expected[some] / 2, shared[some] * 20))
        return found

    def _years(self) -> Weights:
        p = self.clusters.parameters
        first, last = self.clusters.years
        gap = np.maximum(first[self.one] - last[self.other], first[self.other] - last[self.one])
        span = np.fmax(last[self.one], last[self.other]) - np.fmin(first[self.one], first[self.other])
        found = p.year_gap * np.maximum(gap - 5, 0) + np.where(span > 50, p.span, 0)
        known: Weights = np.nan_to_num(found, nan=0.0)
        return known

    def _name(self) -> Weights:
        """Log-odds from the names alone: what both have in common, by how rare it is."""
        c, p = self.clusters, self.clusters.parameters
        found = c.frequency.block[c.block[self.one]].copy()
        latin = ~c.han[self.one]
        if not latin.any():
            return found
        same = {part: self._same(part) & latin for part in _PARTS}
        known = {part: (c.parts[part][self.one] >= 0, c.parts[part][self.other] >= 0) for part in _PARTS}
        spelt = same["first"] | same["joined"]
        first = np.where(
            same["first"], c.frequency.first[c.parts["first"][self.one]], np.log(p.given_share_latin)
        )
        found[latin] -= np.where(spelt, first, np.log(p.initial_share))[latin]
        found[same["second"]] -= np.log(p.second_share_latin)
        found[same["second_initial"] & ~same["second"]] -= np.log(p.initial_share)
        found[latin & (known["second_initial"][0] != known["second_initial"][1])] += p.second_missing
        found[same["suffix"]] += 2.0
        return found

    def _same(self, part: str) -> NDArray[np.bool_]:
        codes = self.clusters.parts[part]
        found: NDArray[np.bool_] = (codes[self.one] >= 0) & (codes[self.one] == codes[self.other])
        return found

    def _compatible(self) -> NDArray[np.bool_]:
        c = self.clusters
        fits = np.ones(len(self.one), bool)
        for part in ("first", "second", "second_initial", "suffix"):
            one, other = c.parts[part][self.one], c.parts[part][self.other]
            fits &= (one < 0) | (other < 0) | (one == other)
        suffixes = [c.parts["suffix"][side] >= 0 for side in (self.one, self.other)]
        fits |= self._same("joined") & (suffixes[0] == suffixes[1])
        fits |= c.han[self.one]
        rows, _ = c.applications.shared(self.one, self.other)
        fits[rows] = False
        return fits
