# SPDX-License-Identifier: Apache-2.0
"""Books of sentences from which titles, abstracts and first claims are put together, by topic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from zhihang.simulation.book import Book, Ranges
from zhihang.simulation.draws import Dice, Draws
from zhihang.simulation.vocabulary import Grammar, Product, TechnicalField, Topic, Vocabulary

_WITH_ORDER = ("process", "software")
_PREFIXES, _CORES, _BODIES, _DETAILS, _ENDS, _TITLES = 40, 40, 64, 32, 32, 24


@dataclass(frozen=True)
class Shelved:
    """A book together with which of its positions belong to which owner (topic, field or product)."""

    book: Book
    of: Ranges

    @classmethod
    def by_owner(cls, texts: Iterable[Sequence[str]]) -> Shelved:
        """Make a book from the texts of each owner in turn."""
        lists = [list(own) for own in texts]
        return cls(Book.of(text for own in lists for text in own), Ranges.of(len(own) for own in lists))


@dataclass(frozen=True)
class Texts:
    """All sentences. Owners are topics; `lead` and `ending` have one owner per topic and self (invention, utility model).

    `body` (of abstracts) and `claim_body` share positions: they speak of the same parts. So do the designs' two books.
    """

    prefix: Shelved
    core: Shelved
    core_utility_model: Shelved
    lead: Shelved
    body: Shelved
    claim_body: Book
    third: Shelved
    ending: Shelved
    claim_lead: Book
    design_title: Shelved
    design_abstract: Book


def make_texts(vocabulary: Vocabulary, draws: Draws) -> Texts:
    """Write all sentences, by chance but always the same for a seed."""
    writer = _Writer(vocabulary.grammar, draws.dice("texts"))
    fields = vocabulary.fields.values()
    topics = [_About(field, topic) for field in fields for topic in field.topics]
    both = [_About(one.field, one.topic, kind) for one in topics for kind in ("invention", "utility_model")]
    bodies = [[writer.body(one.topic) for _ in range(_BODIES)] for one in topics]
    designs = [
        [writer.design(field, own) for _ in range(_TITLES)] for field in fields for own in field.designs
    ]
    grammar = vocabulary.grammar
    return Texts(
        prefix=writer.shelve(topics, writer.prefix, _PREFIXES),
        core=writer.shelve(topics, writer.core, _CORES),
        core_utility_model=writer.shelve(topics, writer.core_utility_model, _CORES),
        lead=writer.shelve(both, writer.lead, len(grammar.lead)),
        body=Shelved.by_owner([body for body, _ in own] for own in bodies),
        claim_body=Book.of(claim for own in bodies for _, claim in own),
        third=writer.shelve(topics, writer.third, _DETAILS),
        ending=writer.shelve(both, writer.ending, _ENDS),
        claim_lead=Book.of(grammar.claim_lead),
        design_title=Shelved.by_owner([title for title, _ in own] for own in designs),
        design_abstract=Book.of(abstract for own in designs for _, abstract in own),
    )


@dataclass(frozen=True)
class _About:
    """What a sentence is about, and which kind of right it calls itself."""

    field: TechnicalField
    topic: Topic
    kind: str = "invention"


@dataclass(frozen=True)
class _Writer:
    grammar: Grammar
    dice: Dice

    def shelve(self, owners: Sequence[_About], write: Callable[[_About], str], count: int) -> Shelved:
        return Shelved.by_owner([write(owner) for _ in range(count)] for owner in owners)

    def prefix(self, about: _About) -> str:
        return self.dice.one(self.grammar.title_prefix[about.topic.form]).format(
            modifier=self.dice.one(about.topic.modifiers or about.field.modifiers),
            use=self.dice.one(about.field.uses),
            tech=self.dice.one(about.topic.tech or about.field.modifiers),
            p1=self.dice.one(about.topic.parts),
        )

    def core(self, about: _About) -> str:
        thing = self.dice.one(about.topic.things)
        is_action = about.topic.form == "process" and thing.endswith(tuple(self.grammar.actions))
        patterns = self.grammar.title_core["action" if is_action else about.topic.form]
        return self.dice.one(patterns).format(thing=thing, p1=self.dice.one(about.topic.parts))

    def core_utility_model(self, about: _About) -> str:
        pattern = self.dice.one(self.grammar.title_core_utility_model)
        return pattern.format(thing=self.dice.one(about.topic.things), p1=self.dice.one(about.topic.parts))

    def lead(self, about: _About) -> str:
        return self.dice.one(self.grammar.lead).format(
            self=self.grammar.selves[about.kind], field=about.field.label.zh
        )

    def body(self, topic: Topic) -> tuple[str, str]:
        """What follows the title: in the abstract how it is built and how its parts work together, in the claim less."""
        parts = self.dice.some(topic.parts, 5, in_order=topic.form in _WITH_ORDER)
        slots = {f"p{i}": part for i, part in enumerate(parts, start=1)}
        slots |= {f"a{i}": self._weights() for i in range(1, 6)}
        grammar = self.grammar
        patterns = (grammar.first[topic.form], grammar.second[topic.form], grammar.claim_end[topic.form])
        first, second, end = (self.dice.one(choice).format(**slots) for choice in patterns)
        return f"，{first}{second}", f"{self.dice.one(grammar.claim_turn)}{first}{end}"

    def third(self, about: _About) -> str:
        """A detail of how it is built, and a figure."""
        name, least, most, unit = self.dice.one(about.topic.parameters or about.field.parameters)
        low, high = sorted(least + (most - least) * self.dice.chance() for _ in range(2))
        return self.dice.one(self.grammar.detail[about.topic.form]) + self.dice.one(
            self.grammar.third
        ).format(param=name, low=_rounded(low, most - least), high=_rounded(high, most - least), unit=unit)

    def ending(self, about: _About) -> str:
        e1, e2, e3 = self.dice.some(about.field.effects, 3)
        return self.dice.one(self.grammar.fourth).format(
            self=self.grammar.selves[about.kind],
            e1=e1,
            e2=e2,
            e3=e3,
            problem=self.dice.one(about.field.problems),
            use=self.dice.one(about.field.uses),
        )

    def design(self, field: TechnicalField, product: Product) -> tuple[str, str]:
        """Title and abstract of a design."""
        thing = self.dice.one(product.things)
        title = self.dice.one(self.grammar.design_title).format(thing=thing)
        return title, self.dice.one(self.grammar.design_abstract).format(
            thing=title, use=self.dice.one(field.uses)
        )

    def _weights(self) -> str:
        low = 1 + self.dice.below(40)
        return f"{low}～{low + 2 + self.dice.below(28)}"


def _rounded(value: float, span: float) -> str:
    """Write a number as finely as its range asks for."""
    return f"{value:.1f}".removesuffix(".0") if span < 20 else f"{value:.0f}"
