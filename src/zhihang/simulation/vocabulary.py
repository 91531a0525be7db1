# SPDX-License-Identifier: Apache-2.0
"""The words of the simulation: technical fields with their topics, a grammar for texts, and what names are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from zhihang.simulation.load import HERE, checked, read_yaml
from zhihang.simulation.scenario import Amount, Label, Part

Form = Literal["mechanism", "circuit", "software", "composition", "process"]
Pair = tuple[str, str]
FOLDER = HERE / "vocabulary"

#: Forms that have a shape or structure, as a utility model must.
WITH_STRUCTURE = ("mechanism", "circuit")


class Formerly(Part):
    """Symbols a topic had in earlier editions of the classification, for filings up to a year."""

    ipc: list[str]
    until: int


class Topic(Part):
    """What inventions of one kind are about; `things` are their names, `parts` what they are made of or done by.

    `parts` of a process or of software stand in the order of work. `modifiers` and
    `parameters` replace those of the field.
    """

    zh: str
    form: Form
    weight: Amount = 1
    since: int = 0
    ipc: list[str]
    formerly: Formerly | None = None
    things: list[str]
    parts: list[str] = Field(min_length=6)
    tech: list[str] = []
    modifiers: list[str] = []
    parameters: list[tuple[str, float, float, str]] = []


class Product(Part):
    """Things that are protected as designs, with their Locarno class."""

    locarno: str
    things: list[str]


class TechnicalField(Part):
    """A technical field: the words its firms, titles and abstracts share."""

    label: Label
    firm_words: list[Pair]
    cooperatives: bool = False
    modifiers: list[str]
    uses: list[str]
    effects: list[str] = Field(min_length=3)
    problems: list[str]
    parameters: list[tuple[str, float, float, str]]
    topics: list[Topic]
    designs: list[Product]


class Grammar(Part):
    """Patterns that titles, abstracts and claims follow; see the head of the file for their slots."""

    selves: dict[str, str]
    actions: list[str]
    title_prefix: dict[Form, list[str]]
    title_core: dict[str, list[str]]
    title_core_utility_model: list[str]
    lead: list[str]
    first: dict[Form, list[str]]
    second: dict[Form, list[str]]
    detail: dict[Form, list[str]]
    third: list[str]
    fourth: list[str]
    claim_lead: list[str]
    claim_turn: list[str]
    claim_end: dict[Form, list[str]]
    design_title: list[str]
    design_abstract: list[str]


class Agency(Part):
    """An invented patent agency and its code."""

    name: str
    code: str


class Names(Part):
    """What names of persons, organisations and places are made of."""

    surnames: dict[str, Amount]
    given_first: list[str]
    given_second: list[str]
    trade_first: dict[str, str]
    trade_second: dict[str, str]
    trade_third: dict[str, str]
    firm_forms: dict[str, Amount]
    institute_words: list[Pair]
    public_words: list[Pair]
    university_words: list[Pair]
    university_parts: list[str]
    firm_parts: list[str]
    slips_of_pen: dict[str, str]
    streets: list[str]
    villages: list[str]
    towns: list[str]
    estates: list[str]
    agencies: list[Agency]
    banks: list[str]


@dataclass(frozen=True)
class Vocabulary:
    """All words; fields by name, in the order of their names."""

    fields: dict[str, TechnicalField]
    grammar: Grammar
    names: Names


def load_vocabulary() -> Vocabulary:
    """Read the vocabulary that ships with the simulation."""
    paths = sorted((FOLDER / "fields").glob("*.yaml"))
    return Vocabulary(
        fields={path.stem: checked(TechnicalField, read_yaml(path), path) for path in paths},
        grammar=checked(Grammar, read_yaml(FOLDER / "grammar.yaml"), FOLDER / "grammar.yaml"),
        names=checked(Names, read_yaml(FOLDER / "names.yaml"), FOLDER / "names.yaml"),
    )
