# SPDX-License-Identifier: Apache-2.0
"""Conditions on parties: written names and addresses that contain a text, and resolved organisations."""

from __future__ import annotations

import operator
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from zhihang.facts.codelist import fold_name
from zhihang.retrieval.query import Leaf, Name, Organisation
from zhihang.retrieval.query_language.tables import Tables, balanced

if TYPE_CHECKING:
    import ibis.expr.types as ir

RESOLVED = ("party_organisation", "organisation", "organisation_name")
_ROLES: Mapping[str, tuple[str, ...]] = {
    "applicant": ("applicant", "assignee"),
    "filer": ("applicant",),
    "holder": ("assignee",),
    "inventor": ("inventor",),
    "agency": ("agency",),
    "address": ("applicant", "assignee"),
}
_WIDE = "".join(chr(code) for code in range(0xFF01, 0xFF5F)) + "\u3000"
_HALF = "".join(chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)) + " "
_ANY_WIDE = "[\uff01-\uff5e\u3000]"
_FEW = 8
"""So many texts are looked for one by one; more of them as alternatives of a few patterns."""
_PILE = 400
_MEANT = re.compile(r"([.^$+{}\[\]|()\\])")


def named(asked: Sequence[Leaf], base: ir.Table, tables: Tables) -> ir.BooleanValue:
    """Hold for applications with a party of the asked kind whose name or address contains one of the texts."""
    names = [leaf for leaf in asked if isinstance(leaf, Name)]
    rows, kind = tables.table("party"), names[0].field
    texts = [leaf.text for leaf in names]
    if kind == "address":
        found = holds_any(rows.address, texts)
    else:
        found = holds_any(rows.name, texts) | holds_any(rows.name_latin, texts)
    rows = rows.filter(rows.role.isin(list(_ROLES[kind])) & found)
    return base.application_id.isin(rows.application_id)


def resolved(asked: Sequence[Leaf], base: ir.Table, tables: Tables) -> ir.BooleanValue:
    """Hold for applications of organisations that go by one of the ids or names."""
    texts = sorted({leaf.name for leaf in asked if isinstance(leaf, Organisation)})
    folded = sorted({fold_name(text) for text in texts})
    cards, names = tables.table("organisation"), tables.table("organisation_name")
    by_card = cards.filter(
        cards.organisation_id.isin(texts)
        | cards.credit_code.isin([text.upper() for text in texts])
        | _folded(cards.name).isin(folded)
    )
    by_name = names.filter(_folded(names.name).isin(folded) | _folded(names.standard_name).isin(folded))
    ids = by_card.select("organisation_id").union(by_name.select("organisation_id")).distinct()
    rows = tables.table("party_organisation").semi_join(ids, "organisation_id")
    return base.application_id.isin(rows.application_id)


def holds_any(column: ir.StringColumn, texts: Sequence[str]) -> ir.BooleanValue:
    """Hold where a text contains one of the others, case and width aside; `*` stands for a gap, `?` for a character."""
    asked = list(dict.fromkeys(fold_name(one) for one in texts))
    text = column if all(map(_has_one_form, asked)) else _folded(column)
    if len(asked) <= _FEW:
        parts = [_holds(text, one) for one in asked]
    else:
        piles = [asked[start : start + _PILE] for start in range(0, len(asked), _PILE)]
        parts = [text.re_search("|".join(map(_pattern, pile))) for pile in piles]
    return balanced(operator.or_, [part.fill_null(False) for part in parts])


def _holds(column: ir.StringValue, text: str) -> ir.BooleanValue:
    return column.re_search(_pattern(text)) if "*" in text or "?" in text else column.contains(text)


def _pattern(text: str) -> str:
    """Return a pattern of plain characters, gaps and single characters; it takes time in step with the text."""
    return _MEANT.sub(r"\\\1", text).replace("*", ".*").replace("?", ".")


def _has_one_form(text: str) -> bool:
    """Say whether no character of a text has another case or width, as in Chinese: then no column need be folded."""
    return all(sign in "*?" or (not sign.isascii() and sign.lower() == sign.upper()) for sign in text)


def _folded(column: ir.StringValue) -> ir.StringValue:
    """Make wide characters narrow and letters small; few texts have wide ones, and replacing them takes long."""
    return column.re_search(_ANY_WIDE).ifelse(column.translate(_WIDE, _HALF), column).lower()
