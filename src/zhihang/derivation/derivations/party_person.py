# SPDX-License-Identifier: Apache-2.0
"""Derivation of `party_person`: which person each inventor is."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

import numpy as np
import pyarrow as pa

from zhihang.derivation.derivation import Facts, derivation
from zhihang.derivation.person_decision import SUBJECT, read_person_decisions
from zhihang.derivation.persons.deciding import decided
from zhihang.derivation.persons.gathering import ROLE, Gathered, gather
from zhihang.derivation.persons.parameters import LISTS, knowledge
from zhihang.derivation.persons.resolving import Persons, resolve
from zhihang.methods.agglomeration import Numbers

_NO_PERSON = {
    "withheld": "name_withheld",
    "organisation": "organisation_name",
    "none": "not_a_name",
    "several": "several_names",
}


@derivation(
    reads=(
        "party",
        "application",
        "publication",
        "classification",
        "citation",
        "family",
        "party_organisation",
        "party_region",
    ),
    per="whole",
    lists=LISTS,
    decisions=(SUBJECT,),
    version=2,
    uses={
        "family": ("family_id", "reason"),
        "party_organisation": ("organisation_id", "type"),
        "party_region": ("region", "region_now", "country"),
    },
)
def party_person(facts: Facts) -> Iterable[pa.RecordBatch]:
    """Each inventor with the person it is.

    Names are compared within those written alike (Chinese: the whole name; Latin letters: surname and initial, given
    names that contradict each other kept apart). Filings under one name are put together where what they share -
    family, organisation, co-inventors, place, classes, citations - outweighs how common the name is. A withheld name,
    an organisation or a cell without a name is no person: its `person_id` is blank. Decisions of the office go last.
    """
    known = knowledge(facts.codes)
    gathered = gather(facts, known)
    decisions = read_person_decisions(facts.decisions(SUBJECT))
    table = _table(gathered, decided(resolve(gathered.mentions, known), gathered, decisions))
    rows: list[pa.RecordBatch] = table.to_batches()
    return rows


def _table(gathered: Gathered, persons: Persons) -> pa.Table:
    count = len(gathered.kind)
    ids = np.full(count, None, object)
    confidence = np.zeros(count)
    reason = np.array([_NO_PERSON.get(kind, "") for kind in gathered.kind], object)
    ids[gathered.row] = person_ids(gathered, gathered.row[persons.first_mention])
    confidence[gathered.row] = persons.confidence
    blank = np.ones(count, bool)
    blank[gathered.row] = False
    reason[gathered.row] = persons.reason
    return pa.table(
        {
            "application_id": gathered.application_id,
            "role": pa.array([ROLE] * count, pa.string()),
            "sequence": gathered.sequence,
            "person_id": pa.array(ids.tolist(), pa.string()),
            "confidence": pa.array(confidence, mask=blank),
            "reason": pa.array(reason.tolist(), pa.string()),
        }
    )


def person_ids(gathered: Gathered, first: Numbers) -> list[str]:
    """Return the ids of persons, each made of the application and sequence of the first mention."""
    rows, inverse = np.unique(first, return_inverse=True)
    places = pa.array(rows)
    ids = gathered.application_id.take(places).to_pylist()
    sequences = gathered.sequence.take(places).to_pylist()
    made = [
        "P" + blake2b(f"{id_}|{number}".encode(), digest_size=7).hexdigest()
        for id_, number in zip(ids, sequences, strict=True)
    ]
    return [made[number] for number in inverse.tolist()]
