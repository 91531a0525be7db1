# SPDX-License-Identifier: Apache-2.0
"""What a hit shows, kept in the index beside the words, so that a page of hits needs nothing from the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from zhihang.retrieval.feed import SEPARATOR
from zhihang.retrieval.layout import SHOWN
from zhihang.retrieval.record import Record

if TYPE_CHECKING:
    from zhihang.retrieval.generation import Generation
    from zhihang.retrieval.search import Hit

LONGEST = 3_000
"""Characters of an abstract or a claim that are kept to be shown."""
_BETWEEN = "\x1f"


def packed(structure: Mapping[str, Any], texts: Mapping[str, Any]) -> bytes:
    """Return what an application shows, in the order of the fields of a record."""
    filed = structure["filing_date"]
    parts: tuple[str, ...] = (
        structure["publication_id"] or "",
        _spoken(texts, "title"),
        structure["applicant"] or "",
        "" if filed is None else str(filed),
        structure["ipc"] or "",
        _spoken(texts, "abstract"),
        _spoken(texts, "first_claim"),
    )
    if any(_BETWEEN in part for part in parts):
        parts = tuple(part.replace(_BETWEEN, " ") for part in parts)
    return _BETWEEN.join(parts).encode("utf-8", "replace")


def unpacked(application_id: str, kept: bytes) -> Record:
    r"""Return the record that was packed.

    >>> unpacked("a", "CN1A\x1f电池\x1f甲\n乙\x1f20100301\x1f\x1f\x1f".encode()).filing_date
    datetime.date(2010, 3, 1)
    """
    number, title, names, filed, symbols, abstract, claim = kept.decode("utf-8").split(_BETWEEN)
    return Record(
        application_id,
        number or None,
        title or None,
        tuple(names.split(SEPARATOR)) if names else (),
        date(int(filed[:-4]), int(filed[-4:-2]), int(filed[-2:])) if filed else None,
        tuple(symbols.split(SEPARATOR)) if symbols else (),
        abstract or None,
        claim or None,
    )


def shown(found: Generation, hits: Sequence[Hit]) -> list[Record]:
    """Return the records of hits of this generation."""
    kept = [found.searcher.doc(hit.address).get_first(SHOWN) for hit in hits]
    return [unpacked(hit.application_id, bytes(one or b"")) for hit, one in zip(hits, kept, strict=True)]


def _spoken(texts: Mapping[str, Any], scope: str) -> str:
    """Return a text in Chinese where there is one, else in English, else in any language."""
    text = texts.get(f"{scope}_zh") or texts.get(f"{scope}_en") or texts.get(f"{scope}_other") or ""
    return str(text)[:LONGEST]
