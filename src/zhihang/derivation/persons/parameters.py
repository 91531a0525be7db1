# SPDX-License-Identifier: Apache-2.0
"""What each piece of evidence on persons weighs: the figures of list `person_evidence`, and shares of names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache

from zhihang.errors import DefinitionError
from zhihang.facts.codelist import CodeLists

LISTS = ("person_evidence", "surname_share", "given_name_short")


@dataclass(frozen=True)
class Parameters:
    """One field for each row of list `person_evidence`, which says what it means."""

    persons_han: float
    persons_latin: float
    applications: float
    surname_share: float
    surname_share_latin: float
    given_share_one: float
    given_share_more: float
    given_share_latin: float
    second_share_latin: float
    initial_share: float
    names_known: float
    names_go_together: float
    organisation: float
    region: float
    own_region: float
    co_inventor: float
    group: float
    subclass: float
    family: float
    citation: float
    other_organisation: float
    other_region: float
    other_co_inventors: float
    other_classes: float
    second_missing: float
    year_gap: float
    span: float
    within_organisation: float
    most_organisation: float
    most_co_inventor: float
    most_co_inventors: float
    most_class: float
    threshold: float


@dataclass(frozen=True, eq=False)
class Knowledge:
    """Parameters, shares of common surnames in Chinese characters, short forms of given names."""

    parameters: Parameters
    surname_shares: Mapping[str, float]
    short_names: Mapping[str, str]


@lru_cache(maxsize=4)
def knowledge(codes: CodeLists) -> Knowledge:
    """Read what is known from a shelf of code lists."""
    given = {row["parameter"]: row["value"] for row in codes.rows("person_evidence")}
    names = {field.name for field in fields(Parameters)}
    if given.keys() != names:
        raise DefinitionError(
            "The weights of evidence on persons are not complete.",
            {"missing": sorted(names - given.keys()), "unknown": sorted(given.keys() - names)},
            todo="Give each parameter of list person_evidence a row.",
        )
    try:
        values = {name: float(value) for name, value in given.items()}
        shares = {row["surname"]: float(row["share"]) for row in codes.rows("surname_share")}
    except ValueError as error:
        raise DefinitionError(
            "A weight of evidence on persons is not a number.",
            {"list": "person_evidence, surname_share", "fault": error},
            todo="Write figures such as 0.5.",
        ) from error
    short = {row["short"]: row["full"] for row in codes.rows("given_name_short")}
    return Knowledge(Parameters(**values), shares, short)
