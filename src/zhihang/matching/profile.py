# SPDX-License-Identifier: Apache-2.0
"""What one reader of news wants to hear of: own patents, business, classes, rivals, queries, events; kept in a CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from zhihang.errors import DefinitionError, NotFound, SourceError
from zhihang.terms.label import Label, Language
from zhihang.terms.spreadsheet_text import harmless

MOST_ITEMS = 100
"""Items a digest may have."""
LONGEST = 20_000
"""Characters of one cell of the file."""
_NAME = re.compile(r"[\w-]{1,60}")
_ADDRESS = re.compile(r"[^\s@<>,;\"]{1,64}@[^\s@<>,;\"]{1,190}\.[^\s@<>,;\"]{2,63}")
_SEPARATOR = re.compile(r"[;；\n]")


@dataclass(frozen=True)
class Profile:
    """One watch.

    Parameters
    ----------
    name
        Short name, unique; letters, digits, ``-`` and ``_``, Chinese too.
    addressee
        Who reads it, as the digest addresses them (the firm).
    organisation
        Name or id of the organisation whose patents are its own; may be blank.
    address
        E-mail address; blank for those who read the page or the feed only.
    language
        Of the digest.
    scope
        Business scope, or any text on what the firm does.
    industries, classes, rivals, queries
        Codes of GB/T 4754; classes of the IPC with all below them; names or ids of followed organisations; queries of
        the search.
    region
        Division whose newcomers are of interest.
    events
        Names of event rules; ``all`` for every one.
    most
        Items in one digest at most.
    active
        False after unsubscribing.
    """

    name: str
    addressee: str = ""
    organisation: str = ""
    address: str = ""
    language: Language = "zh"
    scope: str = ""
    industries: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    queries: tuple[str, ...] = ()
    region: str = ""
    events: tuple[str, ...] = ("all",)
    most: int = 10
    active: bool = True

    def __post_init__(self) -> None:
        split = [one for name in _LISTS for one in getattr(self, name) if _SEPARATOR.search(one)]
        for problem, shown, expected in (
            (not _NAME.fullmatch(self.name), self.name, "a name of 1 to 60 letters, digits, - or _"),
            (bool(self.address) and not _ADDRESS.fullmatch(self.address), self.address, "one e-mail address"),
            (not 1 <= self.most <= MOST_ITEMS, self.most, f"1 to {MOST_ITEMS} items"),
            (self.language not in ("zh", "en"), self.language, "zh or en"),
            (
                bool(split),
                next(iter(split), ""),
                "no semicolon within one entry; give several entries instead",
            ),
        ):
            if problem:
                raise DefinitionError(
                    "A watch cannot be read.",
                    {
                        "watch": self.name[:80] or "(no name)",
                        "there is": str(shown)[:80],
                        "expected": expected,
                    },
                    todo="Correct it.",
                )
        if not any((self.organisation, self.scope, self.classes, self.rivals, self.queries, self.industries)):
            raise DefinitionError(
                "A watch says nothing of what is of interest.",
                {
                    "watch": self.name,
                    "expected": "organisation, scope, industries, classes, rivals or queries",
                },
                todo="Give at least one of them.",
            )


COLUMNS: dict[str, Label] = {
    "name": Label("订阅名", "watch"),
    "addressee": Label("收件单位", "addressee"),
    "organisation": Label("本单位（专利权人）", "organisation"),
    "address": Label("邮箱", "address"),
    "language": Label("语言", "language"),
    "scope": Label("经营范围", "scope"),
    "industries": Label("行业代码", "industries"),
    "classes": Label("分类号", "classes"),
    "rivals": Label("关注对象", "rivals"),
    "queries": Label("检索式", "queries"),
    "region": Label("所在地区", "region"),
    "events": Label("事件", "events"),
    "most": Label("每期条数", "most"),
    "active": Label("状态", "active"),
}
"""Columns of the file, by field."""
_LISTS = ("industries", "classes", "rivals", "queries", "events")
_STOPPED = frozenset({"stopped", "no", "false", "0", "停用", "退订", "否"})


@dataclass(frozen=True)
class Refused:
    """A line that says no watch: where, why, and what stands there by column, so that writing anew keeps it."""

    line: int
    reason: str
    cells: Mapping[str, str] = field(default_factory=dict)


def read_profiles(path: Path) -> tuple[list[Profile], list[Refused]]:
    """Read a file of watches; lines that say none are given with the reason, the others stand."""
    if not path.is_file():
        return [], []
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        text = path.read_bytes().decode("gb18030", "replace")
    except OSError as error:
        raise SourceError("The watches cannot be read.", {"file": path, "reason": error}) from error
    try:
        return _read_rows(text, path)
    except csv.Error as error:
        raise SourceError(
            "The watches cannot be read.", {"file": path, "reason": error}, todo="Save it as CSV again."
        ) from error


def _read_rows(text: str, path: Path) -> tuple[list[Profile], list[Refused]]:
    rows = csv.reader(io.StringIO(text, newline=""))
    header = _header(next(rows, []), path)
    found: dict[str, Profile] = {}
    refused: list[Refused] = []
    for cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        given = dict(zip(header, cells, strict=False))
        try:
            profile = _profile(given)
        except (DefinitionError, ValueError) as error:
            refused.append(Refused(rows.line_num, str(error), given))
            continue
        if profile.name in found:
            reason = f"the watch {profile.name} is there already; the first one stands"
            refused.append(Refused(rows.line_num, reason, given))
            continue
        found[profile.name] = profile
    return list(found.values()), refused


def write_profiles(profiles: Iterable[Profile], path: Path, refused: Iterable[Refused] = ()) -> None:
    """Write watches into a file, whole or not at all; lines that say none stay for a person to correct."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([label.zh for label in COLUMNS.values()])
    for profile in sorted(profiles, key=lambda each: each.name):
        writer.writerow([_cell(name, getattr(profile, name)) for name in COLUMNS])
    writer.writerows([line.cells.get(name, "") for name in COLUMNS] for line in refused)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".part")
    temporary.write_text(out.getvalue(), "utf-8-sig")
    temporary.replace(path)


def chosen(profiles: Sequence[Profile], name: str) -> Profile:
    """Return the watch of that name."""
    for profile in profiles:
        if profile.name == name:
            return profile
    raise NotFound.named("watch", name, [profile.name for profile in profiles], see="zhihang watch list")


def stopped(profile: Profile) -> Profile:
    """Return the watch, unsubscribed."""
    return replace(profile, active=False)


def _header(cells: Sequence[str], path: Path) -> list[str]:
    known = {label.zh: name for name, label in COLUMNS.items()}
    known |= {label.en: name for name, label in COLUMNS.items()} | {name: name for name in COLUMNS}
    header = [known.get(cell.strip(), "") for cell in cells]
    if "name" not in header:
        raise SourceError(
            "The file of watches has no column with their names.",
            {
                "file": path,
                "there is": "、".join(cells)[:200] or "nothing",
                "expected": "、".join(label.zh for label in COLUMNS.values()),
            },
            todo="Give it a first line with the names of its columns.",
        )
    return header


def _profile(cells: dict[str, str]) -> Profile:
    given: dict[str, Any] = {}
    for name, cell in cells.items():
        text = cell.strip()
        text = text[1:] if text[:1] == "'" and harmless(text[1:]) == text else text
        if len(text) > LONGEST:
            raise ValueError(f"{COLUMNS[name].zh} is longer than {LONGEST:,} characters")
        if name and text:
            given[name] = _READ.get(name, _plain)(text)
    return Profile(**{"name": "", **given})


def _plain(text: str) -> str:
    return " ".join(text.split())


def _list(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in _SEPARATOR.split(text) if part.strip()))


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise ValueError(f"{COLUMNS['most'].zh} is {text!r}, expected a whole number")
    return int(text)


_READ: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(_LISTS, _list),
    "most": _number,
    "active": lambda text: text.casefold() not in _STOPPED,
}


def _cell(name: str, value: Any) -> str:
    if name == "active":
        return "有效" if value else "停用"
    if name == "events" and not value:
        return "none"
    text = ";".join(value) if name in _LISTS else str(value)
    return harmless(text)
