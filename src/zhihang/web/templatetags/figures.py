# SPDX-License-Identifier: Apache-2.0
"""Tags for figures: short on the page, in full on hover, and a link to their explanation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html

from zhihang.reporting.left_out import left_out
from zhihang.reporting.remark import told
from zhihang.web import figure_text
from zhihang.web.measured import listed
from zhihang.web.templatetags.addresses import address_to
from zhihang.web.templatetags.words import language_of

register = template.Library()


@register.simple_tag(takes_context=True)
def figure(
    context: Mapping[str, Any],
    value: Any,
    *,
    indicator: str = "",
    plan: str = "",
    target: str = "",
    region: str = "",
    period: Any = "",
    unit: str = "",
    digits: int = 2,
    missing: str = "",
) -> str:
    """Show a figure as a link to its explanation.

    With ``indicator=`` and ``period=`` (a year, month, or day), or with ``plan=`` and ``target=``; `region` is
    by default that of the view. `missing` says why there is none.
    """
    view = context.get("view")
    written = figure_text.short(value, language_of(context), digits=digits)
    whole = f"{figure_text.exact(value)} {unit}".strip() if value is not None else missing
    place = {"region": region} if region else {}
    if indicator and period:
        link = address_to(view, "explain", indicator=indicator, period=period, **place)
    elif plan and target:
        link = address_to(view, "explain_target", plan=plan, target=target, **place)
    else:
        return format_html('<span class="figure" title="{}">{}</span>', whole, written)
    return format_html(
        '<a class="figure" href="{0}" hx-get="{0}" hx-target="#panel" hx-swap="innerHTML" title="{1}">{2}</a>',
        link,
        whole,
        written,
    )


@register.filter
def percent(share: float | None) -> str:
    """Show a share as a percentage with one decimal."""
    return figure_text.percent(share)


@register.filter
def exact(value: float | None) -> str:
    """Show a number in full."""
    return figure_text.exact(value)


@register.simple_tag(takes_context=True)
def number(context: Mapping[str, Any], value: Any, digits: int = 2) -> str:
    """Show a number that has no explanation of its own, such as a count of rows."""
    return format_html(
        '<span class="number" title="{}">{}</span>',
        figure_text.exact(value),
        figure_text.short(value, language_of(context), digits=digits),
    )


@register.filter
def file_name(path: str) -> str:
    """Show a file without the folders it lies in."""
    return str(path).rsplit("/", 1)[-1]


@register.simple_tag(takes_context=True)
def remark(context: Mapping[str, Any], said: str) -> str:
    """Say the remark of a measured figure in the language of the page."""
    return conditional_escape("；".join(told(said, language_of(context))) if said else "")


@register.simple_tag(takes_context=True)
def why_left_out(context: Mapping[str, Any], reason: str) -> str:
    """Say why rows were left out of a count in the language of the page."""
    return conditional_escape(left_out(reason, language_of(context)))


@register.simple_tag(takes_context=True)
def definition(context: Mapping[str, Any], code: str, english: str) -> str:
    """Say what an indicator counts."""
    if language_of(context) == "en":
        return conditional_escape(english)
    known = {one["indicator"]: one["definition"] for one in listed(context["request"].answers)}
    return conditional_escape(known.get(code) or english)
