# SPDX-License-Identifier: Apache-2.0
"""Text made readable again: full-width letters folded to half width, and mojibake that can be undone."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.terms.missing import as_text

#: Blanks, dashes, dots and letters of full width, and characters of no width, in place of which numbers need ASCII.
_WIDE = (
    "[\u00a0\u00ad\u00b7\u2000-\u200f\u2010-\u2015\u202f\u205f\u2060\u2212\u2044"
    "\u3000\u3002\u30fb\ufe63\ufeff\uff01-\uff5e]"
)


def to_half_width(text: pa.Array | pa.ChunkedArray) -> pa.StringArray:
    """Fold full-width digits, letters, punctuation and blanks to ASCII; other characters stay as they are."""
    text = as_text(text)
    if pc.all(pc.string_is_ascii(text), min_count=0).as_py():
        return text
    wide = pc.match_substring_regex(text, _WIDE)
    if not pc.any(wide).as_py():
        return text
    folded = [value.translate(_TO_ASCII) for value in text.filter(wide).to_pylist()]
    return pc.replace_with_mask(text, pc.fill_null(wide, False), pa.array(folded, pa.string()))


def _to_ascii() -> dict[int, str]:
    letters = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    blanks = dict.fromkeys([0x3000, 0xA0, 0x202F, 0x205F, *range(0x2000, 0x200B)], " ")
    dashes = dict.fromkeys([*range(0x2010, 0x2016), 0x2212, 0xFE63], "-")
    nothing = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF], "")
    return {**letters, **blanks, **dashes, **nothing, 0x3002: ".", 0xB7: ".", 0x30FB: ".", 0x2044: "/"}


_TO_ASCII = _to_ascii()


def undo_mac_roman(text: str) -> str | None:
    """Undo text that was UTF-8, taken for Windows text, and saved by a Macintosh program; None if it was not.

    `text` is the file decoded as Mac Roman. Re-encoded as CP1252 it gives the bytes of the original UTF-8.
    """
    return _redecoded(text, "cp1252")


def undo_utf8_as_latin1(text: str) -> str | None:
    """Undo text that was UTF-8 and was taken for Latin-1 or CP1252 (`Ã©` for `é`); None if it was not."""
    return _redecoded(text, "cp1252") or _redecoded(text, "latin-1")


def _redecoded(text: str, wrong: str) -> str | None:
    try:
        return text.encode(wrong).decode("utf-8")
    except UnicodeError:
        return None


def was_encoded_twice(text: str) -> bool:
    """Whether a text looks like UTF-8 that was taken for Latin-1 or CP1252; said only on good evidence.

    It takes three words with characters beyond ASCII, and nine in ten of them must be such that undoing works.
    Honest text practically never passes: a lone accented letter is not a UTF-8 sequence.
    """
    words = [word for word in text.split() if not word.isascii()]
    undone = sum(undo_utf8_as_latin1(word) is not None for word in words)
    return undone >= _FEWEST_WORDS and undone >= _SHARE_OF_WORDS * len(words)


_FEWEST_WORDS = 3
_SHARE_OF_WORDS = 0.9
