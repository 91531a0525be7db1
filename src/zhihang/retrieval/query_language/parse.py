# SPDX-License-Identifier: Apache-2.0
"""From the text of a query to its tree: style, saved sets, numbers, and what the user should know about it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from zhihang.errors import DefinitionError
from zhihang.facts.codelist import CodeLists
from zhihang.retrieval.query import ClassUnder, Number, Query, leaves
from zhihang.retrieval.query_language.detect import detected
from zhihang.retrieval.query_language.fault import Fault, told
from zhihang.retrieval.query_language.number_value import check_numbers
from zhihang.retrieval.query_language.parser import Parser
from zhihang.retrieval.query_language.query_text import QueryText, spelt
from zhihang.retrieval.query_language.style import OWN, Style, styles
from zhihang.retrieval.query_language.value import Values
from zhihang.terms.label import Label


@dataclass(frozen=True)
class Reading:
    """A query as read: its tree, the style it was read in, and remarks for the user."""

    text: str
    query: Query
    style: Style
    notes: tuple[Label, ...] = ()


def parse(
    text: str,
    saved_sets: Collection[str] = (),
    *,
    style: str = "",
    codes: CodeLists | None = None,
) -> Query:
    """Return the tree of a query.

    Parameters
    ----------
    text
        The query as the user wrote it.
    saved_sets
        Names that ``SET=name`` may name.
    style
        Way it is written: own, patsnap, incopat, office; detected by its field names if not given.
    codes
        Code lists of the workspace; those of the package if not given.

    Raises
    ------
    QuerySyntaxError
        With a mark under the place and what was expected there.
    """
    return read(text, saved_sets, style=style, codes=codes).query


def read(
    text: str,
    saved_sets: Collection[str] = (),
    *,
    style: str = "",
    codes: CodeLists | None = None,
) -> Reading:
    """Return the tree of a query with the style it was read in, and remarks; see `parse`."""
    lists = codes or CodeLists()
    if style and style not in styles():
        raise DefinitionError(
            f'There is no style "{style}" of queries.',
            {"styles": ", ".join(styles())},
            todo="Take one of these.",
        )
    try:
        source = spelt(text)
        chosen = styles()[style] if style else detected(source.chars)
        source = _without_comments(source, chosen)
        parser = Parser(source, chosen, Values(lists, saved_sets))
        query = parser.read()
        check_numbers([leaf for leaf in leaves(query) if isinstance(leaf, Number)])
    except Fault as fault:
        raise told(fault, text) from None
    return Reading(text, query, chosen, (*_read_as(chosen, style), *parser.notes, *_unlisted(query, lists)))


def _without_comments(source: QueryText, style: Style) -> QueryText:
    if not style.comments or style.comments not in source.chars:
        return source
    line = re.compile(rf"^[ \t]*{re.escape(style.comments)}.*$", re.MULTILINE)
    chars = line.sub(lambda found: " " * len(found[0]), source.chars)
    return QueryText(source.written, chars, source.places)


def _read_as(style: Style, asked: str) -> tuple[Label, ...]:
    if asked or style.name == OWN:
        return ()
    zh = f"按{style.zh}的写法读取；若非本意，请指定 --style own"
    return (Label(zh, f"read in the style of {style.en}; if that is not meant, ask with --style own"),)


def _unlisted(query: Query, codes: CodeLists) -> tuple[Label, ...]:
    """Remark on subclasses of the IPC that are not in the list: they may be former ones, or slips."""
    asked = {leaf.code[:4] for leaf in leaves(query) if isinstance(leaf, ClassUnder) and leaf.scheme == "ipc"}
    if not asked or "ipc" not in codes:
        return ()
    listed = {row["subclass"] for row in codes.rows("ipc")}
    unknown = sorted(code for code in asked if len(code) == 4 and code not in listed)
    if not unknown:
        return ()
    names = ", ".join(unknown[:20])
    return (Label(f"不在IPC小类表中：{names}", f"not in the list of IPC subclasses: {names}"),)
