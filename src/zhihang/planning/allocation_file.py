# SPDX-License-Identifier: Apache-2.0
"""Read what is asked of an allocation from a YAML file, so that scenarios can be kept, changed and compared."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from zhihang.errors import DefinitionError, NotFound
from zhihang.facts.codelist import CodeLists
from zhihang.planning.allocation import AllocationRequest, Method, RoundingName
from zhihang.planning.figures import regions_of
from zhihang.planning.plan import Plan

ALL = "all"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Bound(_Part):
    """The least and most value of one cell."""

    region: str | int
    year: int
    least: int | None = None
    most: int | None = None


class AllocationFile(_Part):
    """A scenario as an official writes it: divisions by name or code, growth for `all`, a group or a division."""

    method: Method
    totals: dict[int, int] = Field(default_factory=dict)
    base: dict[str | int, float] = Field(default_factory=dict)
    capacity: dict[str, dict[str | int, float]] = Field(default_factory=dict)
    mix: dict[str, float] = Field(default_factory=dict)
    ladder: list[dict[int, float]] | dict[str, dict[int, float]] = Field(default_factory=list)
    edges: list[float] = Field(default_factory=list)
    closing: float = Field(default=0.1, ge=0, le=1)
    floor: int = Field(default=0, ge=0)
    bounds: list[Bound] = Field(default_factory=list)
    least_growth: dict[str | int, float] = Field(default_factory=dict)
    most_growth: dict[str | int, float] = Field(default_factory=dict)
    groups: dict[str, list[str | int]] = Field(default_factory=dict)
    group_totals: dict[str, dict[int, int]] = Field(default_factory=dict)
    row_totals: dict[str | int, int] = Field(default_factory=dict)
    locks: dict[str | int, dict[int, int]] = Field(default_factory=dict)
    rounding: RoundingName = "largest_remainder"
    residual: str | int = ""


def load_request(path: Path, plan: Plan, *, codes: CodeLists | None = None) -> AllocationRequest:
    """Read a scenario for a plan, or say everything that is wrong with the file.

    Divisions may be written by name, as the plan's annexes or the code list have it, or by code.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except FileNotFoundError as error:
        raise NotFound(f'There is no file "{path}".', todo="Check the path.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DefinitionError(
            f'"{path.name}" is not a YAML file.', {"file": path, "error": error}, todo="Mend the place named."
        ) from error
    return read_request(content, plan, path, codes=codes)


def read_request(
    content: Mapping[str, Any], plan: Plan, path: Path, *, codes: CodeLists | None = None
) -> AllocationRequest:
    """Read the content of a scenario; `path` names it where something is wrong."""
    try:
        asked = AllocationFile.model_validate(content)
    except ValidationError as error:
        faults = "; ".join(_fault(dict(fault)) for fault in error.errors()[:30])
        raise DefinitionError(
            f'The scenario "{path.stem}" has faults.',
            {"file": path, "faults": faults},
            todo="Mend the places named.",
        ) from error
    return _Names(plan, codes or CodeLists(), path).request(asked)


class _Names:
    """Codes of divisions by the names a file uses."""

    def __init__(self, plan: Plan, codes: CodeLists, path: Path) -> None:
        self._printed = {row.name: row.region for annex in plan.annexes for row in annex.rows}
        self._within = plan.region.rstrip("0")
        self._regions = regions_of(codes)
        self._path = path

    def request(self, asked: AllocationFile) -> AllocationRequest:
        return AllocationRequest(
            asked.method,
            totals=asked.totals,
            base=self._keyed(asked.base),
            capacity={name: self._keyed(values) for name, values in asked.capacity.items()},
            mix=asked.mix,
            ladder=asked.ladder,
            edges=asked.edges,
            closing=asked.closing,
            floor=asked.floor,
            bounds={(self._code(b.region), b.year): (b.least, b.most) for b in asked.bounds},
            least_growth=self._growth(asked.least_growth, asked),
            most_growth=self._growth(asked.most_growth, asked),
            groups={self._code(unit): group for group, units in asked.groups.items() for unit in units},
            group_totals={
                (g, year): total for g, by in asked.group_totals.items() for year, total in by.items()
            },
            row_totals={self._code(unit): total for unit, total in asked.row_totals.items()},
            locks={(self._code(unit), year): v for unit, by in asked.locks.items() for year, v in by.items()},
            rounding=asked.rounding,
            residual=self._code(asked.residual) if asked.residual else "",
        )

    def _keyed(self, values: Mapping[str | int, float]) -> dict[str, float]:
        return {self._code(unit): value for unit, value in values.items()}

    def _growth(self, rates: Mapping[str | int, float], asked: AllocationFile) -> dict[str, float]:
        named = {ALL: "", **{group: group for group in asked.groups}}
        return {
            named[str(unit)] if str(unit) in named else self._code(unit): rate for unit, rate in rates.items()
        }

    def _code(self, unit: str | int) -> str:
        text = str(unit)
        if text in self._printed:
            return self._printed[text]
        found = (
            self._regions.by_code(text)
            if text.isdigit()
            else self._regions.by_name(text, within=self._within)
        )
        if found is None:
            raise NotFound.named("division", text, self._printed, see=f"Mend {self._path}.")
        return found.code


def _fault(fault: Mapping[str, Any]) -> str:
    place = ".".join(str(step) for step in fault["loc"]) or "the whole"
    if fault["type"] == "extra_forbidden":
        close = get_close_matches(
            str(fault["loc"][-1]), [*AllocationFile.model_fields, *Bound.model_fields], n=1
        )
        return f"{place}: not a known key" + (f", close to {close[0]}" if close else "")
    return f"{place}: {fault['msg']}"
