# SPDX-License-Identifier: Apache-2.0
"""Classification symbols as the EPO writes them: fixed-width IPC lines, and symbols with their value and version."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TypeAlias

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.exchange_text import attributes, elements, leaf, leaves

Symbol: TypeAlias = tuple[bool, str, str | None, str | None]
"""Whether the source marks it *not* as the first, the symbol, its value and its version."""

_VALUES = {"I": "invention", "A": "additional", "N": "additional"}
_SCHEMES = {"UC": "uspc", "FI": "fi", "FTERM": "fterm", "FTC": "fterm", "EC": "ecla"}
_REFORMED = re.compile(
    r"\s*+([A-HY]\d\d[A-Z])\s*+(\d{1,4})\s*+/\s*+(\d{2,6})\s*+(\d{8})?\s*+[ACS]?+([FL ])?\s*+([INA])?"
)
_LINE = re.compile(r"<text>([^<]*+)</text>")
_EARLY = re.compile(r"(?:(\d) ?)?([A-H]) ?(\d\d) ?([A-Z]) +(\d{1,4})/ ?(\d{2,6})(?: |$)")
_USUAL = re.compile(
    r"<patent-classification[^>]*+><classification-scheme([^>]*+)>(?:<date>([^<]*+)</date></classification-scheme>)?+"
    r"<classification-symbol>([^<]*+)</classification-symbol>(?:<symbol-position>([^<]*+)</symbol-position>)?+"
    r"(?:<classification-value>([^<]*+)</classification-value>)?+"
)


def add_classes(draft: Draft, parts: Mapping[str, str]) -> dict[str, list[str]]:
    """Add the symbols in the parts of bibliographic data; return those of schemes that have no name of ours."""
    lines = _LINE.findall(parts.get("classifications-ipcr", ""))
    by_scheme = {"ipc": [reformed_symbol(line) for line in lines]}
    early = parts.get("classification-ipc")
    if early:
        for name in ("main-classification", "further-classification"):
            by_scheme["ipc"] += [early_symbol(line, leaf(early, "edition")) for line in leaves(early, name)]
    classes = parts.get("patent-classifications", "")
    found = _USUAL.findall(classes)
    if len(found) != classes.count("<patent-classification "):
        found = [_unusual(content) for _, content in elements(classes, "patent-classification")]
    for written, version, text, position, value in found:
        scheme = attributes(written).get("scheme", "")
        known = "cpc" if scheme[:3] == "CPC" else _SCHEMES.get(scheme, scheme)
        symbol = "".join(text.split()) if known == "cpc" else text.strip()
        by_scheme.setdefault(known, []).append((position != "F", symbol, value, version))
    left: dict[str, list[str]] = {}
    for scheme, symbols in by_scheme.items():
        if scheme in ("ipc", "cpc") or scheme in _SCHEMES.values():
            add_symbols(draft, scheme, symbols)
        else:
            left[f"classification {scheme}"] = [symbol[1] for symbol in symbols]
    return left


def add_symbols(draft: Draft, scheme: str, symbols: Iterable[Symbol]) -> None:
    """Add each symbol once, the one marked first before the others; several offices may have given the same."""
    kept: dict[str, Symbol] = {}
    for symbol in sorted(symbols, key=_rank):
        kept.setdefault(symbol[1].replace(" ", ""), symbol)
    kept.pop("", None)
    draft.extend(
        "classification",
        [
            (scheme, text, _VALUES.get(value or ""), edition(version))
            for _, text, value, version in kept.values()
        ],
    )


def reformed_symbol(line: str) -> Symbol:
    """Read an IPC line of standard ST.8: symbol, version, level, position, value, date and source.

    Examples
    --------
    >>> reformed_symbol("A61K   9/00        20060101AFI20221215BHEP        ")
    (False, 'A61K 9/00', 'I', '20060101')
    >>> reformed_symbol("H04W  84/    20            A I                    ")
    (True, 'H04W 84/20', 'I', None)
    """
    found = _REFORMED.match(line)
    if not found:
        return True, " ".join(line.split()), None, None
    subclass, group, subgroup, version, position, value = found.groups()
    return position != "F", f"{subclass} {group}/{subgroup}", value, version


def early_symbol(line: str, edition: str | None = None) -> Symbol:
    """Read an IPC line of the editions 1 to 7: edition, section, symbol and an ordering letter.

    Examples
    --------
    >>> early_symbol(" 7C 07C  29/44   A")
    (True, 'C07C 29/44', None, '7')
    """
    text = " ".join(line.split())
    found = _EARLY.match(text)
    if not found:
        return True, text, None, edition
    own, letter, number, subclass, group, subgroup = found.groups()
    return (
        True,
        f"{letter}{number}{subclass} {group}/{subgroup}",
        None,
        (own or edition or "").strip() or None,
    )


@lru_cache(maxsize=256)
def edition(version: str | None) -> str | None:
    """Write 20060101 as 2006.01; editions 1 to 7 stay as they are."""
    if version and len(version) == 8 and version.isdigit():
        return f"{version[:4]}.{version[4:6]}"
    return version or None


def _unusual(content: str) -> tuple[str, str, str, str, str]:
    """Read a symbol that is not in the usual form of DOCDB: OPS spreads it over five elements, without version."""
    written, stated = next(elements(content, "classification-scheme"), ("", ""))
    version = leaf(stated.partition("</classification-scheme>")[0], "date") or ""
    text = leaf(content, "classification-symbol")
    if text is None:
        parts = [
            leaf(content, name) or "" for name in ("section", "class", "subclass", "main-group", "subgroup")
        ]
        text = f"{''.join(parts[:4])}/{parts[4]}"
    position, value = leaf(content, "symbol-position"), leaf(content, "classification-value")
    return written, version, text, position or "", value or ""


def _rank(symbol: Symbol) -> bool:
    return symbol[0]
