# SPDX-License-Identifier: Apache-2.0
"""Read definition files (scenarios, the office's series, vocabulary) and report all their faults together."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from zhihang.errors import DefinitionError, NotFound
from zhihang.simulation.scenario import Office, Scenario

HERE = Path(__file__).parent
SCENARIOS = HERE / "scenarios"

T = TypeVar("T", bound=BaseModel)


def load_scenario(region: str, *, chosen: Path | None = None) -> Scenario:
    """Return the scenario of a region: the chosen file, else the one that names the region, else the generic one."""
    if chosen is not None:
        return checked(Scenario, _with_base(chosen), chosen)
    for path in sorted(SCENARIOS.glob("*.yaml")):
        if region in (read_yaml(path).get("regions") or ()):
            return checked(Scenario, _with_base(path), path)
    generic = SCENARIOS / "generic.yaml"
    return checked(Scenario, _with_base(generic), generic)


def scenarios() -> list[Scenario]:
    """Return the scenarios that ship with the package."""
    return [checked(Scenario, _with_base(path), path) for path in sorted(SCENARIOS.glob("*.yaml"))]


def load_office() -> Office:
    """Return the number series and days of the office."""
    path = HERE / "office.yaml"
    return checked(Office, read_yaml(path), path)


def read_yaml(path: Path) -> dict[str, Any]:
    """Read a YAML file whose top level is a mapping."""
    try:
        content = yaml.load(
            path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        )
    except FileNotFoundError as error:
        raise NotFound(f'There is no file "{path}".', todo="Check the path.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DefinitionError(
            f'"{path.name}" is not a YAML file.', {"file": path, "error": error}, todo="Mend the place named."
        ) from error
    if not isinstance(content, dict):
        raise DefinitionError(
            f'"{path.name}" holds no keys.', {"file": path}, todo="Write it as key: value lines."
        )
    return content


def checked(model: type[T], content: Mapping[str, Any], path: Path) -> T:
    """Turn the content of a file into a model, or say everything that is wrong with it."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        faults = "; ".join(_fault(model, dict(fault)) for fault in error.errors()[:20])
        raise DefinitionError(
            f'The definition "{path.name}" has faults.',
            {"file": path, "faults": faults},
            todo="Mend the places named.",
        ) from error


def _with_base(path: Path) -> dict[str, Any]:
    content = read_yaml(path)
    base = content.get("based_on")
    if not base:
        return content
    beside = path.parent / f"{base}.yaml"
    return _merged(_with_base(beside if beside.exists() else SCENARIOS / f"{base}.yaml"), content)


def _merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Lay one definition over another: mappings are joined key by key, everything else is replaced."""
    both = {
        key: _merged(base[key], over[key])
        for key in base.keys() & over.keys()
        if _are_mappings(base[key], over[key])
    }
    return {**base, **over, **both}


def _are_mappings(one: object, other: object) -> bool:
    return isinstance(one, Mapping) and isinstance(other, Mapping)


def _fault(model: type[BaseModel], fault: Mapping[str, Any]) -> str:
    place = ".".join(str(step) for step in fault["loc"]) or "the whole"
    if fault["type"] != "extra_forbidden":
        return f"{place}: {fault['msg']}"
    close = get_close_matches(str(fault["loc"][-1]), _keys(model), n=1)
    return f"{place}: not a known key" + (f", close to {close[0]}" if close else "")


def _keys(model: type[BaseModel]) -> list[str]:
    """Every key that occurs anywhere in a model."""
    schema = model.model_json_schema()
    parts = [schema, *schema.get("$defs", {}).values()]
    return sorted({key for part in parts for key in part.get("properties", {})})
