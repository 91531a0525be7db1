# SPDX-License-Identifier: Apache-2.0
"""What is known about names beside their wording: how often, with which codes, beside which others, what was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from zhihang.derivation.organisation_decision import Decision


@dataclass(frozen=True)
class Evidence:
    """Knowledge about names from outside themselves.

    Parameters
    ----------
    counts
        Applications with the name.
    codes
        Valid unified social credit code given with a name; names given with several are left out.
    types
        Type of applicant that sources state for a name.
    beside
        Pairs of a name and the foreign form a source gives beside it.
    together
        Pairs of names that are applicants of one application: two organisations.
    inventors
        Names that occur as inventors.
    decisions
        Decisions of the office, in the order they were taken.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    beside: Sequence[tuple[str, str]] = ()
    together: Sequence[tuple[str, str]] = ()
    inventors: frozenset[str] = frozenset()
    decisions: Sequence[Decision] = ()
