# SPDX-License-Identifier: Apache-2.0
"""The economy of a simulated region: its firms, staff, output, research, titles, parks; industries as sums over them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from zhihang.simulation.calendar import first_day
from zhihang.simulation.county import County
from zhihang.simulation.credit_code import credit_code
from zhihang.simulation.organisation_names import BEFORE, NOW, Namer
from zhihang.simulation.organisations import TYPES
from zhihang.simulation.topics import Topics
from zhihang.simulation.vocabulary import Vocabulary

if TYPE_CHECKING:
    from zhihang.simulation.region import Region

MARK = "模拟数据"
YEARS = 6
"""So many years up to the last one have an economy: a window of five and the year before."""
SILENT_FIRMS = 0.8
"""Firms without patents for each one with patents. All figures of this file without a source are assumptions."""
_STAFF_MEDIAN, _STAFF_SPREAD, _PER_SIZE = 40.0, 1.1, 0.35
_PRICE_YEAR, _GROWTH = 2023, 0.05
_LARGE, _MEDIUM, _SMALL, _ABOVE_SCALE = 1000, 300, 20, 20e6
_YUAN_PER_RESEARCHER = 250_000.0
_IN_PARK = 0.35
_INDUSTRIAL = ("B", "C", "D")

ENTERPRISE_COLUMNS = (
    "企业名称", "统一社会信用代码", "行业代码", "行业分类版本", "地区", "地址", "所在园区", "企业规模", "是否规上",
    "企业资质", "是否完成专利产品备案", "是否有稳定的产学研合作", "是否有自主商标", "是否建立知识产权管理体系",
    "是否严重失信或非正常申请", "从业人员平均人数（人）", "工业总产值（万元）", "营业收入（万元）", "利税总额（万元）",
    "研发费用（万元）", "研发人员（人）", "专利产品销售收入（万元）", "年份", "出处",
)  # fmt: skip
INDUSTRY_COLUMNS = (
    "行业代码", "行业分类版本", "地区", "年份", "统计范围", "企业数（家）", "从业人员平均人数（人）",
    "工业总产值（万元）", "营业收入（万元）", "利税总额（万元）", "研发经费内部支出（万元）", "研发人员（人）", "出处",
)  # fmt: skip
PARK_COLUMNS = (
    "园区名称", "地区", "园区级别", "主导产业代码", "地址关键词", "人口（人）", "是否国家知识产权示范园区",
    "是否有专门管理机构", "专利运用公共服务人员（人）", "是否有政府支持政策", "年份", "出处",
)  # fmt: skip
_EDITION = "GB/T 4754-2017"
_HERE = Path(__file__).parent
Values = NDArray[np.float64]


@dataclass(frozen=True)
class Firms:
    """Firms of the region, those with patents first: name, code, county, field, size, first year."""

    names: tuple[str, ...]
    codes: tuple[str, ...]
    county: NDArray[np.int64]
    field: tuple[str, ...]
    filing: Values
    first_year: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.names)


@dataclass(frozen=True)
class FirmYear:
    """Figures of all firms in a year; money in yuan."""

    year: int
    exists: NDArray[np.bool_]
    staff: Values
    revenue: Values
    output: Values
    profit_tax: Values
    rd: Values
    rd_staff: Values
    product_revenue: Values


@dataclass(frozen=True)
class EconomyOfRegion:
    """The economy of a region, ready to be written."""

    region: Region
    code: str
    vocabulary: Vocabulary

    @property
    def topics(self) -> Topics:
        """Topics that firms work on."""
        return self.region.subjects.topics

    def write(self, to: Path, stem: str, ending: str) -> dict[Path, int]:
        """Write registers of firms, statistics of industries, and parks; return the files with their rows."""
        parts = {
            "enterprises": (ENTERPRISE_COLUMNS, self._enterprise_rows()),
            "industries": (INDUSTRY_COLUMNS, self._industry_rows()),
            "parks": (PARK_COLUMNS, self._park_rows()),
        }
        found = {}
        for part, (columns, rows) in parts.items():
            path = to / f"{stem}-{part}-{ending}.csv"
            with path.open("w", encoding="utf-8-sig", newline="") as stream:
                writer = csv.writer(stream)
                writer.writerow(columns)
                count = 0
                for row in rows:
                    writer.writerow(row)
                    count += 1
            found[path] = count
        return found

    @cached_property
    def years(self) -> range:
        """The years written."""
        years = self.region.years
        return range(max(years[0], years[-1] - YEARS + 1), years[-1] + 1)

    @cached_property
    def firms(self) -> Firms:
        """The firms: those that file or may file, and as many again that never do."""
        return _joined(self._filing_firms, self._silent_firms())

    @cached_property
    def _filing_firms(self) -> Firms:
        found = self.region.directory.organisations
        counties = self.region.plan.counties
        inside = np.array([county.inside for county in counties])
        held = np.flatnonzero((found.type == TYPES.index("enterprise")) & inside[found.county])
        size = np.diff(found.size)[held]
        last_day = int(first_day(self.region.years[-1] + 1)) - 1
        group = found.group(found.county[held], found.type[held])
        place = held - found.groups.starts[group]
        first = np.array(
            [self._first_year(int(g), int(p)) for g, p in zip(group, place, strict=True)], np.int64
        )
        names = [found.names[one][BEFORE if found.renamed[one] > last_day else NOW] for one in held]
        fields = [self._field(int(one)) for one in held]
        return Firms(
            tuple(names),
            tuple(str(found.credit_codes[int(one) + 1]) for one in held),
            found.county[held].astype(np.int64),
            tuple(fields),
            np.asarray(size / size.mean() if len(size) else size, dtype=float),
            first,
        )

    def _first_year(self, group: int, place: int) -> int:
        """The first year in which a firm of a group exists: the older stand before the younger."""
        active = self.region.directory.organisations.active
        return next((year for year in active if active[year][group] > place), max(active))

    def _field(self, organisation: int) -> str:
        found = self.region.directory.organisations
        topic = found.topics[found.topic_of.starts[organisation]]
        name: str = self.topics.field_names[self.topics.field_of[topic]]
        return name

    def _silent_firms(self) -> Firms:
        """Firms without patents, spread over counties as the others are."""
        filing = self._filing_firms
        organisations = self.region.directory.organisations
        namer = Namer(self.vocabulary.names, self.region.draws.dice("economy", "names"), 0.0)
        for ways in organisations.names:
            namer.reserve(ways[NOW])
        random = self.region.draws.generator("economy", "silent")
        count = int(len(filing) * SILENT_FIRMS)
        chosen = random.integers(0, max(len(filing), 1), count)
        names, codes = [], []
        for number, one in enumerate(chosen):
            county = self.region.plan.counties[int(filing.county[one])]
            words = self.vocabulary.fields[filing.field[one]].firm_words
            names.append(namer.name("enterprise", county, words).zh)
            codes.append(credit_code("91", county.code, len(organisations) + number))
        return Firms(
            tuple(names),
            tuple(codes),
            filing.county[chosen],
            tuple(filing.field[one] for one in chosen),
            np.zeros(count),
            filing.first_year[chosen],
        )

    @cached_property
    def industry(self) -> tuple[str, ...]:
        """Industry of each firm, one of those of its field."""
        choices: dict[str, list[str]] = {}
        for row in _read("field_industry.csv"):
            choices.setdefault(row["field"], []).append(row["industry"])
        chance = self.region.draws.generator("economy", "industry").random(len(self.firms))
        pairs = zip(self.firms.field, chance, strict=True)
        return tuple(choices[field][int(at * len(choices[field]))] for field, at in pairs)

    @cached_property
    def parks(self) -> list[tuple[County, str]]:
        """One park for each county inside the region: the county, the park's name."""
        counties = [county for county in self.region.plan.counties if county.inside]
        return [(county, f"{county.name or county.city}工业园区") for county in counties]

    @cached_property
    def park_of(self) -> tuple[str, ...]:
        """Park of each firm; blank for those in none."""
        named = {county.code: name for county, name in self.parks}
        chance = self.region.draws.generator("economy", "park").random(len(self.firms))
        codes = [self.region.plan.counties[int(at)].code for at in self.firms.county]
        return tuple(named[code] if at < _IN_PARK else "" for code, at in zip(codes, chance, strict=True))

    @cached_property
    def figures(self) -> tuple[FirmYear, ...]:
        """Figures of each year."""
        firms = self.firms
        random = self.region.draws.generator("economy", "figures")
        known = {row["division"]: row for row in _read("economy_figures.csv")}
        per_head = np.array([float(known[code[:2]]["revenue_per_employee"]) for code in self.industry])
        rd_share = np.array([float(known[code[:2]]["rd_to_revenue"]) for code in self.industry])
        base = np.exp(random.normal(np.log(_STAFF_MEDIAN), _STAFF_SPREAD, len(firms)))
        base *= np.maximum(firms.filing, 0.2) ** _PER_SIZE
        apart = np.exp(random.normal(0, 0.3, len(firms)))
        filing = firms.filing > 0
        researching = filing | (random.random(len(firms)) < 0.4)
        keenness = np.exp(random.normal(0, 0.7, len(firms))) * np.where(filing, 2.0, 0.5)
        by_patents = np.where(filing, random.beta(2, 3, len(firms)), 0.0)
        made = np.array([code[:2] not in ("65", "73", "75") for code in self.industry])
        found = []
        for year in self.years:
            exists = firms.first_year <= year
            staff = np.maximum(
                1, np.round(base * 1.02 ** (year - self.years[0]) * random.normal(1, 0.03, len(firms)))
            )
            price = (1 + _GROWTH) ** (year - _PRICE_YEAR)
            revenue = staff * per_head * apart * price * np.exp(random.normal(0, 0.05, len(firms)))
            rd = np.where(researching, revenue * np.minimum(rd_share * keenness, 0.3), 0.0)
            rd_staff = np.minimum(np.round(rd / (_YUAN_PER_RESEARCHER * price)), np.floor(staff * 0.6))
            output = np.where(made, revenue * random.uniform(0.95, 1.05, len(firms)), np.nan)
            profit = revenue * random.uniform(0.04, 0.14, len(firms))
            found.append(
                FirmYear(year, exists, staff, revenue, output, profit, rd, rd_staff, revenue * by_patents)
            )
        return tuple(found)

    def _enterprise_rows(self) -> Iterator[Sequence[object]]:
        random = self.region.draws.generator("economy", "register")
        firms, count = self.firms, len(self.firms)
        no_code, other_way = random.random(count) < 0.1, random.random(count) < 0.1
        chance = random.random((count, 6))
        bracket = str.maketrans("（）", "()")
        for of in self.figures:
            for at in np.flatnonzero(of.exists):
                county = self.region.plan.counties[int(firms.county[at])]
                name = firms.names[at].translate(bracket) if other_way[at] else firms.names[at]
                park = self.park_of[at]
                yield (
                    name, "" if no_code[at] else firms.codes[at], self.industry[at], _EDITION, county.code,
                    f"{county.city}{county.name}{park}", park, _size(of.staff[at]), _yes(of.revenue[at] >= _ABOVE_SCALE),
                    self._titles(of, int(at), chance[at]), _yes(bool(firms.filing[at] > 0 and chance[at, 2] < 0.3)),
                    _yes(bool(chance[at, 3] < 0.2)), _yes(bool(chance[at, 4] < 0.6)), _yes(bool(chance[at, 5] < 0.15)),
                    _yes(bool(chance[at, 1] > 0.985)), int(of.staff[at]), _wan(of.output[at]), _wan(of.revenue[at]),
                    _wan(of.profit_tax[at]), _wan(of.rd[at]), int(of.rd_staff[at]), _wan(of.product_revenue[at]),
                    of.year, MARK,
                )  # fmt: skip

    def _titles(self, of: FirmYear, at: int, chance: Values) -> str:
        found = []
        if (
            of.revenue[at] > 0
            and of.rd[at] / of.revenue[at] >= 0.04
            and self.firms.filing[at] > 0
            and chance[0] < 0.8
        ):
            found.append("高新技术企业")
        if self.firms.filing[at] > 1 and chance[1] < 0.3:
            found.append("专精特新中小企业")
        if self.firms.filing[at] > 3 and chance[0] < 0.5:
            found.append("知识产权优势企业")
        return ";".join(found)

    def _industry_rows(self) -> Iterator[Sequence[object]]:
        """Sums over the firms above designated size, by division and in all: the register and these agree."""
        divisions = np.array([code[:2] for code in self.industry])
        for of in self.figures:
            above = of.exists & (of.revenue >= _ABOVE_SCALE)
            for division in (*sorted(set(divisions[above].tolist())), "合计"):
                held = above & ((divisions == division) | (division == "合计"))
                sums = [np.nansum(each[held]) for each in (of.output, of.revenue, of.profit_tax, of.rd)]
                yield (
                    division, _EDITION, self.code, of.year, "规模以上", int(held.sum()), int(of.staff[held].sum()),
                    *(_wan(value) for value in sums), int(of.rd_staff[held].sum()), MARK,
                )  # fmt: skip

    def _park_rows(self) -> Iterator[Sequence[object]]:
        random = self.region.draws.generator("economy", "parks")
        of = self.figures[-1]
        park_of, divisions = np.array(self.park_of), np.array([code[:2] for code in self.industry])
        for county, name in self.parks:
            held = (park_of == name) & of.exists
            names, place = np.unique(divisions[held], return_inverse=True)
            sums = (
                np.bincount(place, np.nan_to_num(of.output[held]), len(names)) if len(names) else np.zeros(0)
            )
            chance = random.random(4)
            yield (
                name, county.code, "省级" if chance[0] < 0.3 else "县级", names[sums.argmax()] if len(names) else "",
                name, int(county.residents * 0.05), _yes(bool(chance[1] < 0.1)), _yes(True), int(chance[2] * 9),
                _yes(bool(chance[3] < 0.7)), of.year, MARK,
            )  # fmt: skip


def _joined(one: Firms, other: Firms) -> Firms:
    return Firms(
        one.names + other.names,
        one.codes + other.codes,
        np.concatenate([one.county, other.county]),
        one.field + other.field,
        np.concatenate([one.filing, other.filing]),
        np.concatenate([one.first_year, other.first_year]),
    )


def _read(name: str) -> list[dict[str, str]]:
    with (_HERE / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _size(staff: float) -> str:
    return (
        "大型" if staff >= _LARGE else "中型" if staff >= _MEDIUM else "小型" if staff >= _SMALL else "微型"
    )


def _yes(held: bool) -> str:
    return "是" if held else "否"


def _wan(yuan: float) -> str:
    """Yuan as 万元 with two places; blank where there is none."""
    return "" if np.isnan(yuan) else f"{yuan / 10_000:.2f}"
