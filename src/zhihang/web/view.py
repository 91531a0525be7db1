# SPDX-License-Identifier: Apache-2.0
"""What somebody looks at: region, day and language. All of it stands in the address, so a link is a view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any, cast
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from zhihang.errors import DefinitionError
from zhihang.terms.label import Label, Language
from zhihang.terms.region import Region

LANGUAGES: Mapping[str, str] = {"zh": "zh-Hans", "en": "en"}
REGION, DAY, LANGUAGE = "region", "at", "lang"
NAMES = (REGION, DAY, LANGUAGE)


@dataclass(frozen=True)
class View:
    """A way of looking.

    Parameters
    ----------
    region
        Code of the division looked at.
    day
        Day up to which figures are known.
    language
        Language of the page.
    named
        Whether the address names the language; else it is the person's own.
    """

    region: str
    day: date
    language: Language
    named: bool = False

    def say(self, label: Label) -> str:
        """Return a label in the language of the page."""
        return label.in_language(self.language)

    def state(self) -> dict[str, str]:
        """Return what an address says of this view."""
        said = {REGION: self.region, DAY: self.day.isoformat()}
        return {**said, LANGUAGE: self.language} if self.named else said

    def query(self, more: Mapping[str, object] | None = None) -> str:
        """Return the query of an address with this view; `more` adds to it or stands before it; None leaves out."""
        said = {**self.state(), **(more or {})}
        return _written(
            tuple(
                (name, tuple(map(str, value)) if isinstance(value, list | tuple) else str(value))
                for name, value in said.items()
                if value not in (None, "")
            )
        )

    def of(self, region: str) -> View:
        """Return the same view of another region."""
        return replace(self, region=region)


@lru_cache(maxsize=2000)
def _written(said: tuple[tuple[str, Any], ...]) -> str:
    """Write a query; the same ones stand on every page of a view."""
    return urlencode(said, doseq=True)


def read_view(asked: Mapping[str, str], *, region: str, day: date, language: Language) -> View:
    """Read the view that an address names; what it leaves out is as given. Faults are told together."""
    faults: dict[str, object] = {}
    try:
        region = Region(asked.get(REGION) or region).code
    except DefinitionError:
        faults[REGION] = asked[REGION]
    try:
        day = date.fromisoformat(asked[DAY]) if asked.get(DAY) else day
    except ValueError:
        faults[DAY] = asked[DAY]
    named = asked.get(LANGUAGE, "")
    if named and named not in LANGUAGES:
        faults[LANGUAGE] = named
    if not 1985 <= day.year <= 2100:
        faults[DAY] = day
    if faults:
        raise DefinitionError(
            "The address of the page names something that is none. 网址中的地区、日期或语言无效。",
            faults,
            todo="region is a code such as 450300, at a day such as 2018-12-31, lang zh or en.",
        )
    return View(region, day, cast("Language", named or language), bool(named))


def today(zone: str) -> date:
    """Return the day at the office."""
    return datetime.now(ZoneInfo(zone)).date()
