# SPDX-License-Identifier: Apache-2.0
"""What in the store cannot be, or hardly can be: each check with its count and examples."""

from __future__ import annotations

from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest


@page("data/quality/", room="data", title=Label("数据质量", "Quality"), menu=3, keeps=True)
def data_quality(request: PageRequest, ask: Answers) -> Context:
    """Return the findings of the checks, the gravest first, and where published figures contradict each other."""
    if not ask.run():
        return {"found": [], "clean": 0, "contradictions": [], "empty": True}
    findings = ask("quality")
    found = [one for one in findings if one["count"]]
    return {
        "found": found,
        "clean": len(findings) - len(found),
        "errors": sum(one["count"] for one in found if one["severity"] == "error"),
        "contradictions": ask("check")[:100],
    }
