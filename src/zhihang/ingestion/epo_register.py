# SPDX-License-Identifier: Apache-2.0
"""The European Patent Register as OPS gives it: bibliography with its history, events, procedural steps."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from lxml import etree

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.exchange_citation import origin
from zhihang.ingestion.exchange_symbol import Symbol, add_symbols

Element = etree._Element

_QUERY = re.compile(r"\b(publication|pn|application|ap)\s*=\s*\"?([A-Z]{2}[0-9A-Z]+)")
_ROLES = {"applicants": "applicant", "inventors": "inventor", "agents": "agent", "proprietors": "assignee"}
_SYMBOL = re.compile(r"[A-HY]\d\d[A-Z]\s*\d+/\d+")


def add_register_document(draft: Draft, document: Element) -> None:
    """Add the rows of a register entry to the record begun last.

    The register keeps each state of a value with the date of its change: the latest one counts, earlier ones
    become attributes (`applicants 2011/52`). An entry with events or procedural steps alone does not name its
    application; its number is then that of the query that was answered, if only one entry was found.
    """
    biblio = document.find("bibliographic-data")
    _add_application(draft, document, biblio)
    if biblio is not None:
        _Biblio(draft).add(biblio)
    _add_statuses(draft, document)
    for event in document.iterfind("events-data/dossier-event"):
        _add_event(draft, event)
    for step in document.iterfind("procedural-data/procedural-step"):
        _add_step(draft, step)


def text_of(element: Element | None) -> str:
    """Return all text below an element on one line, its parts kept apart."""
    return "" if element is None else " ".join(" ".join(map(str, element.itertext())).split())


def _add_application(draft: Draft, document: Element, biblio: Element | None) -> None:
    statuses = sorted(
        document.iterfind("ep-patent-statuses/ep-patent-status"),
        key=lambda status: status.get("change-date") or "",
    )
    filed = biblio.find("application-reference/document-id") if biblio is not None else None
    asked = {} if filed is not None else _asked(document)
    draft.add(
        "application",
        office=filed.findtext("country") if filed is not None else None,
        number=filed.findtext("doc-number") if filed is not None else asked.get("application"),
        filing_date=filed.findtext("date") if filed is not None else None,
        legal_status=text_of(statuses[-1]) if statuses else document.get("status"),
        legal_status_date=statuses[-1].get("change-date") if statuses else None,
    )
    if "publication" in asked:
        draft.add("publication", number=asked["publication"])


def _asked(document: Element) -> dict[str, str]:
    """Return the number that the query named, when it found only this entry."""
    search = next(document.iterancestors("register-search"), None)
    if search is None or search.get("total-result-count") != "1":
        return {}
    found = _QUERY.search(search.findtext("query") or "")
    return {"publication" if found[1].startswith("p") else "application": found[2]} if found else {}


def _add_statuses(draft: Draft, document: Element) -> None:
    for status in document.iterfind("ep-patent-statuses/ep-patent-status"):
        draft.add(
            "legal_event",
            date=status.get("change-date"),
            office="EP",
            code=status.get("status-code"),
            name=text_of(status),
            detail="status of the register",
        )


def _add_event(draft: Draft, event: Element) -> None:
    gazette = event.find("gazette-reference")
    announced = (
        [text_of(gazette.find(name)) for name in ("gazette-num", "date")] if gazette is not None else []
    )
    draft.add(
        "legal_event",
        date=event.findtext("event-date/date"),
        office="EP",
        code=event.findtext("event-code"),
        name="; ".join(text_of(text) for text in event.iterchildren("event-text")) or None,
        detail="announced in " + " of ".join(announced) if announced else None,
    )


def _add_step(draft: Draft, step: Element) -> None:
    names, details = [], []
    for text in step.iterchildren("procedural-step-text"):
        if text.get("step-text-type") == "STEP_DESCRIPTION":
            names.append(text_of(text))
        elif text_of(text):
            details.append(f"{text.get('step-text-type')}: {text_of(text)}")
    dates = [
        (entry.get("step-date-type"), entry.findtext("date"))
        for entry in step.iterchildren("procedural-step-date")
    ]
    details += [f"{kind}: {date}" for kind, date in dates]
    details += [
        f"time limit: {text_of(limit)} {limit.get('time-limit-unit')}"
        for limit in step.iterchildren("time-limit")
    ]
    phase = step.get("procedure-step-phase")
    details += [f"phase: {phase}"] if phase and phase != "undefined" else []
    draft.add(
        "legal_event",
        date=dates[0][1] if dates else None,
        office="EP",
        code=step.findtext("procedural-step-code"),
        name="; ".join(names) or None,
        detail="; ".join(details) or None,
    )


class _Biblio:
    """Adds the parts of the bibliographic data, and gathers what has no place of its own."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._left: dict[str, list[str]] = {}

    def add(self, biblio: Element) -> None:
        """Sort the parts by tag, those changed last first, and add them."""
        parts: dict[str, list[Element]] = {}
        for part in biblio:
            for entry in part if part.tag == "parties" else (part,):
                parts.setdefault(str(entry.tag), []).append(entry)
        for tag, states in parts.items():
            states.sort(key=lambda part: part.get("change-date") or "", reverse=True)
            if tag in _ROLES:
                self._parties(states)
            elif tag in _ADD:
                _ADD[tag](self, states)
            elif tag != "application-reference":
                self._keep(states)
        for name, values in self._left.items():
            self._draft.add("attribute", name=name, value="\n".join(values))

    def _keep(self, states: list[Element]) -> None:
        for part in states:
            value = text_of(part)
            if value:
                self._left.setdefault(_dated(part), []).append(value)

    def _publications(self, states: list[Element]) -> None:
        identities = [identity for part in states for identity in part.iterchildren("document-id")]
        for identity in sorted(identities, key=lambda found: found.findtext("date") or ""):
            country, number = identity.findtext("country") or "", identity.findtext("doc-number") or ""
            kind, date = identity.findtext("kind"), identity.findtext("date")
            self._draft.add("publication", office=country, number=country + number, kind_code=kind, date=date)

    def _priorities(self, states: list[Element]) -> None:
        for claim in states[0].iter("priority-claim"):
            identity = claim.find("document-id")
            found = claim if identity is None else identity
            number, date = found.findtext("doc-number"), found.findtext("date")
            self._draft.add("priority", office=found.findtext("country"), number=number, date=date)
        self._keep(states[1:])

    def _classes(self, states: list[Element]) -> None:
        """Symbols stand in one text; those behind ``//`` are additional information."""
        invention, _, additional = text_of(states[0]).partition("//")
        symbols: list[Symbol] = [(True, symbol, "I", None) for symbol in _SYMBOL.findall(invention)]
        symbols += [(True, symbol, "A", None) for symbol in _SYMBOL.findall(additional)]
        add_symbols(self._draft, "ipc", symbols)
        self._keep(states[1:])

    def _parties(self, states: list[Element]) -> None:
        for party in states[0]:
            name, address = party.findtext("addressbook/name"), party.find("addressbook/address")
            lines = (
                [text_of(line) for line in address if line.tag != "country"] if address is not None else []
            )
            if name:
                self._draft.add(
                    "party",
                    role=_ROLES[str(states[0].tag)],
                    name=" ".join(name.split()),
                    address=", ".join(line for line in lines if line) or None,
                    country=party.findtext("addressbook/address/country"),
                )
        for part in states[1:]:
            self._left.setdefault(_dated(part), []).extend(map(text_of, part))

    def _titles(self, states: list[Element]) -> None:
        seen: dict[str | None, str] = {}
        for title in states:
            language, text = title.get("lang"), text_of(title)
            if language not in seen:
                seen[language] = text.casefold()
                self._draft.add("text", part="title", language=language, text=text)
            elif text.casefold() != seen[language]:
                self._left.setdefault(_dated(title), []).append(f"{language}: {text}")

    def _lapses(self, states: list[Element]) -> None:
        """Each state lists all lapses until then, so the latest one is complete."""
        for lapse in states[0].iterchildren("lapsed-in-country"):
            self._draft.add(
                "legal_event",
                effective_date=lapse.findtext("date"),
                office=lapse.findtext("country"),
                code="term-of-grant",
                name="lapsed in contracting state",
            )

    def _states(self, states: list[Element]) -> None:
        """Write designated states as in an exchange-document: ``EP: AT BE``."""
        for part in states:
            name = "designation-of-states" if part is states[0] else _dated(part)
            for group in part.iter("regional", "national"):
                region = text_of(group.find("region"))
                named = " ".join(map(text_of, group.iterchildren("country")))
                self._left.setdefault(name, []).append(f"{region}: {named}" if region else named)

    def _dates(self, states: list[Element]) -> None:
        """Add an event for each dated element below: rights, opposition, search reports."""
        for part in states:
            for around in part.iter(etree.Element):
                date = around.findtext("date") or around.findtext("document-id/date")
                if not date or around.tag == "document-id":
                    continue
                others = (
                    text_of(entry)
                    for entry in around.iter(etree.Element)
                    if not len(entry) and entry.tag != "date"
                )
                detail = " ".join(filter(None, others)) or None
                self._draft.add(
                    "legal_event",
                    date=date,
                    office="EP",
                    code=str(part.tag),
                    name=str(around.tag),
                    detail=detail,
                )

    def _citations(self, states: list[Element]) -> None:
        for citation in states[0].iterchildren("citation"):
            identity = citation.find("patcit/document-id")
            parts = [] if identity is None else identity.iterchildren("country", "doc-number", "kind")
            number = "".join(map(text_of, parts)) or None
            about = text_of(citation.find("patcit/text"))
            categories = "".join(map(text_of, citation.iterchildren("category")))
            self._draft.add(
                "citation",
                number=number,
                text=None if number else text_of(citation.find("nplcit")) or about,
                category="".join(dict.fromkeys(categories)) or None,
                origin=origin(citation.get("cited-phase") or ""),
            )
            if number and about:
                self._left.setdefault("rel-passage", []).append(f"{number} | {about}")


def _dated(part: Element) -> str:
    """Name an earlier state by the bulletin in which it was announced."""
    return f"{part.tag} {part.get('change-gazette-num') or part.get('change-date') or ''}".strip()


_ADD: Mapping[str, Callable[[_Biblio, list[Element]], None]] = {
    "publication-reference": _Biblio._publications,
    "priority-claims": _Biblio._priorities,
    "classifications-ipcr": _Biblio._classes,
    "invention-title": _Biblio._titles,
    "term-of-grant": _Biblio._lapses,
    "designation-of-states": _Biblio._states,
    "dates-rights-effective": _Biblio._dates,
    "opposition-data": _Biblio._dates,
    "search-reports-information": _Biblio._dates,
    "references-cited": _Biblio._citations,
}
