# SPDX-License-Identifier: Apache-2.0
"""What a scheme is: the rule by which industries, enterprises or parks count as patent-intensive, written as a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from zhihang.errors import DefinitionError, NotFound
from zhihang.intensity.measure_name import MEASURES
from zhihang.terms.label import Label

PACKAGED = Path(__file__).parent / "schemes"
Subject = Literal["industry", "enterprise", "park"]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
BOUNDS = ("above", "at_least", "below", "at_most")


class Part(BaseModel):
    """A part of a scheme: unknown keys are faults, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Part):
    """A name in both languages."""

    zh: str
    en: str

    @property
    def label(self) -> Label:
        """The label."""
        return Label(self.zh, self.en)


class Condition(Part):
    """One condition: a measure against a bound, membership of a list, a title, a yes or no, or one of several.

    `official` says whether the bound stands in a published rule; one that does not needs a `note`. A soft condition
    (原则上) is told but does not decide.
    """

    name: Name
    label: Words | None = None
    measure: str | None = None
    above: float | None = None
    at_least: float | None = None
    below: float | None = None
    at_most: float | None = None
    listed: Sequence[str] = ()
    partial: Literal["counts", "does_not_count"] = "counts"
    titled: Sequence[str] = ()
    is_true: str | None = None
    is_false: str | None = None
    any_of: Sequence[Condition] = ()
    all_of: Sequence[Condition] = ()
    soft: bool = False
    official: bool = True
    clause: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _one_kind(self) -> Condition:
        bounds = [name for name in BOUNDS if getattr(self, name) is not None]
        kinds = [
            name
            for name in ("measure", "listed", "titled", "is_true", "is_false", "any_of", "all_of")
            if getattr(self, name)
        ]
        if len(kinds) != 1:
            raise ValueError("say one of measure, listed, titled, is_true, is_false, any_of, all_of")
        if bool(self.measure) != bool(bounds) or len(bounds) > 1:
            raise ValueError(f"a measure needs one bound ({', '.join(BOUNDS)}), other conditions none")
        if not self.official and not self.note:
            raise ValueError("a bound that is not official needs a note that says where it comes from")
        return self

    @property
    def bound(self) -> tuple[str, float] | None:
        """The kind of bound and its value; None where there is no measure."""
        return next(((name, getattr(self, name)) for name in BOUNDS if getattr(self, name) is not None), None)


class Patents(Part):
    """Which patents are counted and for whom.

    `measure`: grants in the window, filings in it, or rights in force at the end of the year (stock).
    `assigned_by`: the industry of a patent follows from its classes (concordance) or from the register's industry of
    the firm that holds it (holder).
    """

    kinds: Sequence[Literal["invention", "utility_model", "design"]] = ("invention",)
    measure: Literal["grants", "filings", "stock"] = "grants"
    window: Annotated[int, Field(ge=1, le=20)] = 5
    holders: Literal["domestic", "all"] = "domestic"
    assigned_by: Literal["concordance", "holder"] = "concordance"


class Staff(Part):
    """The employment that patents are divided by: mean over so many years, of statistics or of the firms registered.

    `scope` and `series` choose among statistics that cover other firms, or were revised.
    """

    years: Annotated[int, Field(ge=1, le=20)] = 5
    economy: Literal["statistics", "register"] = "statistics"
    scope: str | None = None
    series: str | None = None


class Mean(Part):
    """The mean that intensities are compared with (M-IND-03): of all, or of those with patents."""

    kind: Literal["weighted", "of_ratios"] = "weighted"
    over: Literal["all", "patenting"] = "all"


class Goals(Part):
    """What a plan wants the list to reach; told beside it, decides nothing."""

    count: int | None = None
    output_share: float | None = None
    year: int | None = None
    clause: str = ""


class SchemeFile(Part):
    """What the file of a scheme says."""

    label: Words
    description: str
    reference: str
    subject: Subject
    status: Literal["official", "parameters_not_official", "illustrative"]
    edition: str = "GB/T 4754-2017"
    level: Literal["division", "group", "class"] = "division"
    sections: Sequence[str] = ()
    patents: Patents = Patents()
    staff: Staff = Staff()
    mean: Mean = Mean()
    conditions: Annotated[Sequence[Condition], Field(min_length=1)]
    goals: Goals | None = None
    note: str = ""

    @model_validator(mode="after")
    def _sound(self) -> SchemeFile:
        names = [condition.name for condition in each_condition(self.conditions)]
        twice = sorted({name for name in names if names.count(name) > 1})
        faults = [f'condition "{name}" occurs twice' for name in twice]
        known = [name for name, measure in MEASURES.items() if self.subject in measure.subjects]
        for condition in each_condition(self.conditions):
            wanted = condition.measure or condition.is_true or condition.is_false
            if wanted and wanted not in known:
                close = get_close_matches(wanted, known, n=2)
                nearest = f", close to {', '.join(close)}" if close else f"; there are {', '.join(known)}"
                faults.append(
                    f'condition "{condition.name}": no measure "{wanted}" for the subject {self.subject}{nearest}'
                )
        if faults:
            raise ValueError("; ".join(faults))
        return self


@dataclass(frozen=True)
class Scheme:
    """A scheme: its name, that of its file, and what the file says."""

    name: str
    says: SchemeFile

    @property
    def label(self) -> Label:
        """Its name in both languages."""
        return self.says.label.label


@dataclass(frozen=True)
class Schemes:
    """The shelf of schemes: ``<name>.yaml`` in a workspace's folders, then in the package."""

    folders: tuple[Path, ...] = ()

    def names(self, subject: Subject | None = None) -> list[str]:
        """Return the names of all schemes, or of those for one subject, sorted."""
        names = sorted(self._files())
        return names if subject is None else [name for name in names if self[name].says.subject == subject]

    def __iter__(self) -> Iterator[Scheme]:
        return (self[name] for name in self.names())

    def __getitem__(self, name: str) -> Scheme:
        files = self._files()
        if name not in files:
            raise NotFound.named("scheme", name, files, see="zhihang industries schemes")
        return read_scheme(files[name])

    def of(self, name: str, subject: Subject) -> Scheme:
        """Return a scheme for a subject."""
        found = self[name]
        if found.says.subject != subject:
            known = ", ".join(self.names(subject))
            raise NotFound(
                f'The scheme "{name}" is not about the {subject}.',
                {"it is about": found.says.subject, f"schemes for the {subject}": known},
                todo="Choose one of these.",
            )
        return found

    def _files(self) -> Mapping[str, Path]:
        found: dict[str, Path] = {}
        for folder in (*self.folders, PACKAGED):
            for path in sorted(folder.glob("*.yaml")):
                found.setdefault(path.stem, path)
        return found


def read_scheme(path: Path) -> Scheme:
    """Read and check the file of a scheme; all its faults are told together."""
    try:
        stated = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
        if not isinstance(stated, dict):
            raise yaml.YAMLError("it holds no keys")
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DefinitionError(
            f'The scheme "{path.name}" cannot be read.',
            {"file": path, "error": error},
            todo="Write it as YAML.",
        ) from error
    try:
        return Scheme(path.stem, SchemeFile.model_validate(stated))
    except ValidationError as error:
        faults = "; ".join(_fault(dict(fault)) for fault in error.errors()[:20])
        raise DefinitionError(
            f'The scheme "{path.name}" has faults.',
            {"file": path, "faults": faults},
            todo="Mend the places named.",
        ) from error


def each_condition(conditions: Sequence[Condition]) -> Iterator[Condition]:
    """Yield conditions and those within them."""
    for condition in conditions:
        yield condition
        yield from each_condition((*condition.any_of, *condition.all_of))


def _fault(fault: Mapping[str, Any]) -> str:
    place = ".".join(str(step) for step in fault["loc"]) or "the whole"
    told = str(fault["msg"]).removeprefix("Value error, ")
    if fault["type"] == "extra_forbidden":
        known = {
            key
            for model in (SchemeFile, Condition, Patents, Staff, Mean, Goals)
            for key in model.model_fields
        }
        close = get_close_matches(str(fault["loc"][-1]), known, n=1)
        told = "no such key" + (f", close to {close[0]}" if close else "")
    return f"{place}: {told}"
