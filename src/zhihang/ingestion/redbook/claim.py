# SPDX-License-Identifier: Apache-2.0
"""Claims of the Red Book, with the claims each refers to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias

from zhihang.ingestion.redbook.markup import TEXT

ClaimRow: TypeAlias = tuple[str, str | None, str | None, bytes, None]
"""number, language, depends_on, text, publication: the columns of the raw table."""

_OPENING = re.compile(
    rb"<claim(?: id=[\"'][^\"']*[\"'])? num=[\"']0*(\d+)[\"']|<claim-ref [^>]*?idref=[\"']([^\"']*)"
)
_ID = re.compile(rb"<claim [^>]*?id=[\"'][A-Za-z-]*0*(\d+)")
_DIGITS = re.compile(rb"0*(\d+)")
_END = b"</claim>"
_MARK = b"\x02"  # cannot occur in XML


def claims(markup: bytes, language: str | None) -> list[ClaimRow]:
    """Return the rows of a list of claims, in its order."""
    texts = TEXT.utf8(markup.replace(_END, _MARK + _END)).split(_MARK)[:-1]
    numbers: list[str] = []
    references: list[list[bytes]] = []
    for number, named in _OPENING.findall(markup):
        if number:
            numbers.append(number.decode())
            references.append([])
        elif references:
            references[-1].append(named)
    if len(numbers) != len(texts):
        return _claim_by_claim(markup, language)
    return [
        (number, language, _depends_on(named, number) if named else None, text.strip(), None)
        for number, named, text in zip(numbers, references, texts, strict=True)
    ]


def _claim_by_claim(markup: bytes, language: str | None) -> list[ClaimRow]:
    """Read claims that do not all say their number."""
    rows: list[ClaimRow] = []
    for piece in markup.split(b"<claim ")[1:]:
        claim = b"<claim " + piece.partition(_END)[0]
        found = _OPENING.match(claim) or _ID.match(claim)
        number = found[1].decode() if found else str(len(rows) + 1)
        named = [named for _, named in _OPENING.findall(claim) if named]
        rows.append((number, language, _depends_on(named, number), TEXT.utf8(claim + _END), None))
    return rows


def _depends_on(named: list[bytes], number: str) -> str | None:
    if len(named) == 1:
        numbers: Iterable[str] = _numbers(named[0])
    else:
        numbers = dict.fromkeys(one for names in named for one in _numbers(names))
    return ",".join([one for one in numbers if one != number]) or None


@lru_cache(maxsize=1024)
def _numbers(names: bytes) -> tuple[str, ...]:
    """Return the numbers of the claims named as in `CLM-00001 CLM-00002`."""
    return tuple(digits.decode() for digits in _DIGITS.findall(names))
