# SPDX-License-Identifier: Apache-2.0
"""What a scenario is: the figures a simulated region follows, each with its source and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Kind = Literal["invention", "utility_model", "design"]
ApplicantType = Literal["university", "research_institute", "enterprise", "public_body", "individual"]
Status = Literal["published", "read", "derived", "assumed", "calibrated"]
Share = Annotated[float, Field(ge=0, le=1)]
Amount = Annotated[float, Field(ge=0)]
#: Text that needs no quotes in a CSV file.
Plain = Annotated[str, StringConstraints(pattern=r'^[^",\r\n]*$')]

KINDS: tuple[Kind, ...] = ("invention", "utility_model", "design")
APPLICANT_TYPES: tuple[ApplicantType, ...] = (
    "university",
    "research_institute",
    "enterprise",
    "public_body",
    "individual",
)


class Part(BaseModel):
    """A part of a definition file: unknown keys are faults, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Figure(Part):
    """Something with a source."""

    source: str
    status: Status
    note: str = ""


class Label(Part):
    """A name in both languages."""

    zh: str
    en: str


class Source(Part):
    """Where figures come from."""

    title: str
    url: str = ""
    note: str = ""


class Number(Figure):
    """One figure."""

    value: float


class Series(Figure):
    """Figures by year."""

    values: dict[int, Amount]


class Points(Figure):
    """Figures by day or by year, with even growth between them."""

    points: dict[date, int] | dict[int, int]


class Weights(Figure):
    """Figures by name, relative to each other."""

    values: dict[str, Amount]


class Months(Figure):
    """Share of each month in a year."""

    values: Annotated[dict[int, Share], Field(min_length=12, max_length=12)]


class Lag(Figure):
    """Time from filing to grant for filings since a year: lognormal above a least time."""

    since: int
    median_months: Amount
    spread: Amount
    least_months: Amount


class Lapse(Figure):
    """Chance each year that a right is given up for its annual fee, with what raises it (M-FCT-04, M-VAL-08, M-VAL-09)."""

    base: Share
    at_fee_step: Amount
    fee_steps: tuple[int, ...]
    at_reduction_end: Amount
    reduction_years: int


class Course(Part):
    """How many rights of one kind are filed, granted, kept and bought each year."""

    term_years: int
    unit: Literal["total", "per_10k_residents"] = "total"
    filings: list[Series]
    growth_before: Number
    growth_after: Number
    grants: list[Series] = Field(default=[])
    grant_shares: list[Series]
    lags: list[Lag]
    lapse: Lapse
    stock: list[Series] = Field(default=[])
    bought: list[Series] = Field(default=[])


class FormerName(Figure):
    """A county's earlier name and the day it ended."""

    code: str
    name: Plain
    until: date


class Counties(Part):
    """How filings and grants spread over the counties."""

    filing_shares: Weights | None = None
    grant_shares: Weights | None = None
    filings_per_resident: Weights | None = None
    grants_per_filing: Weights | None = None
    former_names: list[FormerName] = Field(default=[])
    postcodes: Weights | None = None
    universities_per_prefecture: int = 0


class Applicants(Figure):
    """Who files."""

    types: dict[Kind, dict[str, dict[ApplicantType, Share]]]
    odds_if_granted: dict[ApplicantType, Amount]
    joint: dict[ApplicantType, Share]
    with_agency: dict[ApplicantType, Share]
    size_exponent: Amount
    enterprises_per_filing: Amount
    institutes_per_filing: Amount
    public_bodies_per_filing: Amount
    persons_per_filing: Amount
    renamed_share: Share


class NamedOrganisation(Part):
    """An organisation the scenario names itself; the name is invented."""

    zh: Plain
    en: Plain
    county: str
    type: ApplicantType
    weight: Amount
    fields: dict[str, Amount]
    formerly: Plain = ""
    until: date | None = None


class Industries(Figure):
    """Weight of the technical fields among the firms of each county."""

    noise: Amount
    values: dict[str, dict[str, Amount]]


class Dealings(Figure):
    """Yearly rates and shares of what happens to rights in force."""

    transfer: Share
    sold_outside: Share
    pledge: Share
    licence: Share
    invalidated_share: Share
    partly_invalidated_share: Share
    abandoned_share: Share
    name_change_recorded: Share


class Examination(Figure):
    """How inventions are published and how those not granted end."""

    early_publication: Share
    not_requested: Share
    refused: Share
    withdrawn: Share


class Variants(Figure):
    """How names and addresses vary, as shares of rows."""

    other_brackets: Share
    slip_of_pen: Share
    short_form: Share
    part_of_organisation: Share
    english: Share
    blank_inside: Share
    old_name_after_change: Share
    without_postcode: Share
    without_county: Share
    without_province: Share
    old_county_name_after_change: Share
    no_credit_code: Share


class Faults(Figure):
    """Faults of the register, as shares of rows."""

    no_number: Share
    wrong_check_digit: Share
    no_check_digit: Share
    blank_in_number: Share
    full_width_number: Share
    impossible_date: Share
    half_date: Share
    other_date_style: Share
    granted_before_filed: Share
    no_address: Share
    no_applicant_type: Share
    no_county: Share
    no_classification: Share
    no_inventor: Share
    repeated: Share


class Published(Part):
    """A published figure that the simulation has to meet at scale 1, and how closely."""

    what: Literal["filings", "grants", "stock"]
    kind: Kind
    years: tuple[int, int]
    value: Amount
    within: Share
    source: str
    note: str = ""


class Scenario(Part):
    """A region to simulate."""

    name: str
    label: Label
    based_on: str = ""
    regions: list[str]
    history_from: int
    sources: dict[str, Source]
    kinds: dict[Kind, Course]
    months: Months
    counties: Counties
    applicants: Applicants
    organisations: list[NamedOrganisation]
    industries: Industries
    individuals: Weights
    dealings: Dealings
    examination: Examination
    unpublished: Literal["keep", "leave_out"]
    variants: Variants
    faults: Faults
    published: list[Published]

    @model_validator(mode="after")
    def _sources_exist(self) -> Scenario:
        unknown = sorted({source for source in _sources_named(self) if source not in self.sources})
        if unknown:
            raise ValueError(f"sources named but not described: {', '.join(unknown)}")
        return self

    @cached_property
    def fields_named(self) -> set[str]:
        """The technical fields this scenario speaks of."""
        named = {field for mix in self.industries.values.values() for field in mix}
        named |= {field for organisation in self.organisations for field in organisation.fields}
        return named | set(self.individuals.values)


class Office(Part):
    """What every scenario shares: number series, gazette days, postcodes."""

    class Gazette(Figure):
        """Days on which the gazettes appear."""

        wednesdays_until: date

    sources: dict[str, Source]
    gazette: Gazette
    publication: dict[str, list[Points]]
    national_filings: dict[Kind, Points]
    postcode_prefix: dict[str, str]


def by_year(series: list[Series]) -> dict[int, float]:
    """Join series into one figure for each year they name.

    >>> one = Series(source="a", status="assumed", values={2016: 2})
    >>> by_year([one, one.model_copy(update={"values": {2015: 1.5}})])
    {2015: 1.5, 2016: 2.0}
    """
    joined: Mapping[int, float] = {year: value for part in series for year, value in part.values.items()}
    return dict(sorted(joined.items()))


def _sources_named(part: object) -> Iterator[str]:
    if isinstance(part, Figure | Published):
        yield part.source
    if isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _sources_named(getattr(part, name))
    elif isinstance(part, Mapping):
        for value in part.values():
            yield from _sources_named(value)
    elif isinstance(part, list):
        for value in part:
            yield from _sources_named(value)
