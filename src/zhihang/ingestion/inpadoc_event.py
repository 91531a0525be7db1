# SPDX-License-Identifier: Apache-2.0
"""INPADOC legal events as OPS gives them: a code, a gazette date, and numbered fields with their descriptions."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from zhihang.ingestion.draft import Draft

Element = etree._Element

COUNTRY, GAZETTE_DATE, STATE, EFFECTIVE_DATE = "L001EP", "L007EP", "L501EP", "L525EP"
_FIELDS = "L500EP"


def add_legal_event(draft: Draft, event: Element) -> None:
    """Add one event: its state is that of the national code it refers to, else the office of the application."""
    draft.add(
        "legal_event",
        date=_text(event, GAZETTE_DATE),
        effective_date=_text(event, f"{_FIELDS}/{EFFECTIVE_DATE}"),
        office=_text(event, f"{_FIELDS}/{STATE}") or _text(event, COUNTRY),
        code=(event.get("code") or "").strip() or None,
        name=" ".join((event.get("desc") or "").split()) or None,
        detail="; ".join(_details(event)) or None,
    )


def _details(event: Element) -> Iterator[str]:
    for entry in event.iterfind(f"{_FIELDS}/*"):
        text = " ".join((entry.text or "").split())
        if text and entry.tag not in (STATE, EFFECTIVE_DATE):
            meaning = entry.get("descData")
            yield f"{entry.get('desc') or entry.tag}: {text}" + (f" ({meaning})" if meaning else "")
    influence = (event.get("infl") or "").strip()
    if influence:
        yield f"influence: {influence}"


def _text(event: Element, path: str) -> str | None:
    text = event.findtext(path)
    return text.strip() or None if text else None
