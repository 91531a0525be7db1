# SPDX-License-Identifier: Apache-2.0
"""The numbers of headings, tables and charts, counted once for all writers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zhihang.reporting.caption import caption_word
from zhihang.reporting.chart import Chart
from zhihang.reporting.data_table import DataTable
from zhihang.reporting.document import Annex, Block, Document, Heading
from zhihang.reporting.wording import numeral
from zhihang.terms.label import Language


@dataclass(frozen=True)
class Placed:
    """A block with the title it is shown under (blank for prose and notes) and the annex it stands in."""

    block: Block
    shown: str
    anchor: str
    annex: Annex | None = None


def placed(document: Document) -> Iterator[Placed]:
    """Yield all blocks with their numbers: 一、, （一）, 1., （1）, 表1, 图1; headings start anew in each annex."""
    counts = {"table": 0, "chart": 0, "heading": 0}
    parts: list[tuple[Annex | None, Iterable[Block]]] = [(None, document.blocks)]
    parts += [(annex, annex.blocks) for annex in document.annexes]
    for annex, blocks in parts:
        levels = [0, 0, 0, 0]
        for block in blocks:
            yield _placed(block, annex, levels, counts, document.language)


def annex_label(document: Document, annex: Annex) -> str:
    """Return 附件 or, where there are several, 附件1, 附件2."""
    word = caption_word("annex", document.language)
    several = len(document.attachment_names()) > 1
    return f"{word}{document.annexes.index(annex) + 1}" if several else word.strip()


def heading_number(levels: list[int], level: int, language: Language) -> str:
    """Return the number before a heading.

    >>> heading_number([2, 1, 0, 0], 2, "zh"), heading_number([2, 1, 0, 0], 2, "en")
    ('（一）', '2.1 ')
    """
    if language == "en":
        return ".".join(str(max(1, count)) for count in levels[:level]) + " "
    count = levels[level - 1]
    return (f"{numeral(count)}、", f"（{numeral(count)}）", f"{count}. ", f"（{count}）")[level - 1]


def _placed(
    block: Block, annex: Annex | None, levels: list[int], counts: dict[str, int], language: Language
) -> Placed:
    match block:
        case Heading(text, level, numbered):
            counts["heading"] += 1
            if numbered:
                levels[level - 1] += 1
                levels[level:] = [0] * (4 - level)
                text = heading_number(levels, level, language) + text
            return Placed(block, text, f"heading-{counts['heading']}", annex)
        case DataTable() | Chart():
            kind = "table" if isinstance(block, DataTable) else "chart"
            counts[kind] += 1
            shown = f"{caption_word(kind, language)}{counts[kind]}\u3000{block.title}"
            return Placed(block, shown, f"{kind}-{counts[kind]}", annex)
        case _:
            return Placed(block, "", "", annex)
