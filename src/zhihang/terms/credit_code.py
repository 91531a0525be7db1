# SPDX-License-Identifier: Apache-2.0
"""Unified social credit codes of organisations (统一社会信用代码, GB 32100-2015), checked for whole arrays."""

from __future__ import annotations

import unicodedata

import pyarrow as pa

CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Characters a code is made of: figures and capitals without I, O, S, V, Z."""
_VALUES = {character: value for value, character in enumerate(CHARACTERS)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_ORGANISATION_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_LENGTH = 18
_BLANKS = str.maketrans("", "", " -\t\u3000")


def check_character(body: str) -> str:
    """Return the last character of a code from the 17 before it; the example is that of the standard.

    Values of the characters times 3 to the power of their place, modulo 31, taken from 31; 31 counts as 0.

    >>> check_character("91350100M000100Y4")
    '3'
    """
    total = sum(_VALUES[character] * weight for character, weight in zip(body, _WEIGHTS, strict=True))
    return CHARACTERS[-total % 31]


def organisation_check_character(body: str) -> str:
    """Return the ninth character of an organisation code from the eight before it (GB 11714): part of a credit code.

    >>> organisation_check_character("D2143569")
    'X'
    """
    total = sum(
        _ORGANISATION_CHARACTERS.index(character) * weight
        for character, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True)
    )
    return "0123456789X0"[11 - total % 11]


def normal(text: str) -> str:
    """Return a code as it is written: half width, capitals, no blanks.

    >>> normal(" ９１350100m000100y43 ")
    '91350100M000100Y43'
    """
    return unicodedata.normalize("NFKC", text).translate(_BLANKS).upper()


def judge_one(text: str) -> str:
    """Say of a code whether it is `right`, `wrong` (its check character does not fit), `absent` or `other`.

    `other` is a number of another kind: it has not the length and characters of a credit code.

    >>> judge_one("91350100M000100Y43"), judge_one("91350100M000100Y44"), judge_one("45030012-3")
    ('right', 'wrong', 'other')
    """
    code = normal(text)
    if not code:
        return "absent"
    if len(code) != _LENGTH or not all(character in _VALUES for character in code):
        return "other"
    return "right" if check_character(code[:-1]) == code[-1] else "wrong"


def judge(codes: pa.StringArray) -> pa.StringArray:
    """Say of each code what `judge_one` says; nulls are `absent`."""
    return pa.array([judge_one(code or "") for code in codes.to_pylist()], pa.string())


def right_codes(codes: pa.StringArray) -> pa.StringArray:
    """Return each code as it is written where it is right, null elsewhere."""
    texts = (normal(code or "") for code in codes.to_pylist())
    return pa.array([text if judge_one(text) == "right" else None for text in texts], pa.string())
