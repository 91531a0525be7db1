# SPDX-License-Identifier: Apache-2.0
"""Tags for words: both languages side by side in the template, labels, states of things."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from zhihang.terms.label import Label
from zhihang.web.unit_name import unit_in

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
    "estimated": Label("估算", "Estimated"),
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

OPTIONS: Mapping[str, Label] = {
    "": Label("不分组", "Nothing"),
    "county": Label("县区", "County"),
    "city": Label("地市", "City"),
    "kind": Label("专利类型", "Kind"),
    "applicant_type": Label("申请人类型", "Applicant type"),
    "field": Label("技术领域", "Technology field"),
    "emerging": Label("战略性新兴产业", "Emerging industry"),
    "month": Label("月", "Month"),
    "quarter": Label("季", "Quarter"),
    "half_year": Label("半年", "Half year"),
    "year": Label("年", "Year"),
    "five_years": Label("五年", "Five years"),
    "invention": Label("发明", "Invention"),
    "utility_model": Label("实用新型", "Utility model"),
    "design": Label("外观设计", "Design"),
    "computed": Label("本库统计", "Counted here"),
    "published": Label("公布数", "Published"),
    "both": Label("两者", "Both"),
}


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


@register.simple_tag(takes_context=True)
def sign(context: Mapping[str, Any], hue: str, zh: str, en: str) -> str:
    """Show a word of one's own in the form and hue of a warning level."""
    return _sign(context, (LEVELS[hue][0], Label(zh, en)), f"level level-{hue}")


@register.simple_tag(takes_context=True)
def place(context: Mapping[str, Any], code: str, fallback: str = "") -> str:
    """Say the name of a division."""
    from zhihang.web.frame import divisions

    known = divisions()
    found = known.name(code).in_language(language_of(context)) if code in known else fallback or code
    return conditional_escape(found)


@register.simple_tag(takes_context=True)
def unit(context: Mapping[str, Any], name: str) -> str:
    """Say a unit."""
    return conditional_escape(unit_in(name, language_of(context)))


COMPARATORS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "="}


@register.filter
def comparator(target: Mapping[str, Any]) -> str:
    """Show how a target's number is meant: at least, more than, between."""
    if target.get("comparator") == "range" and target.get("value_hi_base"):
        if target["value_hi_base"] == target["value_base"]:
            return ""
        return f"{target['value_base']:g}–"
    return COMPARATORS.get(str(target.get("comparator")), "")


@register.simple_tag(takes_context=True)
def option_word(context: Mapping[str, Any], name: str) -> str:
    """Say a choice of a form."""
    return conditional_escape(OPTIONS[name].in_language(language_of(context)) if name in OPTIONS else name)


@register.filter
def field(row: Mapping[str, Any], name: str) -> Any:
    """Show the field of a row whose name is a variable; — where there is none."""
    found = row.get(name)
    return "—" if found is None else found
