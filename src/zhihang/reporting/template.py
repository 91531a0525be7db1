# SPDX-License-Identifier: Apache-2.0
"""Template workbooks in which offices hand in firms, industries and parks: headings, drop-downs, checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhihang.facts.codelist import CodeLists
from zhihang.facts.form import Form, form, heading
from zhihang.facts.table import Column

EDITION = "GB/T 4754-2017"
YES_NO = ("是", "否")
NOT_ABOVE: Mapping[str, str] = {"rd_staff": "employees", "patent_product_revenue": "revenue"}
"""Columns whose amount may not be above that of another."""


@dataclass(frozen=True)
class TemplateColumn:
    """A column of a template.

    `choices` are what a cell may hold, `names` what each of these means (blank where it says so itself); `not_above`
    is the position of the column whose amount it may not exceed; `length` the number of characters it must have.
    """

    heading: str
    column: Column
    required: bool
    choices: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    not_above: int | None = None
    length: int | None = None


@dataclass(frozen=True)
class Template:
    """A template: its form and columns, from the left."""

    form: Form
    columns: tuple[TemplateColumn, ...]


def template(name: str, codes: CodeLists) -> Template:
    """Return the template of a form: `enterprise`, `industry`, `park` or `recognition`."""
    made = form(name)
    places = {column.name: place for place, column in enumerate(made.columns)}
    return Template(made, tuple(_column(made, column, places, codes) for column in made.columns))


def _column(made: Form, column: Column, places: Mapping[str, int], codes: CodeLists) -> TemplateColumn:
    choices, names = _choices(column, codes)
    other = NOT_ABOVE.get(column.name)
    return TemplateColumn(
        heading(column),
        column,
        column.name in (made.identity, *made.needed),
        choices,
        names,
        places.get(other) if other else None,
        18 if column.name == "credit_code" else None,
    )


def _choices(column: Column, codes: CodeLists) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if column.type == "boolean":
        return YES_NO, ()
    if column.name == "industry_edition":
        return (EDITION, "GB/T 4754-2011"), ()
    if column.name == "industry":
        return _industries(codes)
    if column.codes and column.codes != "region":
        return tuple(code.label.zh for code in codes[column.codes]), ()
    return (), ()


def _industries(codes: CodeLists) -> tuple[tuple[str, ...], tuple[str, ...]]:
    rows: Sequence[Mapping[str, str]] = codes.rows("industries_gbt4754")
    found = [(row["code"], row["zh"]) for row in rows if row["edition"] == EDITION]
    return tuple(code for code, _ in found), tuple(name for _, name in found)
