# SPDX-License-Identifier: Apache-2.0
"""How good the corpus of a study is: precision and recall estimated from labels, with intervals."""

from __future__ import annotations

from zhihang.errors import NotFound
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest

WHAT = {
    "precision": Label("查准率", "Precision"),
    "recall": Label("查全率", "Recall"),
    "f1": Label("F1", "F1"),
}


@page("studies/of/<str:study>/quality/", room="studies", title=Label("语料库质量", "Quality of the corpus"))
def study_quality(request: PageRequest, ask: Answers, study: str) -> Context:
    """Return a row for the corpus and for each node; none while nothing is labelled."""
    shown = ask.workspace.studies.show(study)
    try:
        rows = ask("studies.evaluate", study) if shown["labels"] else []
    except NotFound:
        rows = []
    return {"study": shown, "rows": rows, "what": WHAT}
