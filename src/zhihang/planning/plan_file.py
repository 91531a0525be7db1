# SPDX-License-Identifier: Apache-2.0
"""Read plan files: those of a workspace first, then those of the package; all faults of a file at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from zhihang.errors import DefinitionError, NotFound
from zhihang.facts.codelist import CodeLists
from zhihang.planning.plan import Plan

PACKAGED = Path(__file__).parent / "plans"


@dataclass(frozen=True)
class Plans:
    """The shelf of plans: ``<name>.yaml`` in a workspace's folders, then in the package.

    `indicators` are codes known beside those of the code list `indicator_name` and the plan's own.

    Examples
    --------
    >>> Plans()["guilin-2016-2020"].target("T003").value
    Decimal('6600')
    """

    folders: tuple[Path, ...] = ()
    indicators: frozenset[str] = frozenset()
    codes: CodeLists = field(default_factory=CodeLists)

    def names(self) -> list[str]:
        """Return the names of all plans, sorted."""
        return sorted(self._files())

    def __contains__(self, name: object) -> bool:
        return name in self._files()

    def __iter__(self) -> Iterator[Plan]:
        return (self[name] for name in self.names())

    def __getitem__(self, name: str) -> Plan:
        files = self._files()
        if name not in files:
            raise NotFound.named("plan", name, files, see="zhihang plan list")
        return load_plan(files[name], indicators=self._known())

    def sound(self) -> Iterator[Plan]:
        """Yield the plans whose files have no faults."""
        for name in self.names():
            with suppress(DefinitionError):
                yield self[name]

    def parent(self, plan: Plan) -> Plan | None:
        """Return the plan a plan serves, if it names one that is on the shelf."""
        return self[plan.parent] if plan.parent and plan.parent in self.names() else None

    def related(self, plan: Plan) -> list[Plan]:
        """Return the other plans of the regions that a plan's region lies in, the parent among them."""
        found = []
        for other in self.sound():
            country = other.region == "000000"
            within = plan.region.startswith(other.region.rstrip("0"))
            if other.name != plan.name and ((within and not country) or other.name == plan.parent):
                found.append(other)
        return found

    def _known(self) -> frozenset[str]:
        return self.indicators | {row["code"] for row in self.codes.rows("indicator_name")}

    def _files(self) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for folder in (*self.folders, PACKAGED):
            for path in sorted(folder.glob("*.yaml")):
                found.setdefault(path.stem, path)
        return found


def load_plan(path: Path, *, indicators: Iterable[str] | None = None) -> Plan:
    """Read a plan file, or say everything that is wrong with it.

    Parameters
    ----------
    indicators
        Codes a target may name beside the plan's own; None takes any.
    """
    if not path.is_file():
        raise NotFound(f'There is no file "{path}".', todo="Check the path.")
    known = None if indicators is None else frozenset(indicators)
    return _loaded(path, path.stat().st_mtime_ns, known)


@lru_cache(maxsize=64)
def _loaded(path: Path, modified: int, indicators: frozenset[str] | None) -> Plan:  # noqa: ARG001 - the cache's key
    return parse_plan(_text(path), path, indicators=indicators)


def parse_plan(text: str, path: Path, *, indicators: Iterable[str] | None = None) -> Plan:
    """Read a plan from the text of its file; `path` gives it its name and stands in messages."""
    content = _mapping(text, path)
    faults: Sequence[str]
    try:
        plan = Plan.model_validate({**content, "name": path.stem})
    except ValidationError as error:
        faults = [_fault(dict(fault)) for fault in error.errors()]
    else:
        faults = list(_inner_faults(plan, indicators))
        if not faults:
            return plan
    shown = "; ".join(faults[:30]) + (f"; and {len(faults) - 30} more" if len(faults) > 30 else "")
    raise DefinitionError(
        f'The plan "{path.stem}" has faults.', {"file": path, "faults": shown}, todo="Mend the places named."
    )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise DefinitionError(
            f'"{path.name}" is not in UTF-8.', {"file": path, "error": error}, todo="Save it in UTF-8."
        ) from error


def _mapping(text: str, path: Path) -> dict[str, Any]:
    try:
        content = yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise DefinitionError(
            f'"{path.name}" is not a YAML file.', {"file": path, "error": error}, todo="Mend the place named."
        ) from error
    if not isinstance(content, dict):
        raise DefinitionError(f'"{path.name}" holds no keys.', {"file": path}, todo="Write key: value lines.")
    return content


_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]  # the faster base is not always built
    """A safe loader that does not let a key occur twice, and takes a bare = for the text it is."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = Counter(str(key.value) for key, _ in node.value)
        double = [key for key, times in keys.items() if times > 1]
        if double:
            raise yaml.constructor.ConstructorError(
                "", node.start_mark, f'the key "{double[0]}" occurs twice', node.start_mark
            )
        found: dict[Any, Any] = super().construct_mapping(node, deep)
        return found


_Loader.add_constructor("tag:yaml.org,2002:value", lambda loader, node: loader.construct_scalar(node))


def _inner_faults(plan: Plan, indicators: Iterable[str] | None) -> Iterator[str]:
    """Yield what a schema cannot see: double ids, names of things that are not there, rows of wrong length."""
    for part in ("targets", "facts", "tasks", "conditions", "goals", "annexes"):
        times = Counter(thing.id for thing in getattr(plan, part))
        yield from (f'{part}: the id "{name}" occurs twice' for name, count in times.items() if count > 1)
    targets = {target.id for target in plan.targets}
    goals = {goal.id for goal in plan.goals}
    known = None if indicators is None else {*indicators, *plan.indicators}
    for number, target in enumerate(plan.targets):
        place = f"targets[{number}]"
        if target.part_of:
            yield from _unknown(f"{place}.part_of", target.part_of, targets)
        if target.goal:
            yield from _unknown(f"{place}.goal", target.goal, goals)
        if target.indicator and known is not None:
            yield from _unknown(f"{place}.indicator", target.indicator, known)
        if (target.value_hi is not None) != (target.comparator == "range"):
            yield f'{place}: value_hi goes with the comparator "range", and only with it'
        if target.value_hi is not None and target.value_hi < target.value:
            yield f"{place}: value_hi {target.value_hi} is below value {target.value}"
        if target.period_start and target.period_end and target.period_end < target.period_start:
            yield f"{place}: period_end {target.period_end} is before period_start {target.period_start}"
    for number, annex in enumerate(plan.annexes):
        yield from _unknown(f"annexes[{number}].target", annex.target, targets)
        for line, row in enumerate([*annex.rows]):
            if len(row.values) != len(annex.years):
                yield f"annexes[{number}].rows[{line}]: {len(row.values)} values for {len(annex.years)} years"
        if annex.total and len(annex.total) != len(annex.years):
            yield f"annexes[{number}].total: {len(annex.total)} values for {len(annex.years)} years"


def _unknown(place: str, name: str, known: Iterable[str]) -> Iterator[str]:
    names = set(known)
    if name not in names:
        close = get_close_matches(name, sorted(names), n=1, cutoff=0.5)
        yield f'{place}: "{name}" is not known' + (f", close to {close[0]}" if close else "")


def _fault(fault: Mapping[str, Any]) -> str:
    place = _place(fault["loc"]) or "the whole"
    if fault["type"] == "extra_forbidden":
        name = str(fault["loc"][-1])
        close = get_close_matches(name, _keys(), n=1)
        return f"{place}: not a known key" + (f", close to {close[0]}" if close else "")
    if fault["type"] == "missing":
        return f"{place}: is missing"
    given = fault.get("input")
    said = fault["msg"].removeprefix("Value error, ")
    return f"{place}: {said}" + (f", not {given!r}" if isinstance(given, str | int | float) else "")


def _place(location: Sequence[str | int]) -> str:
    """Write a place inside the file as targets[3].unit."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in location).lstrip(".")


def _keys() -> list[str]:
    """Every key that occurs anywhere in a plan."""
    schema = Plan.model_json_schema()
    parts = [schema, *schema.get("$defs", {}).values()]
    return sorted({key for part in parts for key in part.get("properties", {})} - {"name"})
