# SPDX-License-Identifier: Apache-2.0
"""Read names: each distinct name to its parts, in Arrow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa

from zhihang.derivation.organisation_names.chinese_name import ChineseNames
from zhihang.derivation.organisation_names.foreign_name import ForeignNames
from zhihang.derivation.organisation_names.name import SCHEMA, Name
from zhihang.derivation.organisation_names.person import chinese_person
from zhihang.derivation.organisation_names.spelling import HAN, HANGUL, KANA, LATIN, clean, fold
from zhihang.derivation.organisation_names.vocabulary import Vocabulary

CHUNK = 50_000


@dataclass(frozen=True)
class Reader:
    """Reads names of any language."""

    words: Vocabulary
    chinese: ChineseNames
    foreign: ForeignNames

    @classmethod
    def of(cls, words: Vocabulary) -> Reader:
        """Prepare the grammars."""
        return cls(words, ChineseNames(words), ForeignNames(words))

    def read(self, folded: str) -> Name:
        """Read one folded name."""
        if not HAN.search(folded) or KANA.search(folded) or HANGUL.search(folded):
            if LATIN.search(folded) or KANA.search(folded) or HANGUL.search(folded):
                return self.foreign.read(folded)
            return Name(folded, "none", "unknown", f"none:{folded}", confidence=0.0, thin=True)
        name = self.chinese.read(folded)
        if len(folded) < 5 or "·" in folded or "." in folded:
            person = chinese_person(
                folded, self.words, ending="" if name.branch else name.legal_form, place=bool(name.place_name)
            )
            if person >= 0.5:
                return Name(folded, "han", "individual", f"person:{folded}", confidence=person)
        if len(folded) == 1:
            return name._replace(type="unknown", thin=True, confidence=0.2)
        return name


def read_names(names: Sequence[str], words: Vocabulary) -> pa.Table:
    """Read names, one row each in their order."""
    return pa.Table.from_batches(list(_batches(names, Reader.of(words))), SCHEMA)


def _batches(names: Sequence[str], reader: Reader) -> Iterator[pa.RecordBatch]:
    for start in range(0, len(names), CHUNK):
        folded = fold([clean(name) for name in names[start : start + CHUNK]])
        rows = [reader.read(text) for text in folded]
        columns = list(zip(*rows, strict=True))
        yield pa.RecordBatch.from_arrays(
            [pa.array(column, field.type) for column, field in zip(columns, SCHEMA, strict=True)],
            schema=SCHEMA,
        )
