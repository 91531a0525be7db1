# SPDX-License-Identifier: Apache-2.0
"""Watches as people see and change them: whose they are, a form read and written, what two versions say differently."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.http import QueryDict

from zhihang.terms.label import Label
from zhihang.web.accounts.models import Person

LISTS = ("industries", "classes", "rivals", "queries")
FIELDS: Mapping[str, tuple[Label, Label]] = {
    "addressee": (Label("收件单位", "Addressee"), Label("推送中的称呼", "As the digest addresses it")),
    "address": (
        Label("邮箱", "E-mail"),
        Label("留空则只在网页和订阅源查看", "Blank: read on the page or as a feed"),
    ),
    "organisation": (
        Label("本单位（专利权人）", "Own organisation"),
        Label("名称或编号；用于引证、续费、异议等提醒", "Name or id; for citations, fees, challenges"),
    ),
    "scope": (
        Label("经营范围", "Business scope"),
        Label("写明产品和技术，按文字匹配新专利", "Products and technology, matched as text"),
    ),
    "industries": (Label("行业代码", "Industries"), Label("GB/T 4754，每行一个", "GB/T 4754, one a line")),
    "classes": (Label("分类号", "Classes"), Label("IPC，含下位，每行一个", "IPC with all below, one a line")),
    "rivals": (Label("关注对象", "Followed"), Label("机构名称，每行一个", "Organisations, one a line")),
    "queries": (Label("检索式", "Queries"), Label("每行一个", "One a line")),
    "region": (
        Label("所在地区", "Region"),
        Label("代码；提醒本地新进入者", "Code; tells of newcomers there"),
    ),
}
LONG = ("scope", *LISTS)


def may_see(person: Person, watch: Mapping[str, Any]) -> bool:
    """Whether a watch is a person's own, of its firm or region; the city office sees all."""
    if not person.pk:
        return False
    if not person.region and person.may("edit"):
        return True
    own = watch["addressee"] in (str(person), person.subject) and bool(watch["addressee"])
    firm = bool(person.subject) and watch["organisation"] == person.subject
    near = person.may("edit") and bool(watch["region"]) and person.reaches(watch["region"])
    return own or firm or near or (person.may("audit") and person.may("view"))


def may_change(person: Person, watch: Mapping[str, Any]) -> bool:
    """Whether a person may change a watch it sees; who only looks on may not."""
    return may_see(person, watch) and (person.may("edit") or not person.may("audit"))


def plain_watch(profile: Any) -> dict[str, Any]:
    """Return a watch as plain values."""
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in asdict(profile).items()
    }


def digest_of(watch: Mapping[str, Any]) -> str:
    """Return what tells two versions of a watch apart."""
    said = json.dumps(watch, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def from_form(said: QueryDict) -> dict[str, Any]:
    """Return the fields of a watch as typed; lists are parted at lines and semicolons."""
    found: dict[str, Any] = {"name": said.get("name", "").strip()}
    for name in FIELDS:
        text = said.get(name, "").strip()
        found[name] = _parts(text) if name in LISTS else " ".join(text.split())
    most = said.get("most", "10").strip()
    found["most"] = int(most) if most.isascii() and most.isdigit() and len(most) < 4 else 0
    found["language"] = said.get("language", "zh")
    found["events"] = [] if "no_events" in said else said.getlist("events") or ["all"]
    found["active"] = "active" in said
    return found


def fields_of(watch: Mapping[str, Any]) -> dict[str, Any]:
    """Return a watch's fields as the desk takes them."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in watch.items()}


def changes(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what two versions say differently."""
    return [
        {
            "what": FIELDS[name][0] if name in FIELDS else Label(name, name),
            "mine": mine.get(name),
            "theirs": value,
        }
        for name, value in theirs.items()
        if mine.get(name) != value
    ]


def shown_fields(watch: Mapping[str, Any]) -> Sequence[dict[str, Any]]:
    """Return the fields of the form with what they hold."""
    return [
        {
            "name": name,
            "label": label,
            "help": told,
            "long": name in LONG,
            "value": "\n".join(watch.get(name) or ()) if name in LISTS else watch.get(name) or "",
        }
        for name, (label, told) in FIELDS.items()
    ]


def _parts(text: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in re.split(r"[;；\r\n]+", text) if part.strip()))
