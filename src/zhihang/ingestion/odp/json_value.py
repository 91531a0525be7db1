# SPDX-License-Identifier: Apache-2.0
"""Values out of JSON as a reader hands them on: texts as written, numbers and truth values as texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, TypeAlias

from zhihang.facts.codelist import CodeList, CodeLists

Object: TypeAlias = Mapping[str, Any]


def said(value: object) -> str | None:
    """Return a value as text, None where there is nothing."""
    if value is None or isinstance(value, (Mapping, list)):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).strip() or None


def objects(value: object) -> list[Object]:
    """Return the objects of a bag; what is no object in it is left out."""
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def inner(value: object) -> Object:
    """Return an inner object, an empty one where there is none."""
    return value if isinstance(value, Mapping) else {}


def joined(*values: object, by: str = " ") -> str | None:
    """Join what is said of several values."""
    return by.join(text for value in values if (text := said(value))) or None


def day(value: object) -> str | None:
    """Return the date of a point in time."""
    return (said(value) or "").partition("T")[0] or None


def leaves(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text below a value with the names that lead to it."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from leaves(part, f"{path}/{name}" if path else str(name))
    elif isinstance(value, list):
        for part in value:
            yield from leaves(part, path)
    elif text := said(value):
        yield path, text


def office(name: object) -> str | None:
    """Return the code of an office that is called by its name; a name nobody knows stays."""
    text = said(name)
    if text is None:
        return None
    found = _offices().find(text) or _offices().find(text.partition("(")[0].strip())
    return found.code if found else text


@cache
def _offices() -> CodeList:
    return CodeLists()["office"]
