# SPDX-License-Identifier: Apache-2.0
"""What each application is about: its topic or product, its classification, and the sentences of its texts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from zhihang.simulation.applicants import Applicants
from zhihang.simulation.book import Positions
from zhihang.simulation.chunk import Chunk
from zhihang.simulation.organisations import Organisations
from zhihang.simulation.scenario import KINDS
from zhihang.simulation.texts import Shelved, Texts
from zhihang.simulation.topics import Classes, Topics

_DESIGN, _UTILITY_MODEL = KINDS.index("design"), KINDS.index("utility_model")


@dataclass(frozen=True)
class Subjects:
    """Positions of one chunk in the books of sentences and symbols; `design` is 0 for what is not a design."""

    topic: Positions
    design: Positions
    classes: Positions


@dataclass(frozen=True)
class SubjectDrawer:
    """Finds what applications are about, from what their applicants work on."""

    topics: Topics
    classes: Classes
    texts: Texts
    organisations: Organisations
    individuals: NDArray[np.float64]

    def draw(self, chunk: Chunk, applicants: Applicants) -> Subjects:
        """Draw the subjects of a chunk."""
        chance = chunk.chance("topic")
        own = self.organisations.draw_topic(np.maximum(applicants.organisation, 0), chance)
        alone = np.minimum(np.searchsorted(self.individuals, chance), len(self.topics) - 1)
        topic = np.where(applicants.individual, alone, own).astype(np.int32)
        kind = chunk.lives.kind
        topic = self.topics.fit(topic, kind == _UTILITY_MODEL, chunk.year, chunk.chance("topic again"))
        product = self.topics.products.pick(self.topics.field_of[topic], chunk.chance("product")) - 1
        is_design = kind == _DESIGN
        design = self.texts.design_title.of.pick(product, chunk.chance("design"))
        return Subjects(
            topic=topic,
            design=np.where(is_design, design, 0).astype(np.int32),
            classes=np.where(
                is_design, self.classes.locarno.starts[product], self._classes(chunk, topic)
            ).astype(np.int32),
        )

    def _classes(self, chunk: Chunk, topic: Positions) -> Positions:
        chance = chunk.chance("classes")
        former = self.topics.old_until[topic] >= chunk.year
        old, new = self.classes.former.pick(topic, chance), self.classes.current.pick(topic, chance)
        return np.where(former, old, new)

    def titles(self, chunk: Chunk, subjects: Subjects) -> pa.Array:
        """Write the titles of a chunk."""
        texts = self.texts
        model = chunk.lives.kind == _UTILITY_MODEL
        chance = chunk.chance("core")
        core = texts.core.of.pick(subjects.topic, chance)
        core_model = texts.core_utility_model.of.pick(subjects.topic, chance)
        no_design = subjects.design == 0
        return pc.binary_join_element_wise(
            texts.prefix.book.look_up(self._pick(chunk, texts.prefix, subjects.topic, "prefix", no_design)),
            texts.core.book.look_up(np.where(model, 0, core) * no_design),
            texts.core_utility_model.book.look_up(np.where(model, core_model, 0)),
            texts.design_title.book.look_up(subjects.design),
            "",
        )

    def texts_of(
        self, chunk: Chunk, subjects: Subjects, titles: pa.Array, shown: NDArray[np.bool_]
    ) -> tuple[list[pa.Array], list[pa.Array]]:
        """Return the pieces of abstracts and of first claims; blank where not shown, and for claims of designs."""
        texts, topic = self.texts, subjects.topic
        written = shown & (subjects.design == 0)
        as_self = topic * 2 + (chunk.lives.kind == _UTILITY_MODEL)
        body = self._pick(chunk, texts.body, topic, "body", written)
        title = pc.if_else(pa.array(written), titles, "")
        abstract = [
            texts.lead.book.look_up(self._pick(chunk, texts.lead, as_self, "lead", written)),
            title,
            texts.body.book.look_up(body),
            texts.third.book.look_up(self._pick(chunk, texts.third, topic, "third", written)),
            texts.ending.book.look_up(self._pick(chunk, texts.ending, as_self, "ending", written)),
            texts.design_abstract.look_up(np.where(shown, subjects.design, 0)),
        ]
        lead = 1 + (chunk.chance("claim lead") * (len(texts.claim_lead) - 1)).astype(np.int32)
        claim = [texts.claim_lead.look_up(lead * written), title, texts.claim_body.look_up(body)]
        return abstract, claim

    def _pick(
        self,
        chunk: Chunk,
        shelved: Shelved,
        owner: NDArray[np.integer],
        purpose: str,
        wanted: NDArray[np.bool_],
    ) -> Positions:
        return np.where(wanted, shelved.of.pick(owner, chunk.chance(purpose)), 0).astype(np.int32)
