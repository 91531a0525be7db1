# SPDX-License-Identifier: Apache-2.0
"""A large XML file as a stream of whole elements of one name, in bounded memory and with their lines."""

from __future__ import annotations

import codecs
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

BLOCK = 256 << 10
"""How much is read at a time: some ten to a hundred elements, and little enough for the processor's cache."""
MAX_ELEMENT = 256 << 20
"""An element of more bytes is skipped and told."""

_NAMESPACE = re.compile(rb"""\sxmlns:[\w.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*')""")
_AFTER_NAME = (b" ", b"\t", b"\r", b"\n", b"/", b">")


@dataclass(frozen=True)
class Elements:
    """A run of whole elements.

    `data` is UTF-8 and begins with the first start tag; `line` is its line in the file, from 1. `tag` is how start
    tags begin (``<exch:exchange-document``), `declared` the namespaces that the root declares. `oversize`: this is
    the beginning of an element beyond `MAX_ELEMENT`, the rest of which was skipped. `last`: the file ends here.
    """

    data: bytes
    line: int
    tag: bytes
    declared: bytes
    oversize: bool = False
    last: bool = False

    @property
    def prefix(self) -> bytes:
        """Namespace prefix of the elements, with its colon; empty when they have none."""
        return self.tag[1 : self.tag.find(b":") + 1]

    def each(self) -> Iterator[tuple[int, bytes]]:
        """Yield line and bytes of each element, up to its end tag where it has one."""
        closing = b"</" + self.tag[1:] + b">"
        starts = [*_starts(self.data, self.tag), len(self.data)]
        line = self.line
        for start, following in itertools.pairwise(starts):
            end = self.data.rfind(closing, start, following)
            end = end + len(closing) if end >= 0 else following
            yield line, self.data[start:end]
            line += self.data.count(b"\n", start, following)

    def lines(self) -> list[int]:
        """Return the line of each element."""
        if b"\n" not in self.data:
            return [self.line] * sum(1 for _ in _starts(self.data, self.tag))
        return [line for line, _ in self.each()]


def stream_elements(stream: BinaryIO, name: str, encoding: str = "utf-8") -> Iterator[Elements]:
    """Yield the elements called `name` in runs of about `BLOCK` bytes.

    Runs are cut before a start tag, so that neither an element closed in its own tag nor one that breaks off
    takes its neighbour with it.
    """
    opening = re.compile(rb"<(?:[\w.-]+:)?" + re.escape(name.encode()) + rb"(?=[\s/>])")
    blocks = _blocks(stream, encoding)
    head = bytearray()
    first = None
    for block in blocks:
        head += block
        first = opening.search(head)
        if first or len(head) > MAX_ELEMENT:
            break
    if first is None:
        return
    line = 1 + head.count(b"\n", 0, first.start())
    declared = b"".join(dict.fromkeys(_NAMESPACE.findall(head, 0, head.find(b">", first.start()) + 1)))
    tag = bytes(first.group())
    del head[: first.start()]
    yield from _runs(head, blocks, Elements(b"", line, tag, declared))


def _runs(data: bytearray, blocks: Iterator[bytes], model: Elements) -> Iterator[Elements]:
    tag, line = model.tag, model.line
    scanned, skipping = 1, False
    for block in itertools.chain((b"",), blocks):
        data += block
        if skipping:
            cut = next(_starts(data, tag), len(data) - len(tag) - 1)
            skipping = not data.startswith(tag, cut)
        else:
            cut = max(_starts(data, tag, scanned), default=0)
            if cut:
                yield Elements(bytes(data[:cut]), line, tag, model.declared)
            elif len(data) > MAX_ELEMENT:
                yield Elements(bytes(data[:4096]), line, tag, model.declared, oversize=True)
                skipping, cut = True, len(data) - len(tag) - 1
        line += data.count(b"\n", 0, cut)
        del data[:cut]
        scanned = max(1, len(data) - len(tag))
    if not skipping:
        yield Elements(bytes(data), line, tag, model.declared, last=True)


def _starts(data: bytes | bytearray, tag: bytes, begin: int = 0) -> Iterator[int]:
    """Yield the places of the start tags; a name that only begins so is none."""
    place = data.find(tag, begin)
    while place >= 0:
        if data[place + len(tag) : place + len(tag) + 1] in _AFTER_NAME:
            yield place
        place = data.find(tag, place + 1)


def _blocks(stream: BinaryIO, encoding: str) -> Iterator[bytes]:
    """Yield the file in blocks of UTF-8 without byte-order mark."""
    plain = codecs.lookup(encoding).name in ("utf-8", "utf-8-sig", "ascii")
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    first = True
    while block := stream.read(BLOCK):
        data = block if plain else decoder.decode(block).encode()
        yield data.removeprefix(codecs.BOM_UTF8) if first else data
        first = False
