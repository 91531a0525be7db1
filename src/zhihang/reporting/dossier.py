# SPDX-License-Identifier: Apache-2.0
"""Everything a person wants to see of one application: texts, claims, parties, family, citations, life of the right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhihang.store.origin import application_id_of

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from zhihang.facts.codelist import CodeLists
    from zhihang.store.snapshot import Snapshot

MOST = 200
"""Members of a family, citations, parts of the text that are told."""
_INDUSTRIES = "industries_gbt4754"
_NOWHERE = "unallocated"
_UNTOLD = ("file_id", "line", "run_id", "application_id")
_CODED = {
    "party": {"role": "party_role"},
    "right_state": {"state": "right_state", "reason": "right_state_reason", "end_reason": "right_state_reason"},
    "ownership": {"reason": "dealing_reason", "end_reason": "dealing_reason"},
    "encumbrance": {"kind": "encumbrance_kind", "reason": "dealing_reason", "end_reason": "dealing_reason"},
    "publication": {"stage": "publication_stage"},
    "classification": {"scheme": "classification_scheme"},
    "family": {"reason": "family_rule"},
    "citation": {"origin": "citation_origin"},
    "patent": {"kind": "right_kind", "applicant_type": "applicant_type", "region": "region", "origin": "origin"},
    "application": {"kind": "right_kind", "office": "office"},
    "patent_field": {"field": "technology_field"},
    "patent_emerging": {"code": "emerging_industry", "branch": "emerging_industry"},
    "patent_industry": {"code": _INDUSTRIES},
    "party_organisation": {"type": "applicant_type", "reason": "organisation_evidence"},
    "party_region": {"region": "region"},
}  # fmt: skip
"""Columns told by the name that a code list has for them."""


def dossier(snapshot: Snapshot, ids: Iterable[str], codes: CodeLists) -> dict[str, Any]:
    """Return what the store tells of the application that one of `ids` names, as plain values.

    A coded value `x` has its names beside it as `x_said`: ``{"zh": ..., "en": ...}``. Derived tables that are not
    there yet are named in `not_derived`; what rests on them is empty.
    """
    seen = _Seen(snapshot, codes, application_id_of(snapshot, sorted(set(ids))))
    (application,) = seen.rows("application")
    publications = seen.rows("publication", order="publication_date")
    texts = seen.rows("text")
    return {
        "application": application,
        "title": _best(texts, "title"),
        "abstract": _best(texts, "abstract"),
        "description": _best(texts, "description"),
        "publications": publications,
        "claims": _claims(seen.rows("claim")),
        "parties": _parties(seen),
        "classes": seen.rows("classification", order="position"),
        "priorities": seen.rows("priority", order="sequence"),
        "family": _family(seen),
        **_citations(seen, [one["publication_id"] for one in publications]),
        "states": seen.rows("right_state", order="sequence"),
        "events": seen.rows("legal_event", order="event_date"),
        "owners": seen.rows("ownership", order="sequence"),
        "encumbrances": seen.rows("encumbrance", order="sequence"),
        "counted": next(iter(seen.rows("patent")), None),
        "industries": seen.rows("patent_industry"),
        "fields": seen.rows("patent_field"),
        "emerging": seen.rows("patent_emerging"),
        "attributes": seen.rows("attribute", order="name"),
        "simulated": seen.simulated(),
        "not_derived": seen.missing,
    }


@dataclass(frozen=True)
class _Seen:
    """The store as it shows one application."""

    snapshot: Snapshot
    codes: CodeLists
    application_id: str

    @property
    def missing(self) -> list[str]:
        wanted = ("right_state", "family", "party_organisation", "party_region", "patent", "patent_industry")
        return [name for name in wanted if name not in self.snapshot.manifest.derived]

    def rows(self, name: str, *, order: str = "") -> list[dict[str, Any]]:
        """Return the rows of a table on this application, the names of coded values beside them."""
        table = self.snapshot.table(name)
        return self.told(name, table.filter(table.application_id == self.application_id), order)

    def told(self, name: str, rows: ir.Table, order: str = "") -> list[dict[str, Any]]:
        """Return rows as plain values, in an order."""
        found = self.snapshot.engine.collect(rows).to_pylist()
        if order:
            found.sort(key=lambda row: str(row[order] or "9").zfill(12))
        return [self._named(name, row) for row in found]

    def _named(self, name: str, row: Mapping[str, Any]) -> dict[str, Any]:
        said: dict[str, Any] = {key: _plain(value) for key, value in row.items() if key not in _UNTOLD}
        for column, listed in _CODED.get(name, {}).items():
            if row.get(column) is not None:
                said[f"{column}_said"] = self._said(listed, str(row[column]))
        return said

    def _said(self, listed: str, value: str) -> dict[str, str]:
        if listed == _INDUSTRIES:  # its names are Chinese only
            named = (row["zh"] for row in self.codes.rows(listed) if row["code"] == value)
            found = next(named, "未归入" if value == _NOWHERE else value)
            return {"zh": found, "en": found}
        known = self.codes[listed]
        if value not in known:
            return {"zh": value, "en": value}
        return {"zh": known[value].label.zh, "en": known[value].label.en}

    def simulated(self) -> bool:
        """Whether any record of it is invented."""
        table = self.snapshot.table("application")
        row = self.snapshot.engine.collect(table.filter(table.application_id == self.application_id))
        files = {one.file_id for one in self.snapshot.manifest.files if one.simulated}
        return any(one["file_id"] in files for one in row.to_pylist())

    def titles(self, publications: Sequence[str], applications: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Return application and title of documents that the store holds, by publication and by application."""
        table = self.snapshot.table("publication")
        held = table.filter(
            table.publication_id.isin([*publications, ""]) | table.application_id.isin([*applications, ""])
        )
        pairs = self.snapshot.engine.collect(held.select("publication_id", "application_id")).to_pylist()
        known = sorted({row["application_id"] for row in pairs} | set(applications))
        texts = self.snapshot.table("text")
        named = texts.filter(texts.application_id.isin([*known, ""]) & (texts.part == "title"))
        written: dict[str, str] = {}
        for row in self.snapshot.engine.collect(named).to_pylist():
            if row["application_id"] not in written or row["language"] == "zh":
                written[row["application_id"]] = row["text"]
        found = {one: {"application_id": one, "title": written.get(one)} for one in known}
        return found | {row["publication_id"]: found[row["application_id"]] for row in pairs}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _best(texts: Sequence[Mapping[str, Any]], part: str) -> dict[str, Any] | None:
    """Return a part of the text as the newest publication has it, Chinese before other languages."""
    held = [row for row in texts if row["part"] == part and row["text"]]
    if not held:
        return None
    return dict(max(held, key=lambda row: (row["language"] == "zh", row["publication_id"] or "")))


def _claims(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the claims of the newest publication as a tree: each below the first that it depends on."""
    if not rows:
        return []
    newest = max((row["language"] == "zh", row["publication_id"] or "") for row in rows)
    held = sorted(
        (row for row in rows if (row["language"] == "zh", row["publication_id"] or "") == newest),
        key=lambda row: int(row["number"]),
    )
    nodes = {int(row["number"]): {**row, "number": int(row["number"]), "below": []} for row in held}
    top: list[dict[str, Any]] = []
    for number, node in nodes.items():
        named = [int(one) for one in str(node["depends_on"] or "").split(",") if one.strip().isdigit()]
        above = [one for one in named if one in nodes and one < number]
        node["depends_on"] = named
        (nodes[above[0]]["below"] if above else top).append(node)
    return top


def _parties(seen: _Seen) -> list[dict[str, Any]]:
    """Return applicants, inventors and others; with the organisation each is taken for, and why, and where it is."""
    found = seen.rows("party", order="sequence")
    resolved = {(row["role"], row["sequence"]): row for row in seen.rows("party_organisation")}
    placed = {(row["role"], row["sequence"]): row for row in seen.rows("party_region")}
    for row in found:
        at = (row["role"], row["sequence"])
        row["organisation"], row["place"] = resolved.get(at), placed.get(at)
    order = {code.code: number for number, code in enumerate(seen.codes["party_role"])}
    return sorted(found, key=lambda row: order.get(row["role"], 99))


def _family(seen: _Seen) -> dict[str, Any]:
    """Return the family: members that the store holds, and those that only a source names."""
    own = seen.rows("family")
    named = seen.rows("family_member", order="sequence")
    members: list[dict[str, Any]] = []
    if own:
        table = seen.snapshot.table("family")
        rows = seen.snapshot.engine.collect(table.filter(table.family_id == own[0]["family_id"])).to_pylist()
        ids = sorted({row["application_id"] for row in rows} - {seen.application_id})[:MOST]
        known = seen.titles([], ids)
        members = [known[one] for one in ids]
    told = seen.titles([one["member_publication_id"] for one in named if one["member_publication_id"]], [])
    for one in named:
        one["known"] = told.get(one["member_publication_id"] or "")
    return {"own": own[0] if own else None, "members": members, "named": named[:MOST]}


def _citations(seen: _Seen, publications: Sequence[str]) -> dict[str, Any]:
    """Return what it cites, and which documents of the store cite it."""
    table = seen.snapshot.table("citation")
    cites = seen.rows("citation", order="sequence")[:MOST]
    later = table.filter(table.cited_publication_id.isin([*publications, ""])).limit(MOST)
    cited = [
        {"application_id": row["application_id"], "publication_id": row["citing_publication_id"]}
        for row in seen.snapshot.engine.collect(later).to_pylist()
        if row["application_id"] != seen.application_id
    ]
    known = seen.titles(
        [one["cited_publication_id"] for one in cites if one["cited_publication_id"]],
        sorted({one["application_id"] for one in cited}),
    )
    for one in cites:
        one["known"] = known.get(one["cited_publication_id"] or "")
    for each in cited:
        each["title"] = known[each["application_id"]]["title"]
    return {"cites": cites, "cited_by": sorted(cited, key=lambda one: str(one["publication_id"]))}
