# SPDX-License-Identifier: Apache-2.0
"""Parties of the Red Book: applicants, inventors, assignees, agents and examiners."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias
from xml.etree.ElementTree import Element

PartyRow: TypeAlias = tuple[str | None, ...]
"""role, name, name_latin, address, postcode, country, province, city, county, type, identifier."""

_NAME_PARTS = ("prefix", "first-name", "middle-name", "last-name", "suffix")
_UNSAID = frozenset({"", "unknown", "omitted", "not available"})


def parties(element: Element) -> Iterator[PartyRow]:
    """Yield the rows of `parties` or `us-parties`.

    Until 2012 an applicant for a US patent was its inventor: an `applicant-inventor` is both, unless the document
    also lists the inventors by themselves.
    """
    inventors = element.find("inventors")
    inventors_apart = inventors is not None and inventors.find("inventor") is not None
    for group in element:
        if group.tag == "correspondence-address":
            yield _party("agent", group, "correspondence address")
            continue
        for one in group:
            kind = one.get("app-type") or one.get("rep-type")
            if one.tag in ("applicant", "us-applicant"):
                applicant = _party("applicant", one, kind)
                yield applicant
                if kind == "applicant-inventor" and not inventors_apart:
                    yield "inventor", *applicant[1:9], None, None
            elif one.tag in ("inventor", "deceased-inventor"):
                yield _party("inventor", one, None if one.tag == "inventor" else "deceased")
            elif one.tag == "agent":
                agent = _party("agent", one, kind)
                book = one.find("addressbook")
                firm = book is not None and book.find("orgname") is not None
                yield ("agency", *agent[1:]) if firm else agent


def assignees(element: Element) -> Iterator[PartyRow]:
    """Yield the rows of `assignees`; the type is the office's code of the kind of assignee (02 a US company ...)."""
    for one in element:
        book = one.find("addressbook")
        yield _party("assignee", one, (one if book is None else book).findtext("role"))


def examiners(element: Element) -> Iterator[PartyRow]:
    """Yield the rows of `examiners`: the primary one and assistants."""
    for one in element:
        if name := _name({child.tag: child.text for child in one}):
            yield ("examiner", name, *[None] * 7, one.tag.partition("-")[0], None)


def _party(role: str, element: Element, kind: str | None) -> PartyRow:
    book = element.find("addressbook")
    said: dict[str, str | None] = {}
    lines: list[str] = []
    for child in element if book is None else book:
        if child.tag != "address":
            said[child.tag] = child.text
            continue
        for part in child:
            text = (part.text or "").strip()
            if text not in _UNSAID:
                said[part.tag] = text
                lines.append(text)
    get = said.get
    country = get("country") or element.findtext("residence/country")
    return (
        role,
        _name(said),
        None,
        ", ".join(lines) or None,
        get("postcode"),
        None if country in _UNSAID else country,
        get("state"),
        get("city"),
        get("county"),
        kind,
        get("registered-number"),
    )


def _name(said: dict[str, str | None]) -> str | None:
    organisation = said.get("orgname") or said.get("name")
    if organisation and organisation.strip():
        return organisation.strip()
    return " ".join([part.strip() for name in _NAME_PARTS if (part := said.get(name))]) or None
