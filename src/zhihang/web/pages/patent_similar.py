# SPDX-License-Identifier: Apache-2.0
"""Applications most like one, with what both have in common."""

from __future__ import annotations

from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest

WAYS = {
    "text": Label("文本", "Words"),
    "class": Label("分类", "Classes"),
    "citation": Label("引文", "Citations"),
    "embedding": Label("语义", "Meaning"),
}


@page("patents/<str:number>/similar/", room="search", title=Label("相似专利", "Similar patents"))
def patent_similar(request: PageRequest, ask: Answers, number: str) -> Context:
    """Return the applications like the one that a number in any spelling names."""
    rows = [
        {
            **row,
            "why": [(WAYS.get(way, Label(way, way)), said) for way, said in row["reasons"].items() if said],
        }
        for row in ask("search.similar", number, limit=20)
    ]
    return {"number": number, "rows": rows}
