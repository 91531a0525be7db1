# SPDX-License-Identifier: Apache-2.0
"""A digest of news for one reader: as a letter (plain text and page), as a document, as entries of a feed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as Xml

from zhihang.reporting.document import Block, Document, Heading, Prose
from zhihang.terms.label import Language

Item = Mapping[str, Any]
ATOM = "http://www.w3.org/2005/Atom"
_STYLE = "font-family:'PingFang SC','Microsoft YaHei','Noto Sans SC',sans-serif;color:#1c2426;line-height:1.6"


@dataclass(frozen=True)
class PushDigest:
    """What a reader is sent.

    Parameters
    ----------
    addressee, until, items
        Whom it is for, the day it goes up to, what it says.
    links
        Address of the pages with the reader's secret, ``https://.../push/<secret>``; blank where there are none.
    """

    addressee: str
    until: date
    items: Sequence[Item]
    language: Language = "zh"
    links: str = ""

    @property
    def subject(self) -> str:
        """One line."""
        records = sum(item["kind"] == "record" for item in self.items)
        events = len(self.items) - records
        if self.language == "zh":
            parts = [f"{records}件相关新专利"] * bool(records) + [f"{events}条动态"] * bool(events)
            return f"专利速递：{'、'.join(parts)}（截至{self.until.isoformat()}）"
        parts = [f"{records} new patents"] * bool(records) + [f"{events} events"] * bool(events)
        return f"Patent news: {', '.join(parts)} (to {self.until.isoformat()})"

    @property
    def simulated(self) -> bool:
        """Whether any of it is invented."""
        return any(item.get("simulated") for item in self.items)


def text_of(digest: PushDigest) -> str:
    """Return the letter as plain text."""
    lines = [_greeting(digest), ""]
    for heading, items in _parts(digest):
        lines += [f"【{heading}】" if digest.language == "zh" else f"{heading.upper()}", ""]
        for number, item in enumerate(items, 1):
            told = _lines(item, digest.language)
            lines += [f"{number}. {_title(item, digest.language)}", *(f"   {line}" for line in told), ""]
    return "\n".join([*lines, *_foot(digest)]) + "\n"


def page_of(digest: PushDigest) -> str:
    """Return the letter as a page that any mail program shows: no scripts, styles in place, every text escaped."""
    parts = [
        f'<div style="{_STYLE};max-width:680px">',
        f"<p>{escape(_greeting(digest))}</p>",
    ]
    for heading, items in _parts(digest):
        parts.append(f'<h2 style="font-size:16px;margin:20px 0 8px">{escape(heading)}</h2>')
        parts.append('<ol style="padding-left:24px;margin:0">')
        parts += [_entry(digest, item) for item in items]
        parts.append("</ol>")
    parts += [f'<p style="color:#4a5a5d;font-size:13px">{_linked(line)}</p>' for line in _foot(digest)]
    return (
        f'<!doctype html><html><head><meta charset="utf-8"></head><body>{"".join(parts)}</div></body></html>'
    )


def document_of(digest: PushDigest) -> Document:
    """Return the digest as a document."""
    zh = digest.language == "zh"
    blocks: list[Block] = [Prose(_greeting(digest))]
    for heading, items in _parts(digest):
        blocks.append(Heading(heading))
        for number, item in enumerate(items, 1):
            blocks.append(Prose(f"{number}. {_title(item, digest.language)}"))
            blocks += [Prose(line) for line in _lines(item, digest.language)]
    return Document(
        "专利速递" if zh else "Patent news",
        digest.until,
        tuple(blocks),
        digest.simulated,
        digest.language,
    )


def feed_of(title: str, link: str, entries: Sequence[tuple[date, Item]], language: Language = "zh") -> bytes:
    """Return an Atom feed of a reader's items, the newest first."""
    Xml.register_namespace("", ATOM)
    feed = Xml.Element(f"{{{ATOM}}}feed")
    _add(feed, "title", title)
    _add(feed, "id", link or f"urn:zhihang:push:{quote(title)}")
    newest = max((day for day, _ in entries), default=date(1970, 1, 1))
    _add(feed, "updated", f"{newest.isoformat()}T00:00:00Z")
    _add(_add(feed, "author"), "name", "知航 Zhihang")
    if link:
        _add(feed, "link", href=f"{link}/feed.xml", rel="self")
    for day, item in entries:
        entry = _add(feed, "entry")
        _add(entry, "title", _title(item, language))
        _add(entry, "id", f"urn:zhihang:item:{quote(str(item['key']))}")
        _add(entry, "updated", f"{day.isoformat()}T00:00:00Z")
        _add(entry, "summary", "\n".join(_lines(item, language)))
    made: bytes = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return made


def _add(parent: Xml.Element, name: str, text: str = "", **attributes: str) -> Xml.Element:
    made = Xml.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    made.text = "".join(sign for sign in text if sign.isprintable() or sign in "\n\t") or None
    return made


def _greeting(digest: PushDigest) -> str:
    count = len(digest.items)
    mark = ""
    if digest.language == "zh":
        mark = "（含模拟数据）" if digest.simulated else ""
        to = f"{digest.addressee}：" if digest.addressee else ""
        return f"{to}截至{digest.until.isoformat()}，与贵单位有关的新信息{count}条{mark}。"
    mark = " (with simulated data)" if digest.simulated else ""
    to = f"{digest.addressee}: " if digest.addressee else ""
    return f"{to}{count} items of interest up to {digest.until.isoformat()}{mark}."


def _parts(digest: PushDigest) -> list[tuple[str, list[Item]]]:
    """Return what is told under each heading: new patents first, then events."""
    headings = {"record": ("相关新公开专利", "New patents"), "event": ("动态", "Events")}
    place = 0 if digest.language == "zh" else 1
    found = [
        (names[place], [item for item in digest.items if item["kind"] == kind])
        for kind, names in headings.items()
    ]
    return [(heading, items) for heading, items in found if items]


def _entry(digest: PushDigest, item: Item) -> str:
    title = escape(_title(item, digest.language))
    lines = [
        f'<br><span style="color:#4a5a5d;font-size:14px">{escape(line)}</span>'
        for line in _lines(item, digest.language)
    ]
    votes = f'<br><span style="font-size:13px">{_votes(digest, item)}</span>' if digest.links else ""
    return f'<li style="margin-bottom:12px"><strong>{title}</strong>{"".join(lines)}{votes}</li>'


def _title(item: Item, language: Language) -> str:
    zh = language == "zh"
    if item["kind"] == "event":
        return f"{item['label']}{'：' if zh else ': '}{item['title']}"
    number = item.get("publication_id") or item.get("application_id") or ""
    return f"{item['title'] or number}（{number}）" if zh else f"{item['title'] or number} ({number})"


def _lines(item: Item, language: Language) -> list[str]:
    """Return who, when and why; an event names whom it concerns and the day it was announced."""
    zh, event = language == "zh", item["kind"] == "event"
    lines = []
    if item.get("applicants"):
        who = ("涉及：", "Concerns: ") if event else ("申请人：", "Applicants: ")
        lines.append(f"{who[not zh]}{('；' if zh else '; ').join(item['applicants'])}")
    if item.get("day"):
        day = ("日期：", "Date: ") if event else ("公开日：", "Published: ")
        lines.append(f"{day[not zh]}{item['day']}")
    signs = ("（{}）", "、", "；") if zh else (" ({})", ", ", "; ")
    reasons = [
        reason["label"] + signs[0].format(signs[1].join(reason["by"])) for reason in item.get("reasons", ())
    ]
    if reasons:
        lines.append(f"{'推送理由：' if zh else 'Why: '}{signs[2].join(reasons)}")
    return lines


def _votes(digest: PushDigest, item: Item) -> str:
    key = quote(str(item["key"]), safe="")
    words = ("有用", "无关") if digest.language == "zh" else ("useful", "not useful")
    return " · ".join(
        f'<a href="{escape(digest.links)}/judge/{key}/{vote}">{word}</a>'
        for word, vote in zip(words, ("useful", "useless"), strict=True)
    )


def _foot(digest: PushDigest) -> list[str]:
    if not digest.links:
        return []
    stop = "退订" if digest.language == "zh" else "Unsubscribe"
    feed = "订阅源" if digest.language == "zh" else "Feed"
    return [f"{stop}: {digest.links}/stop", f"{feed}: {digest.links}/feed.xml"]


def _linked(line: str) -> str:
    word, _, address = line.partition(": ")
    return f'<a href="{escape(address)}">{escape(word)}</a>'
