# SPDX-License-Identifier: Apache-2.0
"""Check digits of application numbers, computed for whole arrays at once."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_WEIGHTS = {12: (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5), 8: (2, 3, 4, 5, 6, 7, 8, 9)}
_CHARACTERS = np.array([*"0123456789X"], dtype="S1")


def chinese_check_digit(number: pa.StringArray) -> pa.StringArray:
    """Check digit of Chinese application numbers, all of 8 or all of 12 digits: weighted sum modulo 11, 10 is X."""
    if not len(number):
        return number
    length = pc.binary_length(number[:1])[0].as_py()
    digits = np.frombuffer("".join(number.to_pylist()).encode(), np.uint8).reshape(-1, length) - 48
    remainder = (digits @ np.array(_WEIGHTS[length], np.uint16)) % 11
    return pa.array(_CHARACTERS[remainder].astype("U1"), pa.string())


def judge(written: pa.StringArray, right: pa.StringArray) -> pa.StringArray:
    """Say of each written check digit whether it is `right`, `wrong` or `absent` (blank)."""
    return pc.if_else(pc.equal(written, ""), "absent", pc.if_else(pc.equal(written, right), "right", "wrong"))
