# SPDX-License-Identifier: Apache-2.0
"""The plans there are."""

from __future__ import annotations

from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest


@page("plans/", room="plans", title=Label("规划一览", "Plans"), menu=1, keeps=True)
def plans(request: PageRequest, ask: Answers) -> Context:
    """Return a row for each plan."""
    return {"listed": ask("plans.listed", patience=30)}
