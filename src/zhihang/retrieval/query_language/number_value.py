# SPDX-License-Identifier: Apache-2.0
"""Numbers of applications and publications in a query, read in any spelling, all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhihang.retrieval.query import Number
from zhihang.retrieval.query_language.fault import Fault


@dataclass(frozen=True)
class Readings:
    """What a number may stand for: an application's id; a publication's id, or only its office and number."""

    application_id: str | None
    publication_id: str | None
    office: str | None
    number: str | None
    kind_code: str | None


def check_numbers(numbers: Sequence[Number]) -> None:
    """Refuse the first number that cannot be read."""
    plain = [number for number in numbers if "*" not in number.text]
    for number, found in zip(plain, readings(plain), strict=True):
        if found.application_id is None and found.publication_id is None:
            raise Fault("number_text", number.at, text=number.text, hint="", hint_zh="")


def readings(numbers: Sequence[Number]) -> list[Readings]:
    """Return what each number may stand for; a number without office is Chinese."""
    if not numbers:
        return []
    import pyarrow as pa

    from zhihang.terms import application_number, publication_number

    raw = pa.array([number.text for number in numbers], pa.string())
    applications = application_number.settle(raw, default_office="CN").application_id.to_pylist()
    found = publication_number.settle(raw, default_office="CN")
    columns = [c.to_pylist() for c in (found.publication_id, found.office, found.number, found.kind_code)]
    rows = zip(numbers, applications, *columns, strict=True)
    return [_of(number.which, *row) for number, *row in rows]


def _of(which: str, application_id: str | None, publication_id: str | None, *parts: str | None) -> Readings:
    if which == "application":
        return Readings(application_id, None, None, None, None)
    if which == "publication":
        return Readings(None, publication_id, *parts)
    return Readings(application_id, publication_id, *parts)
