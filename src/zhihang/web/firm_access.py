# SPDX-License-Identifier: Apache-2.0
"""Who may see the sheet of a firm: whose region it lies in, and the firm itself."""

from __future__ import annotations

from typing import Any

from zhihang.errors import NotAllowed
from zhihang.web.answers import PATIENCE, Answers
from zhihang.web.industry_answers import firm_sheet
from zhihang.web.request import PageRequest


def require_firm(
    request: PageRequest, ask: Answers, name: str, year: int | None, *, patience: float = PATIENCE
) -> dict[str, Any]:
    """Return the sheet of a firm for somebody who may see it; refuse any other."""
    person = request.person
    if not person.may("view") and not _same(person.subject, {name}):
        raise _refused(name)
    sheet = firm_sheet(ask, name, year, patience=patience)
    known = {sheet["register"]["enterprise"], sheet["register"]["name"]}
    if _same(person.subject, known):
        return sheet
    region = sheet["register"]["region"]
    if not person.may("view") or (person.region and (not region or not person.reaches(region))):
        raise _refused(name)
    return sheet


def _same(subject: str, known: set[str]) -> bool:
    return bool(subject) and subject in known


def _refused(name: str) -> NotAllowed:
    return NotAllowed(
        "This firm is not within your account's reach. 您的账号无权查看该企业。",
        {"firm": name},
        todo="Ask the city office. 请联系市局。",
    )
