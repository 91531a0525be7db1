# SPDX-License-Identifier: Apache-2.0
"""Classifications of the Red Book: IPC, CPC, national, Locarno, and the classes the examiner searched."""

from __future__ import annotations

import re
from typing import TypeAlias
from xml.etree.ElementTree import Element

from lxml import etree

from zhihang.ingestion.uspto_symbol import ipc_or_locarno, uspc, version
from zhihang.ingestion.xml_document import read_document

ClassificationRow: TypeAlias = tuple[str, str, str | None, str | None]
"""scheme, symbol, value, version: the columns of the raw table."""

_VALUES = {"I": "invention", "N": "additional", "A": "additional"}
_PARTS = ("section", "class", "subclass", "main-group", "subgroup", "classification-value")
_REGULAR = re.compile(
    r"<classification-(?:ipcr|cpc)>\s*(?:<(?:ipc|cpc)-version-indicator>\s*<date>([^<]*)</date>\s*</[^>]*>\s*)?"
    r"(?:<classification-level>[^<]*</classification-level>\s*)?"
    r"<section>([^<]*)</section>\s*<class>([^<]*)</class>\s*<subclass>([^<]*)</subclass>\s*"
    r"<main-group>([^<]*)</main-group>\s*<subgroup>([^<]*)</subgroup>\s*"
    r"(?:<symbol-position>[^<]*</symbol-position>\s*)?"
    r"(?:<classification-value>([^<]*)</classification-value>\s*)?"
)
_SEARCHED = re.compile(r"<(main-classification|classification-cpc-text|further-classification)>([^<]+)<")


def symbols(markup: bytes, scheme: str) -> list[ClassificationRow]:
    """Return the rows of a list of IPC or CPC symbols given in parts (`ipcr`, `cpc`); combination sets included."""
    if not markup:
        return []
    regular = _REGULAR.findall(markup.decode())
    if len(regular) == markup.count(b"<section>") and b"<!" not in markup:
        return [_symbol(scheme, *fields) for fields in regular]
    return parsed_symbols(read_document(markup).root, scheme)


def parsed_symbols(element: etree._Element, scheme: str) -> list[ClassificationRow]:
    """Return the rows of a parsed list of IPC or CPC symbols."""
    rows = []
    for one in element.iter("classification-ipcr", "classification-cpc"):
        date = one.findtext("ipc-version-indicator/date") or one.findtext("cpc-version-indicator/date") or ""
        section, major, minor, group, subgroup, value = (one.findtext(name) or "" for name in _PARTS)
        rows.append(_symbol(scheme, date, section, major, minor, group, subgroup, value))
    return rows


def _symbol(
    scheme: str, date: str, section: str, major: str, minor: str, group: str, subgroup: str, value: str
) -> ClassificationRow:
    symbol = f"{section}{major}{minor} {group}/{subgroup}" if group else f"{section}{major}{minor}"
    return scheme, symbol, _VALUES.get(value), version(date) or None


def searched(markup: bytes) -> str:
    """Return the classes of the field of search, joined by semicolons."""
    found = _SEARCHED.findall(markup.decode())
    return "; ".join([uspc(text) if tag == "main-classification" else text.strip() for tag, text in found])


def plain_symbols(element: Element) -> list[ClassificationRow]:
    """Return the rows of an element that holds whole symbols: national, Locarno, and IPC up to its 7th edition."""
    edition = (element.findtext("edition") or "").strip() or None
    rows: list[ClassificationRow] = []
    for child in element:
        if child.tag not in ("main-classification", "further-classification") or not child.text:
            continue
        if element.tag == "classification-national":
            rows.append(("uspc", uspc(child.text), None, None))
        else:
            scheme, symbol = ipc_or_locarno(child.text)
            scheme = "locarno" if element.tag == "classification-locarno" else scheme
            rows.append((scheme, symbol, None, edition))
    return rows
