# SPDX-License-Identifier: Apache-2.0
"""What a code list is: the codes a column may hold, and what each one means in Chinese and English."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

import pyarrow as pa

from zhihang.errors import DefinitionError, NotFound
from zhihang.terms.label import Label

PACKAGED = Path(__file__).parent / "codelists"

_OWN_COLUMNS = ("code", "zh", "en", "aliases", "valid_from", "valid_to")


@dataclass(frozen=True)
class Code:
    """One code: its name in both languages, other names that sources use for it, and when it is valid.

    `details` holds the further columns of the list (level, parent, kind, note, source ...).
    """

    code: str
    label: Label
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    details: Mapping[str, str] = field(default_factory=dict)

    def valid_on(self, day: date) -> bool:
        """Say whether the code was in force on a day; both ends are inside."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True)
class CodeList:
    """A list of codes.

    Examples
    --------
    >>> kinds = CodeLists()["right_kind"]
    >>> kinds["design"].label.zh
    '外观设计'
    >>> "trademark" in kinds
    False
    """

    name: str
    label: Label
    entries: Mapping[str, Code]

    def __contains__(self, code: object) -> bool:
        return code in self.entries

    def __iter__(self) -> Iterator[Code]:
        return iter(self.entries.values())

    def __len__(self) -> int:
        return len(self.entries)

    def __getitem__(self, code: str) -> Code:
        if code not in self.entries:
            raise NotFound.named(
                f"code of list {self.name}", code, self.entries, see=f"zhihang show codelist {self.name}"
            )
        return self.entries[code]

    def matches(self, name: str) -> tuple[Code, ...]:
        """Return the codes a text may stand for: a code itself, or a name or alias, case and width aside."""
        if name in self.entries:
            return (self.entries[name],)
        return self._by_name.get(fold_name(name), ())

    def find(self, name: str) -> Code | None:
        """Return the one code a text stands for; None when there is none, or more than one."""
        found = self.matches(name)
        return found[0] if len(found) == 1 else None

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[Code, ...]]:
        found: dict[str, tuple[Code, ...]] = {}
        for entry in self:
            names = {fold_name(n) for n in (entry.code, entry.label.zh, entry.label.en, *entry.aliases)}
            for name in names:
                found[name] = (*found.get(name, ()), entry)
        return found


@dataclass(frozen=True)
class CodeLists:
    """The shelf of code lists: ``<name>.csv`` in a workspace's folders, then in the package.

    A code list has the columns `code`, `zh` and `en`, and may have `aliases` (separated by ``|``),
    `valid_from`, `valid_to` and others. A companion ``<name>_alias.csv`` (alias, code) adds further names.
    Its own label stands in the list of lists, ``codelist.csv``. Files without a column `code` (pairs, words,
    changes) are read with `rows`.
    """

    folders: tuple[Path, ...] = ()

    def names(self) -> list[str]:
        """Return the names of all files on the shelf, sorted."""
        return sorted(self._files())

    def rows(self, name: str) -> Sequence[Mapping[str, str]]:
        """Return the rows of a file as they stand, column name to text."""
        return _read(*_state(self._path(name)))

    def table(self, name: str) -> pa.Table:
        """Return a file as a table of texts; blanks are nulls."""
        rows = self.rows(name)
        columns = list(rows[0]) if rows else []
        return pa.table({c: pa.array([row[c] or None for row in rows], pa.string()) for c in columns})

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and bool(self._paths(name))

    def __getitem__(self, name: str) -> CodeList:
        path, further = self._path(name), self._paths(f"{name}_alias")
        entries = _entries(*_state(path), *(_state(further[0]) if further else (None, 0)))
        return CodeList(name, self._label(name), entries)

    def _label(self, name: str) -> Label:
        for path in self._paths("codelist"):
            for row in _read(path, path.stat().st_mtime_ns):
                if row["code"] == name:
                    return Label(row["zh"], row["en"])
        return Label(name, name)

    def _path(self, name: str) -> Path:
        paths = self._paths(name)
        if not paths:
            raise NotFound.named("code list", name, self._files(), see="zhihang list codelists")
        return paths[0]

    def _paths(self, name: str) -> list[Path]:
        """Return the files of that name, the workspace's before the package's; without listing the folders."""
        if Path(name).name != name or "\0" in name:
            return []
        paths = [folder / f"{name}.csv" for folder in (*self.folders, PACKAGED)]
        return [path for path in paths if path.is_file()]

    def _files(self) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for folder in (*self.folders, PACKAGED):
            for path in sorted(folder.glob("*.csv")):
                found.setdefault(path.stem, path)
        return found


def fold_name(name: str) -> str:
    """Return a name for comparison: half width, lower case, single blanks.

    >>> fold_name("  Hong  Kong（China）")
    'hong kong(china)'
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


@lru_cache(maxsize=64)
def _read(path: Path, modified: int) -> tuple[Mapping[str, str], ...]:  # noqa: ARG001 - part of the cache's key
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return tuple(
                {key: (value or "").strip() for key, value in row.items()} for row in csv.DictReader(stream)
            )
    except (UnicodeDecodeError, csv.Error, AttributeError) as error:
        raise DefinitionError(
            f'The code list "{path.name}" cannot be read.',
            {"file": path, "error": error},
            todo="Save it as CSV in UTF-8 with a header row and as many cells in each row.",
        ) from error


def _state(path: Path) -> tuple[Path, int]:
    return path, path.stat().st_mtime_ns


@lru_cache(maxsize=64)
def _entries(path: Path, modified: int, further: Path | None, changed: int) -> Mapping[str, Code]:
    """Return the codes of a file, with the names that its companion adds."""
    rows = _read(path, modified)
    _check(path, rows)
    aliases: dict[str, tuple[str, ...]] = {}
    for row in _read(further, changed) if further else ():
        aliases[row["code"]] = (*aliases.get(row["code"], ()), row["alias"])
    return {row["code"]: _entry(path, row, aliases.get(row["code"], ())) for row in rows}


def _check(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    """Refuse a list with missing columns, blanks or doubles, all faults at once."""
    columns = rows[0].keys() if rows else ()
    faults = [f'no column "{name}"' for name in ("code", "zh", "en") if name not in columns]
    if not faults:
        seen: set[str] = set()
        for number, row in enumerate(rows, start=2):
            faults += [f'row {number}: "{name}" is blank' for name in ("code", "zh", "en") if not row[name]]
            if row["code"] in seen:
                faults.append(f'row {number}: code "{row["code"]}" occurs twice')
            seen.add(row["code"])
    if faults:
        shown = "; ".join(faults[:20]) + (f"; and {len(faults) - 20} more" if len(faults) > 20 else "")
        raise DefinitionError(
            f'The code list "{path.stem}" has faults.',
            {"file": path, "faults": shown},
            todo="Give each code once, with its name in Chinese (zh) and English (en).",
        )


def _entry(path: Path, row: Mapping[str, str], more: tuple[str, ...]) -> Code:
    written = tuple(part.strip() for part in row.get("aliases", "").split("|") if part.strip())
    return Code(
        code=row["code"],
        label=Label(row["zh"], row["en"]),
        aliases=(*written, *more),
        valid_from=_day(path, row, "valid_from"),
        valid_to=_day(path, row, "valid_to"),
        details={key: value for key, value in row.items() if key not in _OWN_COLUMNS},
    )


def _day(path: Path, row: Mapping[str, str], column: str) -> date | None:
    text = row.get(column, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise DefinitionError(
            f'The code list "{path.stem}" has a date that cannot be read.',
            {"file": path, "code": row["code"], "column": column, "value": text},
            todo="Write it as 2015-04-01.",
        ) from error
