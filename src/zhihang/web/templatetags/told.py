# SPDX-License-Identifier: Apache-2.0
"""Tags that say what the program writes about itself (log, jobs, runs, faults, evidence) in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import conditional_escape

from zhihang.reporting.arithmetic_word import arithmetic_word
from zhihang.reporting.evidence_word import place_word
from zhihang.reporting.run_word import VERBS, run_word, table_word
from zhihang.web.fault_word import fault_word
from zhihang.web.jobs.verb import verbs
from zhihang.web.templatetags.words import STATUSES, language_of
from zhihang.web.word import pairs_word, value_word, word

register = template.Library()


@register.simple_tag(takes_context=True)
def action_word(context: Mapping[str, Any], name: str) -> str:
    """Say what somebody did, as the log calls it."""
    return conditional_escape(word("action", name, language_of(context)))


@register.simple_tag(takes_context=True)
def who_word(context: Mapping[str, Any], name: str) -> str:
    """Say who did it: an account, or the command line."""
    return conditional_escape(word("who", name, language_of(context)))


@register.simple_tag(takes_context=True)
def subject_word(context: Mapping[str, Any], entry: Any) -> str:
    """Say to what it was done: jobs and kinds by their names."""
    language, subject = language_of(context), entry.subject
    if subject in verbs().names():
        return conditional_escape(verbs()[subject].label.in_language(language))
    return conditional_escape(word("value", subject, language) or "—")


@register.simple_tag(takes_context=True)
def detail_word(context: Mapping[str, Any], detail: Mapping[str, Any]) -> str:
    """Say the detail of a line of the log."""
    return conditional_escape(pairs_word(detail, language_of(context)))


@register.simple_tag(takes_context=True)
def result_name(context: Mapping[str, Any], name: str) -> str:
    """Say what a job produced; a name given in both languages is parted."""
    zh, _, en = name.partition(" ")
    if en and not zh.isascii():
        return conditional_escape(zh if language_of(context) == "zh" else en)
    return conditional_escape(word("detail", name, language_of(context)))


@register.simple_tag(takes_context=True)
def result_word(context: Mapping[str, Any], value: Any) -> str:
    """Say how many, which tables, or what."""
    return conditional_escape(value_word(value, language_of(context)))


@register.simple_tag(takes_context=True)
def run_verb(context: Mapping[str, Any], name: str) -> str:
    """Say what kind of run it was."""
    return conditional_escape(VERBS[name].in_language(language_of(context)) if name in VERBS else name)


@register.simple_tag(takes_context=True)
def run_told(context: Mapping[str, Any], message: str) -> str:
    """Say what a run of the store did."""
    return conditional_escape(run_word(message or "", language_of(context)))


@register.simple_tag(takes_context=True)
def table_said(context: Mapping[str, Any], name: str) -> str:
    """Say the name of a table of the data dictionary."""
    return conditional_escape(table_word(name, language_of(context)))


@register.simple_tag(takes_context=True)
def reader_said(context: Mapping[str, Any], name: str) -> str:
    """Say which kind of file a reader reads."""
    readers = context["request"].answers.workspace.readers
    known = name in readers.names()
    return conditional_escape(readers[name].label.in_language(language_of(context)) if known else name)


@register.simple_tag(takes_context=True)
def arithmetic(context: Mapping[str, Any], text: str) -> str:
    """Say the arithmetic behind a finding or a step; a bare status by its word."""
    language = language_of(context)
    if text in STATUSES:
        return conditional_escape(STATUSES[text].in_language(language))
    return conditional_escape(arithmetic_word(text or "", language))


@register.simple_tag(takes_context=True)
def place_why(context: Mapping[str, Any], reason: str | None) -> str:
    """Say the remarks on the place of an address."""
    return conditional_escape(place_word(reason, language_of(context)) if reason else "")


@register.simple_tag(takes_context=True)
def word_of(context: Mapping[str, Any], of: str, name: Any) -> str:
    """Say a name of a kind of the word list."""
    return conditional_escape(word(of, str(name), language_of(context)))


@register.simple_tag(takes_context=True)
def key_said(context: Mapping[str, Any], key: str) -> str:
    """Say the key of a row of a record part by part: ``applicant 1``."""
    return conditional_escape(" ".join(word("role", part, language_of(context)) for part in key.split(" ")))


@register.simple_tag(takes_context=True)
def fault_told(context: Mapping[str, Any], fault: Any) -> dict[str, Any]:
    """Return the parts of an error, of an exception or as a job keeps them, in the language of the page."""
    parts = (
        [fault.get(name) for name in ("what", "facts", "todo")]
        if isinstance(fault, Mapping)
        else [fault.what, fault.facts, fault.todo]
    )
    return fault_word(parts[0] or "", parts[1] or {}, parts[2] or "", language_of(context))
