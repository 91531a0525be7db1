# SPDX-License-Identifier: Apache-2.0
"""Cells that hold several applicants, taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyarrow as pa

from zhihang.derivation.organisation_names.name import Name
from zhihang.derivation.organisation_names.reading import Reader
from zhihang.derivation.organisation_names.spelling import HAN, clean, fold
from zhihang.derivation.organisation_names.vocabulary import Vocabulary

SUSPECT = r"[;；|、，,\n\t/／ 　]"
"""Characters without which a cell holds one name."""
_SURE = re.compile(r"\s*[;；|\n\t]+\s*")
_LIKELY = re.compile(r"\s*[、，,/／]+\s*")
_BLANK = re.compile(r"[ 　]+")
_INSIDE = re.compile(r"[(（][^()（）]*[)）]")
PARTS = pa.schema([("cell", pa.string()), ("part", pa.int32()), ("name", pa.string())])


def split_cells(cells: Iterable[str], words: Vocabulary) -> pa.Table:
    """Take cells apart: one row per cell and name in it, names numbered from 1.

    Semicolons, bars and line breaks always separate. Commas, slashes, 、 and blanks separate only where each part
    reads as an organisation or a person by itself: they stand inside names too.
    """
    reader = Reader.of(words)
    rows = [(cell, number, name) for cell in cells for number, name in enumerate(split_cell(cell, reader), 1)]
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    return pa.table([pa.array(c, f.type) for c, f in zip(columns, PARTS, strict=True)], schema=PARTS)


def split_cell(cell: str, reader: Reader) -> list[str]:
    """Return the names in a cell, as written, in their order; the same one twice counts once."""
    parts = []
    for part in _cut(cell, _SURE):
        likely = _cut(part, _LIKELY)
        if len(likely) > 1 and all(_stands_alone(each, reader, 4) for each in likely):
            parts += likely
            continue
        spaced = _cut(part, _BLANK)
        if (
            len(spaced) > 1
            and all(_stands_alone(each, reader, 5) for each in spaced)
            and max(map(len, spaced)) > 5
        ):
            parts += spaced
        else:
            parts.append(part)
    return list(dict.fromkeys(parts)) or [cell]


def _cut(text: str, separator: re.Pattern[str]) -> list[str]:
    """Split a text at separators that do not stand in brackets."""
    held = _INSIDE.sub(lambda found: "\x00" * len(found[0]), text)
    pieces, start = [], 0
    for found in separator.finditer(held):
        pieces.append(text[start : found.start()])
        start = found.end()
    pieces.append(text[start:])
    return [piece.strip() for piece in pieces if piece.strip()]


def _stands_alone(text: str, reader: Reader, shortest: int) -> bool:
    """Whether a text is a whole Chinese name: an organisation with its ending, or a person."""
    if not HAN.search(text):
        return False
    name: Name = reader.read(fold([clean(text)])[0])
    if name.type == "individual":
        return name.confidence > 0.9
    return name.legal_form != "" and not name.thin and len(name.folded) >= shortest
