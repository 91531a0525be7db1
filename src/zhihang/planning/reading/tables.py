# SPDX-License-Identifier: Apache-2.0
"""What tables say: values by place and year, and tables of indicators whose future columns are targets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zhihang.planning.reading.amount import amounts
from zhihang.planning.reading.document import Cell, Grid, finding
from zhihang.planning.reading.folded import fold
from zhihang.planning.reading.indicator_phrase import clean, is_metric
from zhihang.planning.reading.moment import moments
from zhihang.planning.reading.outline import Passage
from zhihang.planning.reading.profile import Profile
from zhihang.planning.reading.reading import Row
from zhihang.planning.reading.targets import number, quantity_columns
from zhihang.planning.reading.words import words

_YEAR = re.compile(r"(?P<y>(?:19|20)\d\d)年?(?P<end>底|末|度)?")
_TOTAL = re.compile("^(?:合计|总计|总数|小计|全[省市区县州](?:合计|总计)?$|全区合计|总和|共计)")
_PLACE = re.compile("(?:省|市|县|区|州|盟|旗|镇|乡|街道|开发区|园区|新区|兵团)$")
_UNIT_LINE = re.compile(r"(?:计量)?单位[:：]\s*(?P<unit>[^\s,，;；)）]{1,10})")
_NAME_HEAD = re.compile("指标|名称|项目|内容|考核")
_VALUE = re.compile(
    r"(?P<told>>=|<=|[<>≥≤~≈]|不低于|不少于|不超过|超过|突破|达到|约)?[〔\[(]?"
    r"(?P<n>-?\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)(?:[-~至](?P<n2>\d+(?:\.\d+)?))?[〕\])]?"
    r"(?P<unit>[%‰]|(?:万|亿)?[\u4e00-\u9fff]{0,4}?)(?P<after>以上|以内|以下|左右)?[)〕\]]?"
)
_HINTS = "年均|累计|增长|增速"


@dataclass(frozen=True)
class Read:
    """What was read from the tables of a document."""

    cells: list[Row]
    targets: list[Row]
    facts: list[Row]
    findings: list[Row]


def read_tables(grids: Sequence[Grid], passages: Sequence[Passage], about: Profile, text: str) -> Read:
    """Read all tables."""
    found = Read([], [], [], [])
    for order, grid in enumerate(grids, 1):
        table = _Table(grid, order, passages, about, text)
        if table.years and table.is_of_indicators:
            for row in table.indicator_rows():
                future = about.issued is None or (row["as_of"] or row["period_end"] or 0) >= about.issued
                latest = (row["as_of"] or row["period_end"]) == max(table.years.values())
                (
                    found.targets
                    if future and (len(table.years) == 1 or latest or row["as_of"] != about.issued)
                    else found.facts
                ).append(row)
            found.cells.extend(table.indicator_cells())
        elif table.years:
            cells = list(table.place_cells())
            found.cells.extend(cells)
            found.findings.extend(_sums(cells))
        else:
            found.findings.append(
                finding(
                    "info",
                    "table_not_read",
                    "A table without years in its head was not read.",
                    start=grid.start,
                )
            )
    return found


class _Table:
    """One table with its title, unit and head."""

    def __init__(
        self, grid: Grid, order: int, passages: Sequence[Passage], about: Profile, text: str
    ) -> None:
        self.grid, self.about, self.text = grid, about, text
        before = [
            line.strip() for line in text[max(0, grid.start - 600) : grid.start].split("\n") if line.strip()
        ][-6:]
        behind = [line.strip() for line in text[grid.end : grid.end + 120].split("\n") if line.strip()][:2]
        self.label, self.title = _title(before, order)
        self.unit = next(
            (u for line in (*reversed(before[-3:]), *_first_cells(grid), *behind) if (u := _unit(line))), ""
        )
        self.head, self.years = _head(grid)
        self.clause = next(
            (p.clause for p in reversed(passages) if p.paragraph.folded.at[0] <= grid.start), ""
        )

    @property
    def body(self) -> Sequence[Sequence[Cell]]:
        """Rows behind the head."""
        return self.grid.rows[self.head + 1 :]

    @property
    def heads(self) -> list[str]:
        """Folded texts of the head."""
        return [fold(cell.text).text for cell in self.grid.rows[self.head]]

    @property
    def is_of_indicators(self) -> bool:
        """Whether the rows are indicators rather than places."""
        if any(_NAME_HEAD.search(head) for head in self.heads) and not any(
            re.search("地区|县区|市州|城市$", h) for h in self.heads
        ):
            return True
        labels = [label for row in self.body if (label := self._label(row))]
        places = sum(bool(_PLACE.search(label) or _TOTAL.search(label)) for label in labels)
        metrics = sum(is_metric(re.sub(r"\([^()]*\)$", "", label)) for label in labels)
        return metrics > places

    def _label(self, row: Sequence[Cell]) -> str:
        first_year = min(self.years)
        texts = [fold(cell.text).text for cell in row[: max(1, first_year + self._shift(row))]]
        named = [text for text in texts if text and not re.fullmatch(r"[\d.、(一二三四五六七八九十)]+", text)]
        return named[-1] if named else ""

    def _shift(self, row: Sequence[Cell]) -> int:
        """How many cells a row lacks on its left, where a merged cell stands above."""
        return min(0, len(row) - len(self.heads)) if len(row) < len(self.heads) else 0

    def _values(self, row: Sequence[Cell]) -> Iterator[tuple[int, Cell]]:
        shift = self._shift(row)
        for column, year in self.years.items():
            if 0 <= column + shift < len(row):
                yield year, row[column + shift]

    def place_cells(self) -> Iterator[Row]:
        """One row per place and year."""
        indicator = _indicator(self.title)
        for row in self.body:
            place = self._label(row)
            for year, cell in self._values(row):
                value = _number(cell.text)
                if value is None or not place:
                    continue
                yield {
                    "table": self.label,
                    "county": place,
                    "year": year,
                    "indicator_zh": indicator,
                    "value": number(value),
                    "unit": self.unit,
                    "is_total": int(bool(_TOTAL.search(place))),
                    "quote": self.text[cell.start : cell.end],
                    "start": cell.start,
                    "end": cell.end,
                }

    def indicator_cells(self) -> Iterator[Row]:
        """Cells of a table of indicators as they are printed."""
        for row in self.body:
            name, unit = self._name_and_unit(row)
            for year, cell in self._values(row):
                printed = _VALUE.fullmatch(fold(cell.text).text)
                if printed and name:
                    yield {
                        "table": self.label,
                        "county": None,
                        "year": year,
                        "indicator_zh": name,
                        "value": number(Decimal(printed["n"].replace(",", "").replace(" ", ""))),
                        "unit": unit,
                        "is_total": 0,
                        "quote": self.text[cell.start : cell.end],
                        "start": cell.start,
                        "end": cell.end,
                    }

    def _name_and_unit(self, row: Sequence[Cell]) -> tuple[str, str]:
        name = re.sub(r"^[\d.、()①-⑳]+", "", self._named(row))
        inside = re.search(r"\((?:单位[:：])?([^()]{1,12})\)$", name)
        unit = ""
        if inside and amounts("1" + inside[1], []):
            name, unit = name[: inside.start()], inside[1]
        for place, head in enumerate(self.heads):
            if re.search("单位$", head) and 0 <= place + self._shift(row) < len(row):
                unit = unit or fold(row[place + self._shift(row)].text).text
        return name, unit or self.unit

    def _named(self, row: Sequence[Cell]) -> str:
        for place, head in enumerate(self.heads):
            if _NAME_HEAD.search(head) and 0 <= place + self._shift(row) < len(row):
                told = fold(row[place + self._shift(row)].text).text
                if told and not re.fullmatch(r"[\d.]+", told):
                    return told
        return self._label(row)

    def indicator_rows(self) -> Iterator[Row]:
        """One row per indicator and year."""
        for row in self.body:
            name, unit = self._name_and_unit(row)
            if len(name) < 2:
                continue
            attribute = next(
                (
                    fold(c.text).text
                    for c in row
                    if re.fullmatch("约束性?|预期性?|约束性指标|预期性指标", fold(c.text).text)
                ),
                "",
            )
            for year, cell in self._values(row):
                value = _VALUE.fullmatch(fold(cell.text).text)
                if value:
                    yield self._row(row, name, value["unit"] or unit, value, cell, year, attribute)

    def _row(
        self,
        row: Sequence[Cell],
        name: str,
        unit: str,
        value: re.Match[str],
        cell: Cell,
        year: int,
        attribute: str,
    ) -> Row:
        told = (
            words("before").get(value["told"] or "", "")
            or words("after").get(value["after"] or "", "")
            or "="
        )
        told = {">=": ">=", "<=": "<="}.get(value["told"] or "", told)
        high = Decimal(value["n2"]) if value["n2"] else None
        grown = re.search("年均|增长率|增速|增幅", name)
        added = cell.text.strip().startswith(("〔", "[", "［"))
        kind = (
            "growth_rate"
            if grown
            else "cumulative"
            if added or "累计" in name
            else "share"
            if unit == "%"
            else "level"
        )
        named = next((c for c in row if fold(c.text).text and name in fold(c.text).text), cell)
        start, end = min(named.start, cell.start), max(named.end, cell.end)
        return {
            "clause": self.clause,
            "indicator_zh": name,
            **quantity_columns(Decimal(value["n"].replace(",", "").replace(" ", "")), high, unit),
            "comparator": "range" if high is not None else told,
            "alt_comparator": None,
            "kind": kind,
            "hedge": None,
            "region": self.about.region,
            "period_start": None,
            "period_end": None,
            "as_of": year,
            "time_quote": str(year),
            "deadline_derived": None,
            "frequency": "annual average" if "年均" in name else None,
            "baseline": None,
            "direction": "down" if told in ("<=", "<") else None,
            "quote": self.text[start:end],
            "start": start,
            "end": end,
            "binding": {"约": "binding", "预": "expected"}.get(attribute[:1]),
            "note": f"table {self.label}",
        }


def _title(before: Sequence[str], order: int) -> tuple[str, str]:
    """Label and title from the lines above a table."""
    label, parts = "", []
    for line in reversed(before):
        folded = fold(line).text
        annex = re.match(r"(附件|附表|附录|专栏|表)([\d一二三四五六七八九十-]{0,4})[:：]?", folded)
        if annex and (annex[2] or len(folded) < 8):
            label = annex[1] + annex[2]
            parts.append(folded[annex.end() :])
            break
        if re.search("[。;]$", folded) or len(folded) > 60:
            break
        if not _UNIT_LINE.search(folded):
            parts.append(folded)
    return label or f"表{order}", "".join(reversed(parts))


def _first_cells(grid: Grid) -> list[str]:
    return [cell.text for row in grid.rows[:2] for cell in row]


def _unit(line: str) -> str:
    found = _UNIT_LINE.search(fold(line).text)
    return found["unit"] if found else ""


def _head(grid: Grid) -> tuple[int, dict[int, int]]:
    """Row of the head, and the year of each column that has one."""
    for place, row in enumerate(grid.rows[:4]):
        years: dict[int, int] = {}
        for column, cell in enumerate(row):
            text = fold(cell.text).text
            found = _YEAR.match(text)
            if found and len(text) <= 16 and not re.search(_HINTS, text):
                years[column] = int(found["y"])
        if years and (len(years) > 1 or (len(row) > 1 and max(years) > 0)):
            return place, years
    return 0, {}


def _indicator(title: str) -> str:
    """Name of the indicator from the title of a table of places."""
    text = re.sub(r"\([^()]*\)", "", title)
    for moment in reversed(moments(text, [])):
        text = text[: moment.start] + text[moment.end :]
    text = re.sub("(?:目标)?(?:任务)?(?:分解|分配|计划|指标|安排|完成情况|情况)*(?:一览)?表$", "", text)
    text = re.sub(
        "^.*?各(?:设区)?(?:县区|县[(]市、区[)]|县市区|市县|市州|市|县|区|地市|地区|盟市|单位|园区)", "", text
    )
    return clean(text).removesuffix("目标任务").removesuffix("目标")


def _number(text: str) -> Decimal | None:
    folded = fold(text).text.replace(" ", "")
    if not re.fullmatch(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?%?|-?\d+(?:\.\d+)?%?", folded):
        return None
    return Decimal(folded.rstrip("%").replace(",", ""))


def _sums(cells: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Say where the printed total of a table is not the sum of its rows."""
    years = sorted({cell["year"] for cell in cells})
    for year in years:
        totals = [cell for cell in cells if cell["year"] == year and cell["is_total"]]
        parts = [cell["value"] for cell in cells if cell["year"] == year and not cell["is_total"]]
        if len(totals) != 1 or len(parts) < 2:
            continue
        total, added = totals[0]["value"], sum(Decimal(str(part)) for part in parts)
        if Decimal(str(total)) != added and totals[0]["unit"] != "%":
            told = f"the rows add up to {number(Decimal(added))}, the total printed is {total}"
            message = f"{totals[0]['table']}, {year}: {told}."
            yield finding(
                "warning", "table_sum", message, table=totals[0]["table"], year=year, start=totals[0]["start"]
            )
