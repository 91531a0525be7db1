# SPDX-License-Identifier: Apache-2.0
"""The words of the simulation: technical fields with their topics, a grammar for texts, and what names are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from zhihang.simulation.load import HERE, checked, read_yaml
from zhihang.simulation.scenario import Amount, Label, Part, Plain

Form = Literal["mechanism", "circuit", "software", "composition", "process"]
Pair = tuple[Plain, Plain]
FOLDER = HERE / "vocabulary"

#: Forms that have a shape or structure, as a utility model must.
WITH_STRUCTURE = ("mechanism", "circuit")


class Formerly(Part):
    """Symbols a topic had in earlier editions of the classification, for filings up to a year."""

    ipc: list[Plain]
    until: int


class Topic(Part):
    """What inventions of one kind are about; `things` are their names, `parts` what they are made of or done by.

    `parts` of a process or of software stand in the order of work. `modifiers` and
    `parameters` replace those of the field.
    """

    zh: Plain
    form: Form
    weight: Amount = 1
    since: int = 0
    ipc: list[Plain]
    formerly: Formerly | None = None
    things: list[Plain]
    parts: list[Plain] = Field(min_length=6)
    tech: list[Plain] = Field(default=[])
    modifiers: list[Plain] = Field(default=[])
    parameters: list[tuple[Plain, float, float, Plain]] = Field(default=[])


class Product(Part):
    """Things that are protected as designs, with their Locarno class."""

    locarno: Plain
    things: list[Plain]


class TechnicalField(Part):
    """A technical field: the words its firms, titles and abstracts share."""

    label: Label
    firm_words: list[Pair]
    cooperatives: bool = False
    modifiers: list[Plain]
    uses: list[Plain]
    effects: list[Plain] = Field(min_length=3)
    problems: list[Plain]
    parameters: list[tuple[Plain, float, float, Plain]]
    topics: list[Topic]
    designs: list[Product]


class Grammar(Part):
    """Patterns that titles, abstracts and claims follow; see the head of the file for their slots."""

    selves: dict[Plain, Plain]
    actions: list[Plain]
    title_prefix: dict[Form, list[Plain]]
    title_core: dict[Plain, list[Plain]]
    title_core_utility_model: list[Plain]
    lead: list[Plain]
    first: dict[Form, list[Plain]]
    second: dict[Form, list[Plain]]
    detail: dict[Form, list[Plain]]
    third: list[Plain]
    fourth: list[Plain]
    claim_lead: list[Plain]
    claim_turn: list[Plain]
    claim_end: dict[Form, list[Plain]]
    design_title: list[Plain]
    design_abstract: list[Plain]


class Agency(Part):
    """An invented patent agency and its code."""

    name: Plain
    code: Plain


class Names(Part):
    """What names of persons, organisations and places are made of."""

    surnames: dict[Plain, Amount]
    given_first: list[Plain]
    given_second: list[Plain]
    trade_first: dict[Plain, Plain]
    trade_second: dict[Plain, Plain]
    trade_third: dict[Plain, Plain]
    firm_forms: dict[Plain, Amount]
    institute_words: list[Pair]
    public_words: list[Pair]
    university_words: list[Pair]
    university_parts: list[Plain]
    firm_parts: list[Plain]
    slips_of_pen: dict[Plain, Plain]
    streets: list[Plain]
    villages: list[Plain]
    towns: list[Plain]
    estates: list[Plain]
    agencies: list[Agency]
    banks: list[Plain]


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
