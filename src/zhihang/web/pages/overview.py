# SPDX-License-Identifier: Apache-2.0
"""Overview of a region: how its targets stand, where, where they are heading, and what needs action."""

from __future__ import annotations

from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest


@page("", room="overview", title=Label("总览", "Overview"), scoped=True, menu=1)
def overview(request: PageRequest, ask: Answers) -> Context:
    """Return the targets of the plans that concern the region."""
    return {}
