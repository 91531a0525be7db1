# SPDX-License-Identifier: Apache-2.0
"""What all sections on a study share: units, period and source of figures, names of codes, charts and tables of one form."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from zhihang.facts.codelist import CodeLists
from zhihang.navigation.result import CorpusPatent, Figure, Finding, StudyResult
from zhihang.navigation.study import Variant
from zhihang.navigation.variant import FocusWords
from zhihang.reporting.chart import Chart, Form
from zhihang.reporting.chart import Figure as Shown
from zhihang.reporting.data_table import Cell, Column, DataTable
from zhihang.reporting.wording import NO_DATA, number, percent

SECTIONS: Mapping[str, Mapping[str, str]] = {
    "industry": {
        "corpus": "数据",
        "status": "产业发展现状",
        "direction": "产业发展方向",
        "position": "区域产业定位",
        "path": "发展路径",
    },
    "enterprise": {
        "corpus": "数据",
        "status": "所处领域现状",
        "direction": "技术发展方向",
        "position": "企业竞争定位",
        "path": "企业经营路径",
    },
    "rd": {
        "corpus": "数据",
        "status": "技术领域现状",
        "direction": "技术发展方向",
        "position": "研发定位",
        "path": "研发路径与立项建议",
    },
}
"""What the modules of each variant are called."""
STATES: Mapping[str, str] = {"in_force": "有效", "pending": "审中", "ended": "失效", "unknown": "未知"}
STAGES: Mapping[str, str] = {
    "introduction": "导入期",
    "growth": "成长期",
    "maturity": "成熟期",
    "decline": "衰退期",
    "revival": "复苏期",
    "unsettled": "走势不定",
}
SHORT_TITLE = 60
ONE_DIGIT = frozenset({"%", "件", "族", "倍"})
_NAMED = 4


@dataclass(frozen=True)
class Telling:
    """A study's result, and how its figures are told."""

    result: StudyResult
    codes: CodeLists

    @property
    def unit(self) -> str:
        """What is counted: families (族) or applications (件)."""
        return "族" if self.result.corpus.level == "family" else "件"

    @property
    def what(self) -> str:
        """What is counted, in words."""
        return "专利族" if self.result.corpus.level == "family" else "专利申请"

    @property
    def period(self) -> str:
        """Years of filing of the corpus."""
        years = self.result.corpus.years
        if not years:
            return f"截至{self.result.cutoff}"
        return f"{years[0]}年" if len(years) == 1 else f"{years[0]}—{years[-1]}年"

    @property
    def source(self) -> str:
        """Where the figures come from."""
        base = self.result.corpus.reference.strip().rstrip("。") or "入库专利"
        known = "" if self.result.cutoff in base else f"（数据截至{self.result.cutoff}）"
        return f"{base}{known}，知航计算"

    @property
    def variant(self) -> Variant:
        """The kind of study."""
        said: Variant = self.result.study.get("variant") or "industry"
        return said

    @property
    def sections(self) -> Mapping[str, str]:
        """What the modules of this kind of study are called."""
        return SECTIONS[self.variant]

    @cached_property
    def words(self) -> FocusWords:
        """Words for the place or client the study is for."""
        return FocusWords.of(self.variant, self.result.position.focus)

    @property
    def client(self) -> bool:
        """Whether the study is for a holder, not for a place."""
        return self.result.position.focus == "holders"

    @property
    def nation(self) -> str:
        """Name of the country in which rights count."""
        code = str(self.result.study.get("nation") or "")
        named = {one.key: one.name for one in self.result.position.places}
        return named.get(code) or self.office(code)

    @property
    def field(self) -> str:
        """What the study is about, in a word."""
        return "产业" if self.variant == "industry" else "该领域"

    @property
    def focus(self) -> str:
        """The region or client the study is for."""
        return self.result.position.focus_name or self.result.position.focus or "本地"

    @cached_property
    def truncated(self) -> tuple[str, ...]:
        """Years that are not complete."""
        return tuple(str(year) for year in self.result.corpus.truncated)

    @cached_property
    def by_number(self) -> Mapping[str, CorpusPatent]:
        """Patents of the corpus by the number they are shown under."""
        return {one.number: one for one in self.result.corpus.patents}

    @cached_property
    def node_names(self) -> Mapping[str, str]:
        """Names of the nodes of the breakdown."""
        return {one.code: one.label or one.code for one in self.result.corpus.nodes}

    @cached_property
    def top_nodes(self) -> tuple[str, ...]:
        """Codes of the nodes of the first level."""
        return tuple(one.code for one in self.result.corpus.nodes if one.depth == 0)

    def nodes(self, codes: Iterable[str], most: int = _NAMED) -> str:
        """Names of nodes in one text; those that hold others of them are left out."""
        given = list(codes)
        above = {one.parent for one in self.result.corpus.nodes if one.code in given}
        names = [self.node_names.get(code, code) for code in given if code not in above]
        return "、".join(names[:most]) + ("等" if len(names) > most else "")

    def office(self, code: str) -> str:
        """Name of a country or office; its code where it is not on the list."""
        return self._named("office", code) or "（未知）"

    def holder_type(self, code: str) -> str:
        """Name of a type of applicant."""
        return self._named("applicant_type", code) or "（未知）"

    def right_kind(self, code: str) -> str:
        """Name of a kind of right."""
        return self._named("right_kind", code) or "（未知）"

    def chart(
        self,
        title: str,
        shown: Shown,
        *,
        unit: str = "",
        form: Form = "integer",
        digits: int = 1,
        notes: Iterable[str] = (),
    ) -> Chart:
        """Return a chart with the study's period and source."""
        return Chart(title, unit or self.unit, self.period, self.source, shown, form, digits, tuple(notes))

    def table(
        self,
        title: str,
        columns: Iterable[Column],
        rows: Iterable[Mapping[str, Cell]],
        *,
        unit: str = "",
        notes: Iterable[str] = (),
        **more: Any,
    ) -> DataTable:
        """Return a table with the study's period and source."""
        return DataTable.of(
            rows,
            columns=columns,
            title=title,
            unit=unit or self.unit,
            period=self.period,
            source=self.source,
            notes=notes,
            **more,
        )

    def count(self, value: float | None) -> str:
        """Write a number of patents: 1,234族."""
        return NO_DATA["zh"] if value is None else number(value) + self.unit

    def _named(self, name: str, code: str) -> str:
        known = self.codes[name]
        return known[code].label.zh if code in known else code


def figure_text(one: Figure) -> str:
    """Write a figure that a text cites: 年均增速 12.3%."""
    return f"{one.name} {value_text(one.value, one.unit)}"


def value_text(value: Any, unit: str = "") -> str:
    """Write a value with its unit; shares as percentages."""
    if value is None:
        return NO_DATA["zh"]
    if isinstance(value, (str, bool)):
        return str(value) + unit
    if unit == "share":
        return percent(value)
    if unit == "rate":
        return ("+" if value > 0 else "") + percent(value)
    if unit in ("year", "年"):
        return f"{value:.0f}年"
    whole = float(value).is_integer()
    text = number(value, 0 if whole else 1 if unit in ONE_DIGIT or abs(value) >= 100 else 2)
    return text + ("" if unit in ("", "ratio", "index", "count") else unit)


def cited(finding: Finding, most: int = 5) -> str:
    """Say what a finding rests on: its figures and its evidence; blank if nothing is given."""
    parts = []
    if finding.figures:
        parts.append("依据：" + "；".join(figure_text(one) for one in finding.figures))
    if finding.evidence:
        more = f"等{len(finding.evidence)}件" if len(finding.evidence) > most else ""
        parts.append("证据专利：" + "、".join(finding.evidence[:most]) + more)
    return "。".join(parts) + ("。" if parts else "")


def refusal(reason: str) -> str:
    """Write why something was refused as a sentence without its stop."""
    return word("refusal", reason).rstrip("。.；;")


def word(group: str, key: str) -> str:
    """Return the word for a key of a result; the key itself where there is none."""
    return _words().get((group, key), key)


@lru_cache(maxsize=1)
def _words() -> Mapping[tuple[str, str], str]:
    with Path(__file__).with_name("words.csv").open(encoding="utf-8", newline="") as file:
        return {(row["group"], row["key"]): row["zh"] for row in csv.DictReader(file)}


def shortened(text: str, most: int = SHORT_TITLE) -> str:
    """Cut a long text; the list of evidence has it whole."""
    return text if len(text) <= most else text[: most - 1] + "…"


def first(row: Mapping[str, Any], *keys: str) -> Any:
    """Return the first of some values of a row that is there."""
    return next((row[key] for key in keys if row.get(key) is not None), None)
