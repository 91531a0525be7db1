# SPDX-License-Identifier: Apache-2.0
"""Bare lists of United States patent numbers, one a line, without any header: seed sets of landscapes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.encoding import open_text
from zhihang.ingestion.reader import LIST, reader
from zhihang.ingestion.sample import Sample
from zhihang.ingestion.source import Source
from zhihang.terms.label import Label

UNSURE = 0.1
"""Nothing in such a file says what its numbers are."""
ENOUGH_LINES = 3
BATCH = 20_000
LONGEST_LINE = 1_000

_USUAL = re.compile(r"(?:US)?(?:\d{7,8}|(?:D|RE|PP|H)\d{3,7}|20\d{9})(?:[A-Z]\d?)?$", re.IGNORECASE)
_NUMBER = re.compile(r"(?:US)?(?:D|RE|PP|H|X|T)?\d{1,11}(?:[A-Z]\d?)?$", re.IGNORECASE)


def _recognise(sample: Sample) -> float:
    """Lines that hold nothing but a patent number, nearly all of them."""
    if sample.shape not in ("sheet", "text") or sample.sheet is not None:
        return 0
    lines = [line.strip() for line in sample.text.splitlines() if line.strip()]
    fitting = sum(_USUAL.match(line) is not None for line in lines)
    return UNSURE if len(lines) >= ENOUGH_LINES and fitting >= 0.95 * len(lines) else 0


@reader(
    label=Label("专利号清单", "List of patent numbers"),
    recognise=_recognise,
    precedence=LIST,
    default_office="US",
)
def number_list(source: Source, sample: Sample) -> Iterator[Draft]:
    """A list of United States patent numbers, one a line and nothing else."""
    draft = Draft()
    with source.open() as stream:
        text = open_text(stream, sample.encoding)
        for line, number in _lines(text):
            if not _NUMBER.match(number):
                draft.reject(line, number, "not a United States patent number", column="number")
                continue
            draft.record(line)
            draft.add("publication", number=number, office="US")
            if len(draft) >= BATCH:
                yield draft
                draft = Draft()
    yield draft


def _lines(text: Iterable[str]) -> Iterator[tuple[int, str]]:
    for line, content in enumerate(text, start=1):
        number = content.strip().lstrip("\ufeff")
        if number:
            yield line, number[:LONGEST_LINE]
