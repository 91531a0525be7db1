# SPDX-License-Identifier: Apache-2.0
"""Names of invented organisations, and the ways in which registers write the same name differently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhihang.simulation.county import County, short_name
from zhihang.simulation.draws import Dice
from zhihang.simulation.scenario import ApplicantType
from zhihang.simulation.vocabulary import Names, Pair

#: Ways in which a name is written; a book of names holds all of them for each organisation.
NOW, BEFORE, OTHER_BRACKETS, SLIP, SHORT, PART, ENGLISH, SPACED = range(8)
WAYS = 8

_COOPERATIVE = "专业合作社"
_COMPANY = ("有限责任公司", "股份有限公司", "有限公司")


@dataclass(frozen=True)
class Name:
    """A name in Chinese and English, and the name before a change (the same where there was none)."""

    zh: str
    en: str
    before: str

    def written(self, type_: ApplicantType, names: Names, dice: Dice) -> list[str]:
        """Return the name in all ways, in their order."""
        parts = names.university_parts if type_ == "university" else names.firm_parts
        place = 2 + dice.below(max(len(self.zh) - 4, 1))
        slip = next(
            ((right, wrong) for right, wrong in names.slips_of_pen.items() if right in self.zh), ("", "")
        )
        return [
            self.zh,
            self.before,
            self.zh.translate({ord("（"): "(", ord("）"): ")"}),
            self.zh.replace(slip[0], slip[1], 1) if slip[0] else self.zh,
            _without_form(self.zh),
            self.zh + dice.one(parts),
            self.en,
            f"{self.zh[:place]} {self.zh[place:]}",
        ]


@dataclass
class Namer:
    """Gives names, no name twice."""

    names: Names
    dice: Dice
    renamed_share: float

    def __post_init__(self) -> None:
        self._given: set[str] = set()
        self._first, self._second = list(self.names.trade_first), list(self.names.trade_second)
        self._third = list(self.names.trade_third)

    def name(
        self,
        type_: ApplicantType,
        county: County,
        firm_words: Sequence[Pair] = (),
        *,
        cooperatives: bool = False,
    ) -> Name:
        """Invent a name for an organisation of a county; firms carry a word of their trade."""
        firm = type_ == "enterprise"
        while True:
            found = self._firm(county, firm_words, cooperatives) if firm else self._body(type_, county)
            if found.zh not in self._given:
                self._given |= {found.zh, found.before}
                return found

    def reserve(self, name: str) -> None:
        """Keep a name from being given."""
        self._given.add(name)

    def _firm(self, county: County, words: Sequence[Pair], cooperatives: bool) -> Name:
        zh, en = self._trade_name()
        word_zh, word_en = self.dice.one(words)
        form = _weighted(self.names.firm_forms, self.dice)
        if form == _COOPERATIVE and not cooperatives:
            form = "有限公司"
        place = self._place(county)
        name = f"{place}{zh}{word_zh}{form}"
        chance = self.dice.chance()
        if chance < 0.03 and form in _COMPANY:
            name = f"{place}{zh}{word_zh}（集团）{form}"
        elif chance < 0.08 and form in _COMPANY:
            name = f"{zh}{word_zh}（{county.city_short}）{form}"
        before = name
        if self.dice.chance() < self.renamed_share:
            before = self._earlier(name, place, zh, word_zh, form)
        ending = "FACTORY" if form == "厂" else "COOPERATIVE" if form == _COOPERATIVE else "CO., LTD."
        return Name(name, f"{county.city_en} {en} {word_en} {ending}", before)

    def _earlier(self, name: str, place: str, trade: str, word: str, form: str) -> str:
        if form == "厂" or self.dice.chance() < 0.5:
            other, _ = self._trade_name()
            return name.replace(trade, other)
        return f"{place}{trade}{word}厂"

    def _body(self, type_: ApplicantType, county: County) -> Name:
        zh, en = self._trade_name()
        choices = {
            "university": self.names.university_words,
            "research_institute": self.names.institute_words,
            "public_body": self.names.public_words,
        }[type_]
        word_zh, word_en = self.dice.one(choices)
        place = county.city_short if type_ == "university" else county.name or county.city
        if type_ == "research_institute" and self.dice.chance() < 0.5:
            place = county.city_short
        name = f"{place}{zh}{word_zh}"
        return Name(name, f"{county.city_en} {en} {word_en}", name)

    def _trade_name(self) -> Pair:
        names, dice = self.names, self.dice
        first, second = dice.one(self._first), dice.one(self._second)
        zh, en = first + second, names.trade_first[first] + names.trade_second[second]
        if dice.chance() < 0.15:
            third = dice.one(self._third)
            return zh + third, en + names.trade_third[third]
        return zh, en

    def _place(self, county: County) -> str:
        chance = self.dice.chance()
        rural = county.level != "district"
        if chance < (0.38 if rural else 0.03):
            return county.name if chance < 0.12 else short_name(county.name)
        if chance < (0.48 if rural else 0.15):
            return county.city
        return short_name(county.province) if chance > 0.95 else county.city_short


def _without_form(name: str) -> str:
    for form in _COMPANY:
        if name.endswith(form):
            return name.removesuffix(form) + "公司"
    return name


def _weighted(weights: dict[str, float], dice: Dice) -> str:
    left = dice.chance() * sum(weights.values())
    for choice, weight in weights.items():
        left -= weight
        if left < 0:
            return choice
    return next(reversed(weights))
