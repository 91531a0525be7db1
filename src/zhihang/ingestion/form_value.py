# SPDX-License-Identifier: Apache-2.0
"""Cells of forms read as what the dictionary says they are: numbers in a unit, codes, yes and no, industries, titles."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from zhihang.errors import ZhihangError
from zhihang.facts.codelist import CodeLists
from zhihang.methods.polygon import crossing, read_ring
from zhihang.terms import patent_date
from zhihang.terms.credit_code import judge_one, normal
from zhihang.terms.quantity import SCALES, read_quantity
from zhihang.terms.unit import Unit

EDITION = "GB/T 4754-2017"
CLASSES_2019 = "专利密集型产业统计分类(2019)"
_EDITIONS = {"2017": EDITION, "2011": "GB/T 4754-2011"}
_ORDINALS = {"third": "三", "fourth": "四", "fifth": "五", "sixth": "六"}
LONGEST_SERIES = 12
"""The name of a series is short; what is longer is a note."""
_YES = {"是", "有", "yes", "y", "true", "1", "1.0", "√", "✓", "已", "规上"}
_NO = {"否", "没有", "no", "n", "false", "0", "0.0", "×", "未", "规下"}
_PLAIN = r"^[+-]?\d{1,15}(\.\d+)?$"
_SPLIT = re.compile(r"[;；、，,|\n]+")


class Cell(NamedTuple):
    """What a cell says, or why it says nothing that can be used."""

    value: object
    problem: str | None = None


def each(written: pa.Array, read: Callable[[str], Cell], kind: pa.DataType) -> tuple[pa.Array, pa.Array]:
    """Return the value of each cell and its problem; equal cells are read once, blanks stay blank."""
    encoded = written.dictionary_encode()
    cells = [read(text) for text in encoded.dictionary.to_pylist()]
    values = pa.array([cell.value for cell in cells], kind)
    problems = pa.array([cell.problem for cell in cells], pa.string())
    return values.take(encoded.indices), problems.take(encoded.indices)


def numbers(written: pa.Array, base: str, unit: str | None) -> tuple[pa.Array, pa.Array]:
    """Return amounts in the unit `base` of cells written in `unit` or with a unit of their own, and their problems."""
    stated = unit or (base if base != "元" else None)
    scale = _scale(stated, base) if stated else None
    if not isinstance(scale, str) and scale is not None:
        plain = pc.fill_null(pc.match_substring_regex(written, _PLAIN), False)
        if pc.all(pc.or_(plain, pc.is_null(written))).as_py():
            amounts = pc.multiply(pc.cast(written, pa.float64()), scale)
            below = pc.fill_null(pc.less(amounts, 0), False)
            if not pc.any(below).as_py():
                return amounts, pa.nulls(len(written), pa.string())
    return each(written, lambda text: _number(text, base, stated), pa.float64())


def _number(text: str, base: str, unit: str | None) -> Cell:
    own = read_quantity(text)
    if own is None:
        return Cell(None, "不是可识别的数字；not readable as a number")
    used = own.unit or unit
    if own.unit in SCALES:
        used = f"{own.unit}{(Unit.parse(unit).base if unit else base).split('/')[0]}"
    if used is None:
        return Cell(
            None, f"no unit: write it in the header, as in （万元）, or behind the number; kept in {base}"
        )
    scale = _scale(used, base)
    if isinstance(scale, str):
        return Cell(None, scale)
    amount = float(Decimal(str(own.value)) * Decimal(str(scale)))
    return Cell(None, "数额小于0；an amount below 0") if amount < 0 else Cell(amount)


@lru_cache(maxsize=256)
def _scale(unit: str, base: str) -> float | str:
    """How much of `base` one `unit` is, or why that cannot be said."""
    try:
        found = Unit.parse(unit)
    except ZhihangError:
        return f'the unit "{unit}" is not known; kept in {base}'
    return (
        float(found.scale)
        if found.base == base
        else f'the unit "{unit}" does not measure what is kept in {base}'
    )


def degrees(text: str) -> Cell:
    """Read an angle in decimal degrees."""
    try:
        angle = float(text.rstrip("°度"))
    except ValueError:
        return Cell(None, "不是可识别的经纬度（十进制度）；not readable as decimal degrees")
    return (
        Cell(angle)
        if -180 <= angle <= 180
        else Cell(None, "经纬度不在-180至180度之间；not between -180 and 180 degrees")
    )


def year(text: str) -> Cell:
    """Read a year."""
    found = re.fullmatch(r"((?:19|20)\d\d)(?:\.0|年|年度)?", text)
    return Cell(int(found[1])) if found else Cell(None, "不是可识别的年份；not readable as a year")


def day(text: str) -> Cell:
    """Read a day; a month or a year alone is none."""
    read = patent_date.settle(pa.array([text]))
    found, partial, problem = (column[0].as_py() for column in (read.date, read.partial, read.problem))
    if found is None or problem:
        return Cell(None, problem or "not readable as a day")
    return Cell(None, f"not a whole day ({text})") if partial else Cell(found)


def yes_or_no(text: str) -> Cell:
    """Read yes or no."""
    low = text.strip().lower()
    return Cell(low in _YES) if low in _YES | _NO else Cell(None, "只能填是或否；neither yes nor no (是, 否)")


def credit_code(text: str) -> Cell:
    """Read a unified social credit code; one whose check character is wrong counts as none."""
    judged = judge_one(text)
    if judged == "right":
        return Cell(normal(text))
    return Cell(
        None,
        "校验码有误；the check character is wrong"
        if judged == "wrong"
        else "不是统一社会信用代码；not a unified social credit code",
    )


def listed(name: str) -> Callable[[str], Cell]:
    """Return a reader of codes and names of a list."""
    codes = CodeLists()[name]

    def read(text: str) -> Cell:
        found = codes.find(text)
        known = "、".join(code.label.zh for code in codes)
        return Cell(found.code) if found else Cell(None, f"不在可选值之内；not in the list {name}: {known}")

    return read


def titles(text: str) -> Cell:
    """Read titles of a firm as codes; what the list does not know stays as written."""
    codes = CodeLists()["enterprise_title"]
    parts = [part.strip() for part in _SPLIT.split(text) if part.strip()]
    found = [(codes.find(part), part) for part in parts]
    return Cell(";".join(dict.fromkeys(code.code if code else part for code, part in found)) or None)


def one_park(text: str) -> Cell:
    """Read the park of a firm: one."""
    parts = [part for part in _SPLIT.split(text) if part.strip()]
    return (
        Cell(text)
        if len(parts) < 2
        else Cell(
            None,
            f"企业填了几个园区，请只填计入的一个；a firm in {len(parts)} parks: name the one that counts it",
        )
    )


def boundary(text: str) -> Cell:
    """Read an outline; one that crosses itself has no inside."""
    try:
        met = crossing(read_ring(text))
    except ValueError as error:
        return Cell(None, str(error))
    return (
        Cell(text)
        if met is None
        else Cell(None, f"边界自相交；the outline crosses itself: sides {met[0]} and {met[1]} meet")
    )


def edition(text: str) -> Cell:
    """Read the edition of the industrial classification."""
    if text in (CLASSES_2019, CLASSES_2019.replace("(", "（").replace(")", "）")):
        return Cell(CLASSES_2019)
    found = re.search(r"(2017|2011)", text)
    return (
        Cell(_EDITIONS[found[1]])
        if found
        else Cell(None, f"行业分类版本不明；known editions: {', '.join(_EDITIONS.values())}")
    )


def census(text: str) -> Cell:
    """Read which economic census a text names; none is no fault."""
    found = re.search(r"第([一二三四五六七八九])次(?:全国)?经济普查|(\w+) economic census", text)
    number = found and (found[1] or _ORDINALS.get(found[2].lower(), found[2]))
    return Cell(f"第{number}次经济普查" if number else None)


def series(text: str) -> Cell:
    """Read which run of the statistics figures belong to; a long note that names none says nothing."""
    named_census = census(text)
    if named_census.value:
        return named_census
    if re.search(r"修订|revised", text, re.IGNORECASE):
        return Cell("修订数")
    named = len(text) <= LONGEST_SERIES and re.search("口径|系列|普查|快报|初步|核实|年报|首次|原", text)
    return Cell(text if named else None)


def industry(text: str, stated: str | None) -> Cell:
    """Read an industry by code (with or without the letter of its section) or by its name, in an edition."""
    listed_class = CodeLists()["patent_intensive_class"].find(text)
    if listed_class and stated in (None, CLASSES_2019):
        return Cell(listed_class.code)
    wanted = stated or EDITION
    bare = re.sub(r"^[A-T](?=\d)", "", text.strip().upper())
    if re.fullmatch(r"\d{2,4}|[A-T]", bare) is None:
        if bare in ("TOTAL", "合计", "工业合计", "总计"):
            return Cell("total")
        code = _industry_names(wanted).get(text.strip())
        return (
            Cell(code)
            if code
            else Cell(
                None,
                f"没有这一行业名称，或有几个同名行业；no industry of {wanted} has this name, or several have",
            )
        )
    if bare in _industry_codes(wanted):
        return Cell(bare)
    others = [each for each in _EDITIONS.values() if bare in _industry_codes(each)]
    known = f"; it is one of {others[0]}: state the edition, or translate it" if others else ""
    return Cell(None, f"该版本没有这一行业代码；no code of {wanted}{known}")


@lru_cache(maxsize=4)
def _industry_codes(wanted: str) -> frozenset[str]:
    rows = CodeLists().rows("industries_gbt4754")
    return frozenset(row["code"] for row in rows if row["edition"] == wanted)


@lru_cache(maxsize=4)
def _industry_names(wanted: str) -> dict[str, str]:
    """Names borne by one code, or by a code and its only child."""
    found: dict[str, list[str]] = {}
    for row in CodeLists().rows("industries_gbt4754"):
        if row["edition"] == wanted:
            found.setdefault(row["zh"], []).append(row["code"])
    return {
        name: max(codes, key=len)
        for name, codes in found.items()
        if all(max(codes, key=len).startswith(code) for code in codes)
    }
