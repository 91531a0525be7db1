# SPDX-License-Identifier: Apache-2.0
"""What is known of where a party is, and the answer: a place, how sure, and why."""

from __future__ import annotations

from typing import NamedTuple

from zhihang.derivation.places.gazetteer import Unit
from zhihang.derivation.places.zones import Zone


class Evidence(NamedTuple):
    """The columns of a party that bear on its place; blank where the source gives nothing."""

    address: str = ""
    postcode: str = ""
    country: str = ""
    province: str = ""
    city: str = ""
    county: str = ""
    name: str = ""


class Answer(NamedTuple):
    """One row of `place`."""

    region: str | None
    region_now: str | None
    level: str | None
    zone: str | None
    zone_code: str | None
    country: str | None
    method: str
    confidence: float | None
    reason: str


class Finding(NamedTuple):
    """A place before the day is known: the units it may be, the evidence it rests on, and what there is to remark.

    `certainty` is how far the unit itself may be trusted; each of `doubts` takes from it.
    """

    units: tuple[Unit, ...] = ()
    method: str = "none"
    certainty: float = 0.0
    notes: tuple[str, ...] = ()
    zone: Zone | None = None
    country: str | None = None
    state: str | None = None
