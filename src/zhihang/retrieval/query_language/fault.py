# SPDX-License-Identifier: Apache-2.0
"""What can be wrong with a query: one sentence per fault in Chinese and English, shown with a mark under the place."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from zhihang.errors import QuerySyntaxError
from zhihang.retrieval.query import Span

_AROUND = 36
"""So many characters of the query are shown on either side of the place."""


class Fault(Exception):
    """Reading stops here; becomes a `QuerySyntaxError` where the whole query is known."""

    def __init__(self, code: str, at: Span, **words: object) -> None:
        super().__init__(code)
        self.code = code
        self.at = at
        self.words = {
            name: str(word) if name.startswith("reason") else _short(str(word))
            for name, word in words.items()
        }


def told(fault: Fault, text: str) -> QuerySyntaxError:
    """Return the error that shows a fault in its query."""
    row = _faults()[fault.code]
    shown, mark = _marked(text, fault.at)
    facts = {"query": shown, "": mark, "position": fault.at.start + 1}
    facts["说明"] = f"{_filled(row['zh'], fault.words)}{_filled(row['todo_zh'], fault.words)}"
    return QuerySyntaxError(_filled(row["en"], fault.words), facts, todo=_filled(row["todo_en"], fault.words))


def close(name: str, known: Iterable[str]) -> Mapping[str, str]:
    """Return the words `close` and `close_zh` of a fault: the nearest known names."""
    by_fold = {one.casefold(): one for one in known}
    found = [by_fold[one] for one in get_close_matches(name.casefold(), by_fold, n=3, cutoff=0.5)]
    if not found:
        return {"close": "", "close_zh": ""}
    return {"close": f"; close to it: {', '.join(found)}", "close_zh": f"；相近的有：{'、'.join(found)}"}


def _marked(text: str, at: Span) -> tuple[str, str]:
    """Return the part of the query around a place, and a line with marks under it."""
    start = min(at.start, len(text))
    end = min(max(at.end, start + 1), start + _AROUND)
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    before = ("… " if first else "") + _plain(text[first:start])
    under = _plain(text[start:end])
    shown = before + under + _plain(text[end:last]) + (" …" if last < len(text) else "")
    return shown.rstrip(), " " * _width(before) + "^" * max(1, _width(under.rstrip()))


def _plain(text: str) -> str:
    """Put a blank for line ends and whatever cannot be printed."""
    return "".join(c if unicodedata.category(c)[0] not in "CZ" else " " for c in text)


def _width(text: str) -> int:
    """Columns a text takes up on a screen: Chinese characters take two."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) > 0 for c in text)


def _short(word: str) -> str:
    word = _plain(word)
    return word if len(word) <= 2 * _AROUND else word[: 2 * _AROUND] + "…"


def _filled(sentence: str, words: Mapping[str, str]) -> str:
    for name, word in words.items():
        sentence = sentence.replace("{" + name + "}", word)
    return sentence


@lru_cache(maxsize=1)
def _faults() -> Mapping[str, Mapping[str, str]]:
    with Path(__file__).with_name("faults.csv").open(encoding="utf-8", newline="") as stream:
        return {row["code"]: row for row in csv.DictReader(stream)}
