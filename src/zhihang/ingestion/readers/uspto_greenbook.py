# SPDX-License-Identifier: Apache-2.0
"""Green Book: grants of the USPTO of 1976 to 2001 as tagged text (APS)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhihang.ingestion.aps_text import readable
from zhihang.ingestion.claim_reference import claims_named
from zhihang.ingestion.draft import Draft
from zhihang.ingestion.reader import OFFICE_PUBLICATION, reader
from zhihang.ingestion.sample import Sample
from zhihang.ingestion.source import Source
from zhihang.ingestion.uspto_symbol import ipc_or_locarno, uspc
from zhihang.ingestion.xml_document import Unreadable
from zhihang.ingestion.xml_stream import drafts
from zhihang.terms.label import Label

_BEGINNING = re.compile(r"(?:\s*HHHHH[^\n]*\n)?\s*PATN\s*\r?\n\s*WKU  ")
_KINDS = {
    "1": "utility",
    "2": "reissue",
    "4": "design",
    "5": "defensive publication",
    "6": "plant",
    "7": "sir",
}
_KIND_CODES = {"1": "A", "2": "E", "4": "S", "5": "I4", "6": "P", "7": "H"}
"""The office gave no kind codes before 2001; these are the ones by which its later files cite the documents."""
_DESCRIPTION = ("GOVT", "PARN", "BSUM", "DRWD", "DETD")
_ATTRIBUTES = {
    "ART": "examiner department",
    "NCL": "number-of-claims",
    "ECL": "us-exemplary-claim",
    "NDR": "number-of-drawing-sheets",
    "NFG": "number-of-figures",
    "NPS": "number-of-specification-pages",
    "TRM": "length-of-grant",
    "DCD": "disclaimer-date",
    "PBL": "publication-level",
}


@dataclass
class _Group:
    """A logical group (PATN, INVT, ASSG ...): its fields in their order, lines of one field joined."""

    name: str
    fields: list[tuple[str, str]]

    def get(self, tag: str) -> str | None:
        """First field of that tag."""
        return next((text for name, text in self.fields if name == tag), None)

    def all(self, tag: str) -> list[str]:
        """Every field of that tag."""
        return [text for name, text in self.fields if name == tag]


def _recognise(sample: Sample) -> float:
    """A first line that opens a tagged record, PATN."""
    return 1.0 if _BEGINNING.match(sample.text) else 0.0


@reader(
    label=Label("美国专利商标局 Green Book（1976—2001年授权）", "USPTO Green Book (grants 1976-2001)"),
    recognise=_recognise,
    precedence=OFFICE_PUBLICATION,
    default_office="US",
    divisible=True,
)
def uspto_greenbook(source: Source, _: Sample) -> Iterator[Draft]:
    """APS tagged text: weekly files of many patents, and single patents."""
    with source.open() as stream:
        yield from drafts(stream, _read, mark=b"PATN", share=source.share)


def _read(draft: Draft, line: int, content: bytes) -> None:
    if content.startswith(b"HHHHH"):
        return  # the name of the file, before its first patent
    groups = _groups(_text(content))
    patent = groups[0] if groups and groups[0].name == "PATN" else None
    if patent is None or not patent.get("WKU"):
        msg = "not a patent of the Green Book: no PATN with a number (WKU)"
        raise Unreadable(msg)
    draft.record(line)
    _numbers(draft, patent, groups)
    for group in groups:
        _GROUPS.get(group.name, _nothing)(draft, group)
    _attributes(draft, patent, groups)
    _texts(draft, patent, groups)


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _groups(text: str) -> list[_Group]:
    groups: list[_Group] = []
    for line in text.splitlines():
        tag, value = line[:4].strip(), line[5:].rstrip()
        if tag and len(tag) == 4 and not value.strip():
            groups.append(_Group(tag, []))
        elif tag and groups:
            groups[-1].fields.append((tag, value))
        elif groups and groups[-1].fields and line.strip():
            name, so_far = groups[-1].fields[-1]
            groups[-1].fields[-1] = (name, _continued(name, so_far, line))
    return groups


def _continued(name: str, so_far: str, line: str) -> str:
    if name == "TBL":
        return f"{so_far}\n{line.strip()}"
    text = line.strip()
    return so_far + text if so_far.endswith("-") and not so_far.endswith(" -") else f"{so_far} {text}"


def _numbers(draft: Draft, patent: _Group, groups: list[_Group]) -> None:
    kind, number = patent.get("APT") or "", patent.get("WKU") or ""
    international = next((group for group in groups if group.name == "PCTA"), None)
    series = {"D": "29"}.get((patent.get("SRC") or "").strip(), (patent.get("SRC") or "").strip())
    serial = (patent.get("APN") or "").strip()[:6]  # its seventh digit is a check digit
    draft.add(
        "application",
        office="US",
        number=f"{series.zfill(2)}/{serial}" if series else serial or None,
        kind=_KINDS.get(kind, kind or None),
        filing_date=patent.get("APD"),
        grant_date=patent.get("ISD") if kind not in ("5", "7") else None,
        pct_number=international.get("PCN") if international else None,
    )
    number = number[:8] if len(number) == 9 else number  # its ninth character is a check digit
    draft.add(
        "publication",
        office="US",
        number=number.strip(),
        kind_code=_KIND_CODES.get(kind),
        date=patent.get("ISD"),
    )


def _party(draft: Draft, role: str, group: _Group, kind: str | None = None) -> None:
    state, country = group.get("STA"), group.get("CNT")
    lines = (group.get(tag) for tag in ("STR", "CTY", "STA", "ZIP", "CNT"))
    draft.add(
        "party",
        role=role,
        name=_natural(group.get("NAM")),
        address=", ".join(filter(None, lines)) or None,
        postcode=group.get("ZIP"),
        country=country[:2] if country else ("US" if state else None),
        province=state,
        city=group.get("CTY"),
        type=kind,
    )


def _natural(name: str | None) -> str | None:
    """Return a person's name in the order it is spoken: `Yano; Shozo` is Shozo Yano."""
    last, semicolon, first = (name or "").partition(";")
    return f"{first.strip()} {last.strip()}" if semicolon else last.strip() or None


def _inventor(draft: Draft, group: _Group) -> None:
    _party(draft, "inventor", group)
    _party(draft, "applicant", group, "applicant-inventor")


def _assignee(draft: Draft, group: _Group) -> None:
    _party(draft, "assignee", group, group.get("COD"))


def _representative(draft: Draft, group: _Group) -> None:
    for tag, text in group.fields:
        if tag == "FRM":
            draft.add("party", role="agency", name=text)
        elif tag in ("FR2", "AAT", "AGT", "ATT"):
            draft.add("party", role="agent", name=_natural(text))


def _priority(draft: Draft, group: _Group) -> None:
    office = group.get("CNT")
    draft.add(
        "priority", office=office[:2] if office else None, number=group.get("APN"), date=group.get("APD")
    )


def _relation(draft: Draft, group: _Group) -> None:
    number = group.get("APN")
    if number:
        series = (group.get("PSC") or group.get("SRC") or "").strip()
        number = f"{series.zfill(2)}/{number.strip()[:6]}" if series else number
        kind = "reissue" if group.name == "REIS" else f"RLAP {group.get('COD') or ''}".strip()
        draft.add("relation", type=kind, office="US", number=number, date=group.get("APD"))


def _classes(draft: Draft, group: _Group) -> None:
    for tag in ("OCL", "XCL"):
        for symbol in group.all(tag):
            draft.add("classification", scheme="uspc", symbol=uspc(symbol))
    edition = group.get("EDF")
    for written in group.all("ICL"):
        scheme, symbol = ipc_or_locarno(written)
        draft.add("classification", scheme=scheme, symbol=symbol, version=edition)
    searched, major = [], ""
    for tag, text in group.fields:
        if tag == "FSC":
            major = text.strip()
        elif tag == "FSS":
            searched += [f"{major}/{minor.strip()}" for minor in text.split(";") if minor.strip()]
    if searched:
        draft.add("attribute", name="field-of-search", value="; ".join(searched))


def _citation(draft: Draft, group: _Group) -> None:
    if group.name == "OREF":
        for tag, text in group.fields:
            if tag in ("PAL", "PAR"):
                draft.add("citation", text=readable(text))
        return
    office = (group.get("CNT") or "US")[:2]
    number = f"{office} {group.get('PNO') or ''}"
    classes = [uspc(text) for tag, text in group.fields if tag in ("OCL", "XCL", "UCL")]
    classes += [ipc_or_locarno(text)[1] for text in group.all("ICL")]
    told = [number, group.get("NAM"), group.get("ISD"), *classes]
    draft.add("citation", number=number, text="; ".join(filter(None, told)))


def _international(draft: Draft, group: _Group) -> None:
    if group.get("PCN"):
        draft.add(
            "relation",
            type="pct-or-regional-filing-data",
            office="WO",
            number=group.get("PCN"),
            date=group.get("PD3"),
        )
    for tag, name in (("PD1", "us-371c124-date"), ("PD2", "us-102e-date")):
        if value := group.get(tag):
            draft.add("attribute", name=name, value=value)
    if group.get("PCP"):
        published = " ".join(filter(None, (group.get("PCP"), group.get("PCD"))))
        draft.add("attribute", name="pct-or-regional-publishing-data", value=published)


def _attributes(draft: Draft, patent: _Group, groups: list[_Group]) -> None:
    for tag, kind in (("EXP", "primary"), ("EXA", "assistant")):
        if name := _natural(patent.get(tag)):
            draft.add("party", role="examiner", name=name, type=kind)
    for tag, name in _ATTRIBUTES.items():
        if value := (patent.get(tag) or "").strip():
            draft.add("attribute", name=name, value=value)
    ties = [
        " ".join((group.name, *(f"{tag} {text}" for tag, text in group.fields)))
        for group in groups
        if group.name in ("REIS", "RLAP")
    ]
    if ties:
        draft.add("attribute", name="related-document", value="; ".join(ties))


def _texts(draft: Draft, patent: _Group, groups: list[_Group]) -> None:
    draft.add("text", part="title", language="en", text=readable(patent.get("TTL") or ""))
    for part, names in (("abstract", ("ABST",)), ("description", _DESCRIPTION)):
        lines = [text for group in groups if group.name in names for _, text in group.fields]
        if lines:
            draft.add("text", part=part, language="en", text=readable("\n".join(lines)))
    for group in groups:
        if group.name in ("CLMS", "DCLM"):
            _claims(draft, group)


def _claims(draft: Draft, group: _Group) -> None:
    claims: list[tuple[str, list[str]]] = []
    for tag, text in group.fields:
        if tag == "STM":
            draft.add("attribute", name="us-claim-statement", value=text)
        elif tag == "NUM":
            claims.append((text.strip(" ."), []))
        else:
            if not claims:
                claims.append(("1", []))
            claims[-1][1].append(text)
    for number, lines in claims:
        text = readable("\n".join(lines))
        named = claims_named(text, int(number)) if number.isdigit() else None
        draft.add("claim", number=number, language="en", depends_on=named, text=text)


def _nothing(draft: Draft, group: _Group) -> None:
    """Groups read elsewhere: the patent itself and its texts."""


_GROUPS = {
    "INVT": _inventor,
    "ASSG": _assignee,
    "LREP": _representative,
    "PRIR": _priority,
    "REIS": _relation,
    "RLAP": _relation,
    "CLAS": _classes,
    "UREF": _citation,
    "FREF": _citation,
    "OREF": _citation,
    "PCTA": _international,
}
