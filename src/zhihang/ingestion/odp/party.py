# SPDX-License-Identifier: Apache-2.0
"""Parties of the Open Data Portal: a name, an address of many fields, and the attorneys of record."""

from __future__ import annotations

import re

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.odp.json_value import Object, joined, objects, office, said

_LINES = tuple(f"addressLine{number}Text" for number in ("One", "Two", "Three", "Four"))
_OLD_COUNTRY = re.compile(r"([A-Z]{2})X")


def add_party(
    draft: Draft, role: str, name: object, address: Object, *, country: object = None, kind: str | None = None
) -> None:
    """Add a party with what its address says."""
    region = said(address.get("geographicRegionCode")) or said(address.get("geographicRegionName"))
    abroad = _OLD_COUNTRY.fullmatch(region or "")
    state = None if abroad else region
    code = (
        said(address.get("countryCode"))
        or said(address.get("ictCountryCode"))
        or said(country)
        or (abroad[1] if abroad else None)
        or office(address.get("countryName"))
    )
    lines = [address.get(line) for line in _LINES]
    draft.add(
        "party",
        role=role,
        name=said(name),
        address=joined(*lines, address.get("cityName"), state, address.get("postalCode"), code, by=", "),
        postcode=said(address.get("postalCode")),
        country=code,
        province=state,
        city=said(address.get("cityName")),
        type=kind,
    )


def add_agents(draft: Draft, attorneys: Object) -> None:
    """Add the attorneys of record once each, and the firms they write from."""
    known: set[str] = set()
    firms: dict[str, Object] = {}
    for bag in ("powerOfAttorneyBag", "attorneyBag"):
        for one in objects(attorneys.get(bag)):
            name = joined(one.get("firstName"), one.get("middleName"), one.get("lastName"))
            number = said(one.get("registrationNumber"))
            address: Object = next(iter(objects(one.get("attorneyAddressBag"))), {})
            firm = " ".join(
                (joined(address.get("nameLineOneText"), address.get("nameLineTwoText")) or "").split()
            )
            if firm:
                firms.setdefault(firm, address)
            if name and (number or name) not in known:
                known.add(number or name)
                draft.add(
                    "party",
                    role="agent",
                    name=name,
                    country=said(address.get("countryCode")),
                    type=said(one.get("registeredPractitionerCategory")),
                    identifier=number,
                )
    for firm, address in firms.items():
        add_party(draft, "agency", firm, address)
