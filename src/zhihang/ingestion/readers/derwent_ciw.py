# SPDX-License-Identifier: Apache-2.0
"""Derwent Innovations Index records saved as tagged text: `PT` opens a record, `ER` ends it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from io import TextIOBase

from zhihang.ingestion.draft import Draft
from zhihang.ingestion.encoding import open_text
from zhihang.ingestion.reader import VENDOR, reader
from zhihang.ingestion.sample import Sample
from zhihang.ingestion.source import Source
from zhihang.terms.label import Label

BATCH = 500
"""Records per draft; a record with abstract and citations takes 4 to 8 kB."""
MAX_RECORD = 64 << 20
"""A record of more characters is rejected unread."""

_TAG = re.compile(r"([A-Z][A-Z0-9])(?: (.*))?$", re.S)
_GAP = re.compile(r"\s{3,}")
_ASSIGNEE = re.compile(r"(?P<name>.*?)\s*\((?P<code>[A-Z0-9]{4})(?:-(?P<type>[^()]*))?\)$")
_FOLLOW_UP = re.compile(r"(?P<member>\S+)\s+(?P<type>\S.*?)\s+(?P<number>\S+)$")
_SECTION = re.compile(r"([A-Z][A-Z ()/]+) - ")
_PARTS = {
    "NOVELTY": "novelty",
    "USE": "use",
    "ADVANTAGE": "advantage",
    "DETAILED DESCRIPTION": "detailed_description",
    "DESCRIPTION OF DRAWING(S)": "drawing_description",
    "TECHNOLOGY FOCUS": "technology_focus",
    "ACTIVITY": "activity",
    "MECHANISM OF ACTION": "mechanism",
}
"""Parts of the abstract by the words in capitals that open them; each is also a text of its own."""

#: Tags whose whole content has its place in the tables; all others are kept as attributes too.
_PLACED = frozenset({"PT", "PN", "TI", "AU", "GA", "UT", "AB", "MC", "IP", "PI"})


@dataclass
class Entry:
    """One record of the file: the lines of each tag; `fault` says why it cannot be read."""

    line: int
    tags: dict[str, list[str]] = field(default_factory=dict)
    size: int = 0
    fault: str | None = None


def _recognise(sample: Sample) -> float:
    """Text that opens like a Derwent tagged file and holds patent records."""
    patents = re.search(r"^PT P\s*$", sample.text, re.M) is not None
    opened = sample.text.lstrip("\ufeff").startswith("FN ")
    return 1.0 if patents and opened else 0.9 if patents and "\nUT DIIDW:" in sample.text else 0.0


@reader(
    label=Label("德温特专利索引标记文本", "Derwent Innovations Index tagged text"),
    recognise=_recognise,
    precedence=VENDOR,
    date_order="dmy",
)
def derwent_ciw(source: Source, sample: Sample) -> Iterator[Draft]:
    """Tagged text (.ciw) of the Derwent Innovations Index; one record is a patent family.

    The application a record stands for is that of the basic patent, the first of `PN`; the others are family
    members. Application and priority numbers come without year and series; the date beside them tells both.
    """
    draft = Draft()
    with source.open() as stream:
        text = open_text(stream, sample.encoding)
        for entry in _entries(text):
            if entry.fault:
                draft.reject(entry.line, _shown(entry), entry.fault, column="PT")
            else:
                draft.record(entry.line)
                _describe(draft, entry.tags)
            if len(draft) + len(draft.rejections) >= BATCH:
                yield draft
                draft = Draft()
    yield draft


def _entries(text: TextIOBase) -> Iterator[Entry]:
    entry: Entry | None = None
    tag = ""
    for number, line in enumerate(_lines(text), 1):
        found = _TAG.match(line)
        if found and found[1] == "PT":
            if entry:
                yield _broken_off(entry)
            kind = (found[2] or "").strip()
            entry = Entry(number, fault=None if kind == "P" else f'not a patent record (PT "{kind}")')
        elif found and found[1] == "ER" and entry:
            yield entry
            entry = None
        if entry is None:
            continue
        if found:
            tag, line = found[1], found[2] or ""
        _keep(entry, tag, line.rstrip())
    if entry:
        yield _broken_off(entry)


def _lines(text: TextIOBase) -> Iterator[str]:
    for line in iter(partial(text.readline, MAX_RECORD), ""):
        yield line.removeprefix("\ufeff").rstrip("\r\n")


def _keep(entry: Entry, tag: str, line: str) -> None:
    entry.size += len(line)
    if entry.size > MAX_RECORD:
        entry.fault = f"the record is longer than {MAX_RECORD >> 20} million characters"
        entry.tags.clear()
    elif line.strip():
        entry.tags.setdefault(tag, []).append(line)


def _broken_off(entry: Entry) -> Entry:
    entry.fault = entry.fault or "the record breaks off: it has no ER line"
    return entry


def _shown(entry: Entry) -> str:
    return "; ".join(f"{tag} {lines[0].strip()}" for tag, lines in entry.tags.items() if tag in {"PN", "TI"})


def _describe(draft: Draft, tags: Mapping[str, list[str]]) -> None:
    members = _items(tags, "PN")
    basic = members[0] if members else None
    _add_numbers(draft, tags, basic)
    _add_family(draft, members, _accession(tags))
    _add_parties(draft, tags)
    _add_texts(draft, tags)
    _add_symbols(draft, tags)
    _add_citations(draft, tags)
    _add_relations(draft, tags, basic)
    for tag, lines in tags.items():
        if tag not in _PLACED:
            draft.add("attribute", name=tag, value="\n".join(line.strip() for line in lines))


def _add_numbers(draft: Draft, tags: Mapping[str, list[str]], basic: str | None) -> None:
    filed = {cells[0]: cells[1:] for cells in _rows(tags, "AD")[::-1] if len(cells) == 3}
    number, filing_date = filed.get(basic or "", (None, None))
    draft.add("application", number=number, filing_date=filing_date)
    published = {cells[0]: cells[1] for cells in _rows(tags, "PD")[::-1] if len(cells) > 1}
    if basic:
        draft.add("publication", number=basic, date=published.get(basic))
    for cells in _rows(tags, "PI"):
        draft.add("priority", number=cells[0], date=cells[1] if len(cells) > 1 else None)


def _add_family(draft: Draft, members: list[str], accession: str | None) -> None:
    for member in members:
        draft.add("family_member", scheme="dwpi", family_id=accession, number=member)


def _accession(tags: Mapping[str, list[str]]) -> str | None:
    """Return the primary accession number; older records name further ones behind it."""
    given = _items(tags, "GA") or [item.partition(":")[2] for item in _items(tags, "UT")]
    return given[0] if given else None


def _add_parties(draft: Draft, tags: Mapping[str, list[str]]) -> None:
    """Add assignees and inventors; of the Derwent codes only those with "-C" stand for one company."""
    for line in tags.get("AE", ()):
        found = _ASSIGNEE.match(line.strip())
        if not found:
            draft.add("party", role="assignee", name=line.strip())
            continue
        code = f"{found['code']}-C" if found["type"] == "C" else None
        draft.add("party", role="assignee", name=found["name"], type=found["type"], identifier=code)
    for line in tags.get("AU", ()):
        draft.add("party", role="inventor", name=line.strip())


def _add_texts(draft: Draft, tags: Mapping[str, list[str]]) -> None:
    title = " ".join(line.strip() for line in tags.get("TI", ()))
    if title:
        draft.add("text", part="title", language="en", text=title)
    abstract = [line.strip() for line in tags.get("AB", ())]
    if abstract:
        draft.add("text", part="abstract", language="en", text="\n".join(abstract))
    for part, text in _sections([*abstract, *(line.strip() for line in tags.get("TF", ()))]):
        draft.add("text", part=part, language="en", text=text)


def _sections(abstract: list[str]) -> Iterator[tuple[str, str]]:
    """Yield novelty, use, advantage and so on, which Derwent's abstracts name in capitals."""
    sections: dict[str, list[str]] = {}
    heading = ""
    for line in abstract:
        found = _SECTION.match(line)
        if found:
            heading, line = found[1], line[found.end() :]
        sections.setdefault(heading, []).append(line)
    for heading, part in _PARTS.items():
        if heading in sections:
            yield part, "\n".join(sections[heading])


def _add_symbols(draft: Draft, tags: Mapping[str, list[str]]) -> None:
    for symbol in _items(tags, "IP"):
        draft.add("classification", scheme="ipc", symbol=symbol)
    for symbol in _items(tags, "DC"):
        draft.add("classification", scheme="dwpi", symbol=symbol.partition(" (")[0])
    for symbol in _items(tags, "MC"):
        draft.add("classification", scheme="dwpi_manual", symbol=symbol)


def _add_citations(draft: Draft, tags: Mapping[str, list[str]]) -> None:
    for citing, cited in _cited(tags, "CP"):
        draft.add("citation", number=_GAP.split(cited)[0], publication=citing)
    for citing, cited in _cited(tags, "CR"):
        draft.add("citation", text=cited, publication=citing)


def _cited(tags: Mapping[str, list[str]], tag: str) -> Iterator[tuple[str | None, str]]:
    """Yield citing member and cited document; the cited ones stand deeper than the member that cites them."""
    citing: str | None = None
    for number, line in enumerate(tags.get(tag, ())):
        if number and line.startswith("      "):
            yield citing, line.strip()
        else:
            citing = line.strip()


def _add_relations(draft: Draft, tags: Mapping[str, list[str]], basic: str | None) -> None:
    """Ties of the basic patent; those of the other members remain in the attribute FD."""
    for line in tags.get("FD", ()):
        found = _FOLLOW_UP.match(line.strip())
        if found and found["member"] == basic:
            draft.add("relation", type=found["type"], number=found["number"])


def _items(tags: Mapping[str, list[str]], tag: str) -> list[str]:
    """Return the members of a list joined with ";" and wrapped over lines."""
    joined = " ".join(line.strip() for line in tags.get(tag, ()))
    return [item.strip() for item in joined.split(";") if item.strip()]


def _rows(tags: Mapping[str, list[str]], tag: str) -> list[list[str]]:
    """Return the cells of each line; three blanks or more part them."""
    return [_GAP.split(line.strip()) for line in tags.get(tag, ())]
