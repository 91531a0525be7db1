# SPDX-License-Identifier: Apache-2.0
"""What a scoring scheme (考核评分方案) is: items with points, the form that turns a value into them, what a gap costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import Field, ValidationError, model_validator

from zhihang.errors import DefinitionError, NotFound
from zhihang.planning.plan import Names, Part, Text

PACKAGED = Path(__file__).parent / "schemes"

Closed = Literal["lower", "upper"]
"""A value exactly at the edge of a band: `lower`, it belongs to the band above it; `upper`, to the band below."""
Missing = Literal["none", "zero", "redistribute"]
"""A value that is not known: no total; no points; or the item's points are spread over the others."""


class Linear(Part):
    """The share of the target that is reached, between floor and cap."""

    kind: Literal["linear"]
    cap: float = 1.0
    floor: float = 0.0


class Band(Part):
    """From an edge on: a share of the points, or the name of a class."""

    edge: float
    share: float = 0.0
    label: Names | None = None


class Banded(Part):
    """A share of the points by bands of value over target; below all of them, nothing."""

    kind: Literal["banded"]
    closed: Closed
    bands: tuple[Band, ...]

    def band(self, value: float) -> Band | None:
        """Return the band a value lies in."""
        return band_of(self.bands, value, self.closed)


class Mix(Part):
    """Completion and growth, each with its weight: level x value/target + growth x growth/its target."""

    kind: Literal["mix"]
    level: float
    growth: float
    growth_target: float = Field(gt=0)
    cap: float = 1.0
    floor: float = 0.0


class Rank(Part):
    """From the first of the peer group down to the last in equal steps."""

    kind: Literal["rank"]
    first: float = 1.0
    last: float = 0.0


class Each(Part):
    """So many points for each one of several things counted, up to the item's points."""

    kind: Literal["each"]
    of: dict[str, float]


class Fulfilled(Part):
    """All points if it is so (any value above 0), else none."""

    kind: Literal["fulfilled"]


class AsIs(Part):
    """The value itself is the score."""

    kind: Literal["as_is"]


Form = Annotated[Linear | Banded | Mix | Rank | Each | Fulfilled | AsIs, Field(discriminator="kind")]


class Bonus(Part):
    """Points for what is above the target: so many for each further `each`; no cap where none is stated."""

    points: float
    each: float = Field(gt=0)
    cap: float | None = None
    note: Names | None = None


class Item(Part):
    """One item of a scheme."""

    id: Text
    label: Names
    indicator: str = ""
    points: float = Field(gt=0)
    form: Form
    bonus: Bonus | None = None

    @property
    def indicators(self) -> tuple[str, ...]:
        """The indicators it needs."""
        return tuple(self.form.of) if isinstance(self.form, Each) else (self.indicator,)

    @property
    def needs_target(self) -> bool:
        """Whether it needs a target beside the value."""
        return isinstance(self.form, Linear | Banded | Mix) or self.bonus is not None


class Classes(Part):
    """Classes of the total."""

    closed: Closed
    bands: tuple[Band, ...]


class Scheme(Part):
    """A scoring scheme. Cap and floor are of the total."""

    label: Names
    reference: Names
    missing: Missing
    items: tuple[Item, ...]
    cap: float | None = None
    floor: float | None = None
    classes: Classes | None = None
    name: str = ""

    @model_validator(mode="after")
    def _sound(self) -> Scheme:
        names = [item.id for item in self.items]
        double = sorted({name for name in names if names.count(name) > 1})
        if double:
            raise ValueError(f'the id "{double[0]}" occurs twice')
        for item in self.items:
            if not isinstance(item.form, Each) and not item.indicator:
                raise ValueError(f'item "{item.id}" names no indicator')
        return self


def band_of(bands: tuple[Band, ...], value: float, closed: Closed) -> Band | None:
    """Return the band a value lies in, the highest first."""
    for band in sorted(bands, key=lambda band: -band.edge):
        if value > band.edge or (closed == "lower" and abs(value - band.edge) < 1e-12):
            return band
    return None


@dataclass(frozen=True)
class Schemes:
    """The shelf of scoring schemes: ``<name>.yaml`` in a workspace's folders, then in the package."""

    folders: tuple[Path, ...] = ()

    def names(self) -> list[str]:
        """Return the names of all schemes, sorted."""
        return sorted(self._files())

    def __iter__(self) -> Iterator[Scheme]:
        return (self[name] for name in self.names())

    def __getitem__(self, name: str) -> Scheme:
        files = self._files()
        if name not in files:
            raise NotFound.named("scheme", name, files)
        return load_scheme(files[name])

    def _files(self) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for folder in (*self.folders, PACKAGED):
            for path in sorted(folder.glob("*.yaml")):
                found.setdefault(path.stem, path)
        return found


def load_scheme(path: Path) -> Scheme:
    """Read a scheme file, or say everything that is wrong with it."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        if not isinstance(content, dict):
            raise DefinitionError(
                f'"{path.name}" holds no keys.', {"file": path}, todo="Write key: value lines."
            )
        return Scheme.model_validate({**content, "name": path.stem})
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DefinitionError(
            f'"{path.name}" is not a YAML file in UTF-8.', {"file": path, "error": error}, todo="Mend it."
        ) from error
    except ValidationError as error:
        faults = "; ".join(
            ".".join(str(step) for step in fault["loc"]) + ": " + fault["msg"].removeprefix("Value error, ")
            for fault in error.errors()
        )
        raise DefinitionError(
            f'The scheme "{path.stem}" has faults.',
            {"file": path, "faults": faults},
            todo="Mend the places named.",
        ) from error
