# SPDX-License-Identifier: Apache-2.0
"""Which topic an application is about, and the classification symbols that go with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhihang.simulation.book import Book, Positions, Ranges
from zhihang.simulation.draws import Dice, Draws
from zhihang.simulation.vocabulary import WITH_STRUCTURE, Topic, Vocabulary

_COMBINATIONS = 14


@dataclass(frozen=True)
class Topics:
    """Topics and design products of all fields, one after another."""

    field_names: tuple[str, ...]
    field_of: NDArray[np.int16]
    weight: NDArray[np.float64]
    since: NDArray[np.int16]
    structured: NDArray[np.bool_]
    old_until: NDArray[np.int16]
    lasting: Ranges
    with_structure: Ranges
    products: Ranges
    lasting_list: Positions
    with_structure_list: Positions

    def __len__(self) -> int:
        return len(self.field_of)

    def cumulative(self, fields: Mapping[str, float]) -> NDArray[np.float64]:
        """Cumulative share of each topic for a mix of fields."""
        mix = np.array([fields.get(name, 0.0) for name in self.field_names])[self.field_of]
        within = np.bincount(self.field_of, weights=self.weight)[self.field_of]
        shares = mix * self.weight / within
        cumulative: NDArray[np.float64] = np.cumsum(shares / shares.sum())
        return cumulative

    def fit(
        self, topic: Positions, utility_model: NDArray[np.bool_], year: int, chance: NDArray[np.float64]
    ) -> Positions:
        """Replace topics that did not exist yet, and those a utility model cannot protect, by others of the same field."""
        field = self.field_of[topic]
        early = self.since[topic] > year
        topic = np.where(early, self.lasting_list[self.lasting.pick(field, chance) - 1], topic)
        shapeless = utility_model & ~self.structured[topic]
        fitted = np.where(
            shapeless, self.with_structure_list[self.with_structure.pick(field, chance) - 1], topic
        )
        return fitted.astype(np.int32)


@dataclass(frozen=True)
class Classes:
    """Lists of symbols as a register writes them, each with its main symbol in a cell of its own.

    `current` and `former` are the ranges of topics, `locarno` those of products, each product having one.
    """

    book: Book
    current: Ranges
    former: Ranges
    locarno: Ranges


def arrange_topics(vocabulary: Vocabulary) -> Topics:
    """Lay out the topics of all fields."""
    fields = list(vocabulary.fields.values())
    topics = [(number, topic) for number, field in enumerate(fields) for topic in field.topics]
    lasting = [
        [i for i, (f, t) in enumerate(topics) if f == number and not t.since] for number in range(len(fields))
    ]
    shaped = [
        [i for i, (f, t) in enumerate(topics) if f == number and t.form in WITH_STRUCTURE]
        for number in range(len(fields))
    ]
    return Topics(
        field_names=tuple(vocabulary.fields),
        field_of=np.array([number for number, _ in topics], np.int16),
        weight=np.array([topic.weight for _, topic in topics]),
        since=np.array([topic.since for _, topic in topics], np.int16),
        structured=np.array([topic.form in WITH_STRUCTURE for _, topic in topics]),
        old_until=np.array([topic.formerly.until if topic.formerly else 0 for _, topic in topics], np.int16),
        lasting=Ranges.of(len(own) for own in lasting),
        with_structure=Ranges.of(len(own) for own in shaped),
        products=Ranges.of(len(field.designs) for field in fields),
        lasting_list=_joined(lasting),
        with_structure_list=_joined(shaped),
    )


def make_classes(vocabulary: Vocabulary, draws: Draws) -> Classes:
    """Combine the symbols of each topic in several ways, the first being the main one."""
    dice = draws.dice("classes")
    topics = [topic for field in vocabulary.fields.values() for topic in field.topics]
    current = [_combinations(topic.ipc, dice) for topic in topics]
    former = [_combinations(_former(topic), dice) if topic.formerly else [] for topic in topics]
    lists = [symbols for own in (*current, *former) for symbols in own]
    products = [product for field in vocabulary.fields.values() for product in field.designs]
    first_former = 1 + sum(len(own) for own in current)
    cells = [
        *((";".join(symbols), symbols[0]) for symbols in lists),
        *((p.locarno, p.locarno) for p in products),
    ]
    return Classes(
        book=Book.of_cells(cells, width=2),
        current=Ranges.of(len(own) for own in current),
        former=Ranges.of((len(own) for own in former), first=first_former),
        locarno=Ranges.of((1 for _ in products), first=1 + len(lists)),
    )


def _former(topic: Topic) -> list[str]:
    return topic.formerly.ipc if topic.formerly else topic.ipc


def _combinations(symbols: list[str], dice: Dice) -> list[list[str]]:
    """Orders of one to all symbols; the first of a topic leads in more than half of them."""
    found = []
    for _ in range(_COMBINATIONS):
        order = dice.some(symbols, 1 + dice.below(len(symbols)))
        if dice.chance() < 0.5:
            order = [symbols[0], *(symbol for symbol in order if symbol != symbols[0])]
        found.append(order)
    return found


def _joined(lists: Iterable[list[int]]) -> Positions:
    return np.array([number for own in lists for number in own], np.int32)
