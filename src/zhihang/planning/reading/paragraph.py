# SPDX-License-Identifier: Apache-2.0
"""Paragraphs of a document: lines broken by a page or a narrow column are joined, clauses run together are parted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from zhihang.planning.reading.document import Document, Grid
from zhihang.planning.reading.folded import Folded, fold
from zhihang.planning.reading.grid_text import Line, lines_of

_CN = "一二三四五六七八九十百零〇"
#: Marks that open a clause, by rank from the widest to the narrowest.
MARKERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("annex", re.compile(r"(?:附件|附表|附录)(?P<n>[\d一二三四五六七八九十]{0,3})(?=[:：.、]|$)[:：.、]?")),
    ("part", re.compile(rf"第(?P<n>[{_CN}\d]{{1,4}})(?:编|篇|部分)")),
    ("chapter", re.compile(rf"第(?P<n>[{_CN}\d]{{1,4}})章")),
    ("section", re.compile(rf"第(?P<n>[{_CN}\d]{{1,4}})节")),
    ("article", re.compile(rf"第(?P<n>[{_CN}\d]{{1,5}})条(?!第)")),
    ("box", re.compile(r"专栏(?P<n>[\d一二三四五六七八九十]{1,3})[:：]?")),
    ("one", re.compile(rf"(?P<n>[{_CN}]{{1,4}})[、.．](?!\d)")),
    ("two", re.compile(rf"[(\[](?P<n>[{_CN}]{{1,4}})[)\]][、.]?")),
    ("three", re.compile(r"(?P<n>\d{1,2})(?:[.、．](?!\d)|\)(?!\d))")),
    ("four", re.compile(r"\((?P<n>\d{1,2})\)")),
    ("five", re.compile(r"(?P<n>[①-⑳])")),
)
RANK = {name: rank for rank, (name, _) in enumerate(MARKERS)}
_STOPS = "。！？!?；;：:"
_INLINE = re.compile(
    rf"(?<=[。；;])(?:\([{_CN}]{{1,3}}\)(?=[^)]{{2,40}}[。.:])|[一二三四五六七八九十]{{1,3}}、(?=[^。]{{2,30}}。))"
    rf"|(?<=[。])(?:\d{{1,2}}\.(?=[^\d。]{{2,30}}。)|第[{_CN}]{{1,4}}[章节条](?=[^。，,]{{2,30}}))"
)
_BULLET = re.compile(r"(?:--|-(?!\d)|[·•●■◆▪※*])")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its folded text, and the mark that opens it."""

    folded: Folded
    marker: str = ""
    number: str = ""
    behind_marker: int = 0
    bullet: bool = False

    @property
    def text(self) -> str:
        """Its folded text."""
        return self.folded.text


def paragraphs(document: Document, grids: Sequence[Grid]) -> list[Paragraph]:
    """Paragraphs in order; the stretches that tables take up are left out."""
    kept = [line for line in lines_of(document.text) if not _in_grid(line, grids)]
    found: list[Paragraph] = []
    for start, end in _joined(kept, document, grids):
        found.extend(_parted(fold(document.text[start:end], start)))
    return found


def _in_grid(line: Line, grids: Sequence[Grid]) -> bool:
    return any(line.start < grid.end and line.end > grid.start for grid in grids)


def _joined(lines: Sequence[Line], document: Document, grids: Sequence[Grid]) -> Iterator[tuple[int, int]]:
    starts = {grid.start for grid in grids}
    width = _usual_width(lines)
    open_from: int | None = None
    last: Line | None = None
    for line in lines:
        if not line.text.strip():
            continue
        apart = last is not None and any(last.end <= start <= line.start for start in starts)
        if last is None or open_from is None:
            open_from = line.start
        elif apart or not _runs_on(last, line, 0 if document.breaks else width):
            yield open_from, last.end
            open_from = line.start
        last = line
    if last is not None and open_from is not None:
        yield open_from, last.end


def _usual_width(lines: Sequence[Line]) -> int:
    """Width of a full line where the text is set in lines of one width; 0 where lines are whole paragraphs."""
    widths = sorted(len(line.text.strip()) for line in lines if line.text.strip())
    if len(widths) < 12:
        return 0
    high = widths[int(0.9 * len(widths))]
    near = sum(0.85 * high <= width <= 1.15 * high for width in widths)
    return high if high <= 90 and near > 0.3 * len(widths) else 0


def _runs_on(last: Line, line: Line, width: int) -> bool:
    """Whether a line goes on with the sentence of the line before."""
    before, text = last.text.strip(), line.text.strip()
    if before[-1] in _STOPS or opens_clause(text) or (opens_clause(before) and _is_heading(before)):
        return (
            before[-1] in "；;：:" and bool(width) and len(before) >= 0.9 * width and not opens_clause(text)
        )
    if before.endswith((")", "）")) and re.search(r"(?:牵头|负责|配合|分工)[^()（）]{0,12}[)）]$", before):
        return False
    if before.startswith("#") or (text.startswith(("#", "　　")) and not width):
        return False
    if width:
        return len(before) >= 0.8 * width and not text.startswith("　　")
    if before[-1] in "，,、":
        return True
    return len(before) > 30 and bool(re.search("[，,、。；]", before)) and not _dated(text)


def _is_heading(text: str) -> bool:
    return len(text) <= 40 and not re.search("[。；;]", text)


def _dated(text: str) -> bool:
    return bool(re.match(r"\s*(?:19|20)\d\d\s*年", text)) and len(text) < 30


def opens_clause(text: str) -> bool:
    """Whether a line opens with the mark of a clause or a bullet."""
    head = fold(text[:40]).text
    return bool(_BULLET.match(head)) or any(pattern.match(head) for _, pattern in MARKERS)


def _parted(folded: Folded) -> Iterator[Paragraph]:
    cuts = [0, *(found.start() for found in _INLINE.finditer(folded.text)), len(folded.text)]
    for start, end in pairwise(cuts):
        if end > start:
            yield _marked(folded.part(start, end))


def _marked(folded: Folded) -> Paragraph:
    text = folded.text
    head = len(text) - len(text.lstrip("#*"))
    for name, pattern in MARKERS:
        found = pattern.match(text, head)
        if found:
            return Paragraph(folded, name, found["n"], found.end())
    bullet = _BULLET.match(text)
    return Paragraph(folded, behind_marker=bullet.end() if bullet else head, bullet=bool(bullet))
