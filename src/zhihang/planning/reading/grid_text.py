# SPDX-License-Identifier: Apache-2.0
"""Tables in plain text: cells one to a line, between tabs, between strokes, or set apart by blanks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from zhihang.planning.reading.document import Cell, Grid

_NUMBER = re.compile(
    r"[<>≥≤＞＜约〔\[（(]*[-+]?\d[\d,，.．]*\s*[%％‰]?(?:万|亿)?(?:以上|以内|左右|以下)?[)）〕\]]*|[-—–/／]+"
)
_YEAR = re.compile(
    r"(?:19|20)\d\d\s*年?(?:底|末|度)?(?:目标值?|实际值?|基期值?|现状值?|完成值?)?(?:\s*[（(].{0,8}[)）])?"
)
_SHORT = 24


@dataclass(frozen=True)
class Line:
    """A line of the document without its line end."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Position behind its last character."""
        return self.start + len(self.text)


def lines_of(text: str) -> list[Line]:
    """Lines of a text with their positions."""
    found: list[Line] = []
    for match in re.finditer(r"[^\n]*", text):
        if match.start() < len(text) or match.group():
            if found and match.start() == found[-1].end and not match.group():
                continue
            found.append(Line(match.group().rstrip("\r"), match.start()))
    return found


def find_grids(text: str) -> list[Grid]:
    """Find all tables of a text, in order and without overlap."""
    lines = lines_of(text)
    taken: list[Grid] = []
    place = 0
    readers = (_cells_behind_tabs, _strokes, _tabs, _blanks, _one_to_a_line)
    nothing_before = dict.fromkeys(readers, 0)
    while place < len(lines):
        for reader in readers:
            if place < nothing_before[reader]:
                continue
            grid, after = reader(lines, place)
            if grid:
                taken.append(grid)
                place = after
                break
            nothing_before[reader] = after
        else:
            place += 1
    return taken


def _grid(rows: Iterable[Sequence[Cell]]) -> Grid | None:
    kept = [tuple(row) for row in rows if row]
    if len(kept) < 2 or max(map(len, kept)) < 2:
        return None
    cells = [cell for row in kept for cell in row]
    return Grid(tuple(kept), cells[0].start, cells[-1].end)


def _cell(text: str, start: int) -> Cell:
    stripped = text.strip()
    start += len(text) - len(text.lstrip()) if stripped else 0
    return Cell(stripped, start, start + len(stripped))


def _cells_behind_tabs(lines: Sequence[Line], place: int) -> tuple[Grid | None, int]:
    """One cell per line behind a tab; an empty line ends a row."""
    if not lines[place].text.startswith("\t"):
        return None, place
    rows: list[list[Cell]] = [[]]
    after = place
    while after < len(lines):
        text = lines[after].text
        if text.startswith("\t"):
            rows[-1].extend(_split(lines[after], "\t", skip=1))
        elif not text.strip():
            rows.append([])
        else:
            break
        after += 1
    filled = [row for row in rows if row]
    if len(filled) >= 2 and all(len(row) == 1 for row in filled):
        return None, after
    return _grid(filled), after


def _split(line: Line, mark: str, skip: int = 0) -> list[Cell]:
    cells: list[Cell] = []
    start = line.start
    for number, part in enumerate(line.text.split(mark)):
        if number >= skip:
            cells.append(_cell(part, start))
        start += len(part) + len(mark)
    return cells


def _run(lines: Sequence[Line], place: int, fits: re.Pattern[str]) -> int:
    after = place
    while after < len(lines) and fits.search(lines[after].text):
        after += 1
    return after


_STROKE = re.compile(r"^\s*\|.*\|")
_TAB = re.compile(r"\S\s*\t")


def _strokes(lines: Sequence[Line], place: int) -> tuple[Grid | None, int]:
    after = _run(lines, place, _STROKE)
    if after - place < 2:
        return None, place
    rows = [
        _split(line, "|")[1:-1] for line in lines[place:after] if not re.fullmatch(r"[\s|:+-]+", line.text)
    ]
    return _grid(rows), after


def _tabs(lines: Sequence[Line], place: int) -> tuple[Grid | None, int]:
    after = _run(lines, place, _TAB)
    if after - place < 2:
        return None, place
    return _grid([_split(line, "\t") for line in lines[place:after]]), after


def _blanks(lines: Sequence[Line], place: int) -> tuple[Grid | None, int]:
    """Columns set apart by blanks, as the text of a PDF gives them: most columns but the first hold numbers."""
    rows: list[list[Cell]] = []
    after = place
    while after < len(lines):
        cells = _between_blanks(lines[after])
        numbers = sum(bool(_NUMBER.fullmatch(c.text) or _YEAR.fullmatch(c.text)) for c in cells)
        spoken = any(
            re.search("[，。；、：,;:]", cell.text) and not _NUMBER.fullmatch(cell.text) for cell in cells
        )
        head = not rows and len(cells) >= 2 and all(_YEAR.fullmatch(cell.text) for cell in cells)
        if (len(cells) < 3 and not head) or numbers < max(2, len(cells) - 4) or spoken:
            break
        if len(rows) > 1 and not -1 <= len(cells) - len(rows[1]) <= 1:
            break
        rows.append(cells)
        after += 1
    if len(rows) < 3 or abs(len(rows[0]) - len(rows[1])) > 1:
        return None, place
    return _grid(_with_empty_corner(rows)), after


def _between_blanks(line: Line) -> list[Cell]:
    wide = re.search(r"\S\s{2,}\S", line.text.strip())
    year = r"(?:19|20)\d\d ?年(?:底|末|度)?(?!\S)"
    pattern = r"\S+(?: \S+)*" if wide else rf"{year}|\S+"
    return [
        Cell(m.group(), line.start + m.start(), line.start + m.end()) for m in re.finditer(pattern, line.text)
    ]


def _with_empty_corner(rows: list[list[Cell]]) -> list[list[Cell]]:
    head = rows[0]
    if len(head) == len(rows[1]) - 1 and _YEAR.fullmatch(head[0].text):
        return [[Cell("", head[0].start, head[0].start), *head], *rows[1:]]
    return rows


def _one_to_a_line(lines: Sequence[Line], place: int) -> tuple[Grid | None, int]:
    """One cell per line with nothing to end a row: the width is told by the years of the head."""
    if not _is_short(lines[place]) or place + 8 > len(lines):
        return None, place
    cells = list(islice(_short_cells(lines, place), 8))
    years = [number for number, cell in enumerate(cells[:8]) if _YEAR.fullmatch(cell.text)]
    if len(years) < 2 or years != list(range(years[0], years[0] + len(years))) or years[0] > 4:
        return None, place
    few = list(islice(_short_cells(lines, place), 40))
    if _best_width(few, years)[0] < 2:
        return None, place
    cells = list(_short_cells(lines, place))
    fitting, width = _best_width(cells, years)
    rows = [cells[n : n + width] for n in range(0, (fitting + 1) * width, width)]
    last = rows[-1][-1]
    after = next((n for n in range(place, len(lines)) if lines[n].start > last.start), len(lines))
    return _grid(rows), after


def _best_width(cells: Sequence[Cell], years: Sequence[int]) -> tuple[int, int]:
    """Most rows that fit a width, and that width."""
    widths = range(years[-1] + 1, years[-1] + 4)
    return max(((_fitting_rows(cells, width, years), width) for width in widths), key=lambda b: (b[0], -b[1]))


def _short_cells(lines: Sequence[Line], place: int) -> Iterator[Cell]:
    for line in lines[place : place + 4000]:
        if line.text.strip():
            if not _is_short(line):
                return
            yield _cell(line.text, line.start)


def _is_short(line: Line) -> bool:
    text = line.text.strip()
    return 0 < len(text) <= _SHORT and not line.text.startswith("\t") and text[-1] not in "。；;：:，,"


def _fitting_rows(cells: Sequence[Cell], width: int, years: Sequence[int]) -> int:
    """Number of rows behind the head whose year columns hold numbers."""
    count = 0
    for start in range(width, len(cells) - width + 1, width):
        row = cells[start : start + width]
        if not all(_NUMBER.fullmatch(row[n].text) for n in years) or (
            _NUMBER.fullmatch(row[0].text) and years[0]
        ):
            break
        count += 1
    return count
