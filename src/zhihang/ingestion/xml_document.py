# SPDX-License-Identifier: Apache-2.0
"""One XML document read strictly, and mended first where it is not well-formed, so that no text is lost."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from zhihang.ingestion.encoding import detect_encoding
from zhihang.ingestion.xml_mending import mend

MAX_DOCUMENT = 256 << 20
"""A single document of more bytes is refused unread."""

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']""")
_DECLARATION = re.compile(r"<\?xml\b[^>]*\?>")
_ROOT = re.compile(r"<[A-Za-z_:]")
_IN_DOCTYPE = re.compile(r"[\[\]>\"']|<!--")
_SUSPECT = re.compile(r"&(?!amp;|lt;|gt;|quot;|apos;|#)|[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_PREFIXED = re.compile(r"<([\w.-]+):")


class Unreadable(Exception):
    """A document that cannot be read even after mending; the text says why."""


@dataclass(frozen=True)
class XmlDocument:
    """The root element, and what had to be mended to read it (None when nothing was wrong)."""

    root: etree._Element
    mended: str | None = None


def read_document(data: bytes) -> XmlDocument:
    """Read one document.

    A document type is ignored: nothing outside the document is looked up and no entity is expanded but the
    characters that HTML and the ISO sets name. A document that is not well-formed is mended where it is
    broken (see `xml_mending`) and read strictly again; what then remains wrong is left to the parser's own
    recovery. Comments and processing instructions are dropped.
    """
    if len(data) > MAX_DOCUMENT:
        raise Unreadable(f"the document is larger than {MAX_DOCUMENT >> 20} MiB")
    text, notes = _decoded(data)
    text = _without_prolog(text)
    if not _SUSPECT.search(text):
        try:
            return XmlDocument(parse(text.encode()), _told(notes))
        except etree.XMLSyntaxError:
            pass
    return _mended(text, notes)


def parse(data: bytes) -> etree._Element:
    """Parse UTF-8 bytes strictly, with nothing looked up or expanded."""
    return etree.fromstring(data, _parser(False))


def line_of(element: etree._Element) -> int:
    """Line on which an element begins, from 1."""
    line: int | None = element.sourceline  # type: ignore[assignment]  # the stubs leave its type open
    return line or 1


def without_namespaces(root: etree._Element) -> etree._Element:
    """Leave only the local names of elements, so that one path fits whatever prefix a source chose."""
    for element in root.iter(etree.Element):
        if element.tag[0] == "{":
            element.tag = element.tag.rpartition("}")[2]
        elif ":" in element.tag:
            element.tag = element.tag.rpartition(":")[2]
    return root


def _mended(text: str, notes: list[str]) -> XmlDocument:
    mended = mend(text)
    notes = [*notes, *mended.notes]
    if mended.breaks_off:
        raise Unreadable("the document breaks off before its end")
    data = _with_prefixes(mended.text).encode("utf-8", "replace")
    try:
        return XmlDocument(parse(data), _told(notes))
    except etree.XMLSyntaxError as error:
        reason = error.msg or "not well-formed"
    try:
        root = etree.fromstring(data, _parser(True))
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise Unreadable(f"not well-formed: {reason}")
    return XmlDocument(root, _told([*notes, f"read with recovery ({reason})"]))


def _with_prefixes(text: str) -> str:
    """Declare prefixes that the document uses and does not declare."""
    missing = {prefix for prefix in _PREFIXED.findall(text) if f"xmlns:{prefix}" not in text} - {"xml"}
    if not missing:
        return text
    declared = "".join(f' xmlns:{prefix}="urn:undeclared:{prefix}"' for prefix in sorted(missing))
    return re.sub(r"<([\w.-]+(?::[\w.-]+)?)", rf"<\1{declared}", text, count=1)


def _decoded(data: bytes) -> tuple[str, list[str]]:
    """Decode by byte-order mark, declaration or default; where that is wrong, by what the bytes look like."""
    declared = _DECLARED.match(data[:1024])
    stated = declared.group(1).decode("ascii") if declared else "utf-8"
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            stated = name
    try:
        return data.decode(stated), []
    except (UnicodeDecodeError, LookupError):
        found = detect_encoding(data[:65_536])
    try:
        return data.decode(found), [f"read as {found}, not as {stated}"]
    except UnicodeDecodeError:
        return data.decode(found, "replace"), [f"bytes that are no {found} replaced"]


def _without_prolog(text: str) -> str:
    """Blank out XML declaration and document type, keeping the number of lines."""
    text = _DECLARATION.sub(lambda found: "\n" * found.group().count("\n"), text.lstrip("\ufeff"), count=1)
    root = _ROOT.search(text)
    begin = text.find("<!DOCTYPE", 0, root.start() if root else None)
    if begin < 0:
        return text
    end = _end_of_doctype(text, begin)
    return text[:begin] + "\n" * text.count("\n", begin, end) + text[end:]


def _end_of_doctype(text: str, begin: int) -> int:
    """Return where the document type ends, its internal part and what is quoted there included."""
    position, inside = begin, False
    while found := _IN_DOCTYPE.search(text, position):
        mark, position = found.group(), found.end()
        if mark == ">" and not inside:
            return position
        if mark in "[]":
            inside = mark == "["
        elif mark != ">":
            position = text.find("-->" if mark == "<!--" else mark, position) + 1
            if not position:
                break
    raise Unreadable("the document type declaration has no end")


def _told(notes: list[str]) -> str | None:
    return "; ".join(notes) or None


@lru_cache(maxsize=2)
def _parser(recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )
