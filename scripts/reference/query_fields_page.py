# SPDX-License-Identifier: Apache-2.0
"""The page on the fields of the query language and on what is read of other services' queries."""

from __future__ import annotations

from reference.markdown import code, table
from zhihang.retrieval.query_language.field import Field, fields
from zhihang.retrieval.query_language.style import OWN, Style, styles
from zhihang.terms.label import Label

_GROUPS = {
    "Texts · 文本": ("text",),
    "Names, organisations, numbers · 名称、机构、号码": ("name", "organisation", "number_text"),
    "Classes · 分类": ("class",),
    "Dates and counts · 日期与数量": ("date", "number"),
    "Codes, places, states · 代码、地区、状态": (
        "code",
        "contains",
        "flag",
        "emerging",
        "place",
        "industry",
        "status",
    ),
    "Saved sets · 检索集": ("set",),
}


def query_fields_page() -> str:
    """Return the page on fields and styles."""
    opening = [
        "# Fields of the query language · 检索字段",
        "`FIELD=value` or `FIELD：value`; any of the names, in any case and width. How queries are written:\n"
        "[search patents](../how-to/search-patents.md); why so: [the query language](../explanation/query-language.md).",
    ]
    groups = [_group(title, kinds) for title, kinds in _GROUPS.items()]
    others = [_style(style) for style in styles().values() if style.name != OWN]
    told = (
        "## Queries of other services · 其他系统的检索式\n\n"
        "Told by their field names, or asked for with `--style`. A name without a field here is refused with the\n"
        "reason; so is a value that has no counterpart, and every name that is not listed."
    )
    return "\n\n".join([*opening, *groups, told, *others])


def _group(title: str, kinds: tuple[str, ...]) -> str:
    rows = [_row(one) for one in fields().values() if one.kind in kinds]
    return f"## {title}\n\n{table(['code', '中文', 'other names', 'what it finds', 'example'], rows)}"


def _row(one: Field) -> list[object]:
    others = ", ".join(map(code, (*one.aliases, one.name)))
    return [code(one.code), one.zh, others, one.description, code(one.example)]


def _style(style: Style) -> str:
    rows = [
        (
            code(use.code),
            code(use.field.code) if use.field else "",
            ", ".join(f"{theirs} = {ours}" for theirs, ours in use.values.items()),
            _told(use.note or use.reason),
        )
        for use in style.uses.values()
    ]
    heading = f"### {style.zh} · {style.en} (`--style {style.name}`)\n\nSource: {style.source}."
    return f"{heading}\n\n{table(['theirs', 'here', 'values', 'remark, or why it is refused'], rows)}"


def _told(remark: Label | None) -> str:
    return f"{remark.en} · {remark.zh}" if remark else ""
