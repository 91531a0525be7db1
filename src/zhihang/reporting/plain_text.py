# SPDX-License-Identifier: Apache-2.0
"""Text made fit for every file format: no control characters, no half characters, nothing that reverses its order."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar, cast

T = TypeVar("T")

#: Controls but tab and line end, surrogates, bidirectional controls, characters that are none.
_UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef"
    "\ufeff\ufffe\uffff]"
)


def plain(text: str) -> str:
    r"""Return text with unfit characters replaced and line ends and tabs as blanks.

    >>> plain("a\x00b\nc")
    'a\ufffdb c'
    """
    if text.isprintable():  # no control character, no line end, nothing unassigned
        return text
    return _UNFIT.sub("\ufffd", re.sub(r"\s*[\r\n\t\u2028\u2029\x85]\s*", " ", text))


def with_plain_text(thing: T) -> T:
    """Return a document (or part of one) with every text in it made plain."""
    return changed_texts(thing, plain)


def changed_texts(thing: T, change: Callable[[str], str]) -> T:
    """Return a document (or part of one) with every text in it changed."""
    if isinstance(thing, str):
        return cast("T", change(thing))
    if isinstance(thing, tuple):
        return cast("T", tuple(changed_texts(part, change) for part in thing))
    if is_dataclass(thing) and not isinstance(thing, type):
        given = {field.name: getattr(thing, field.name) for field in fields(thing)}
        made = {name: changed_texts(value, change) for name, value in given.items()}
        changed = {name: value for name, value in made.items() if value != given[name]}
        return replace(thing, **changed) if changed else thing
    return thing
