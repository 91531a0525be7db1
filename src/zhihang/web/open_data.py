# SPDX-License-Identifier: Apache-2.0
"""Which indicators are open data: those the settings name, for everybody, without an account."""

from __future__ import annotations

from collections.abc import Sequence

from zhihang.errors import NotAllowed
from zhihang.web.accounts.models import Person
from zhihang.web.deployment import deployment


def open_indicators() -> list[str]:
    """Return the indicators whose values are open data."""
    return deployment().texts("open_indicators")


def open_tables() -> list[str]:
    """Return the tables whose rows are open data."""
    return deployment().texts("open_tables")


def require_values(person: Person, codes: Sequence[str], region: str) -> None:
    """Refuse values of indicators to who may see neither them nor the region, unless all are open data."""
    if person.may("view", region):
        return
    closed = [code for code in codes if code not in open_indicators()]
    if closed or not person.may("public"):
        raise NotAllowed(
            "These figures are not open data. 这些数据未开放。",
            {"indicators": ", ".join(closed), "region": region},
            todo="Sign in, or ask the office. 请登录，或联系主管部门。",
        )
