# SPDX-License-Identifier: Apache-2.0
"""Overlapping pairs of characters of many texts at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from zhihang.methods.segmentation import RUN_END, WIDE

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BETWEEN = 0
"""Code that stands between texts; printable texts do not hold it."""
_BLANK = 32
_NOTHING, _WORD, _PAIRED = 0, 1, 2


def pairs_of_all(folded: Sequence[str]) -> list[str]:
    """Return the pairs of each text (see `zhihang.methods.segmentation.pairs`), joined by blanks.

    >>> pairs_of_all(["5g通信方法, a", "", "锂。"])
    ['5g 通信 信方 方法 法$ a', '', '锂$']
    """
    if not folded:
        return []
    joined = "\0".join(folded) + "\0"
    codes = np.frombuffer(joined.encode("utf-32-le"), np.uint32)
    kind = _kinds()[np.minimum(codes, len(_kinds()) - 1)]
    after = np.r_[kind[1:], np.uint8(_NOTHING)]
    pair = kind == _PAIRED
    letter = kind == _WORD
    length = np.where(pair, 3, 0) + letter + (letter & (after != _WORD)) + (codes == _BETWEEN)
    stop = np.cumsum(length)
    start = stop - length
    made = np.full(int(stop[-1]), _BLANK, np.uint32)
    shown = np.flatnonzero(length)
    made[start[shown]] = codes[shown]
    firsts = np.flatnonzero(pair)
    made[start[firsts] + 1] = np.where(after[firsts] == _PAIRED, codes[firsts + 1], ord(RUN_END))
    return [text.rstrip() for text in made.tobytes().decode("utf-32-le").split("\0")[:-1]]


@cache
def _kinds() -> NDArray[np.uint8]:
    """Return what each character is: nothing, part of a word, or written without blanks."""
    highest = 0x40000
    every = "".join(chr(code) if not 0xD800 <= code < 0xE000 else " " for code in range(highest))
    found = np.zeros(highest + 1, np.uint8)
    for pattern, kind in ((rf"[^\W_{WIDE}]", _WORD), (f"[{WIDE}]", _PAIRED)):
        places = [at.start() for at in re.finditer(pattern, every)]
        found[places] = kind
    return found
