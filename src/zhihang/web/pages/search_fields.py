# SPDX-License-Identifier: Apache-2.0
"""How a query is written: operators, and every field with what it takes."""

from __future__ import annotations

from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest

OPERATORS = (
    ("固态 电池", Label("两个词都有", "both words")),
    ("固态 OR 半固态", Label("任一个", "either")),
    ("电池 NOT 铅酸", Label("排除", "without")),
    ('"固态电池"', Label("完整的词组", "this phrase")),
    ("电解*", Label("以此开头", "beginning so")),
    ("(锂 OR 钠) AND 电池", Label("括号先算", "brackets first")),
    ("APD=2015..2018", Label("一段时间", "a span of time")),
    ("CITED>=10", Label("数量比较", "a number compared")),
    ("SET=龙头企业", Label("引用一个检索集", "a saved set")),
)


@page("search/fields/", room="search", title=Label("检索语法", "How to write a query"), permission="public")
def search_fields(request: PageRequest, ask: Answers) -> Context:
    """Return operators and fields, each with an example."""
    return {"fields": ask("search.fields", patience=30), "operators": OPERATORS}
