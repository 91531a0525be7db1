# SPDX-License-Identifier: Apache-2.0
"""Tags of the desks for plans and data: changes with their sign, names of methods and fields, a wish as hidden fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.timezone import localtime

from zhihang.web.splitting import Asked
from zhihang.web.studying import STATES
from zhihang.web.templatetags.words import language_of, sign

register = template.Library()


@register.simple_tag
def signed(change: float | None) -> str:
    """Show a change with its sign; 0 as such, — where nothing is known to compare with."""
    if change is None:
        return "—"
    return format_html("{}", "0" if change == 0 else f"{change:+,}".replace("-", "−"))


@register.simple_tag(takes_context=True)
def method_word(context: Mapping[str, Any], methods: Sequence[Mapping[str, Any]], name: str) -> str:
    """Say a method of splitting."""
    found = next((one for one in methods if one["name"] == name), None)
    if found is None:
        return conditional_escape(name)
    return conditional_escape(str(found[language_of(context)]).partition(":")[0])


@register.simple_tag
def split_state(asked: Asked) -> str:
    """Put a wish into a form as hidden fields."""
    pairs = [
        (name, one)
        for name, value in asked.query().items()
        for one in (value if isinstance(value, list) else [value])
        if one is not None
    ]
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)


@register.simple_tag(takes_context=True)
def field_word(context: Mapping[str, Any], fields: Sequence[Mapping[str, Any]], name: str) -> str:
    """Say where a column goes: the word for it, and its name; what has no field is an attribute."""
    if name.startswith("attribute"):
        return "附加属性" if language_of(context) == "zh" else "an attribute"
    word = next((one["zh"] for one in fields if one["name"] == name), name)
    if language_of(context) == "en" or word == name:
        return conditional_escape(name)
    return format_html('{} <span class="unit">{}</span>', word, name)


DIGEST_STATES: Mapping[str, tuple[str, str, str]] = {
    "ready": ("none", "待发送", "Ready"),
    "sending": ("yellow", "发送中", "Sending"),
    "sent": ("green", "已发送", "Sent"),
    "unclear": ("orange", "不明", "Unclear"),
    "failed": ("red", "未送达", "Failed"),
    "kept": ("none", "仅网页", "Page only"),
    "dropped": ("none", "已取消", "Dropped"),
}


@register.simple_tag(takes_context=True)
def digest_state(context: Mapping[str, Any], name: str) -> str:
    """Show how sending a digest went."""
    hue, zh, en = DIGEST_STATES.get(name, ("none", name, name))
    found: str = sign(context, hue, zh, en)
    return found


@register.simple_tag(takes_context=True)
def study_state(context: Mapping[str, Any], name: str) -> str:
    """Show the state of a recommendation."""
    hue, label = STATES.get(name, STATES["draft"])
    found: str = sign(context, hue, label.zh, label.en)
    return found


@register.simple_tag(takes_context=True)
def study_kind(context: Mapping[str, Any], labels: Mapping[str, Any], name: str) -> str:
    """Say a thing by its label in a table of labels."""
    return conditional_escape(labels[name].in_language(language_of(context)) if name in labels else name)


TASK_HUES = {"not_begun": "none", "under_way": "yellow", "stuck": "orange", "done": "green"}


@register.simple_tag(takes_context=True)
def task_state(context: Mapping[str, Any], task: Mapping[str, Any]) -> str:
    """Show how a task stands, and whether its day is over."""
    label, state = task["label"], task["state"]
    found = sign(context, TASK_HUES[state["status"]], label["zh"], label["en"]) if state else ""
    late = sign(context, "red", "逾期", "Overdue") if task["over"] else ""
    if not found and not late:
        return "未报送" if language_of(context) == "zh" else "not reported"
    return format_html("{} {}", found, late)


@register.simple_tag
def moment(text: str) -> str:
    """Show a time that is kept as text, in the time of the office."""
    try:
        when = localtime(datetime.fromisoformat(str(text)))
    except ValueError:
        return conditional_escape(text)
    return format_html("<time>{}</time>", when.strftime("%Y-%m-%d %H:%M"))


@register.filter
def span(period: str) -> str:
    """Write a period of years as people do: 2016—2020."""
    return str(period).replace("/", "—")


@register.simple_tag(takes_context=True)
def study_paper(context: Mapping[str, Any], name: str) -> str:
    """Say which paper of a study a file is."""
    brief = name.endswith("-brief")
    zh, en = ("简报", "brief") if brief else ("专利导航报告", "report")
    stem = name.removesuffix("-brief")
    return conditional_escape(f"{stem}{zh}" if language_of(context) == "zh" else f"{stem}, {en}")


@register.simple_tag(takes_context=True)
def listed(context: Mapping[str, Any], values: Any, most: int = 0) -> str:
    """Show a list, at most so many of it; a single value as it stands; — for nothing."""
    if isinstance(values, str) or not isinstance(values, Sequence):
        return conditional_escape(values or "—")
    shown = list(values[:most] if most else values)
    left = len(values) - len(shown)
    text = ("、" if language_of(context) == "zh" else ", ").join(str(one) for one in shown)
    return conditional_escape(f"{text or '—'}{f' … +{left}' if left else ''}")
