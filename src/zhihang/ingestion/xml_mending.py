# SPDX-License-Identifier: Apache-2.0
"""Mends XML that is not well-formed: escapes the characters that offend and closes what was left open."""

from __future__ import annotations

import html
import html.entities
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

_NAME = r"[A-Za-z_:][\w.:-]*+"
_START = re.compile(rf"""<({_NAME})(?:\s++{_NAME}\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+'))*+\s*+(/?)>""")
_END = re.compile(rf"</({_NAME})\s*+>")
_REFERENCE = re.compile(r"&(?:#(\d{1,7}|x[0-9A-Fa-f]{1,6});|([A-Za-z][\w.-]{0,31});)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_OUTSIDE = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"))


@dataclass(frozen=True)
class Mended:
    """The mended text, what was done, and whether the document ends before its root does."""

    text: str
    notes: tuple[str, ...]
    breaks_off: bool


@dataclass
class _Token:
    kind: str  # text, start, end, empty, outside
    text: str
    name: str = ""


def mend(text: str) -> Mended:
    """Make a document well-formed with the least change; comments and processing instructions are dropped.

    A ``<`` that opens no tag and an ``&`` that opens no reference become text; a named character becomes that
    character; an element never closed anywhere is taken for text (``x <y> z``), one closed elsewhere is closed
    where its parent ends; an end tag without its start becomes text.

    Examples
    --------
    >>> mend("<p>A & B <First</p>").text
    '<p>A &amp; B &lt;First</p>'
    >>> mend("<p>KO&SACUTE;NIK&mdash;</p>").notes
    ()
    """
    done: Counter[str] = Counter()
    control = len(_CONTROL.findall(text))
    if control:
        text = _CONTROL.sub("", text)
        done["control character removed"] = control
    tokens = _balanced(list(_tokens(text, done)), done)
    breaks_off = tokens is None
    notes = tuple(f"{what} ({count})" for what, count in done.items())
    return Mended("" if tokens is None else "".join(token.text for token in tokens), notes, breaks_off)


def _tokens(text: str, done: Counter[str]) -> Iterator[_Token]:
    """Split a text into tags and what stands between them, escaping each ``<`` that opens no tag."""
    position, length, unclosed = 0, len(text), set[str]()
    while position < length:
        opening = text.find("<", position)
        if opening < 0:
            opening = length
        if opening > position:
            yield _Token("text", _references(text[position:opening], done))
        if opening == length:
            return
        token, position = _markup(text, opening, unclosed)
        if token is None:
            done["'<' that opens no tag escaped"] += 1
            token = _Token("text", "&lt;")
        yield token


def _markup(text: str, opening: int, unclosed: set[str]) -> tuple[_Token | None, int]:
    """Return the markup that begins at `opening` and where it ends; None when it is no markup."""
    found = _START.match(text, opening)
    if found:
        return _Token("empty" if found[2] else "start", _attributes(found.group()), found[1]), found.end()
    found = _END.match(text, opening)
    if found:
        return _Token("end", found.group(), found[1]), found.end()
    for begin, end in _OUTSIDE:
        if text.startswith(begin, opening) and end not in unclosed:
            closing = text.find(end, opening + len(begin))
            if closing < 0:
                unclosed.add(end)
                break
            kept = text[opening : closing + 3] if begin == "<![CDATA[" else ""
            return _Token("outside", kept), closing + len(end)
    return None, opening + 1


def _attributes(tag: str) -> str:
    return _REFERENCE.sub(lambda found: _reference(found, Counter()), tag) if "&" in tag else tag


def _references(text: str, done: Counter[str]) -> str:
    return _REFERENCE.sub(lambda found: _reference(found, done), text) if "&" in text else text


def _reference(found: re.Match[str], done: Counter[str]) -> str:
    number, name = found.groups()
    if number:
        code = int(number[1:], 16) if number[0] == "x" else int(number)
        if (
            code in (9, 10, 13)
            or 32 <= code < 0xD800
            or 0xE000 <= code < 0xFFFE
            or 0x10000 <= code < 0x110000
        ):
            return found.group()
        done["reference to an impossible character replaced"] += 1
        return "\ufffd"
    if name in _XML_NAMES:
        return found.group()
    character = named_character(name) if name else None
    if character is not None:
        return html.escape(character, quote=False)
    done["'&' escaped" if not name else f"unknown reference &{name}; kept as text"] += 1
    return "&amp;" + found.group()[1:]


def named_character(name: str) -> str | None:
    """Return the character that HTML or the ISO sets call `name`; DOCDB also writes names in capitals.

    Examples
    --------
    >>> named_character("mdash"), named_character("SACUTE"), named_character("lol9")
    ('—', 'Ś', None)
    """
    for spelling in (name, name.capitalize(), name.lower()) if name.isupper() else (name,):
        character = html.entities.html5.get(spelling + ";")
        if character is not None:
            return character
    return None


def character_references(text: str) -> str:
    """Resolve the references of well-formed text to the characters they stand for.

    Examples
    --------
    >>> character_references("A &amp; B &#8212; &lt;C&gt;")
    'A & B — <C>'
    """
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(found: re.Match[str]) -> str:
    number, name = found.groups()
    if number:
        return chr(int(number[1:], 16) if number[0] == "x" else int(number))
    return (named_character(name) if name else None) or found.group()


def _balanced(tokens: list[_Token], done: Counter[str]) -> list[_Token] | None:
    """Close what is open and turn stray tags into text; None when the root itself is never closed."""
    closed = {token.name for token in tokens if token.kind == "end"}
    kept: list[_Token] = []
    stack: list[str] = []
    depth: Counter[str] = Counter()
    for token in tokens:
        if token.kind == "start" and token.name not in closed:
            if not stack:
                return None
            token = _as_text(token, done)
        elif token.kind == "start":
            stack.append(token.name)
            depth[token.name] += 1
        elif token.kind == "end" and not depth[token.name]:
            token = _as_text(token, done)
        elif token.kind == "end":
            for name in _opened_since(token.name, stack, depth):
                kept.append(_Token("end", f"</{name}>", name))
                done[f"</{name}> added"] += 1
        kept.append(token)
    return kept if not stack else None


def _opened_since(name: str, stack: list[str], depth: Counter[str]) -> Iterator[str]:
    """Take the element `name` off the stack, with those that were opened inside it and never closed."""
    while (top := stack.pop()) != name:
        depth[top] -= 1
        yield top
    depth[name] -= 1


def _as_text(token: _Token, done: Counter[str]) -> _Token:
    done[f"{token.text[:40]} taken for text"] += 1
    return _Token("text", "&lt;" + token.text[1:])
