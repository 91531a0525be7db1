# SPDX-License-Identifier: Apache-2.0
"""Topic databases: what there is, how large each is, when it was built."""

from __future__ import annotations

from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest


@page(
    "search/topics/", room="search", title=Label("专题数据库", "Topic databases"), menu=3, permission="public"
)
def topics(request: PageRequest, ask: Answers) -> Context:
    """Return a row for each topic, those built first."""
    rows = ask.workspace.topics.listed()
    built = [row for row in rows if row["built"]]
    return {"rows": sorted(rows, key=lambda row: (not row["built"], row["label"])), "built": len(built)}
