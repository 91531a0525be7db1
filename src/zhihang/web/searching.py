# SPDX-License-Identifier: Apache-2.0
"""A search as its address says it: query, refinements by facet, order, page; shared by pages and the interface."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from zhihang.errors import DefinitionError
from zhihang.terms.label import Label

SIZE = 20
MOST_PAGES = 500
LONGEST = 4000
MOST_REFINEMENTS = 20
SORTS: Mapping[str, Label] = {
    "relevance": Label("相关度", "Relevance"),
    "newest": Label("申请日由新到旧", "Newest filing first"),
    "oldest": Label("申请日由旧到新", "Oldest filing first"),
    "published": Label("公开日由新到旧", "Newest publication first"),
    "granted": Label("授权日由新到旧", "Newest grant first"),
}
FACETS: Mapping[str, tuple[Label, str]] = {
    "year": (Label("申请年", "Year of filing"), "APD={}"),
    "type": (Label("专利类型", "Kind"), "KIND={}"),
    "status": (Label("法律状态", "Status"), "LS={}"),
    "applicant": (Label("申请人", "Applicant"), 'PA="{}"'),
    "class": (Label("技术分类", "Class"), "IPC={}"),
    "region": (Label("地区", "Region"), "REGION={}"),
    "office": (Label("受理局", "Office"), "CC={}"),
}
"""Facet to its name and the condition that a value of it stands for."""


@dataclass(frozen=True)
class Asked:
    """What somebody searches for.

    `query` is as typed, `refined` pairs of facet and value, `whole` both as one query.
    """

    query: str
    refined: tuple[tuple[str, str], ...] = ()
    sort: str = "relevance"
    family: bool = False
    page: int = 1

    @property
    def whole(self) -> str:
        """The query that is asked: what was typed, and each refinement."""
        conditions = [FACETS[name][1].format(value.replace('"', "")) for name, value in self.refined]
        typed = [f"({self.query})"] if self.query and conditions else [self.query] if self.query else []
        return " AND ".join([*typed, *conditions])

    @property
    def offset(self) -> int:
        """Hits that stand before this page."""
        return (self.page - 1) * SIZE


def read_asked(given: QueryDict) -> Asked:
    """Read a search from an address; what it leaves out is as usual, faults are told together."""
    refined = [one.partition(":") for one in given.getlist("f")]
    sort, page = given.get("sort") or "relevance", given.get("page") or "1"
    query = " ".join((given.get("q") or "").split())
    faults: dict[str, object] = {}
    if len(query) > LONGEST:
        faults["q"] = f"{len(query)} characters; at most {LONGEST}"
    if sort not in SORTS:
        faults["sort"] = f"{sort}; one of {', '.join(SORTS)}"
    if not page.isdecimal() or not 1 <= int(page[:9]) <= MOST_PAGES:
        faults["page"] = f"{page[:20]}; from 1 to {MOST_PAGES}"
    if len(refined) > MOST_REFINEMENTS or any(name not in FACETS or not value for name, _, value in refined):
        faults["f"] = f"at most {MOST_REFINEMENTS} of the form year:2018; facets: {', '.join(FACETS)}"
    if faults:
        raise DefinitionError(
            "This search cannot be read. 检索条件无效。",
            faults,
            todo="Correct what is named. 请修改上列内容。",
        )
    pairs = tuple(dict.fromkeys((name, value) for name, _, value in refined))
    return Asked(query, pairs, sort, given.get("family") == "1", int(page))


def facets_of(counts: Mapping[str, Sequence[Sequence[Any]]], asked: Asked) -> list[dict[str, Any]]:
    """Return the facets of a result: name, and the values by which it can be narrowed."""
    chosen = [f"{name}:{value}" for name, value in asked.refined]
    return [
        {
            "name": name,
            "label": label,
            "values": [
                {"said": said or value, "count": count, "with": [*chosen, f"{name}:{value}"]}
                for value, said, count in counts.get(name, ())
                if value and (name, value) not in asked.refined
            ],
        }
        for name, (label, _) in FACETS.items()
    ]
