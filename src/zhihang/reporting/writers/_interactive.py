# SPDX-License-Identifier: Apache-2.0
"""Scripts that let the charts of a page answer to the pointer: one module within the page, nothing is fetched."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import lru_cache
from pathlib import Path

from zhihang.reporting import palette
from zhihang.reporting.chart import Chart
from zhihang.reporting.chart_data import chart_data
from zhihang.terms.label import Language

_STATIC = Path(__file__).resolve().parents[2] / "web" / "static"
LIBRARY = _STATIC / "vendor" / "echarts.mjs"
_OPTIONS = (_STATIC / "zhihang" / "js" / "option_plane.js", _STATIC / "zhihang" / "js" / "option.js")
_OWN = Path(__file__).with_name("_page.js")
_EXPORT = re.compile(r"export\s*\{([^{}]*)\}\s*;?\s*$")
_INIT = re.compile(r"(?:^|,)\s*([\w$]+)\s+as\s+init\s*(?:,|$)")


def script() -> str:
    """Return the module that draws the charts; blank where the library is not installed."""
    try:
        stamp = LIBRARY.stat().st_mtime_ns
    except OSError:
        return ""
    return _script(LIBRARY, stamp)


def policy_hash(text: str) -> str:
    """Return the word of a security policy that lets just this script run."""
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"


def data_element(chart: Chart, language: Language) -> str:
    """Return the data of a chart as an element of a page; nothing in it can end the element."""
    text = json.dumps(chart_data(chart, language), ensure_ascii=False, separators=(",", ":"))
    for character, written in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(character, written)
    return f'<script type="application/json">{text}</script>\n'


@lru_cache(maxsize=2)
def _script(library: Path, _: int) -> str:
    text = library.read_text(encoding="utf-8")
    exported = _EXPORT.search(text)
    init = _INIT.search(exported[1]) if exported else None
    if exported is None or init is None:
        return ""
    parts = [f"{text[: exported.start()]}\nconst echarts = {{ init: {init[1]} }};"]
    parts += [_within(path.read_text(encoding="utf-8")) for path in _OPTIONS]
    colours = {
        "series": palette.SERIES,
        "steps": palette.SEQUENTIAL,
        "diverging": palette.DIVERGING,
        "other": {"rule": palette.RULE, "paper": palette.PAPER, "ink": palette.INK, "faint": palette.FAINT},
    }
    parts.append(_OWN.read_text(encoding="utf-8").replace("__PALETTE__", json.dumps(colours)))
    # Each part keeps its names to itself but for what the next one asks for.
    return f"{parts[0]}\nconst optionOf = (() => {{\n{parts[1]}\n{parts[2]}\nreturn optionOf;\n}})();\n{parts[3]}"


def _within(text: str) -> str:
    """Return a module as a part of another: without its imports, nothing exported."""
    text = re.sub(r"^import .*$", "", text, flags=re.M)
    return re.sub(r"^export ", "", text, flags=re.M)
