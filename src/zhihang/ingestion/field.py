# SPDX-License-Identifier: Apache-2.0
"""A field: the place in the raw tables that a column of a source belongs to, written as dotted words."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from zhihang.errors import NotFound
from zhihang.ingestion.draft import RAW_COLUMNS

ROLES = ("applicant", "inventor", "assignee", "agent", "agency", "examiner")
SCHEMES = (
    "ipc", "cpc", "uspc", "locarno", "ecla", "fi", "fterm",
    "dwpi", "dwpi_manual", "cn_industry", "cn_emerging",
)  # fmt: skip
FAMILIES = ("docdb_simple", "inpadoc", "dwpi", "vendor_simple", "vendor_extended")
ORIGINS = ("examiner", "applicant", "search_report", "opposition", "third_party", "other")
SEARCHES: Mapping[str, Mapping[str, str]] = {
    "international_search": {"origin": "search_report", "category": "international search"},
    "supplementary_search": {"origin": "search_report", "category": "supplementary search"},
}
"""Search reports that a source keeps apart from the office's own."""
RELATIONS = ("parent", "child", "division_of", "division", "pct", "related")
PARTS = ("title", "abstract", "description", "keywords", "use", "advantage", "novelty", "problem", "effect")
LANGUAGES = ("zh", "en", "ja", "ko", "de", "fr", "es", "ru", "pt", "it")
STAGES = ("application", "grant")

# Second word of a field, and the raw column it fixes.
_SELECTORS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "party": ("role", ROLES),
    "classification": ("scheme", SCHEMES + tuple(f"{scheme}_main" for scheme in SCHEMES)),
    "family_member": ("scheme", FAMILIES),
    "relation": ("type", RELATIONS),
}
_OPTIONAL_SELECTORS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "citation": ("origin", (*ORIGINS, *SEARCHES)),
    "publication": ("", STAGES),
}
_PLAIN = ("application", "cited_by", "priority", "legal_event")


@dataclass(frozen=True)
class Field:
    """Where the cells of a column go.

    `name` is the dotted name; `table` and `column` the raw table and column; `group` tells apart rows of one
    table that are built from different columns of the source (party by role, publication by stage);
    `fixed` are raw columns whose value the name itself states; `first` marks a main class, which goes
    before the others.
    """

    name: str
    table: str
    column: str
    group: str = ""
    fixed: Mapping[str, str] = dataclasses.field(default_factory=dict, hash=False, compare=False)
    first: bool = False

    @property
    def is_list(self) -> bool:
        """Whether a cell may hold several values."""
        return self.table not in ("application", "text", "claim", "attribute", "ignore")


@dataclass(frozen=True)
class Column:
    """A column of a table: header, field, and what separates the values in a cell.

    `rank` orders columns of the same field: the lowest goes first. `pattern` is a regular expression (RE2)
    whose named groups spread one value over raw columns, such as number, date and office of a priority; a
    value it does not fit stays whole. `begins` is one
    whose group matches where the next value of a list begins, for lists that no separator parts. `more` says that
    the values follow those of other columns of the field.
    """

    header: str
    field: Field
    rank: int = 0
    separators: tuple[str, ...] = ()
    pattern: str | None = None
    begins: str | None = None
    more: bool = False


IGNORE = Field("ignore", "ignore", "")


@lru_cache(maxsize=1024)
def parse_field(name: str) -> Field:
    """Return the field of that name; an unknown one is `NotFound` with the nearest names.

    Examples
    --------
    >>> parse_field("party.applicant.address").fixed
    {'role': 'applicant'}
    >>> parse_field("text.title.zh").fixed
    {'part': 'title', 'language': 'zh'}
    """
    found = _KNOWN.get(name) or _attribute(name)
    if found is None:
        raise NotFound.named("field", name, _KNOWN, see="docs/how-to/map-your-own-table.md lists all fields.")
    return found


def field_names() -> list[str]:
    """Return the names of all fields."""
    return list(_KNOWN)


def attribute(header: str) -> Field:
    """Return the field for a column without a place of its own: it is kept under its header."""
    return Field("attribute", "attribute", "value", header, {"name": header})


def _attribute(name: str) -> Field | None:
    return attribute(name.removeprefix("attribute.")) if name.startswith("attribute.") else None


def _all_fields() -> Iterator[Field]:
    yield IGNORE
    for table in _PLAIN:
        for column in RAW_COLUMNS[table]:
            yield Field(f"{table}.{column}", table, column)
    for table, (fixed, words) in _SELECTORS.items():
        for word in words:
            plain = word.removesuffix("_main")
            for column in RAW_COLUMNS[table]:
                if column != fixed and column not in ("value", "version"):
                    yield Field(
                        f"{table}.{word}.{column}", table, column, plain, {fixed: plain}, word != plain
                    )
    for table, (fixed, words) in _OPTIONAL_SELECTORS.items():
        for word in ("", *words):
            for column in RAW_COLUMNS[table]:
                if column != fixed:
                    name = ".".join(part for part in (table, word, column) if part)
                    stated = SEARCHES.get(word, {fixed: word} if fixed and word else {})
                    apart = " text" if (table, column) == ("citation", "text") else ""
                    yield Field(name, table, column, word + apart, stated)
    yield from _text_fields()


def _text_fields() -> Iterator[Field]:
    for language in ("", *LANGUAGES):
        fixed = {"language": language} if language else {}
        ending = f".{language}" if language else ""
        for part in PARTS:
            yield Field(f"text.{part}{ending}", "text", "text", part + ending, {"part": part, **fixed})
        yield Field(f"claim.first{ending}", "claim", "text", "first" + ending, {"number": "1", **fixed})
        yield Field(f"claim.all{ending}", "claim", "text", "all" + ending, fixed)


_KNOWN: dict[str, Field] = {}
_KNOWN.update((found.name, found) for found in _all_fields())
