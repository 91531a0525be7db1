# SPDX-License-Identifier: Apache-2.0
"""The last step: what the office decided on persons, taken in the order it was decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from zhihang.derivation.organisation_decision import Decision
from zhihang.derivation.person_decision import mention
from zhihang.derivation.persons.gathering import Gathered
from zhihang.derivation.persons.resolving import Persons
from zhihang.methods.agglomeration import Numbers


def decided(persons: Persons, gathered: Gathered, decisions: Sequence[Decision]) -> Persons:
    """Put together and take apart what was decided; a mention that the store does not hold waits."""
    if not decisions:
        return persons
    places = _places(gathered, {mention(text) for one in decisions for text in (one.name, one.target)})
    group = persons.first_mention.copy()
    confidence, reason = persons.confidence.copy(), list(persons.reason)
    together: dict[str, int] = {}
    for number, one in enumerate(decisions):
        mine = places.get(mention(one.name), [])
        theirs = places.get(mention(one.target), []) if one.action == "merge" else []
        if not mine or (one.action == "merge" and not theirs):
            continue
        if one.action == "merge":
            group[np.isin(group, group[mine])] = group[theirs[0]]
        else:
            fresh = len(group) + number
            group[mine] = together.setdefault(one.target, fresh) if one.target else fresh
        told = [*mine, *theirs]
        for at in told:
            confidence[at] = 1.0
            reason[at] = f"decided by {one.decided_by} on {one.decided_on}: {one.reason}"
    return replace(persons, first_mention=_first(group, gathered), confidence=confidence, reason=reason)


def _places(gathered: Gathered, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], list[int]]:
    """Mentions by application and name, of those wanted."""
    applications = {application for application, _ in wanted}
    ids, names = gathered.application_id.to_pylist(), gathered.name.to_pylist()
    found: dict[tuple[str, str], list[int]] = {}
    for at, row in enumerate(gathered.row.tolist()):
        if ids[row] in applications and (ids[row], (names[row] or "").strip()) in wanted:
            found.setdefault((ids[row], names[row].strip()), []).append(at)
    return found


def _first(group: Numbers, gathered: Gathered) -> Numbers:
    """The first mention of each one's group: that of the earliest year, then in the order of ids."""
    year = gathered.mentions.filings.year[gathered.mentions.application]
    year = np.where(year < 0, np.iinfo(np.int64).max, year)
    order = np.lexsort((np.arange(len(group)), year))
    _, inverse = np.unique(group, return_inverse=True)
    first = np.empty(int(inverse.max(initial=-1)) + 1, np.int64)
    first[inverse[order[::-1]]] = order[::-1]
    found: Numbers = first[inverse]
    return found
