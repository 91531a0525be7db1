# SPDX-License-Identifier: Apache-2.0
"""Parameters that many endpoints take: region, day, year, page of a list, form."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ninja import Query
from pydantic import AfterValidator

from zhihang.terms.region import Region
from zhihang.web.api.answer import MOST


def _known(code: str) -> str:
    return Region(code).code


def _day(day: date) -> date:
    if not 1985 <= day.year <= 2100:
        message = "a day from 1985 to 2100"
        raise ValueError(message)
    return day


RegionCode = Annotated[
    str,
    Query(pattern=r"^[0-9]{6}$", description="Code of a division, such as 450300."),
    AfterValidator(_known),
]
Day = Annotated[date, Query(description="Day up to which figures are known."), AfterValidator(_day)]
Year = Annotated[int, Query(ge=1985, le=2100)]
Limit = Annotated[int, Query(ge=1, le=MOST, description="Most items of a page.")]
Offset = Annotated[int, Query(ge=0, le=1_000_000, description="Items before the page.")]
Form = Annotated[str, Query(max_length=8, description="json (a page), csv or parquet (all of it).")]
Name = Annotated[str, Query(max_length=80)]
