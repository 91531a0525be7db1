# SPDX-License-Identifier: Apache-2.0
"""What was read from a policy document, ready to be written as JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True)
class PolicyReading:
    """Rows read from one document; every row has its literal `quote` and the positions `start` and `end`.

    Positions count characters of `text`, the text of the document as it was opened. `review` holds what the reader is
    unsure of, with the reason; none of it is in `targets`.
    """

    document: Row
    text: str
    targets: list[Row] = field(default_factory=list)
    tasks: list[Row] = field(default_factory=list)
    conditions: list[Row] = field(default_factory=list)
    facts: list[Row] = field(default_factory=list)
    tables: list[Row] = field(default_factory=list)
    review: list[Row] = field(default_factory=list)
    findings: list[Row] = field(default_factory=list)

    def as_dict(self) -> Row:
        """All of it but the text, for JSON."""
        names = ("document", "targets", "tasks", "conditions", "facts", "tables", "review", "findings")
        return {name: getattr(self, name) for name in names}
