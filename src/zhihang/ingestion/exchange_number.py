# SPDX-License-Identifier: Apache-2.0
"""Numbers of the EPO's exchange standard: docdb, epodoc and original forms of one number brought to one spelling."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple


class DocumentId(NamedTuple):
    """The parts of a ``document-id``; all as written."""

    country: str | None = None
    number: str | None = None
    kind: str | None = None
    date: str | None = None
    name: str | None = None


NOTHING = DocumentId()

_KIND_IN_NUMBER = frozenset({"CN", "DE", "EP"})
_EPODOC = re.compile(r"([A-Z]{2})(\d{4})(?:([A-Z]{2})(\d+)|(\S+))$")
_NO_DIGIT = re.compile(r"\D")


def application_number(ids: Mapping[str, DocumentId]) -> str | None:
    """Return one spelling of an application number from its forms by name (docdb, epodoc, original).

    docdb says most: office, number and kind apart. Applications of one office with the same number but of
    different kinds are different applications (AT 434/2002 A and U), so the kind is appended where the number
    does not tell them apart. International applications are written ``PCT/IB2022/055385``. American numbers of
    the old form (serial number and two digits of the year) take their series from the original number, and
    their epodoc form (year and serial number) where that gives none.

    Examples
    --------
    >>> application_number({"docdb": DocumentId("IB", "2022055385", "W")})
    'PCT/IB2022/055385'
    >>> application_number({"docdb": DocumentId("AT", "4342002", "U")})
    'AT4342002U'
    >>> application_number({"docdb": DocumentId("US", "8359798", "A"), "original": DocumentId(None, "09/083,597")})
    'US09083597'
    >>> application_number({"docdb": DocumentId("US", "51801605", "A", "20050706")})
    'US20050518016'
    >>> application_number({"epodoc": DocumentId(None, "EP20100167109")})
    'EP10167109'
    """
    country, number, kind, _, _ = ids.get("docdb", NOTHING)
    epodoc = ids.get("epodoc", NOTHING).number
    if not number:
        return from_epodoc(epodoc) if epodoc else ids.get("original", NOTHING).number
    if not country:
        return number
    if kind == "W":
        return international(country, number)
    if country == "US" and len(number) <= 8 and number.isdigit():
        return _american(ids["docdb"], ids.get("original", NOTHING).number, epodoc)
    told_apart = (
        not kind or kind == "A" or country in _KIND_IN_NUMBER or (country == "US" and len(number) == 12)
    )
    return f"{country}{number}" if told_apart else f"{country}{number}{kind}"


def international(country: str, number: str) -> str:
    """Return an international application as ``PCT/SE2003/000641``, whatever number of digits year and serial take.

    Examples
    --------
    >>> international("US", "9816128"), international("SE", "2003000641")
    ('PCT/US98/16128', 'PCT/SE2003/000641')
    """
    year = {7: 2, 8: 2, 10: 4}.get(len(number)) if number.isdigit() else None
    return f"PCT/{country}{number[:year]}/{number[year:]}" if year else f"{country}{number}W"


def from_epodoc(number: str) -> str:
    """Return an epodoc application number the way docdb writes it, as far as the forms are known.

    epodoc pads serial numbers to seven digits (EP, JP), writes international ones after the year (WO2022IB55385)
    and drops a zero in Chinese ones.

    Examples
    --------
    >>> [from_epodoc(n) for n in ("WO2022IB55385", "EP20100167109", "CN20091127753", "JP20080091425")]
    ['PCT/IB2022/055385', 'EP10167109', 'CN200910127753', 'JP2008091425']
    """
    found = _EPODOC.match(number)
    if not found:
        return number
    country, year, receiving, serial, rest = found.groups()
    if receiving and country == "WO":
        return f"PCT/{receiving}{year}/{serial.zfill(6 if year >= '2004' else 5)}"
    digits = rest or ""
    if country == "EP" and len(digits) == 7 and digits.isdigit():
        return f"EP{year[2:]}{digits[1:]}"
    if country == "CN" and len(digits) == 7 and digits.isdigit():
        return f"CN{year}{digits[0]}0{digits[1:]}"
    if country == "JP" and len(digits) == 7 and digits.isdigit() and year >= "2000":
        return f"JP{year}{digits[1:]}"
    return number


def publication_number(identity: DocumentId) -> str | None:
    """Return office, number and kind code of a publication as one word.

    Examples
    --------
    >>> publication_number(DocumentId("CN", "102908333", "A"))
    'CN102908333A'
    """
    country, number, kind, _, _ = identity
    return f"{country or ''}{number}{kind or ''}" if number else None


def _american(identity: DocumentId, original: str | None, epodoc: str | None) -> str:
    """Spell an American number that docdb writes as serial number and two digits of the year."""
    number, date = identity.number or "", identity.date or ""
    digits = _NO_DIGIT.sub("", original or "")
    if len(digits) == 8 and digits.endswith(number[:-2].zfill(6)):
        return "US" + digits
    if epodoc:
        return epodoc
    return f"US{date[:4]}{number[:-2].zfill(7)}" if date[2:4] == number[-2:] else "US" + number
