# SPDX-License-Identifier: Apache-2.0
"""Indicators: find them in the catalogue by words, choose some to compare."""

from __future__ import annotations

from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.measured import listed
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest

MOST = 400
OFTEN = ("inventions_in_force", "inventions_per_10k", "invention_filings", "invention_grants")


@page("indicators/", room="indicators", title=Label("指标目录", "Catalogue"), menu=1, keeps=True)
def indicators(request: PageRequest, ask: Answers) -> Context:
    """Return the indicators whose code, name or description has each of the words."""
    words = request.GET.get("words", "")[:200]
    known = listed(ask)
    return {
        "words": words,
        "found": listed(ask, words)[:MOST],
        "all": len(known),
        "often": [one for one in known if one["indicator"] in OFTEN],
        "year": request.view.day.year,
    }
