# SPDX-License-Identifier: Apache-2.0
"""Which encoding a text file is in, told from its beginning, and the file as a stream of text."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO, cast

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
FEW_BROKEN = 0.02
"""A text counts as UTF-8 when at most this share of its non-ASCII characters cannot be decoded."""
CHINESE_ENOUGH = 0.8
"""A text counts as GB18030 when at least this share of its non-ASCII characters is in everyday use."""
BEYOND = 64 << 20
"""How far a file that begins in plain ASCII is searched for its first other character."""

# What accented letters and typographic signs Western European texts really use.
_WESTERN = frozenset(
    "àáâãäåæçèéêëìíîïñòóôõöøœùúûüýÿßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØŒÙÚÛÜÝ°±µ®™©§’‘“”–—…•·×²³¼½¾\u00a0€£"
)


def detect_encoding(head: bytes) -> str:
    """Return the codec name for a text that begins with `head`; its last character may be cut.

    The order is: byte-order mark, UTF-16 without one, UTF-8, UTF-8 with a few broken bytes, GB18030,
    and as last resorts Windows-1252 and Mac Roman.

    Examples
    --------
    >>> detect_encoding("专利名称,申请号".encode("gb18030"))
    'gb18030'
    >>> detect_encoding("Résumé".encode("cp1252"))
    'cp1252'
    """
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    wide = _utf16_without_mark(head)
    if wide:
        return wide
    if head.isascii():
        return "utf-8"
    if _broken_share(head, "utf-8") <= FEW_BROKEN:
        return "utf-8"
    if _is_chinese(head):
        return "gb18030"
    return max(("cp1252", "mac_roman"), key=lambda name: _western_letters(head, name))


def detect_stream_encoding(stream: BinaryIO, head: bytes) -> str:
    """Return the codec name of a text whose beginning `head` was read from `stream` already.

    A file that begins in plain ASCII is searched on for its first other character, within `BEYOND` bytes.
    """
    if not head.isascii() or b"\0" in head:
        return detect_encoding(head)
    seen = len(head)
    while seen < BEYOND:
        block = stream.read(1 << 20)
        if not block:
            break
        if not block.isascii():
            first = next(index for index, byte in enumerate(block) if byte > 127)
            rest = block[first : first + 65_536] + stream.read(16_384)
            return detect_encoding(b" " + rest.replace(b"\0", b" "))  # no mark and no wide text begins here
        seen += len(block)
    return "utf-8"


def is_wide(head: bytes) -> bool:
    """Whether a text takes two or four bytes per character, so that control bytes in it mean nothing."""
    return head.startswith(tuple(mark for mark, _ in _MARKS[1:])) or _utf16_without_mark(head) is not None


def open_text(stream: BinaryIO, encoding: str) -> io.TextIOWrapper:
    """Decode a stream without touching its line ends; what cannot be decoded becomes U+FFFD."""
    raw = cast("io.RawIOBase", stream)
    return io.TextIOWrapper(io.BufferedReader(raw, 1 << 18), encoding, errors="replace", newline="")


def utf8_pieces(stream: BinaryIO, encoding: str, size: int) -> Iterator[bytes]:
    """Yield a text of any encoding as UTF-8 without byte-order mark, in pieces of about `size` bytes."""
    decoder = (
        None if encoding in ("utf-8", "utf-8-sig") else codecs.getincrementaldecoder(encoding)("replace")
    )
    first = stream.read(max(size, len(codecs.BOM_UTF8))).removeprefix(codecs.BOM_UTF8)
    for piece in chain([first], iter(lambda: stream.read(size), b"")):
        yield decoder.decode(piece).encode() if decoder else piece
    if decoder:
        yield decoder.decode(b"", final=True).encode()


def decode_head(head: bytes, encoding: str) -> str:
    """Decode the beginning of a text whose last character may be cut."""
    return codecs.getincrementaldecoder(encoding)("replace").decode(head)


def _utf16_without_mark(head: bytes) -> str | None:
    """UTF-16 shows in ASCII characters: every other byte is zero, always on the same side."""
    sample = head[: len(head) & ~1][:4096]
    if len(sample) < 4 or b"\0" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    high, low, name = (odd, even, "utf-16-le") if odd > even else (even, odd, "utf-16-be")
    if high < 2 or low > high / 20:
        return None
    text = decode_head(sample, name)
    strange = sum((char < " " and char not in "\t\r\n") or char in "\ufffd\ufffe\uffff" for char in text)
    return name if strange <= len(text) / 50 else None


def _broken_share(head: bytes, encoding: str) -> float:
    text = decode_head(head, encoding)
    other = sum(char > "\x7f" for char in text)
    return text.count("\ufffd") / max(1, other)


def _is_chinese(head: bytes) -> bool:
    text = decode_head(head.replace(b"\0", b""), "gb18030")
    other = [char for char in text if char > "\x7f"]
    if not other:
        return False
    everyday = sum(_is_everyday(char) for char in other)
    return everyday / len(other) >= CHINESE_ENOUGH


def _is_everyday(char: str) -> bool:
    """Whether a character is one of GB 2312, what Latin text read as Chinese seldom hits."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _western_letters(head: bytes, encoding: str) -> int:
    text = decode_head(head, encoding)
    return sum((char in _WESTERN) - (char == "\ufffd") for char in text if char > "\x7f")
