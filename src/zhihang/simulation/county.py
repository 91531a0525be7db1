# SPDX-License-Identifier: Apache-2.0
"""What a county is to the simulation, and which counties a region has."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from zhihang.errors import NotFound
from zhihang.facts.codelist import Code, CodeLists
from zhihang.simulation.draws import Draws
from zhihang.simulation.scenario import Office, Scenario

_RESIDENTS = Path(__file__).parent / "residents.csv"
_FAR = 40
_PEOPLES = (
    "各族", "壮族", "回族", "藏族", "苗族", "彝族", "侗族", "瑶族", "白族", "傣族", "羌族",
    "满族", "土族", "水族", "畲族", "黎族", "怒族", "佤族", "京族", "蒙古族", "土家族", "布依族",
    "朝鲜族", "仫佬族", "毛南族", "仡佬族", "哈尼族", "拉祜族", "纳西族", "傈僳族", "景颇族", "独龙族", "普米族",
    "布朗族", "裕固族", "保安族", "东乡族", "撒拉族", "达斡尔族", "锡伯族", "维吾尔", "哈萨克", "柯尔克孜", "蒙古",
    "塔吉克",
)  # fmt: skip
_ENDINGS = (
    "自治州", "自治县", "自治旗", "自治区", "地区", "新区", "特区", "林区", "省", "市", "县", "区", "盟", "旗",
)  # fmt: skip


@dataclass(frozen=True)
class County:
    """A county-level unit, as an address or a statistic names it.

    `name` is blank for a city without counties. `inside` says whether it belongs to the region simulated; the
    others are where co-applicants, sellers and buyers from elsewhere sit.
    """

    code: str
    name: str
    former_name: str
    former_until: date
    city: str
    province: str
    en: str
    city_en: str
    postcode: str
    residents: int
    inside: bool

    @property
    def city_short(self) -> str:
        """The city without its kind: 桂林 for 桂林市."""
        return short_name(self.city)

    @property
    def level(self) -> str:
        """district, city or county."""
        if self.name.endswith("区") or not self.name:
            return "district"
        return "city" if self.name.endswith("市") else "county"


def counties_of(region: str, scenario: Scenario, office: Office, draws: Draws) -> tuple[County, ...]:
    """Return the counties of a province, prefecture or county, and after them some from elsewhere."""
    divisions = CodeLists()["region"].entries
    residents = _residents()
    inside = [code for code in residents if code.startswith(_stem(region))]
    if region not in divisions or not inside:
        raise NotFound.named("region", region, _regions(divisions), see="zhihang show codelist region")
    elsewhere = [code for code in residents if not code.startswith(_stem(region))]
    weights = np.array([residents[code] for code in elsewhere], np.float64)
    chosen = draws.generator("far counties").choice(
        len(elsewhere), _FAR, replace=False, p=weights / weights.sum()
    )
    maker = _Maker(divisions, residents, scenario, office)
    return (
        *(maker.county(code, True) for code in inside),
        *(maker.county(elsewhere[i], False) for i in chosen),
    )


def short_name(name: str) -> str:
    """Return the name of a division without its kind and its peoples.

    >>> [short_name(name) for name in ("桂林市", "恭城瑶族自治县", "湘西土家族苗族自治州", "七星区", "和县")]
    ['桂林', '恭城', '湘西', '七星', '和县']
    """
    for ending in _ENDINGS:
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            name = name.removesuffix(ending)
            break
    while people := next((p for p in _PEOPLES if name.endswith(p) and len(name) - len(p) >= 2), ""):
        name = name.removesuffix(people)
    return name


@dataclass(frozen=True)
class _Maker:
    divisions: Mapping[str, Code]
    residents: Mapping[str, int]
    scenario: Scenario
    office: Office

    def county(self, code: str, inside: bool) -> County:
        own = self.divisions[code]
        province = self.divisions[code[:2] + "0000"]
        city = self._city(code, own, province)
        former = next((old for old in self.scenario.counties.former_names if old.code == code), None)
        return County(
            code=code,
            name="" if city is own else own.label.zh,
            former_name=former.name if former else own.label.zh,
            former_until=former.until if former else date.min,
            city=city.label.zh,
            province=province.label.zh,
            en=own.label.en.upper(),
            city_en=city.label.en.upper(),
            postcode=self._postcode(code),
            residents=self.residents[code],
            inside=inside,
        )

    def _city(self, code: str, own: Code, province: Code) -> Code:
        """The city an address names: the prefecture, the municipality, or the unit itself under a province."""
        prefecture = self.divisions.get(code[:4] + "00", own)
        if prefecture.details.get("placeholder") != "1":
            return prefecture
        return province if province.label.zh.endswith("市") else own

    def _postcode(self, code: str) -> str:
        known = self.scenario.counties.postcodes
        if known is not None and code in known.values:
            return f"{known.values[code]:06.0f}"
        return f"{self.office.postcode_prefix.get(code[:2], '99')}{int(code[2:4]) % 10}{int(code[4:]) % 10}00"


def _residents() -> dict[str, int]:
    with _RESIDENTS.open(encoding="utf-8", newline="") as stream:
        return {row["code"]: int(row["residents_2020"]) for row in csv.DictReader(stream)}


def _stem(region: str) -> str:
    """Return the leading figures that all units of a region share.

    >>> _stem("450000"), _stem("450300"), _stem("450305")
    ('45', '4503', '450305')
    """
    return region[:2] if region.endswith("0000") else region[:4] if region.endswith("00") else region


def _regions(divisions: Mapping[str, Code]) -> Sequence[str]:
    return [code for code in divisions if code.endswith("00")]
