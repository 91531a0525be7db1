# SPDX-License-Identifier: Apache-2.0
"""Which rights fall due for an annual fee in the months to come, how much, and how likely they are given up."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from zhihang.errors import NotFound

SCHEDULE = Path(__file__).parent / "annual_fees.csv"


@dataclass(frozen=True)
class FeeRules:
    """The rules of annual fees, as parameters because they change by notice.

    Parameters
    ----------
    schedule
        Fee of each year of the right by kind, in yuan.
    grace_months
        A fee paid so much later still keeps the right; paid later, it has ended on the due day.
    reduction_years
        A reduction ends so many years after the year of grant: 10 since August 2018, 6 before.
    """

    schedule: Mapping[str, Sequence[int]]
    grace_months: int = 6
    reduction_years: int = 10

    @classmethod
    def shipped(cls) -> FeeRules:
        """The rules in force since August 2018."""
        return cls(_schedule())

    def fee(self, kind: str, year: int) -> int:
        """Return the fee of a year of the right.

        >>> rules = FeeRules.shipped()
        >>> rules.fee("invention", 10), sum(rules.fee("invention", year) for year in range(1, 21))
        (4000, 82300)
        """
        if kind not in self.schedule:
            raise NotFound.named("kind of right", kind, self.schedule)
        return self.schedule[kind][year - 1]


@lru_cache(maxsize=1)
def _schedule() -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    with SCHEDULE.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            years = int(row["last_year"]) - int(row["first_year"]) + 1
            found.setdefault(row["kind"], []).extend([int(row["fee"])] * years)
    return {kind: tuple(fees) for kind, fees in found.items()}


@dataclass(frozen=True)
class FeeDue:
    """A fee that falls due.

    Parameters
    ----------
    due_on, grace_until
        Day by which the fee has to be paid, and by which it can still be paid with a surcharge. Weekends and holidays,
        which move it on, are not looked at.
    fee_year, fee, to_pay
        Year of the right it is for, the full fee, and what is left of it after a reduction; in yuan.
    rises
        The fee is higher than that of the year before.
    hazard
        Share of rights of this age that are given up, where it was given.
    """

    application: str
    region: str
    holder: str
    kind: str
    due_on: str
    grace_until: str
    fee_year: int
    fee: int
    to_pay: float
    rises: bool
    hazard: float | None

    def row(self) -> dict[str, Any]:
        """Return it as plain values."""
        return asdict(self)


def fees_due(
    rights: Iterable[Mapping[str, Any]],
    at: date,
    *,
    months: int = 12,
    rules: FeeRules | None = None,
    hazards: Mapping[str, Sequence[float]] | None = None,
) -> list[FeeDue]:
    """Return the fees that fall due after a day and within months, the earliest first.

    The fee of a year of the right is due before the year begins, on the anniversary of filing; that of the year of grant
    is paid with the grant.

    Parameters
    ----------
    rights
        Rights in force at the day: application, kind, filing_date, grant_date; if known region, holder, and reduction
        (0.85 or 0.7 of the fee is not to be paid).
    hazards
        Share given up at each age (calendar years since filing) by region, or under a blank region for all.

    Examples
    --------
    >>> right = {"application": "a", "kind": "invention", "filing_date": date(1997, 6, 3), "grant_date": date(2001, 8, 1)}
    >>> found = fees_due([right], date(2001, 12, 31))
    >>> [(one.due_on, one.fee_year, one.fee, one.grace_until) for one in found]
    [('2002-06-03', 6, 1200, '2002-12-03')]
    """
    given = rules or FeeRules.shipped()
    until = add_months(at, months)
    found = [due for right in rights for due in _due(right, at, until, given, hazards or {})]
    return sorted(found, key=lambda due: (due.due_on, due.application))


def _due(
    right: Mapping[str, Any], at: date, until: date, rules: FeeRules, hazards: Mapping[str, Sequence[float]]
) -> Iterable[FeeDue]:
    filed, granted, kind = right["filing_date"], right["grant_date"], str(right["kind"])
    if filed is None or granted is None or kind not in rules.schedule:
        return
    term = len(rules.schedule[kind])
    paid = _year_of_right(filed, granted)  # the year of grant
    for passed in range(max(at.year - filed.year, paid), min(until.year - filed.year, term - 1) + 1):
        due = add_months(filed, 12 * passed)
        if not at < due <= until:
            continue
        year = passed + 1
        fee = rules.fee(kind, year)
        reduction = float(right.get("reduction") or 0.0)
        reduced = reduction if year - paid < rules.reduction_years else 0.0
        region = str(right.get("region") or "")
        risks = hazards.get(region) or hazards.get("")
        age = due.year - filed.year
        yield FeeDue(
            str(right["application"]), region, str(right.get("holder") or ""), kind, due.isoformat(),
            add_months(due, rules.grace_months).isoformat(), year, fee, round(fee * (1 - reduced), 2),
            fee > rules.fee(kind, year - 1), None if risks is None or age >= len(risks) else float(risks[age]),
        )  # fmt: skip


def _year_of_right(filed: date, day: date) -> int:
    """Return the year of the right, from 1 on, that a day lies in; it begins on the anniversary of filing."""
    passed = day.year - filed.year
    return passed + 1 if day >= add_months(filed, 12 * passed) else passed


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last one of a shorter month.

    >>> add_months(date(2016, 2, 29), 12), add_months(date(2017, 8, 31), 6)
    (datetime.date(2017, 2, 28), datetime.date(2018, 2, 28))
    """
    index = day.year * 12 + day.month - 1 + months
    first = date(index // 12, index % 12 + 1, 1)
    after = date((index + 1) // 12, (index + 1) % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), after - timedelta(days=1))
