# SPDX-License-Identifier: Apache-2.0
"""The parts of all names at hand, column by column, with the row of each name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from zhihang.derivation.organisation_names.evidence import Evidence


@dataclass(frozen=True)
class Columns:
    """Parts of distinct names; every list has one item per name."""

    names: list[str]
    folded: list[str]
    script: list[str]
    type: list[str]
    key: list[str]
    trade_name: list[str]
    sector: list[str]
    place_name: list[str]
    legal_form: list[str]
    form_kind: list[str]
    branch: list[str]
    department: list[str]
    head: list[str]
    former_name: list[str]
    other_names: list[str]
    thin: list[bool]
    row_of: dict[str, int]

    @classmethod
    def of(cls, read: pa.Table, names: Sequence[str], evidence: Evidence) -> Columns:
        """Take the columns out of a table of names that were read."""
        parts = {
            name: read[name].to_pylist()
            for name in cls.__dataclass_fields__
            if name not in ("names", "row_of")
        }
        columns = cls(names=list(names), row_of={name: row for row, name in enumerate(names)}, **parts)
        columns._say_types(evidence)
        return columns

    def __len__(self) -> int:
        return len(self.names)

    def rows(self, *names: str) -> tuple[int, ...] | None:
        """Return the rows of names; None unless all of them are there."""
        found = [self.row_of.get(name) for name in names]
        rows = tuple(row for row in found if row is not None)
        return rows if len(rows) == len(names) else None

    def _say_types(self, evidence: Evidence) -> None:
        """Let sources, and inventors of the same name, rule over what the wording suggests.

        A source that calls a plain personal name a firm is heeded, one that calls a limited company a person is not.
        """
        for name in evidence.types.keys() | evidence.inventors:
            row = self.row_of.get(name)
            if row is None:
                continue
            doubtful = self.type[row] in ("unknown", "individual")
            doubtful = doubtful or (self.type[row] == "enterprise" and not self.legal_form[row])
            said = evidence.types.get(name) or ("individual" if doubtful else None)
            if said and (doubtful or "individual" not in (said, self.type[row])):
                self.type[row] = said
