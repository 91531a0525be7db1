# SPDX-License-Identifier: Apache-2.0
"""One chart with its table and nothing around it, for the page of somebody else to show in a frame."""

from __future__ import annotations

from django.http import HttpResponse
from django.template.loader import render_to_string

from zhihang.errors import DefinitionError
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.deployment import deployment
from zhihang.web.measure_chart import asked_for, chart_of
from zhihang.web.measured import measured
from zhihang.web.middleware.security_headers import POLICY
from zhihang.web.open_data import require_values
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest


@page("embed/", title=Label("嵌入图表", "Embedded chart"), permission="public")
def embed(request: PageRequest, ask: Answers) -> Context | HttpResponse:
    """Return the chart of the first indicator that the address names; only the sites of the settings may frame it."""
    chosen, question = asked_for(request, ask)
    if not chosen:
        raise DefinitionError(
            "The address names no indicator. 网址中没有指标。", todo="Such as ?indicator=inventions_in_force."
        )
    one, region = chosen[0], request.view.region
    require_values(request.person, [one["indicator"]], region)
    rows = measured(ask, [one["indicator"]], region, **question, patience=30)
    shown = {"one": one, "chart": chart_of(request, one, rows, question["by"])}
    response = HttpResponse(render_to_string("embed.html", {**shown, "page": embed}, request))
    ancestors = " ".join(["'self'", *deployment().texts("frame_ancestors")])
    response.headers["Content-Security-Policy"] = POLICY.replace(
        "frame-ancestors 'none'", f"frame-ancestors {ancestors}"
    )
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
