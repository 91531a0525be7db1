# SPDX-License-Identifier: Apache-2.0
"""Named and numbered characters of XML and SGML, read without a DTD: `&mdash;` is a dash, whoever declares it or not."""

from __future__ import annotations

import html
import re

from zhihang.ingestion.xml_mending import named_character

# ISO 8879 Greek (ISOgrk1): SGML-era files write `&lgr;` where HTML writes `&lambda;`.
_GREEK = "a α b β g γ d δ e ε z ζ ee η th θ i ι k κ l λ m μ n ν x ξ o ο p π r ρ sf ς s σ t τ u υ ph φ kh χ ps ψ oh ω"
_SMALL = {f"{name}gr": letter for name, letter in zip(_GREEK.split()[::2], _GREEK.split()[1::2], strict=True)}
_CAPITAL = {f"{name[:-2].upper()}gr": letter.upper() for name, letter in _SMALL.items() if name != "sfgr"}
_ISO_GREEK = _SMALL | _CAPITAL
_XML = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_NAME = re.compile(r"#?[A-Za-z0-9]+")
_REFERENCE = re.compile(rb"&([^;]{0,32});")
_FOREIGN = re.compile(rb"&([A-Za-z][\w.-]*|#1[2-5]\d|#[xX]0*[89][0-9A-Fa-f]);")


class _Characters(dict[bytes, bytes]):
    """What each reference stands for, in UTF-8; a reference to nothing known stays as it is written."""

    def __missing__(self, name: bytes) -> bytes:
        character = _character(name.decode(errors="replace")).encode()
        if len(self) < 10_000:
            self[name] = character
        return character


def _character(name: str) -> str:
    if not _NAME.fullmatch(name):
        return f"&{name};"
    if name.startswith("#"):
        return html.unescape(f"&{name};")
    return named_character(name) or _ISO_GREEK.get(name) or f"&{name};"


_CHARACTERS = _Characters()


def unescape(text: bytes) -> bytes:
    """Replace references in UTF-8 text by the characters they stand for, each only once.

    >>> unescape(b"H&#x3b2; &lt; &lgr;/2 &amp;lt; &unheard;").decode()
    'Hβ < λ/2 &lt; &unheard;'
    """
    return _REFERENCE.sub(_character_of, text) if b"&" in text else text


def _character_of(found: re.Match[bytes]) -> bytes:
    return _CHARACTERS[found[1]]


def number_entities(markup: bytes) -> bytes:
    """Write references that XML alone does not know as numbers, or as text if nobody knows them: no DTD is needed.

    >>> number_entities(b"a &mdash; b &amp; &unheard;")
    b'a &#8212; b &amp; &amp;unheard;'
    """
    return _FOREIGN.sub(_numbered, markup) if b"&" in markup else markup


def _numbered(found: re.Match[bytes]) -> bytes:
    if found[1] in _XML:
        return found[0]
    characters = _CHARACTERS[found[1]]
    if characters == found[0]:
        return b"&amp;" + found[0][1:]
    return "".join(f"&#{ord(character)};" for character in characters.decode()).encode()
