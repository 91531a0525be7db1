# SPDX-License-Identifier: Apache-2.0
"""What a navigation study (专利导航) is: question, scope, breakdown, comparators, recommendations; one YAML file each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from zhihang.errors import DefinitionError, NotFound
from zhihang.terms.label import Label

PACKAGED = Path(__file__).parent / "studies"
Variant = Literal["industry", "enterprise", "rd"]
Level = Literal["family", "application"]
NODE_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
Code = Annotated[str, StringConstraints(pattern=f"^{NODE_CODE.pattern}$")]
VARIANTS: Mapping[str, str] = {
    "industry": "产业规划类专利导航",
    "enterprise": "企业经营类专利导航",
    "rd": "研发活动类专利导航",
}


class Part(BaseModel):
    """A part of a study: unknown keys are faults, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Part):
    """A name in both languages."""

    zh: str
    en: str = ""

    @property
    def label(self) -> Label:
        """The label."""
        return Label(self.zh, self.en or self.zh)


class Period(Part):
    """First and last year of filing that the study looks at; open where left out."""

    first: int | None = None
    last: int | None = None


class Rule(Part):
    """What tells a patent: a query, words in its title or abstract, classes, numbers of examples; any of them will do.

    Words of Latin letters are found at the beginning of a word, Chinese ones anywhere; a class stands for all below it.
    """

    query: str = ""
    keywords: Sequence[str] = ()
    classes: Sequence[str] = ()
    examples: Sequence[str] = ()

    @property
    def empty(self) -> bool:
        """Whether it says nothing."""
        return not (self.query.strip() or self.keywords or self.classes or self.examples)


class Node(Rule):
    """A node of the technology breakdown (技术分解表) or of the effects; `parent` is the code of the node above it."""

    code: Code
    zh: str
    en: str = ""
    parent: str = ""
    note: str = ""

    @property
    def label(self) -> Label:
        """The label."""
        return Label(self.zh, self.en or self.zh)


class Expansion(Part):
    """By what the corpus grows beyond the query, and how much a patent must have in common with it.

    classes: patents in at least two of the subclass groups that mark the corpus; citations: citing
    or cited by at least `links` patents of the corpus; similar: so many of the nearest patents by text;
    co_applicants: patents in the marking classes by holders who share patents with leading holders of the corpus.
    """

    classes: bool = False
    citations: bool = False
    similar: Annotated[int, Field(ge=0, le=10_000)] = 0
    co_applicants: bool = False
    links: Annotated[int, Field(ge=1, le=100)] = 2
    most: Annotated[int, Field(ge=1, le=100_000)] = 1_000


class Noise(Rule):
    """What is taken out of the corpus: by rule, and by a classifier where labels say what is noise."""

    classifier: bool = True


class Recommended(Part):
    """What the client decided on a recommendation, by its key as the report prints it."""

    key: str
    owner: str = ""
    due: date | None = None
    indicator: str = ""
    goal: float | str | None = None
    status: Literal["draft", "accepted", "under_way", "done", "declined"] = "draft"
    note: str = ""


class FollowUp(Part):
    """A dated note on what became of the study."""

    date: date
    note: str
    key: str = ""


class Remark(Part):
    """A finding the analyst adds by hand; printed beside the computed ones and marked as the analyst's."""

    section: Literal["corpus", "direction", "position", "path"] = "direction"
    text: str
    evidence: Sequence[str] = ()


class Thresholds(Part):
    """Figures that decide on recommendations; none is official, each is a parameter of the study."""

    enter_density: float = 40.0
    strong_quotient: float = 1.0
    avoid_cr4: float = 0.7
    fading_growth: float = -0.05
    least_patents: int = 5
    let_go_age: int = 8
    sudden_end: Annotated[float, Field(ge=0, lt=1)] = 0.25
    top: Annotated[int, Field(ge=3, le=100)] = 20


class StudyFile(Part):
    """What the file of a study says."""

    label: Words
    question: str
    client: str = ""
    variant: Variant = "industry"
    region: str = ""
    nation: str = "CN"
    holders: Sequence[str] = ()
    period: Period = Period()
    cutoff: date | None = None
    level: Level = "family"
    query: str = ""
    style: str = ""
    seeds: Sequence[str] = ()
    expand: Expansion = Expansion()
    noise: Noise = Noise()
    breakdown: Sequence[Node] = ()
    effects: Sequence[Node] = ()
    comparators: Sequence[str] = ()
    thresholds: Thresholds = Thresholds()
    findings: Sequence[Remark] = ()
    recommendations: Sequence[Recommended] = ()
    follow_up: Sequence[FollowUp] = ()
    note: str = ""

    @model_validator(mode="after")
    def _sound(self) -> StudyFile:
        faults = [*_tree_faults("breakdown", self.breakdown), *_tree_faults("effects", self.effects)]
        if not self.query.strip() and not self.seeds:
            faults.append("no query and no seeds: nothing says which patents the study is about")
        if self.variant == "enterprise" and not self.holders:
            faults.append("a study of an enterprise wants holders: the names the client files under")
        first, last = self.period.first, self.period.last
        if first is not None and last is not None and first > last:
            faults.append(f"period: {first} comes after {last}")
        if faults:
            raise ValueError("; ".join(faults))
        return self


@dataclass(frozen=True)
class Study:
    """A study: its name, that of its file, the file, and what it says."""

    name: str
    path: Path
    says: StudyFile

    @property
    def label(self) -> Label:
        """The label."""
        return self.says.label.label

    def children(self, code: str = "") -> list[Node]:
        """Return the nodes right below a node; blank: the top ones."""
        return [node for node in self.says.breakdown if node.parent == code]

    def above(self, code: str) -> list[str]:
        """Return the codes of the nodes above a node, the nearest first."""
        parents = {node.code: node.parent for node in self.says.breakdown}
        found = []
        while parents.get(code):
            code = parents[code]
            found.append(code)
        return found

    def ordered(self) -> list[tuple[Node, int]]:
        """Return the nodes in the order of the tree, each with its depth."""
        return list(walk(self.says.breakdown, "", 0))

    def leaves(self) -> list[Node]:
        """Return the nodes with none below."""
        parents = {node.parent for node in self.says.breakdown}
        return [node for node, _ in self.ordered() if node.code not in parents]


@dataclass(frozen=True)
class Studies:
    """The studies of a workspace's folder ``studies``, then the examples of the package."""

    folders: Sequence[Path] = ()

    def names(self) -> list[str]:
        """Return the names of all studies, sorted."""
        return sorted(self._files())

    def __getitem__(self, name: str) -> Study:
        files = self._files()
        if name not in files:
            raise NotFound.named("study", name, files, see="zhihang study list")
        return read_study(files[name])

    def _files(self) -> Mapping[str, Path]:
        found: dict[str, Path] = {}
        for folder in (*self.folders, PACKAGED):
            for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
                found.setdefault(path.stem, path)
        return found


def read_study(path: Path) -> Study:
    """Read the file of a study; all its faults are told together."""
    try:
        stated: Any = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise NotFound(
            f'"{path}" cannot be read.', {"system says": error.strerror}, todo="Check the name."
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise _faulty(path, [f"not readable as YAML in UTF-8: {' '.join(str(error).split())}"]) from error
    if not isinstance(stated, dict):
        raise _faulty(path, ["not a list of keys with values"])
    try:
        return Study(path.stem, path, StudyFile.model_validate(stated))
    except ValidationError as error:
        raise _faulty(path, _told(error)) from error


def walk(nodes: Sequence[Node], parent: str, depth: int) -> Iterator[tuple[Node, int]]:
    """Yield the nodes below a parent in the order of the tree, each with its depth."""
    for node in nodes:
        if node.parent == parent:
            yield node, depth
            yield from walk(nodes, node.code, depth + 1)


def _tree_faults(where: str, nodes: Sequence[Node]) -> list[str]:
    """Name what is wrong with a tree: codes twice, parents that are not there, loops, leaves that say nothing."""
    codes = [node.code for node in nodes]
    faults = [
        f"{where}: code {code} occurs twice"
        for code in sorted({one for one in codes if codes.count(one) > 1})
    ]
    parents = {node.code: node.parent for node in nodes}
    for node in nodes:
        if node.parent and node.parent not in parents:
            close = get_close_matches(node.parent, codes, n=1)
            nearest = f", close to {close[0]}" if close else ""
            faults.append(f"{where}: {node.code} stands below {node.parent}, which is not there{nearest}")
        if node.empty and node.code not in parents.values():
            faults.append(f"{where}: {node.code} says nothing: give a query, keywords, classes or examples")
    return faults + [f"{where}: {loop} is a loop" for loop in _loops(parents)]


def _loops(parents: Mapping[str, str]) -> list[str]:
    found: dict[frozenset[str], str] = {}
    for start in parents:
        way = [start]
        while (above := parents.get(way[-1], "")) and above not in way:
            way.append(above)
        if above:
            ring = way[way.index(above) :]
            found.setdefault(frozenset(ring), " -> ".join([*ring, above]))
    return list(found.values())


def _told(error: ValidationError) -> list[str]:
    found = []
    for fault in error.errors():
        place = ".".join(str(part) for part in fault["loc"])
        text = fault["msg"].removeprefix("Value error, ")
        if fault["type"] == "extra_forbidden":
            close = get_close_matches(str(fault["loc"][-1]), StudyFile.model_fields, n=1)
            text = "unknown key" + (f", close to {close[0]}" if close else "")
        found.append(f"{place}: {text}" if place else text)
    return found


def _faulty(path: Path, faults: Sequence[str]) -> DefinitionError:
    return DefinitionError(
        f'The study "{path.stem}" cannot be used.',
        {"file": path, "faults": "; ".join(faults), "keys": ", ".join(StudyFile.model_fields)},
        todo="Mend the file; zhihang study new writes one with comments.",
    )
