# SPDX-License-Identifier: Apache-2.0
"""Explain a figure of an indicator: definition, formula with the numbers in it, rows, files, other conventions."""

from __future__ import annotations

from zhihang.errors import NotFound
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest


@page(
    "explain/",
    room="indicators",
    title=Label("数字的来源", "Where a figure comes from"),
    scoped=True,
    keeps=True,
)
def explain(request: PageRequest, ask: Answers) -> Context:
    """Return the explanation of the figure that the address names."""
    code, period = request.GET.get("indicator", ""), request.GET.get("period", "")
    if not (code and period):
        raise NotFound(
            "The address names no figure. 网址未指明数字。",
            {"expected": "indicator=inventions_in_force&period=2018"},
            todo="Select a figure on a page. 请在页面上点击一个数字。",
        )
    region = request.view.region
    told = ask("explanation", code, region, period)["data"]
    if told["value"] is None:
        published = ask("explanation", code, region, period, basis="published")["data"]
        told = published if published["value"] is not None else told
    return {"told": told, "working": told["working"]}
