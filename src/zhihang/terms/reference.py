# SPDX-License-Identifier: Apache-2.0
"""Where a rule, a method or a figure comes from: policy clause, method paper or data publication."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast, get_args

from zhihang.errors import DefinitionError

ReferenceKind = Literal["policy", "method", "data"]
_PARTS = ("clause", "version")


@dataclass(frozen=True)
class Reference:
    """A source one can look up.

    Parameters
    ----------
    kind
        `policy` (a document with clauses), `method` (a paper or standard) or `data` (a publication of figures).
    source
        Identifier of the document, such as ``gx-ip-action-plan-2015``, or a full bibliographic line.
    clause
        Place inside it: clause, page, table or sheet. May be blank.
    version
        Edition, date or release of the source. May be blank.
    """

    kind: ReferenceKind
    source: str
    clause: str = ""
    version: str = ""

    def __post_init__(self) -> None:
        if self.kind not in get_args(ReferenceKind):
            raise DefinitionError(
                f'A reference cannot be of kind "{self.kind}".',
                {"kinds": ", ".join(get_args(ReferenceKind))},
                todo="Name the source under one of these kinds.",
            )
        if not self.source.strip():
            raise DefinitionError(
                "A reference does not say what it refers to.",
                {"kind": self.kind, "clause": self.clause or "(blank)"},
                todo="Name the policy, paper or publication.",
            )

    @classmethod
    def from_mapping(cls, given: Mapping[str, str]) -> Reference:
        """Read a reference from the form it has in YAML: ``{policy: ..., clause: ..., version: ...}``."""
        kinds = [kind for kind in get_args(ReferenceKind) if kind in given]
        unknown = sorted(set(given) - {*get_args(ReferenceKind), *_PARTS})
        if len(kinds) != 1 or unknown:
            raise DefinitionError(
                "A reference names exactly one of policy, method or data.",
                {
                    "given keys": ", ".join(given) or "none",
                    "known keys": "policy | method | data, clause, version",
                },
                todo="Write it as {policy: gx-ip-action-plan-2015, clause: 一(二)}.",
            )
        kind = cast("ReferenceKind", kinds[0])
        return cls(kind, given[kind], str(given.get("clause", "")), str(given.get("version", "")))

    def to_mapping(self) -> dict[str, str]:
        """Return the form `from_mapping` reads, without blank parts."""
        parts = {self.kind: self.source, "clause": self.clause, "version": self.version}
        return {key: value for key, value in parts.items() if value}

    def __str__(self) -> str:
        return ", ".join(part for part in (self.source, self.version, self.clause) if part)
