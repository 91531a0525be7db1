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
    for number, item in enumerate(digest.items, 1):
        lines += [f"{number}. {_title(item)}", *(f"   {line}" for line in _lines(item, digest.language)), ""]
    return "\n".join([*lines, *_foot(digest)]) + "\n"


def page_of(digest: PushDigest) -> str:
    """Return the letter as a page that any mail program shows: no scripts, styles in place, every text escaped."""
    parts = [
        f'<div style="{_STYLE};max-width:680px">',
        f"<p>{escape(_greeting(digest))}</p>",
        '<ol style="padding-left:24px">',
    ]
    for item in digest.items:
        parts.append(f'<li style="margin-bottom:12px"><strong>{escape(_title(item))}</strong>')
        parts += [
            f'<br><span style="color:#4a5a5d;font-size:14px">{escape(line)}</span>'
            for line in _lines(item, digest.language)
        ]
        if digest.links:
            parts.append(f'<br><span style="font-size:13px">{_votes(digest, item)}</span>')
        parts.append("</li>")
    parts.append("</ol>")
    parts += [f'<p style="color:#4a5a5d;font-size:13px">{_linked(line)}</p>' for line in _foot(digest)]
    return (
        f'<!doctype html><html><head><meta charset="utf-8"></head><body>{"".join(parts)}</div></body></html>'
    )


def document_of(digest: PushDigest) -> Document:
    """Return the digest as a document."""
    zh = digest.language == "zh"
    blocks: list[Block] = [Prose(_greeting(digest))]
    for kind, heading in (
        ("record", "相关新公开专利" if zh else "New patents"),
        ("event", "动态" if zh else "Events"),
    ):
        found = [item for item in digest.items if item["kind"] == kind]
        if found:
            blocks.append(Heading(heading))
        for number, item in enumerate(found, 1):
            blocks.append(Prose(f"{number}. {_title(item)}"))
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
        _add(entry, "title", _title(item))
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


def _title(item: Item) -> str:
    if item["kind"] == "event":
        return f"{item['label']}：{item['title']}"
    number = item.get("publication_id") or item.get("application_id") or ""
    return f"{item['title'] or number}（{number}）"


def _lines(item: Item, language: Language) -> list[str]:
    zh = language == "zh"
    lines = []
    if item.get("applicants"):
        lines.append(f"{'申请人：' if zh else 'Applicants: '}{'；'.join(item['applicants'])}")
    if item.get("day"):
        lines.append(f"{'公开日：' if zh else 'Date: '}{item['day']}")
    reasons = [f"{reason['label']}（{'、'.join(reason['by'])}）" for reason in item.get("reasons", ())]
    if reasons:
        lines.append(f"{'推送理由：' if zh else 'Why: '}{'；'.join(reasons)}")
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
