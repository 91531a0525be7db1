# SPDX-License-Identifier: Apache-2.0
"""Tags for what was found: marked texts, examples of queries, what a role may."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.html import escape, json_script
from django.utils.safestring import SafeString

register = template.Library()

_MARK = re.compile(r"(</?mark>)")
_SHOWN = ("TI", "PA", "IPC", "APD", "LS", "REGION", "KIND", "CITED")


@register.simple_tag
def marked(text: str) -> str:
    """Show a marked text of the search; only the marks are markup, whatever the text holds."""
    parts = _MARK.split(text)
    return SafeString("".join(part if n % 2 else escape(html.unescape(part)) for n, part in enumerate(parts)))


_written: tuple[Any, SafeString] = ((), SafeString(""))


@register.simple_tag
def suggestions(fields: Sequence[Mapping[str, Any]]) -> SafeString:
    """Write what the query box suggests, as data of a script; written once for the same fields."""
    global _written
    kept, text = _written
    if kept is not fields:
        text = json_script(fields, "search-fields")
        _written = (fields, text)
    return text


@register.filter
def examples(fields: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return some fields to begin with."""
    return [one for one in fields if one["code"] in _SHOWN]


@register.filter
def allowed(person: Any, permission: str) -> bool:
    """Whether a person may do something."""
    found: bool = person.may(permission)
    return found
