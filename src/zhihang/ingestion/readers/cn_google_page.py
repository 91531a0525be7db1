# SPDX-License-Identifier: Apache-2.0
"""A saved page of Google Patents: one document with texts, citations and legal events in microdata."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from zhihang.errors import SourceError
from zhihang.ingestion.draft import Draft
from zhihang.ingestion.reader import VENDOR, reader
from zhihang.ingestion.sample import Sample
from zhihang.ingestion.source import Source
from zhihang.ingestion.xml_document import line_of
from zhihang.ingestion.xml_text import MarkupText
from zhihang.terms.label import Label

Element = etree._Element

MAX_PAGE = 64 << 20
"""A page of more bytes is refused."""

_TEXT = MarkupText(inline="b i u sub sup span a img figref claim-ref em strong", cells="td th")
_FAMILY = re.compile(r"ID=(\d+)")
_KIND = re.compile(r"(?<=\d)[A-Z]\d?$")
_DIGITS = re.compile(r"\d+")
_KEPT = ("publicationDescription", "priorArtDate", "priorityDate", "priorArtKeywords")


def _recognise(sample: Sample) -> float:
    """The microdata of a publication on a page of Google Patents."""
    page = 'itemprop="publicationNumber"' in sample.text and "Google Patents" in sample.text
    return 1.0 if page and "ScholarlyArticle" in sample.text else 0.0


@reader(
    label=Label("谷歌专利网页", "Google Patents page"),
    recognise=_recognise,
    precedence=VENDOR,
    default_office="CN",
)
def cn_google_page(source: Source, sample: Sample) -> Iterator[Draft]:
    """A Google Patents page saved as HTML: the document it shows, with family, citations both ways, legal events.

    Citations between families (not of this document itself) and similar documents are kept as attributes.
    """
    with source.open() as stream:
        content = stream.read(MAX_PAGE + 1)
    if len(content) > MAX_PAGE:
        raise SourceError(
            f'"{source.name}" is too large for a page.',
            {"limit": f"{MAX_PAGE >> 20} MiB"},
            todo="Save the page again.",
        )
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        page = html.document_fromstring(content.decode(sample.encoding, "replace").encode(), parser=parser)
        article = next(page.iterfind(".//article[@itemscope]"), None)
    except etree.ParserError:  # no element in it at all
        article = None
    if article is None or not _value(article, "publicationNumber"):
        raise SourceError(
            f'"{source.name}" shows no patent document.',
            {"expected": "an article with a publication number"},
            todo="Save the page of one document after it has loaded.",
        )
    draft = Draft()
    draft.record(line_of(article))
    _add_numbers(draft, article)
    _add_parties(draft, article)
    _add_texts(draft, article)
    _add_claims(draft, article)
    _add_citations(draft, article)
    _add_events(draft, article)
    _add_rest(draft, article)
    yield draft


def _items(element: Element, name: str) -> Iterator[Element]:
    """Yield the elements that carry a property."""
    return element.iterfind(f".//*[@itemprop='{name}']")


def _text(element: Element | None) -> str | None:
    """Value of a property: what is stated for machines, else the text."""
    if element is None:
        return None
    stated = element.get("datetime") or element.get("content")
    return " ".join((stated or "".join(map(str, element.itertext()))).split()) or None


def _value(element: Element, name: str) -> str | None:
    return _text(next(_items(element, name), None))


def _add_numbers(draft: Draft, article: Element) -> None:
    status = next(_items(article, "legalStatusIfi"), None)
    events = {_value(event, "type"): _value(event, "date") for event in _items(article, "events")}
    draft.add(
        "application",
        office=_value(article, "countryCode"),
        number=_value(article, "applicationNumber"),
        filing_date=_value(article, "filingDate"),
        grant_date=events.get("granted"),
        legal_status=_text(status),
    )
    own = _value(article, "publicationNumber")
    draft.add("publication", number=own, date=_value(article, "publicationDate"))
    for other in _items(article, "pubs"):
        number = _value(other, "publicationNumber")
        if number != own:
            draft.add("publication", number=number, date=_value(other, "publicationDate"))
    seen: set[str] = set()
    for earlier in _items(article, "appsClaimingPriority"):
        number = _value(earlier, "applicationNumber") or ""
        bare = _KIND.sub("", number.replace("-", ""))
        if bare not in seen:  # the page gives one number in several spellings
            seen.add(bare)
            date = _value(earlier, "filingDate") or _value(earlier, "priorityDate")
            draft.add("priority", number=number or None, date=date)


def _add_parties(draft: Draft, article: Element) -> None:
    """Inventors and the original assignee, who in China is the applicant; only those of the page's own document."""
    for name, role in (
        ("inventor", "inventor"),
        ("assigneeOriginal", "applicant"),
        ("assigneeCurrent", "assignee"),
    ):
        for party in article.iterfind(f".//dd[@itemprop='{name}']"):
            draft.add("party", role=role, name=_text(party))


def _readable(element: Element) -> str | None:
    text = _TEXT.of(element).replace("\xa0", " ")
    return "\n".join(line.strip() for line in text.split("\n") if line.strip()) or None


def _language(element: Element) -> str | None:
    found = next(element.iterfind(".//*[@lang]"), None)
    return (found.get("lang") or "").lower() or None if found is not None else None


def _add_texts(draft: Draft, article: Element) -> None:
    language = None
    for part in ("abstract", "description"):
        for section in article.iterfind(f".//section[@itemprop='{part}']"):
            content = next(_items(section, "content"), section)
            language = language or _language(content)
            draft.add("text", part=part, language=_language(content), text=_readable(content))
    draft.add("text", part="title", language=language, text=_value(article, "title"))


def _add_claims(draft: Draft, article: Element) -> None:
    for section in article.iterfind(".//section[@itemprop='claims']"):
        language = _language(section)
        for claim in section.iterfind(".//div[@num]"):
            references = (
                _DIGITS.search((entry.get("idref") or "").rpartition("cl")[2])
                for entry in claim.iter("claim-ref")
            )
            numbers = dict.fromkeys(str(int(found[0])) for found in references if found)
            number = (claim.get("num") or "").lstrip("0")
            draft.add(
                "claim",
                number=number,
                language=language,
                depends_on=",".join(numbers) or None,
                text=_readable(claim),
            )


def _add_citations(draft: Draft, article: Element) -> None:
    """Documents cited by this one, and those citing it; an asterisk marks what the examiner cited."""
    seen: set[str | None] = set()
    for name in ("backwardReferencesOrig", "backwardReferences"):
        for cited in _items(article, name):
            number = _value(cited, "publicationNumber")
            if number not in seen:
                seen.add(number)
                draft.add(
                    "citation", number=number, origin="examiner" if _value(cited, "examinerCited") else None
                )
    for cited in _items(article, "detailedNonPatentLiterature"):
        origin = "examiner" if _value(cited, "examinerCited") else None
        draft.add("citation", text=_value(cited, "title"), origin=origin)
    for citing in _items(article, "forwardReferencesOrig"):
        draft.add("cited_by", number=_value(citing, "publicationNumber"))


def _add_events(draft: Draft, article: Element) -> None:
    for event in _items(article, "legalEvents"):
        details = (
            f"{_value(entry, 'label')}: {_value(entry, 'value')}" for entry in _items(event, "attributes")
        )
        draft.add(
            "legal_event",
            date=_value(event, "date"),
            office=_value(article, "countryCode"),
            code=_value(event, "code"),
            name=_value(event, "title"),
            detail="; ".join(details) or None,
        )


def _add_rest(draft: Draft, article: Element) -> None:
    family = next(article.iterfind(".//section[@itemprop='family']"), None)
    found = _FAMILY.search(" ".join(map(str, family.itertext()))) if family is not None else None
    members = [_value(member, "publicationNumber") for member in _items(article, "docdbFamily")]
    for member in dict.fromkeys([*members, _value(article, "publicationNumber")]) if found else members:
        draft.add(
            "family_member", scheme="docdb_simple", family_id=found[1] if found else None, number=member
        )
    for name in _LISTED:
        numbers = [_value(entry, "publicationNumber") or "" for entry in _items(article, name)]
        if any(numbers):
            draft.add("attribute", name=name, value="; ".join(filter(None, numbers)))
    for name in _KEPT:
        values = [_text(entry) or "" for entry in article.iterfind(f".//dd[@itemprop='{name}']")]
        values = values or [_value(article, name) or ""]
        if any(values):
            draft.add("attribute", name=name, value="; ".join(dict.fromkeys(filter(None, values))))


_LISTED = ("forwardReferencesFamily", "backwardReferencesFamily", "similarDocuments")
