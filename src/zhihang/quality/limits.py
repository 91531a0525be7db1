# SPDX-License-Identifier: Apache-2.0
"""What is plausible for a patent: terms, first days of offices, shortest examination. Parameters, with their sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

_OPENED = MappingProxyType({"CN": date(1985, 4, 1), "EP": date(1978, 6, 1), "WO": date(1978, 6, 1)})


@dataclass(frozen=True)
class Limits:
    """The limits that checks use.

    Parameters
    ----------
    office_opened
        First day on which an office took applications. China: the Patent Law took effect on 1985-04-01. EP and WO:
        the first European and international applications were filed on 1978-06-01.
    invention_term, utility_model_term, design_term
        Longest life of a Chinese right in years from filing: Patent Law of 2020, art. 42. Term compensation
        under art. 42(2) and (3) is not in it.
    old_design_term, new_design_law
        Designs filed before 2021-06-01 live 10 years; the transition is unverified.
    shortest_invention_days
        Days between filing and grant of an invention below which a date is doubted. Unverified: no source gives a
        shortest examination; the published averages are about 16 to 22 months.
    """

    office_opened: Mapping[str, date] = field(default_factory=lambda: _OPENED)
    invention_term: int = 20
    utility_model_term: int = 10
    design_term: int = 15
    old_design_term: int = 10
    new_design_law: date = date(2021, 6, 1)
    shortest_invention_days: int = 30
