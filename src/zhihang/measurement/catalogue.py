# SPDX-License-Identifier: Apache-2.0
"""The shelf of indicators: YAML files of the workspace before those of the package, checked together."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from zhihang.errors import DefinitionError, NotFound
from zhihang.facts.table import TABLES
from zhihang.measurement.dimension import DIMENSIONS
from zhihang.measurement.fitting import misfits
from zhihang.measurement.indicator import Indicator, Span
from zhihang.terms.unit import Unit

PACKAGED = Path(__file__).parent / "indicators"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Indicators(Mapping[str, Indicator]):
    """All indicators, by code; a file of the workspace hides the packaged one of the same name.

    An indicator is the file ``CODE.yaml`` in any subfolder. Reading checks every file, and what they say of each
    other, and reports all faults together.
    """

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        self._found = _load(tuple(folders))

    def __getitem__(self, code: str) -> Indicator:
        if code not in self._found:
            named = self._by_name(code)
            if named is None:
                raise NotFound.named("indicator", code, self._names(), see="zhihang indicators")
            return named
        return self._found[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __contains__(self, code: object) -> bool:
        return code in self._found

    def _by_name(self, name: str) -> Indicator | None:
        found = [i for i in self._found.values() if name in (i.label.zh, i.label.en, *i.aliases)]
        return found[0] if len(found) == 1 else None

    def _names(self) -> list[str]:
        return [name for each in self._found.values() for name in (each.code, each.label.zh)]


@lru_cache(maxsize=8)
def _load(folders: tuple[Path, ...]) -> Mapping[str, Indicator]:
    found: dict[str, Indicator] = {}
    faults: list[str] = []
    for folder in (*folders, PACKAGED):
        read, wrong = _folder(folder)
        found = {**read, **found}
        faults += wrong
    for indicator in found.values():
        faults += _faults(indicator, found)
    if faults:
        shown = faults[:20] + ([f"and {len(faults) - 20} more"] if len(faults) > 20 else [])
        raise DefinitionError(
            "Indicator files have faults.",
            {"faults": "\n".join(["", *(f"  - {fault}" for fault in shown)])},
            todo="Correct the files; docs/reference/indicators.md shows right ones.",
        )
    return dict(sorted(found.items()))


@lru_cache(maxsize=8)
def _folder(folder: Path) -> tuple[Mapping[str, Indicator], Sequence[str]]:
    """Read the files of a folder; return the indicators, and what is wrong with the files."""
    faults: list[str] = []
    read = [_read(path, faults) for path in sorted(folder.rglob("*.yaml"))]
    return {indicator.code: indicator for indicator in read if indicator is not None}, faults


def _read(path: Path, faults: list[str]) -> Indicator | None:
    try:
        given: Any = yaml.load(path.read_text("utf-8"), Loader=_LOADER)
        if not isinstance(given, dict):
            raise TypeError("the file is no mapping")
        return Indicator(code=path.stem, **given)
    except (yaml.YAMLError, UnicodeDecodeError, TypeError) as error:
        faults.append(f"{path.name}: {error}")
    except ValidationError as error:
        for fault in error.errors():
            where = ".".join(map(str, fault["loc"])) or "file"
            faults.append(f"{path.name}: {where}: {fault['msg']}{_close(fault)}")
    return None


def _close(fault: Any) -> str:
    if fault["type"] != "extra_forbidden":
        return ""
    near = difflib.get_close_matches(str(fault["loc"][-1]), Indicator.model_fields, n=1)
    return f"; close to {near[0]}" if near else ""


def _faults(indicator: Indicator, found: Mapping[str, Indicator]) -> list[str]:
    faults = [
        f"{indicator.code}: rests on unknown indicator {code}"
        for code in indicator.rests_on
        if code not in found
    ]
    if _in_circle(indicator, found):
        faults.append(f"{indicator.code}: rests on itself")
    try:
        Unit.parse(indicator.unit) if indicator.unit != "1" else None
    except (NotFound, DefinitionError) as error:
        faults.append(f'{indicator.code}: unit "{indicator.unit}" is not known ({error.args[0]})')
    faults += misfits(indicator, found)
    unknown = [name for name in indicator.by or () if name not in DIMENSIONS]
    faults += [f"{indicator.code}: unknown dimension {name}" for name in unknown]
    part = indicator.count or indicator.sum
    columns = _counted_columns()
    for name, wanted in (part.where if part else {}).items():
        if name not in columns:
            near = difflib.get_close_matches(name, sorted(columns), n=1)
            faults.append(
                f"{indicator.code}: where: no column {name}" + (f"; close to {near[0]}" if near else "")
            )
        elif isinstance(wanted, Span) and wanted.at_least is None and wanted.at_most is None:
            faults.append(f"{indicator.code}: where: {name}: a range without ends")
    return faults


@lru_cache(maxsize=1)
def _counted_columns() -> frozenset[str]:
    return frozenset(TABLES["patent"].names)


def _in_circle(indicator: Indicator, found: Mapping[str, Indicator]) -> bool:
    seen: set[str] = set()
    open_ones = list(indicator.rests_on)
    while open_ones:
        code = open_ones.pop()
        if code == indicator.code:
            return True
        if code not in seen and code in found:
            seen.add(code)
            open_ones += found[code].rests_on
    return False
