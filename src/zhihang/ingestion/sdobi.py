# SPDX-License-Identifier: Apache-2.0
"""SDOBI, the bibliographic part of European patent documents: tags numbered like the INID codes (B100 to B900)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.exchange_symbol import Symbol, add_symbols, early_symbol, reformed_symbol

Element = etree._Element

EVENTS = {
    "B241": "request for examination filed",
    "B242": "first examination report dispatched",
    "B243": "patent maintained as amended",
    "B430": "publication of the application",
    "B450": "mention of the grant",
    "B452EP": "announcement of the intention to grant",
    "B472": "lapse in a contracting state",
    "B477": "publication of the new specification",
    "B565EP": "supplementary search report drawn up",
    "B880": "publication of the search report",
}
"""Dates that are events, by tag."""

_ROLES: Mapping[str, tuple[str, ...]] = {
    "B710": ("applicant",),
    "B720": ("inventor",),
    "B730": ("assignee",),
    "B740": ("agent",),
}
_RELATIONS = {
    "B620": "division_of",
    "B620EP": "division",
    **dict.fromkeys(("B630", "B640", "B650", "B660", "B670", "B680"), "related"),
}
_NAME_TAGS = frozenset({"snm", "fnm", "sfx", "iid", "adr"})
_READ = frozenset(
    {
        "B110",
        "B130",
        "B140",
        "B190",
        "B210",
        "B220",
        "B310",
        "B320",
        "B330",
        "B510",
        "B510EP",
        "B520EP",
        "B540",
    }
)
"""Tags that are read as a whole."""
_CITED = re.compile(r"([A-Z]{2})-([A-Z]\d?)-\s*(\S.*)$")
_INTERNATIONAL = re.compile(r"([A-Z]{2})((?:19|20)\d\d(?=\d{6}$)|\d\d)(\d{5,6})$")


def add_bibliography(draft: Draft, sdobi: Element) -> None:
    """Add the rows of a document's bibliographic part to the record begun last.

    The proprietor of a grant (B730) is its assignee and, where no applicant is named, also its applicant: a
    European patent is granted to whoever applied for it. What has no place of its own becomes an
    attribute named by its tag.
    """
    _add_numbers(draft, sdobi)
    _add_priorities(draft, sdobi)
    _add_titles(draft, sdobi)
    _add_symbols(draft, sdobi)
    rest = _Rest(draft)
    for part in sdobi:
        for entry in part.iterfind("eptags/*") if part.tag == "B000" else part:
            rest.add(entry)
    for name, values in rest.left.items():
        draft.add("attribute", name=name, value="\n".join(values))


def text_of(element: Element | None) -> str:
    """Return all text below an element on one line, its parts kept apart."""
    return "" if element is None else " ".join(" ".join(map(str, element.itertext())).split())


def cited_number(text: str) -> str | None:
    """Write a cited document as office, number and kind code; None where the text is no such number.

    Examples
    --------
    >>> cited_number("US-A- 4 710 026"), cited_number("WO-A1-00/20705"), cited_number("SUZUKI M ET AL")
    ('US4710026A', 'WO00/20705A1', None)
    """
    found = _CITED.match(text)
    return f"{found[1]}{found[3].replace(' ', '')}{found[2]}" if found else None


def _add_numbers(draft: Draft, sdobi: Element) -> None:
    office = sdobi.findtext("B100/B190")
    number, kind = sdobi.findtext("B100/B110"), sdobi.findtext("B100/B130") or ""
    international = _INTERNATIONAL.match(sdobi.findtext("B800/B860/B861/dnum/anum") or "")
    draft.add(
        "application",
        office=office,
        number=sdobi.findtext("B200/B210"),
        filing_date=sdobi.findtext("B200/B220/date"),
        grant_date=sdobi.findtext("B400/B450/date") if kind.startswith("B") else None,
        pct_number="PCT/{}{}/{}".format(*international.groups()) if international else None,
    )
    if number:
        date = sdobi.findtext("B100/B140/date")
        draft.add(
            "publication", office=office, number=f"{office or ''}{number}", kind_code=kind or None, date=date
        )


def _add_priorities(draft: Draft, sdobi: Element) -> None:
    """Add priorities; the tags of each follow one another without an element around them."""
    claims: list[dict[str, str]] = []
    for entry in sdobi.iterfind("B300/*"):
        if entry.tag == "B310":
            claims.append({"B310": text_of(entry)})
        elif entry.tag in ("B320", "B330") and claims:
            claims[-1][entry.tag] = text_of(entry)
    for claim in claims:
        draft.add("priority", office=claim.get("B330"), number=claim["B310"], date=claim.get("B320"))


def _add_titles(draft: Draft, sdobi: Element) -> None:
    language: str | None = None
    for entry in sdobi.iterfind("B500/B540/*"):
        if entry.tag == "B541":
            language = text_of(entry).lower()
        elif entry.tag == "B542":
            title = " ".join("".join(map(str, entry.itertext())).split())
            if title:
                draft.add("text", part="title", language=language, text=title)


def _add_symbols(draft: Draft, sdobi: Element) -> None:
    ipc: list[Symbol] = [
        reformed_symbol(entry.text)
        for entry in sdobi.iterfind("B500/B510EP/classification-ipcr/text")
        if entry.text
    ]
    early = sdobi.find("B500/B510")
    if early is not None:
        edition = early.findtext("B516")
        ipc += [early_symbol(entry.text, edition) for entry in early if entry.tag != "B516" and entry.text]
    cpc = [
        reformed_symbol(entry.text)
        for entry in sdobi.iterfind("B500/B520EP//classification-cpc/text")
        if entry.text
    ]
    add_symbols(draft, "ipc", ipc)
    add_symbols(
        draft,
        "cpc",
        [(later, symbol.replace(" ", ""), value, version) for later, symbol, value, version in cpc],
    )


class _Rest:
    """Adds what is read tag by tag, and gathers what has no place of its own."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self.left: dict[str, list[str]] = {}

    def add(self, entry: Element) -> None:
        """Add a tag of two digits (B240, B711 ...) or what it holds."""
        if entry.tag in _ROLES:
            self._add_parties(entry)
        elif entry.tag in EVENTS:
            self._add_events(entry)
        elif entry.tag in _RELATIONS:
            self._add_relations(entry)
        elif entry.tag == "B780":
            self._add_oppositions(entry)
        elif entry.tag in ("B240", "B560"):
            for inner in entry:
                self.add(inner)
        elif entry.tag in ("B561", "B562"):
            text = text_of(entry)
            self._draft.add("citation", number=cited_number(text), text=text, origin="search_report")
        elif entry.tag not in _READ:
            self._keep(str(entry.tag), text_of(entry))

    def _keep(self, name: str, value: str | None) -> None:
        if value:
            self.left.setdefault(name, []).append(value)

    def _add_events(self, entry: Element) -> None:
        """Add the date of a tag as an event, its bulletin as detail; B472 has a date for each state."""
        for dated in entry.findall("B475") if entry.tag == "B472" else [entry]:
            bulletin, state, date = dated.findtext("bnum"), dated.findtext("ctry"), dated.findtext("date")
            self._draft.add(
                "legal_event",
                date=None if state else date,
                effective_date=date if state else None,
                office=state or "EP",
                code=str(entry.tag),
                name=EVENTS[str(entry.tag)],
                detail=f"bulletin {bulletin}" if bulletin else None,
            )

    def _add_relations(self, entry: Element) -> None:
        """B620 names the application this one was divided from, B620EP those divided from this one."""
        for other in entry.iter("cdoc", "pdoc"):
            number, published = other.findtext("dnum/anum"), other.findtext("dnum/pnum")
            kind, date = _RELATIONS[str(entry.tag)], other.findtext("date")
            self._draft.add("relation", type=kind, office="EP", number=number or published, date=date)
            if number:
                self._keep(f"{entry.tag} pnum", published)

    def _add_parties(self, entry: Element) -> None:
        roles = _ROLES[str(entry.tag)]
        around = entry.getparent()
        if entry.tag == "B730" and (around is None or around.find("B710") is None):
            roles = ("applicant", *roles)
        for party in entry:
            name, address = _name(party), _address(party.find("adr"))
            for role in roles if name else ():
                self._draft.add("party", role=role, name=name, identifier=party.findtext("iid"), **address)
            for other in party:
                if other.tag not in _NAME_TAGS:
                    self._keep(f"{party.tag} {other.tag}", text_of(other))

    def _add_oppositions(self, entry: Element) -> None:
        for opposition in entry.iterchildren("B781"):
            agent = opposition.find("B784")
            about = [_name(opposition), _address(opposition.find("adr")).get("address")]
            about += ["represented by " + _name(agent)] if agent is not None else []
            self._draft.add(
                "legal_event",
                date=opposition.findtext("date"),
                office="EP",
                code="B781",
                name="opposition filed",
                detail="; ".join(part for part in about if part),
            )


def _name(party: Element) -> str:
    """Surname or firm, first name, and what the register appends (et al)."""
    parts = (text_of(party.find(tag)) for tag in ("snm", "fnm", "sfx"))
    return ", ".join(part for part in parts if part)


def _address(address: Element | None) -> Mapping[str, str | None]:
    if address is None:
        return {}
    lines = [text_of(entry) for entry in address if entry.tag != "ctry"]
    return {
        "address": ", ".join(line for line in lines if line) or None,
        "city": text_of(address.find("city")) or None,
        "country": address.findtext("ctry"),
    }
