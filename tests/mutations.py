# SPDX-License-Identifier: Apache-2.0
"""Files spoilt at random in the ways files get spoilt, and in those that attackers think of."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

NASTY = (
    *(
        b"",
        b"\0",
        b"\0" * 50,
        b'"',
        b'""',
        b"'",
        b"\r",
        b"\n",
        b"\r\n\r\n",
        b"\t",
        b"\x0b",
        b"\x1a",
        b"\x1b[31m",
    ),
    *(
        b"\xff",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
        b"\xc3",
        b"\x81\x30\x81\x30",
    ),
    *("\u2028", "\ufeff", "\u202e", "\U0001f600", "é\u0301", "　", "１２３", "－", "；", "、", "\u3000"),
    *(b"<", b">", b"&", b"&x;", b"&#0;", b"&#xd800;", b"&#x110000;", b"<![CDATA[", b"]]>", b"<!--", b"-->"),
    *(b"</", b"<?", b"?>", b"<a:b>", b'<a xmlns:a="">', b"<!DOCTYPE a [<!ENTITY x 'y'>]>", b"<!DOCTYPE a ["),
    *(
        b"{",
        b"}",
        b"[",
        b"]",
        b":",
        b",",
        b";",
        b"|",
        b"\\",
        b"\\u",
        b"\\ud800",
        b"null",
        b"true",
        b"[]",
        b"{}",
    ),
    *(b"0", b"-1", b"1e999", b"NaN", b"9" * 400, b"99999999999999999999", b"0.1", b"1/0", b"-", b"--", b"NA"),
    *(b"0000-00-00", b"2014-02-31", b"20149999", b"99999999", b"31.02.2014", b"2/30/1999", b"10000-01-01"),
    *(
        b"CN",
        b"US",
        b"XX",
        b"CN2014",
        b"PCT/CN2014/000001",
        b"ZL",
        b"A1",
        b"US0",
        b"WO",
        b"JPS",
        b"=1+1",
        b"../..",
    ),
    *(b"a" * 70_000, "字".encode() * 3_000),
)
_WORD = re.compile(rb"[\w\x80-\xff]+")
_DELIMITERS = (b",", b";", b"\t", b"|", b"\n", b"\r\n", b"\r", b'"')
_CODECS = ("utf-16", "utf-16-be", "gb18030", "latin-1", "cp1252", "mac_roman", "utf-8-sig", "utf-32")
_NESTS = ((b"<a>", b"</a>"), (b"<p>", b""), (b"[", b"]"), (b'{"a":', b"}"), (b'"', b'"'), (b"(", b")"))

Mutation = Callable[[bytes, Random], bytes]


def mutated(data: bytes, random: Random, times: int = 3) -> bytes:
    """Spoil `data` between once and `times` times."""
    for _ in range(random.randint(1, times)):
        data = random.choice(MUTATIONS)(data, random)
    return data


def flipped(data: bytes, random: Random) -> bytes:
    """One byte becomes another."""
    at = _place(data, random)
    return data[:at] + bytes([random.randint(0, 255)]) + data[at + 1 :]


def cut(data: bytes, random: Random) -> bytes:
    """The end is missing."""
    return data[: _place(data, random)]


def dropped(data: bytes, random: Random) -> bytes:
    """A part is missing."""
    first, last = _span(data, random)
    return data[:first] + data[last:]


def repeated(data: bytes, random: Random) -> bytes:
    """A part comes several times."""
    first, last = _span(data, random)
    return data[:last] + data[first:last] * random.choice((1, 2, 20)) + data[last:]


def moved(data: bytes, random: Random) -> bytes:
    """A part stands elsewhere."""
    first, last = _span(data, random)
    rest = data[:first] + data[last:]
    at = _place(rest, random)
    return rest[:at] + data[first:last] + rest[at:]


def inserted(data: bytes, random: Random) -> bytes:
    """Something nasty is put in."""
    at = _place(data, random)
    return data[:at] + _nasty(random) + data[at:]


def reworded(data: bytes, random: Random) -> bytes:
    """A word becomes something nasty."""
    words = list(_WORD.finditer(data))
    if not words:
        return data
    word = words[random.randint(0, len(words) - 1)]
    return data[: word.start()] + _nasty(random) + data[word.end() :]


def exchanged(data: bytes, random: Random) -> bytes:
    """Two words change places: a value stands in the wrong field."""
    words = list(_WORD.finditer(data))
    if len(words) < 2:
        return data
    one, two = sorted((random.choice(words), random.choice(words)), key=lambda word: word.start())
    if one.end() > two.start():
        return data
    between, after = data[one.end() : two.start()], data[two.end() :]
    return data[: one.start()] + two.group() + between + one.group() + after


def redelimited(data: bytes, random: Random) -> bytes:
    """One delimiter becomes another, everywhere."""
    return data.replace(random.choice(_DELIMITERS), random.choice(_DELIMITERS))


def recoded(data: bytes, random: Random) -> bytes:
    """The text is saved in another encoding."""
    return data.decode("utf-8", "replace").encode(random.choice(_CODECS), "replace")


def nested(data: bytes, random: Random) -> bytes:
    """A part is wrapped many times over."""
    first, last = _span(data, random)
    opening, closing = random.choice(_NESTS)
    depth = random.choice((3, 300, 5_000))
    return data[:first] + opening * depth + data[first:last] + closing * depth + data[last:]


MUTATIONS: Sequence[Mutation] = (
    flipped, cut, dropped, repeated, moved, inserted, reworded, reworded, exchanged, redelimited, recoded, nested,
)  # fmt: skip


def _nasty(random: Random) -> bytes:
    found = random.choice(NASTY)
    return found if isinstance(found, bytes) else found.encode()


def _place(data: bytes, random: Random) -> int:
    return random.randint(0, len(data))


def _span(data: bytes, random: Random) -> tuple[int, int]:
    first = _place(data, random)
    return first, min(len(data), first + random.choice((1, 10, 100, 1_000)))
