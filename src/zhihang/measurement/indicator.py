# SPDX-License-Identifier: Apache-2.0
"""What an indicator (指标) is: label, unit, source, and one of seven ways to come to its value."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Event = Literal["filings", "publications", "grants", "in_force"]
"""What is counted: applications filed, published or granted in a period, or rights in force at its end."""
Counting = Literal["first_applicant", "whole", "fractional"]
"""Whose place and type count: the first applicant's; each applicant's, once; each applicant's, in equal parts."""
Scalar = str | bool | int

FLOWS: tuple[Event, ...] = ("filings", "publications", "grants")


class Part(BaseModel):
    """Strict base of everything written in an indicator file."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Names(Part):
    """A name in both languages."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Source(Part):
    """Where the definition comes from: a method page, a policy with its clause, or a publication."""

    method: str | None = None
    policy: str | None = None
    clause: str | None = None
    publication: str | None = None
    note: str | None = None

    def __str__(self) -> str:
        said = [self.method, self.policy, self.clause, self.publication]
        return ", ".join(part for part in said if part)


class Span(Part):
    """A range of values; both ends are inside."""

    at_least: float | date | None = None
    at_most: float | date | None = None


class Count(Part):
    """Number of applications or rights, or of different things among them.

    Parameters
    ----------
    of
        What is counted.
    where
        Conditions on columns of table `patent`: a value, a list of values, or a range.
    age
        Years since filing that a right in force must have reached.
    distinct
        Count different values of this column (`organisation_id`, `family_id`) instead of rows.
    holding
        With `distinct`: only those that hold at least so many.
    newly
        With `distinct`: only those that held none at the end of the period before.
    counting
        Whose place and type count.
    """

    of: Event
    where: dict[str, Scalar | list[Scalar] | Span] = Field(default_factory=dict)
    age: float | None = Field(default=None, gt=0)
    distinct: Literal["organisation_id", "family_id"] | None = None
    holding: int = Field(default=1, ge=1)
    newly: bool = False
    counting: Counting = "first_applicant"

    @model_validator(mode="after")
    def _fits(self) -> Count:
        if (self.holding > 1 or self.newly) and self.distinct is None:
            raise ValueError("`holding` and `newly` need `distinct`")
        if (self.age is not None or self.newly) and self.of != "in_force":
            raise ValueError("`age` and `newly` are for rights in force")
        if self.distinct and self.counting != "first_applicant":
            raise ValueError("`distinct` counts by the first applicant")
        return self


class Sum(Part):
    """Sum of a quantity over rights in force (`age`, in years), or of observations of an indicator by its code."""

    of: Literal["in_force"] | None = None
    value: Literal["age"] | None = None
    where: dict[str, Scalar | list[Scalar] | Span] = Field(default_factory=dict)
    observation: str | None = None
    fill: Literal["none", "interpolate", "previous"] = "none"
    add_up: bool = True

    @model_validator(mode="after")
    def _one_way(self) -> Sum:
        if (self.observation is None) == (self.of is None) or (self.of is None) != (self.value is None):
            raise ValueError("give either `observation`, or `of` and `value`")
        return self


class Ratio(Part):
    """One indicator divided by another, times `per`."""

    numerator: str
    denominator: str
    per: float = 1.0
    denominator_at: Literal["same", "previous"] = "same"


class Growth(Part):
    """Change of an indicator against an earlier period: rate (0.1 = 10 %), multiple (1.1), or yearly rate (cagr)."""

    of: str
    against: Literal["year", "five_years", "plan"] = "year"
    give: Literal["rate", "multiple", "cagr", "difference"] = "rate"


class Cumulative(Part):
    """Sum, or mean, of the values of a row of periods that ends with the one asked for.

    It begins with the year, with the five-year plan, or five years before the end (`five_years`).
    """

    of: str
    since: Literal["year", "plan", "five_years"] = "plan"
    give: Literal["sum", "mean"] = "sum"


class Term(Part):
    """One part of a composite."""

    indicator: str
    weight: float = 1.0


class Composite(Part):
    """Weighted sum of indicators; `scale` puts each on 0 to 1 over the regions compared first."""

    terms: Annotated[list[Term], Field(min_length=2)]
    scale: Literal["none", "min_max"] = "none"


class Method(Part):
    """How a count is spread over a dimension, fields or counties for instance.

    `herfindahl`: sum of squared shares; `entropy`: in nats; `share`: part of the one `item`; `top_share`: part of
    the `top` largest. What has no value in that dimension is left out, and the note says how much it is.
    """

    name: Literal["herfindahl", "entropy", "share", "top_share"]
    of: str
    over: str
    item: str | None = None
    top: int = Field(default=1, ge=1)

    @model_validator(mode="after")
    def _has_item(self) -> Method:
        if (self.name == "share") != (self.item is not None):
            raise ValueError("`item` is for `share`, and `share` needs it")
        return self


class Example(Part):
    """A worked example: the rows given, and the value expected. It is run as a test."""

    given: list[dict[str, Any]]
    region: str = "450300"
    period: str
    every: Literal["month", "quarter", "half_year", "year", "five_years"] = "year"
    by: dict[str, str] = Field(default_factory=dict)
    expect: float | None
    note: str | None = None


class Indicator(Part):
    """An indicator as its file declares it.

    `direction` says whether more is better. `truncated_months` is how long after the end of a period publication
    lags behind, so that its value is not complete yet.
    """

    code: str
    label: Names
    unit: str
    direction: Literal["up", "down", "none"] = "up"
    description: str = ""
    aliases: list[str] = Field(default_factory=list)
    reference: Source
    by: list[str] | None = None
    decimals: int = Field(default=0, ge=0, le=6)
    count: Count | None = None
    sum: Sum | None = None
    ratio: Ratio | None = None
    growth: Growth | None = None
    cumulative: Cumulative | None = None
    composite: Composite | None = None
    method: Method | None = None
    examples: list[Example] = Field(default_factory=list)

    @model_validator(mode="after")
    def _one_kind(self) -> Indicator:
        given = [name for name in KINDS if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(f"give exactly one of {', '.join(KINDS)}; given: {', '.join(given) or 'none'}")
        return self

    @property
    def kind(self) -> str:
        """Which of the seven ways."""
        return next(name for name in KINDS if getattr(self, name) is not None)

    @property
    def rests_on(self) -> list[str]:
        """Codes of the indicators it is computed from."""
        if self.ratio:
            return [self.ratio.numerator, self.ratio.denominator]
        if self.composite:
            return [term.indicator for term in self.composite.terms]
        part = self.growth or self.cumulative or self.method
        return [part.of] if part else []


KINDS = ("count", "sum", "ratio", "growth", "cumulative", "composite", "method")
