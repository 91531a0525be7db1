# SPDX-License-Identifier: Apache-2.0
"""Applicants and inventors of an exchange-document: the forms of one name become one row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.exchange_text import attributes, elements, leaf, one_line, section

STANDARD = ("docdb", "epodoc")
"""Forms that the EPO standardises (Latin capitals, surname first)."""
DELIVERED = ("original", "docdba")
"""Forms as the office delivered them; `original` may be in another script."""

Name: TypeAlias = tuple[str, str | None]
"""A name in one form, and the country that stands beside it."""
Party: TypeAlias = tuple[str, str | None, str | None]
"""Name as delivered, standard form where that differs, country."""

_COUNTRY = re.compile(r"(.*?)\s*\[([A-Z]{2})\]$", re.S)
_USUAL = {
    role: re.compile(
        rf"<{role}([^>]*+)><{role}-name><name>([^<]*+)</name></{role}-name>"
        rf"(?:<residence><country>([^<]*+)</country></residence>)?+</{role}>"
    )
    for role in ("applicant", "inventor", "agent")
}


def add_parties(draft: Draft, parties: str) -> dict[str, list[str]]:
    """Add a row for each party; return the names that fit no party, by role and form."""
    left: dict[str, list[str]] = {}
    for role, usual in _USUAL.items():
        group = section(parties, role + "s")
        if not group:
            continue
        found = usual.findall(group)
        if len(found) != group.count("<" + role + " "):
            found = [(written, *_unusual(content)) for written, content in elements(group, role)]
        named, unfit = pair_names(_forms(found))
        draft.extend(
            "party",
            [(role, *party[:2], None, None, party[2], None, None, None, None, None) for party in named],
        )
        for form, names in unfit.items():
            left[f"{role} {form}"] = names
    return left


def read_name(text: str, country: str | None = None) -> Name:
    """Clean a name: epodoc appends the country in brackets, originals a stray comma.

    Examples
    --------
    >>> read_name(" KYLMAENEN JARI [FI]"), read_name("HERRALA, SAMI, ")
    (('KYLMAENEN JARI', 'FI'), ('HERRALA, SAMI', None))
    """
    text = " ".join((one_line(text) if "&" in text else text).split()).rstrip(", ")
    if text[-1:] == "]":
        found = _COUNTRY.match(text)
        if found:
            return found[1], country or found[2]
    return text, country or None


def pair_names(forms: Mapping[str, Sequence[Name]]) -> tuple[list[Party], dict[str, list[str]]]:
    """Make one party of the forms of each name; return also the names that fit no party, by form.

    The name is that in the form the office delivered, `name_latin` the EPO's standard form. Forms are matched by
    their order. Where an office's names come several times over (each publication's spelling after the
    other), the last ones count; where their number does not fit at all, the standard form stands alone.

    Examples
    --------
    >>> pair_names({"docdb": [("BOSCH GMBH ROBERT", "DE")], "docdba": [("ROBERT BOSCH G.M.B.H.", None)]})[0]
    [('ROBERT BOSCH G.M.B.H.', 'BOSCH GMBH ROBERT', 'DE')]
    """
    standard = forms.get("docdb") or forms.get("epodoc") or ()
    delivered: Sequence[Name] = ()
    left: dict[str, list[str]] = {}
    for form in DELIVERED:
        names = forms.get(form, ())
        if standard and len(names) % len(standard):
            left[form] = [name for name, _ in names]
        elif names and not delivered:
            delivered = names[-len(standard) :] if standard else names
    if not delivered or not standard:
        return [(name, None, country) for name, country in delivered or standard], left
    return [
        (name, latin if latin != name else None, country or second)
        for (name, country), (latin, second) in zip(delivered, standard, strict=True)
    ], left


def _unusual(content: str) -> tuple[str, str]:
    return leaf(content, "name") or "", leaf(content, "country") or ""


def _forms(found: list[tuple[str, str, str]]) -> dict[str, list[Name]]:
    """Sort names by form; within a form they stand in the order of their sequence."""
    forms: dict[str, list[Name]] = {}
    for written, text, country in found:
        name = read_name(text, country)
        if name[0]:
            form = attributes(written).get("data-format", "docdb")
            if form in forms:
                forms[form].append(name)
            else:
                forms[form] = [name]
    return forms
