# SPDX-License-Identifier: Apache-2.0
"""A stream of many XML documents, cut into single ones with their line numbers and turned into drafts.

A weekly file of an office holds thousands of documents one after the other, so it is no XML as a whole.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.source import Share
from zhihang.ingestion.xml_document import MAX_DOCUMENT, Unreadable

WHOLE = Share()
DRAFT_BYTES = 16 << 20
"""Small drafts cost time (each brings the fixed cost of a hundred column operations), large ones memory."""
_CHUNK = 1 << 20
_LARGE_CHUNK = 16 << 20
_LINE_END = ord("\n")
_ROOT = re.compile(rb"<[A-Za-z_][\w.:-]*")


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a stream: the line it begins on and its bytes, None when they are too many."""

    line: int
    content: bytes | None


def documents(stream: BinaryIO, *, mark: bytes = b"", limit: int = MAX_DOCUMENT) -> Iterator[Document]:
    """Cut a stream where a document begins: at each XML declaration, DOCTYPE or root, as its first one does.

    `mark` is what documents begin with, at the beginning of a line, where they are not XML.
    """
    pending, recode = b"", None
    line, begun = 1, 1  # where the bytes at hand begin, and the document they belong to
    scanned, dropping, first = 1, False, True
    while chunk := stream.read(min(max(_CHUNK, len(pending)), _LARGE_CHUNK)):
        if first:
            chunk += _rest(stream, _CHUNK - len(chunk))
            if chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                recode = codecs.getincrementaldecoder("utf-16")(errors="replace")
        if recode:
            chunk = recode.decode(chunk).encode()
        if first:
            chunk = chunk.removeprefix(codecs.BOM_UTF8)
            mark, first = mark or _beginning(chunk), False
        block = pending + chunk
        start = 0
        for at in _places(block, mark, scanned):
            if dropping or not block[start:at].isspace():
                yield Document(begun, None if dropping or at - start > limit else block[start:at])
            line += _line_ends(block, start, at)
            begun, start, dropping = line, at, False
        pending = block[start:]
        if dropping or len(pending) > limit:
            dropping = True
            kept = max(0, len(pending) - len(mark) + 1)
            line += _line_ends(pending, 0, kept)
            pending = pending[kept:]
        scanned = max(0 if dropping else 1, len(pending) - len(mark) + 1)
    if dropping or not (pending.isspace() or not pending):
        yield Document(begun, None if dropping else pending)


def drafts(
    stream: BinaryIO,
    read: Callable[[Draft, int, bytes], None],
    *,
    mark: bytes = b"",
    share: Share = WHOLE,
    belongs_to_last: Callable[[bytes], bool] | None = None,
) -> Iterator[Draft]:
    """Read document after document into drafts of about `DRAFT_BYTES`.

    Parameters
    ----------
    read
        Adds one document, given with its line, to a draft, or raises `Unreadable` before it begins a record.
    mark
        What documents begin with, where they are not XML.
    share
        Which of the drafts are wanted.
    belongs_to_last
        Whether a document is an appendix of the one before it and so must go into the same draft.
    """
    draft, size, batch = Draft(), 0, 0
    for document in documents(stream, mark=mark):
        content = document.content
        if size >= DRAFT_BYTES and not (belongs_to_last and content and belongs_to_last(content)):
            if share.holds(batch):
                yield draft
            draft, size, batch = Draft(), 0, batch + 1
        size += len(content or b"")
        if share.holds(batch):
            _add(draft, document, read)
    if share.holds(batch):
        yield draft


def _add(draft: Draft, document: Document, read: Callable[[Draft, int, bytes], None]) -> None:
    if document.content is None:
        draft.reject(document.line, "", f"the document is larger than {MAX_DOCUMENT >> 20} MiB")
        return
    try:
        read(draft, document.line, document.content)
    except Unreadable as error:
        draft.reject(document.line, document.content[:500].decode(errors="replace"), str(error))


def _places(block: bytes, mark: bytes, begin: int) -> Iterator[int]:
    """Yield where a mark stands.

    To look for its one rare character is many times as fast as for the whole.
    """
    rare = next(sign for sign in (b"?", b"!", mark[:3]) if sign in mark)
    offset, anywhere = mark.index(rare), mark.startswith(b"<")
    at = block.find(rare, begin + offset) - offset
    while at >= 0:
        if block.startswith(mark, at) and (anywhere or block[at - 1 : at] in (b"\n", b"\r")):
            yield at
        at = block.find(rare, at + offset + 1) - offset


def _line_ends(block: bytes, begin: int, end: int) -> int:
    """Count the line ends in a part of a block, faster than bytes do themselves."""
    return (
        int(np.count_nonzero(np.frombuffer(block, np.uint8, end - begin, begin) == _LINE_END))
        if end > begin
        else 0
    )


def _rest(stream: BinaryIO, size: int) -> bytes:
    """Read on until there are `size` more bytes or no more: some streams give only a little at a time."""
    parts = []
    while size > 0 and (part := stream.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _beginning(head: bytes) -> bytes:
    """Return what the first document begins with, and so, we take it, all others too."""
    root = _ROOT.search(head)
    prolog = head[: root.start()] if root else head
    for mark in (b"<?xml ", b"<!DOCTYPE"):
        if mark in prolog:
            return mark
    return root[0] if root else b"<?xml "
