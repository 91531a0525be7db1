# SPDX-License-Identifier: Apache-2.0
"""Tags for words: both languages side by side in the template, labels, states of things."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from zhihang.terms.label import Label

register = template.Library()

PACES: Mapping[str, tuple[str, Label]] = {
    "ahead": ("▲", Label("超前", "Ahead")),
    "on_track": ("●", Label("正常", "On track")),
    "behind": ("▼", Label("滞后", "Behind")),
    "none": ("○", Label("无数据", "No data")),
}
LEVELS: Mapping[str, tuple[str, Label]] = {
    "green": ("●", Label("绿", "Green")),
    "yellow": ("◆", Label("黄", "Yellow")),
    "orange": ("▲", Label("橙", "Orange")),
    "red": ("▼", Label("红", "Red")),
    "none": ("○", Label("无数据", "No data")),
}
STATUSES: Mapping[str, Label] = {
    "computed": Label("本库统计", "Counted here"),
    "simulated": Label("模拟数据", "Simulated"),
    "published": Label("原公布", "As published"),
    "as_restated": Label("修订后", "As restated"),
    "derived": Label("推算", "Derived"),
    "preliminary": Label("初步", "Preliminary"),
    "interpolated": Label("内插", "Interpolated"),
    "incomplete": Label("不完整", "Incomplete"),
    "missing": Label("无数据", "Missing"),
}

JOB_STATES: Mapping[str, tuple[str, Label]] = {
    "queued": ("○", Label("排队中", "Queued")),
    "running": ("◐", Label("进行中", "Running")),
    "done": ("●", Label("已完成", "Done")),
    "failed": ("▼", Label("未完成", "Failed")),
    "stopped": ("■", Label("已停止", "Stopped")),
    "interrupted": ("▲", Label("中断", "Interrupted")),
}
JOB_HUES = {"done": "green", "failed": "red", "interrupted": "orange", "running": "yellow"}


def language_of(context: Mapping[str, Any]) -> Any:
    """Return the language of the page that a tag stands on."""
    return context.get("language") or "zh"


@register.simple_tag(takes_context=True)
def t(context: Mapping[str, Any], zh: str, en: str, **values: Any) -> str:
    """Say a sentence: ``{% t "共 {n} 件" "{n} in all" n=total %}``; what is put in is escaped."""
    said = zh if language_of(context) == "zh" else en
    return format_html(said, **values) if values else SafeString(said)


@register.simple_tag(takes_context=True)
def say(context: Mapping[str, Any], thing: Any, *keys: str) -> str:
    """Say a label, or the field of a row whose two languages are ``zh`` and ``en``, or those two keys."""
    if isinstance(thing, Label):
        return conditional_escape(thing.in_language(language_of(context)))
    zh, en = keys if len(keys) == 2 else ("zh", "en")
    name = zh if language_of(context) == "zh" else en
    found = thing.get(name) or thing.get(zh) if isinstance(thing, Mapping) else getattr(thing, name, "")
    return conditional_escape(found or "")


@register.simple_tag(takes_context=True)
def pace(context: Mapping[str, Any], name: str) -> str:
    """Show how far along a target is: form, word and hue say the same."""
    return _sign(context, PACES.get(name, PACES["none"]), f"pace pace-{name or 'none'}")


@register.simple_tag(takes_context=True)
def level(context: Mapping[str, Any], name: str) -> str:
    """Show a warning level: form, word and hue say the same."""
    return _sign(context, LEVELS.get(name, LEVELS["none"]), f"level level-{name or 'none'}")


@register.simple_tag(takes_context=True)
def status(context: Mapping[str, Any], name: str) -> str:
    """Show where a figure stands between counted, published and restated."""
    label = STATUSES.get(name)
    word = label.in_language(language_of(context)) if label else name
    return format_html('<span class="status status-{}">{}</span>', name, word) if name else ""


def _sign(context: Mapping[str, Any], said: tuple[str, Label], kind: str) -> str:
    form, label = said
    word = label.in_language(language_of(context))
    return format_html('<span class="{}"><span aria-hidden="true">{}</span> {}</span>', kind, form, word)


@register.filter
def split(text: str) -> list[str]:
    """Part a text at its commas."""
    return text.split(",")


@register.simple_tag(takes_context=True)
def job_state(context: Mapping[str, Any], name: str) -> str:
    """Show the state of a job: form, word and hue say the same."""
    return _sign(context, JOB_STATES[name], f"level level-{JOB_HUES.get(name, 'none')}")
