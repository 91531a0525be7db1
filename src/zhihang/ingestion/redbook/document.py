# SPDX-License-Identifier: Apache-2.0
"""One Red Book document: its parts are found in the bytes, and of them only a small one is parsed."""

from __future__ import annotations

import re
from xml.etree.ElementTree import ParseError

from lxml import etree

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.redbook.bibliography import Bibliography, bibliography
from zhihang.ingestion.redbook.claim import claims
from zhihang.ingestion.redbook.markup import TEXT, Irregular, find_part, find_start
from zhihang.ingestion.xml_document import Unreadable, read_document
from zhihang.ingestion.xml_entities import number_entities

_PROLOG = re.compile(
    rb"\s*<\?xml [^>]*encoding=\"(?:utf|UTF)-8\"[^>]*>\s*(?:<!DOCTYPE[^<>\[\]]*(?:\[\s*\])?\s*>\s*)?"
)
_ROOT = re.compile(rb"<(us-patent-grant|us-patent-application|sequence-cwu)\b([^>]*)>")
_ATTRIBUTE = re.compile(rb"([\w-]+)=\"([^\"]*)\"")
_IMAGE = re.compile(rb" file=\"([^\"]*)\"")
_NUMBER = re.compile(rb"<doc-number>([^<]*)</doc-number>")
_DESCRIPTION_END = b"</description>"
_BIBLIOGRAPHY = {
    b"us-patent-grant": b"us-bibliographic-data-grant",
    b"us-patent-application": b"us-bibliographic-data-application",
}


class RedbookDocuments:
    """Reads document after document; knows the last one, to which a sequence listing belongs."""

    def __init__(self) -> None:
        self._last = b""

    def read(self, draft: Draft, line: int, content: bytes) -> None:
        """Add one document to a draft."""
        try:
            self._read(draft, line, _regular(content), None)
        except (Irregular, ParseError):
            document = read_document(number_entities(content))
            regular = etree.tostring(document.root, encoding="utf-8")
            try:
                self._read(draft, line, regular, document.mended)
            except (Irregular, ParseError):
                msg = "parts of the document are missing or nested where they cannot be"
                raise Unreadable(msg) from None

    def _read(self, draft: Draft, line: int, regular: bytes, mended: str | None) -> None:
        root = _ROOT.match(regular)
        if root is None:
            msg = "neither a grant nor an application of the Red Book"
            raise Unreadable(msg)
        if root[1] == b"sequence-cwu":
            self._sequence_listing(draft, regular)
            return
        self._last = b""
        said = _patent(regular, root[1].decode(), _attributes(root[2]))
        if mended:
            said.note("document_mended", mended)
        number = _NUMBER.search(regular)
        self._last = number[1] if number else b""
        _add(draft, line, said)

    def _sequence_listing(self, draft: Draft, regular: bytes) -> None:
        """Add a listing to its patent; one whose patent is elsewhere is no record, so it is only noted."""
        number = _NUMBER.search(regular)
        if not len(draft) or number is None:
            msg = "a sequence listing, and no patent before it"
            raise Unreadable(msg)
        if number[1] == self._last:
            _, begin = find_part(regular, b"publication-reference")
            draft.extend("text", [("sequence_listing", None, TEXT.utf8(regular[begin:]), None)])
        else:
            skipped = f"sequence listing of {number[1].decode()}, which is not in this file"
            draft.add("attribute", name="skipped_document", value=skipped)


def is_sequence_listing(content: bytes) -> bool:
    """Whether a document is the sequence listing of the one before it."""
    return b"<sequence-cwu" in content[:400]


def _regular(content: bytes) -> bytes:
    """Return a document from its root on, if it is complete, in UTF-8, and holds no comment, CDATA or entity of its own."""
    prolog = _PROLOG.match(content)
    root = _ROOT.match(content, prolog.end()) if prolog else None
    if root is None or not content.rstrip().endswith(b"</" + root[1] + b">"):
        raise Irregular
    if not content.isascii():
        try:
            content.decode()
        except UnicodeDecodeError:
            raise Irregular from None
    place = content.find(b"!", root.end())
    while place >= 0:
        if content[place - 1 : place] == b"<":
            raise Irregular
        place = content.find(b"!", place + 1)
    return content[root.start() :]


def _attributes(tag: bytes) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in _ATTRIBUTE.findall(tag)}


def _patent(regular: bytes, root: str, attributes: dict[str, str]) -> Bibliography:
    language = attributes.get("lang", "").lower() or None
    begin, head = find_part(regular, _BIBLIOGRAPHY[root.encode()])
    if begin < 0:
        raise Irregular
    said = bibliography(regular[begin:head], language)
    body = find_start(regular, b"description", head)
    front = body if body >= 0 else len(regular)
    _texts(said, regular, language, head, front)
    _drawings(said, regular, head, front)
    tail = regular.rfind(_DESCRIPTION_END) if body >= 0 else head
    _claims(said, regular, language, max(tail, head))
    if root == "us-patent-grant" and said.rows.get("publication") and said.application.get("kind") != "sir":
        date = said.rows["publication"][0][3]
        said.application["grant_date"] = date if isinstance(date, str) else None
    for name in ("dtd-version", "status"):
        if attributes.get(name, "PRODUCTION") != "PRODUCTION":
            said.note(name, attributes[name])
    return said


def _texts(said: Bibliography, regular: bytes, language: str | None, head: int, front: int) -> None:
    begin, end = find_part(regular, b"abstract", head, front)
    if begin >= 0:
        said.add("text", ("abstract", language, TEXT.utf8(regular[begin:end]), None))
    if front < len(regular):
        end = regular.rfind(_DESCRIPTION_END)
        if end < front:
            raise Irregular
        markup = regular[front : end + len(_DESCRIPTION_END)]
        said.add("text", ("description", language, TEXT.utf8(markup), None))


def _drawings(said: Bibliography, regular: bytes, head: int, front: int) -> None:
    begin, end = find_part(regular, b"drawings", head, front)
    if begin >= 0:
        said.note("drawings", "; ".join(name.decode() for name in _IMAGE.findall(regular, begin, end)))


def _claims(said: Bibliography, regular: bytes, language: str | None, tail: int) -> None:
    begin, end = find_part(regular, b"claims", tail)
    if begin >= 0:
        said.add("claim", *claims(regular[begin:end], language))
    begin, end = find_part(regular, b"us-claim-statement", tail, begin if begin >= 0 else None)
    if begin >= 0:
        said.note("us-claim-statement", TEXT(regular[begin:end]))


def _add(draft: Draft, line: int, said: Bibliography) -> None:
    publications = said.rows.get("publication", [])
    if not said.application.get("number") and not (publications and publications[0][1]):
        msg = "the document names neither an application nor a publication"
        raise Unreadable(msg)
    draft.record(line)
    draft.add("application", **said.application)
    for table, rows in said.rows.items():
        draft.extend(table, rows)
    draft.extend("attribute", [(name, "; ".join(values)) for name, values in said.attributes.items()])
