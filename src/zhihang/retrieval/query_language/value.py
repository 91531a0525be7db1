# SPDX-License-Identifier: Apache-2.0
"""The leaf that one written value of a structured field stands for."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cached_property
from typing import cast

from zhihang.facts.codelist import CodeLists
from zhihang.retrieval.query import (
    Equals,
    Name,
    NameField,
    Number,
    Organisation,
    Query,
    SavedSet,
    Span,
)
from zhihang.retrieval.query_language import class_value, date_value
from zhihang.retrieval.query_language.code_value import CodeValues, code_values
from zhihang.retrieval.query_language.fault import Fault, close
from zhihang.retrieval.query_language.field import Field
from zhihang.retrieval.query_language.style import Use
from zhihang.retrieval.query_language.word import MOST_WILDCARDS, sized

_PREFIX = re.compile(r"[A-Za-z]{2}\d{2,}[A-Za-z\d]*\*")


class Values:
    """Reads values of structured fields; knows the code lists and the saved sets of a workspace."""

    def __init__(self, lists: CodeLists, saved_sets: Collection[str]) -> None:
        self._lists = lists
        self._sets = saved_sets

    @cached_property
    def _codes(self) -> CodeValues:
        """The code lists, read when a query first asks for one."""
        return code_values(self._lists)

    def leaf(self, use: Use, text: str, at: Span, *, quoted: bool) -> Query:
        """Return the leaf for a value written as one word, or in quotation marks."""
        sized(text, at)
        field = use.field
        assert field is not None  # refused fields never come here
        if use.values and text.casefold() not in use.values:
            raise Fault("value", at, text=text, name=use.code, expected=", ".join(use.values), **_NOT_CLOSE)
        text = use.values.get(text.casefold(), text)
        if field.kind in ("date", "number"):
            return date_value.exactly(field.name, field.kind, text, at)
        if field.kind == "class":
            return class_value.under(field.name, text, at, alone=quoted or use.exact)
        if field.kind == "name":
            return Name(cast(NameField, field.source), _name(text, at), at=at)
        if field.kind == "contains":
            return Equals(field.name, _name(text, at), at=at)
        if field.kind == "organisation":
            return Organisation(" ".join(text.split()), at=at)
        if field.kind == "number_text":
            return _number(field, text, at)
        if field.kind == "set":
            return self._saved(text, at)
        return self._coded(field, text, at)

    def _coded(self, field: Field, text: str, at: Span) -> Query:
        readers = {
            "code": self._codes.code,
            "flag": self._codes.flag,
            "emerging": self._codes.emerging,
            "place": self._codes.place,
            "industry": self._codes.industry,
            "status": self._codes.status,
        }
        return readers[field.kind](field, text, at)

    def _saved(self, text: str, at: Span) -> Query:
        name = text.strip()
        if name not in self._sets:
            raise Fault("set", at, name=name, **close(name, self._sets))
        return SavedSet(name, at=at)


_NOT_CLOSE = {"close": "", "close_zh": ""}


def _name(text: str, at: Span) -> str:
    name = re.sub(r"\*+", "*", " ".join(text.split())).strip("*")
    bare = re.sub(r"[\W_]", "", name)
    if not bare:
        raise Fault("nothing", at, text=text)
    if len(bare) < 2 and bare.isascii():
        raise Fault("wild_name", at, text=text)
    if name.count("*") + name.count("?") > MOST_WILDCARDS:
        raise Fault("wild_many", at, text=text, most=MOST_WILDCARDS)
    return name


def _number(field: Field, text: str, at: Span) -> Number:
    number = "".join(text.split())
    if "*" in number or "?" in number:
        if field.source == "application" or not _PREFIX.fullmatch(number):
            raise Fault("number_text", at, text=text, hint="", hint_zh="")
        return Number(number.upper(), "publication", at=at)
    return Number(number, field.source, at=at)  # type: ignore[arg-type]
