# SPDX-License-Identifier: Apache-2.0
"""The forms in which offices hand in economic data: which tables a row fills, and the heading of each column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from zhihang.errors import NotFound
from zhihang.facts.table import TABLES, Column
from zhihang.terms.label import Label

MONEY, HANDED_IN = "元", "万元"
"""Money is kept in yuan; people hand it in in units of ten thousand."""
_GIVEN_BY_OTHERS = ("enterprise", "region_name")
"""Columns that follow from others: identity from code and name, the region's name from what stands for the region."""


@dataclass(frozen=True)
class Form:
    """A form: one row fills one row of each of its tables.

    `identity` is the column without which a row says nothing, `needed` are others it must have; `marks` tell its
    tables from others: so many of them must be there.
    """

    name: str
    label: Label
    tables: tuple[str, ...]
    identity: str
    marks: tuple[str, ...]
    needed: tuple[str, ...] = ("year",)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns to fill in, each once; year and source stand last."""
        found: dict[str, Column] = {}
        for name in self.tables:
            for column in TABLES[name].columns:
                if column.name not in _GIVEN_BY_OTHERS or column.name == self.identity:
                    found.setdefault(column.name, column)
        last = [found.pop(name) for name in ("year", "source") if name in found]
        return (*found.values(), *last)

    def column(self, name: str) -> Column:
        """Return the column of that name."""
        return next(column for column in self.columns if column.name == name)


def heading(column: Column) -> str:
    """Return what stands above a column of a form: its Chinese name, with the unit of an amount."""
    unit = HANDED_IN if column.unit == MONEY else column.unit
    return f"{column.label.zh}（{unit}）" if unit else column.label.zh


FORMS: Mapping[str, Form] = {
    form.name: form
    for form in (
        Form(
            "recognition",
            Label("企业资质名单", "Titles of enterprises"),
            ("recognition",),
            "name",
            ("title", "valid_from", "valid_until", "revoked_on", "certificate"),
            needed=("title", "valid_from"),
        ),
        Form(
            "enterprise",
            Label("企业名录和年度数据", "Register and figures of enterprises"),
            ("enterprise", "enterprise_year"),
            "name",
            (
                "credit_code", "industry", "size_class", "above_scale", "titles", "park", "employees", "output",
                "revenue", "rd", "rd_staff", "patent_product_revenue",
            ),
        ),
        Form(
            "industry",
            Label("分行业统计", "Statistics by industry"),
            ("industry_year",),
            "industry",
            ("employment", "gross_output", "value_added", "revenue", "profit_tax", "rd", "rd_staff", "enterprises"),
        ),
        Form(
            "park",
            Label("园区", "Parks"),
            ("park",),
            "park",
            (
                "level", "address_words", "boundary", "residents", "ip_demonstration", "management_body",
                "service_staff", "support_policies",
            ),
        ),
    )
}  # fmt: skip


def form(name: str) -> Form:
    """Return the form of that name."""
    if name not in FORMS:
        raise NotFound.named("form", name, FORMS, see="zhihang template --help")
    return FORMS[name]
