# SPDX-License-Identifier: Apache-2.0
"""Which style a query is written in, told by its field names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhihang.retrieval.query_language.style import OWN, Style, styles

_QUOTED = re.compile(r'"[^"]*"')
_NAMED = re.compile(
    r"(?:^|(?<=[\s(,;<=]))(?P<name>[^\s()\[\]\",;=<>:]+(?:\([^\s()=<>:]{1,8}\)[^\s()\[\]=<>:]{1,8})?)"
    r"\s*(?P<operator>!=|>=|<=|==|=|:|>|<)\s*(?=(?P<value>[^\s]{0,12}))"
)
_DATED = re.compile(r"\(?\[|\(?\d{4}")

Named = Sequence[tuple[str, str, str]]


def detected(chars: str) -> Style:
    """Return the style that knows the field names of a query best; ours where it is as good as any."""
    named = [
        (found["name"].casefold(), found["operator"], found["value"])
        for found in _NAMED.finditer(_QUOTED.sub('""', chars))
        if not found["name"][0].isdigit()
    ]
    own = styles()[OWN]
    others = [style for style in styles().values() if style.name != OWN]
    known = {style.name: _known(style, named) for style in others}
    told = next((s for s in others if s.tells and s.tells.search(_QUOTED.sub('""', chars))), None)
    if told and known[told.name] == len(named):
        return told
    if _fits_own(own, named):
        return next((s for s in others if known[s.name] == len(named) and _signed(s, named)), own)
    best = max(others, key=lambda style: (known[style.name], style.name == "incopat"))
    return best if known[best.name] > _known(own, named) or known[best.name] == len(named) else own


def _known(style: Style, named: Named) -> int:
    signs = style.separators
    return sum(name in style.uses and operator in signs for name, operator, _ in named)


def _signed(style: Style, named: Named) -> bool:
    return any(style.uses[name].sign for name, _, _ in named if name in style.uses)


def _fits_own(own: Style, named: Named) -> bool:
    """Whether our fields take these values: AD is an address here, AN a number."""
    for name, _, value in named:
        use = own.uses.get(name)
        if use is None or use.field is None:
            return False
        if use.field.name == "address" and _DATED.match(value):
            return False
        if use.field.kind == "number_text" and value and not any(c.isdigit() for c in value.strip('("')):
            return False
    return True
