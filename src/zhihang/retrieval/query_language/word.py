# SPDX-License-Identifier: Apache-2.0
"""Words of a text field: plain words, words by pattern, phrases; whatever would find everything is refused."""

from __future__ import annotations

import re

from zhihang.retrieval.query import Or, Phrase, Query, Scope, Span, Term, Wildcard
from zhihang.retrieval.query_language.fault import Fault
from zhihang.retrieval.query_language.field import Field
from zhihang.retrieval.query_language.style import Style

MOST_WILDCARDS = 4
LONGEST_WORD = 500
_CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WILD = re.compile(r"[*?]")


def word(field: Field, text: str, at: Span, style: Style) -> Query:
    """Return the leaf of a word written without quotation marks."""
    text = _in_our_marks(text, at, style)
    if text[0] in "+-" and len(text) > 1:
        raise Fault("minus", at, text=text)
    sized(text, at)
    if not _WILD.search(text):
        _something(text, at)
        return scoped(field, Term("text", text, at=at))
    before = _WILD.split(text, maxsplit=1)[0]
    if not before:
        raise Fault("wild_front" if any(map(str.isalnum, text)) else "wild_all", at, text=text)
    if len(re.sub(r"\W", "", before)) < 2 and not _CHINESE.search(before):
        raise Fault("wild_all", at, text=text)
    if len(_WILD.findall(text)) > MOST_WILDCARDS:
        raise Fault("wild_many", at, text=text, most=MOST_WILDCARDS)
    return scoped(field, Wildcard("text", re.sub(r"\*+", "*", text), at=at))


def phrase(field: Field, text: str, at: Span) -> Query:
    """Return the leaf of words in quotation marks."""
    text = " ".join(text.split())
    if _WILD.search(text):
        raise Fault("wild_quoted", at, text=text)
    _something(text, at)
    return scoped(field, Phrase("text", text, at=at))


def scoped(field: Field, leaf: Term | Phrase | Wildcard) -> Query:
    """Return a leaf in the scope of its field, or in any of its scopes."""
    scopes: list[Scope] = field.source.split("|")  # type: ignore[assignment]
    leaves = tuple(_in_scope(leaf, scope) for scope in scopes)
    return leaves[0] if len(leaves) == 1 else Or(leaves, at=leaf.at)


def _in_scope(leaf: Term | Phrase | Wildcard, scope: Scope) -> Term | Phrase | Wildcard:
    if isinstance(leaf, Wildcard):
        return Wildcard(scope, leaf.pattern, at=leaf.at)
    return type(leaf)(scope, leaf.text, at=leaf.at)


def _in_our_marks(text: str, at: Span, style: Style) -> str:
    for mark, fault in style.refused_marks.items():
        if mark in text.upper():
            raise Fault(fault, at)
    for theirs, ours in style.marks.items():
        text = text.replace(theirs, ours)
    return text


def sized(text: str, at: Span) -> None:
    """Refuse a word, phrase or name longer than anything that is looked for."""
    if len(text) > LONGEST_WORD:
        raise Fault("word_long", at, count=len(text), most=LONGEST_WORD)


def _something(text: str, at: Span) -> None:
    sized(text, at)
    if not any(map(str.isalnum, text)):
        raise Fault("nothing", at, text=text)
