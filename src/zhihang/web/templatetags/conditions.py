# SPDX-License-Identifier: Apache-2.0
"""Tags for conditions of schemes: what is required, what there is, whether it is met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html

from zhihang.reporting.intensity_remark import told_in_chinese
from zhihang.reporting.sections.intensity.how_sure import change_in_words
from zhihang.terms.label import Label
from zhihang.web import figure_text
from zhihang.web.answers import answers
from zhihang.web.industry_name import in_english, industry_label
from zhihang.web.templatetags.words import language_of, sign
from zhihang.web.unit_name import unit_in

register = template.Library()

SIGNS = {"above": ">", "at_least": "≥", "below": "<", "at_most": "≤"}
LINKS: Mapping[str, Label] = {
    "credit_code": Label("信用代码一致", "same credit code"),
    "name": Label("名称一致", "same name"),
    "spelling": Label("名称写法不同", "another spelling"),
    "several": Label("名称对应多个申请人，未计专利", "several applicants; no patents counted"),
    "none": Label("没有找到申请人", "no applicant found"),
    "not derived": Label("尚未关联", "not linked yet"),
}


def _amount(context: Mapping[str, Any], value: Any, unit: str, measure: str) -> str:
    if value is None:
        return figure_text.NONE
    if not unit and str(measure).endswith(("share", "_to_output")):
        return figure_text.percent(value)
    language = language_of(context)
    written, named = figure_text.short(value, language), unit_in(unit, language)
    return f"{written}{named}" if written.endswith(("万", "亿")) else f"{written} {named}".strip()


@register.simple_tag(takes_context=True)
def required(context: Mapping[str, Any], one: Mapping[str, Any]) -> str:
    """Show what a condition requires."""
    mark = SIGNS.get(one["operator"])
    if mark is None or one["threshold"] is None:
        return ""
    return conditional_escape(
        f"{mark} {_amount(context, one['threshold'], one['unit'], one['measure'] or '')}"
    )


@register.simple_tag(takes_context=True)
def bound(context: Mapping[str, Any], value: Any, measure: str) -> str:
    """Show a bound: a share as such."""
    return conditional_escape(_amount(context, value, "", measure))


@register.simple_tag
def operator(name: str) -> str:
    """Show how a value stands to its bound."""
    return conditional_escape(SIGNS.get(name, ""))


@register.simple_tag(takes_context=True)
def there_is(context: Mapping[str, Any], one: Mapping[str, Any], value: Any, passed: bool | None) -> str:
    """Show the value that a condition was tried on."""
    if one["operator"] in SIGNS:
        return conditional_escape(_amount(context, value, one["unit"], one["measure"] or ""))
    if passed is None:
        return figure_text.NONE
    told = Label("是", "yes") if passed else Label("否", "no")
    return conditional_escape(told.in_language(language_of(context)))


@register.simple_tag(takes_context=True)
def met(context: Mapping[str, Any], passed: bool | None) -> str:
    """Show whether a condition is met: form, word and hue say the same."""
    if passed is None:
        return sign(context, "none", "缺数据", "No data")
    return sign(context, "green", "符合", "Met") if passed else sign(context, "red", "不符合", "Not met")


@register.simple_tag(takes_context=True)
def condition_name(context: Mapping[str, Any], one: Mapping[str, Any]) -> str:
    """Say the name of a condition."""
    if language_of(context) == "zh":
        return conditional_escape(one["label"])
    return conditional_escape(one.get("label_en") or str(one["condition"]).replace("_", " "))


@register.simple_tag(takes_context=True)
def missing_names(
    context: Mapping[str, Any], names: Sequence[str], conditions: Sequence[Mapping[str, Any]]
) -> str:
    """Say the conditions that are not met, the nearest first."""
    known = {one["condition"]: one for one in conditions}
    separator = "、" if language_of(context) == "zh" else ", "
    return separator.join(condition_name(context, known[name]) for name in names if name in known)


@register.simple_tag(takes_context=True)
def scheme_name(context: Mapping[str, Any], name: str, listed: Sequence[Mapping[str, Any]]) -> str:
    """Say the name of a scheme."""
    one = next((one for one in listed if one["scheme"] == name), None)
    if one is None or language_of(context) != "zh":
        return conditional_escape((one or {}).get("label_en") or name.replace("_", " "))
    return conditional_escape(one["label"])


@register.simple_tag(takes_context=True)
def remarks_told(context: Mapping[str, Any], remarks: Sequence[Mapping[str, str]]) -> list[str]:
    """Say the remarks of an identification, each kind once in Chinese."""
    texts = [one["text"] for one in remarks]
    return (
        told_in_chinese(texts)
        if language_of(context) == "zh"
        else [in_english(text) for text in dict.fromkeys(texts)][:12]
    )


@register.simple_tag(takes_context=True)
def link_said(context: Mapping[str, Any], name: str) -> str:
    """Say how a firm of the register was linked to an applicant."""
    return conditional_escape(LINKS.get(name, Label(name, name)).in_language(language_of(context)))


@register.simple_tag(takes_context=True)
def industry(context: Mapping[str, Any], code: str | None) -> str:
    """Say an industry: its code and name."""
    if not code:
        return figure_text.NONE
    name = industry_label(code, " ").in_language(language_of(context))
    return format_html('<span class="faint">{}</span> {}', code, name)


@register.simple_tag(takes_context=True)
def industry_name(context: Mapping[str, Any], code: str, fallback: str = "") -> str:
    """Say the name of an industry."""
    return conditional_escape(industry_label(code, fallback).in_language(language_of(context)))


@register.simple_tag(takes_context=True)
def applicant_type(context: Mapping[str, Any], name: str) -> str:
    """Say the type of an applicant."""
    known = answers().workspace.codes["applicant_type"]
    label = known[name].label if name in known else Label(name, name)
    return conditional_escape(label.in_language(language_of(context)))


@register.filter
def shortly(value: float) -> str:
    """Show a factor."""
    return figure_text.short(value)


@register.simple_tag(takes_context=True)
def change_told(context: Mapping[str, Any], what: str, conditions: Sequence[Mapping[str, Any]]) -> str:
    """Say a change of the rule."""
    if language_of(context) != "zh":
        return conditional_escape(what.replace("_", " "))
    return conditional_escape(change_in_words(what, {one["condition"]: one["label"] for one in conditions}))
