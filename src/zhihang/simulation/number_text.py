# SPDX-License-Identifier: Apache-2.0
"""Write application and publication numbers as texts, with check digits and kind letters, for whole arrays at once."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from zhihang.simulation.calendar import NEVER, Days, year_of
from zhihang.simulation.lives import Lives
from zhihang.simulation.number_series import NEW_KINDS_FROM, TWELVE_DIGITS_FROM

Digits = NDArray[np.uint8]

_ZERO = ord("0")
_WEIGHTS = np.array([2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5], np.uint16)
_CHECK = np.frombuffer(b"0123456789X", np.uint8)
_BLOCK = np.frombuffer("".join(f"{number:04d}" for number in range(10_000)).encode(), np.uint8).reshape(-1, 4)
#: Letters of granted documents by kind, before and since the kinds changed.
_GRANT_LETTERS = np.frombuffer(b"CYDBUS", np.uint8).reshape(2, 3)


def application_numbers(lives: Lives) -> pa.Array:
    """Write application numbers with check digit: ``CN201610123456.X``, before October 2003 ``CN02123456.X``."""
    year = year_of(lives.filed).astype(np.int64)
    kind = lives.kind.astype(np.int64) + 1
    long = lives.filed >= TWELVE_DIGITS_FROM
    number = np.where(
        long,
        (year * 10 + kind) * 10_000_000 + lives.serial,
        (year % 100 * 10 + kind) * 100_000 + lives.serial,
    )
    digits = _digits(number, 12)
    text = np.empty((len(lives), 16), np.uint8)
    text[:, :2] = np.frombuffer(b"CN", np.uint8)
    text[:, 2:14] = digits
    text[:, 14] = ord(".")
    text[:, 15] = _CHECK[_remainder(digits, long)]
    shown = np.ones(text.shape, bool)
    shown[~long, 2:6] = False
    return _texts(text, shown)


def publication_numbers(lives: Lives, days: Days) -> pa.Array:
    """Write numbers of first publications on `days`, blank where there are none: inventions A, others as granted."""
    letters = np.where(lives.kind == 0, np.uint8(ord("A")), _grant_letters(lives, days))
    return _publications(lives.publication_number, letters, days != NEVER)


def grant_numbers(lives: Lives, days: Days) -> pa.Array:
    """Write numbers of granted documents announced on `days`, blank where there are none."""
    return _publications(lives.grant_number, _grant_letters(lives, days), days != NEVER)


def _grant_letters(lives: Lives, days: Days) -> Digits:
    return _GRANT_LETTERS[(days >= NEW_KINDS_FROM).astype(np.int8), lives.kind]


def _publications(number: NDArray[np.int32], letters: Digits, exists: NDArray[np.bool_]) -> pa.Array:
    text = np.empty((len(number), 12), np.uint8)
    text[:, :2] = np.frombuffer(b"CN", np.uint8)
    text[:, 2:11] = _digits(number.astype(np.int64), 12)[:, 3:]
    text[:, 11] = letters
    shown = np.repeat(exists[:, None], 12, axis=1)
    shown[number < 10_000_000, 2:4] = False
    return _texts(text, shown)


def _remainder(digits: Digits, long: NDArray[np.bool_]) -> NDArray[np.uint16]:
    """Weighted sum modulo 11; numbers of 8 digits stand at the right and are weighed from their own first digit."""
    values = (digits - _ZERO).astype(np.uint16)
    short = values[:, 4:] @ _WEIGHTS[:8]
    remainder: NDArray[np.uint16] = np.where(long, values @ _WEIGHTS, short) % 11
    return remainder


def _digits(number: NDArray[np.int64], width: int) -> Digits:
    """Write numbers with leading zeros, four digits at a time."""
    blocks = width // 4
    text = np.empty((len(number), width), np.uint8)
    left = number
    for block in reversed(range(blocks)):
        left, low = np.divmod(left, 10_000)
        text[:, block * 4 : block * 4 + 4] = _BLOCK[low]
    return text


def _texts(text: Digits, shown: NDArray[np.bool_]) -> pa.Array:
    """Turn rows of characters, of which some are not shown, into texts."""
    lengths = shown.sum(axis=1, dtype=np.int32)
    offsets = np.concatenate([np.zeros(1, np.int32), np.cumsum(lengths, dtype=np.int32)])
    data = np.ascontiguousarray(text if shown.all() else text[shown])
    return pa.Array.from_buffers(pa.string(), len(text), [None, pa.py_buffer(offsets), pa.py_buffer(data)])
