# SPDX-License-Identifier: Apache-2.0
"""One XML document parsed without risk: no DTD ever reaches the parser, so nothing expands and nothing is fetched."""

from __future__ import annotations

import re
from functools import cache

from lxml import etree

from zhihang.ingestion.xml_entities import number_entities

_DECLARATION = re.compile(rb"\s*<\?xml\s[^>]*?encoding\s*=\s*[\"']([\w.:-]+)[\"']")
_QUOTED = rb"\"[^\"]*\"|'[^']*'"
_PROLOG = re.compile(
    rb"(?:\s|<\?.*?\?>|<!--.*?-->"
    rb"|<!DOCTYPE(?:[^\[\]>\"']|" + _QUOTED + rb")*+(?:\[(?:[^\]\"'<]|" + _QUOTED + rb"|<!--.*?-->|<)*+\]\s*)?>"
    rb")*+",
    re.DOTALL,
)
_ROOT = re.compile(rb"<[A-Za-z_][\w.:-]*")
_FORBIDDEN = bytes(code for code in range(32) if code not in b"\t\n\r")
_ASCII_COMPATIBLE = ("utf-8", "utf8", "us-ascii", "ascii")


def parse(document: bytes) -> etree._Element | None:
    """Return the root of a document, mended where it is not well-formed, or None where nothing of it can be read."""
    body = number_entities(without_prolog(as_utf8(document)))
    try:
        return etree.fromstring(body, _parser(recover=False))
    except etree.XMLSyntaxError:
        pass
    try:
        return etree.fromstring(body.translate(None, _FORBIDDEN), _parser(recover=True))
    except etree.XMLSyntaxError:
        return None


def as_utf8(document: bytes) -> bytes:
    """Return a document in UTF-8, whatever its declaration says or wrongly says."""
    if document.isascii():
        return document
    declared = _DECLARATION.match(document[:200])
    encoding = declared[1].decode().lower() if declared else "utf-8"
    for candidate in dict.fromkeys(("utf-8" if encoding.startswith("utf") else encoding, "utf-8", "cp1252")):
        try:
            text = document.decode(candidate)
        except (UnicodeDecodeError, LookupError):
            continue
        return document if candidate in _ASCII_COMPATIBLE else text.encode()
    return document.decode("cp1252", errors="replace").encode()


def without_prolog(document: bytes) -> bytes:
    """Return a document from its root element on: no declaration, no DTD."""
    return document[root_start(document) :]


def root_start(document: bytes) -> int:
    """Index at which the root element begins; the length of the document if it has none."""
    prolog = _PROLOG.match(document)
    root = _ROOT.search(document, prolog.end() if prolog else 0)
    return root.start() if root else len(document)


@cache
def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
