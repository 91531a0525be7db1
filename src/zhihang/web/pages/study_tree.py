# SPDX-License-Identifier: Apache-2.0
"""The technology breakdown of a study: nodes with their words, classes and queries; add, change, move and delete them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any, Literal

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect

from zhihang.errors import NotAllowed, NotFound, ZhihangError
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.audit.record import record
from zhihang.web.page import Context, page
from zhihang.web.refusal import refuse_unless
from zhihang.web.request import PageRequest
from zhihang.web.seen import changed_since, seen
from zhihang.web.studying import result_of

Part = Literal["breakdown", "effects"]
PARTS: Mapping[Part, Label] = {
    "breakdown": Label("技术分解", "Breakdown"),
    "effects": Label("功效", "Effects"),
}
FIELDS = {
    "zh": Label("名称", "Name"),
    "en": Label("英文名称", "English name"),
    "parent": Label("上级", "Below"),
    "keywords": Label("关键词", "Keywords"),
    "classes": Label("分类号", "Classes"),
    "query": Label("检索式", "Query"),
    "examples": Label("示例专利", "Examples"),
    "note": Label("备注", "Note"),
}
LISTS = ("keywords", "classes", "examples")
LONGEST = 4000
SAVED = Label("已保存；研究重新计算后按新的分解统计。", "Saved; computing the study anew counts by it.")
GONE = Label("已删除 {code}。", "{code} is deleted.")
COPIED = Label("已复制为“{name}”，现在可以修改。", "Copied as {name}; now it can be changed.")
TYPE_IT = Label(
    "请输入要删除的节点代码 {code} 以确认。没有任何内容被修改。",
    "Type the code {code} of the node to confirm. Nothing was changed.",
)
UNKNOWN = ("add", "change", "up", "down", "delete", "copy")


@page(
    "studies/of/<str:study>/breakdown/",
    room="studies",
    title=Label("技术分解", "Breakdown"),
    methods=("GET", "POST"),
)
def study_tree(request: PageRequest, ask: Answers, study: str) -> Context | HttpResponse:
    """Show the tree, and the form of one node; POST does one change."""
    shown, desk = ask.workspace.studies.show(study), ask.workspace.study_tree
    given: QueryDict = request.POST if request.method == "POST" else request.GET
    part: Part = "effects" if given.get("part") == "effects" else "breakdown"
    asked: dict[str, Any] = {"fault": None, "clash": {}, "typed": None}
    if request.method == "POST":
        refuse_unless(request, "study")
        try:
            done = _act(request, ask, study, part, asked)
        except ZhihangError as error:
            asked["fault"] = error
        else:
            if done is not None:
                return done
    nodes = desk.nodes(study, part)
    code = given.get("code" if request.method == "POST" else "node", "")
    adding = request.POST.get("what") == "add"
    one = None if adding else next((node for node in nodes if node["code"] == code), None)
    if request.method == "GET" and code and one is None:
        raise NotFound(
            f'There is no node "{code[:40]}". 没有节点“{code[:40]}”。',
            todo="It may have been deleted; see the tree. 可能已被删除，请看技术分解表。",
        )
    return {
        **asked,
        "study": shown,
        "part": part,
        "parts": PARTS,
        "fields": FIELDS,
        "nodes": _counted(nodes, study),
        "levels": max((node["depth"] + 1 for node in nodes), default=0),
        "one": one,
        "form": asked["typed"] or _as_typed(one or {"parent": request.GET.get("below", "")}),
        "adding": one is None,
        "seen": seen(_values(one)),
        "below": _below(nodes, code) if one else [],
        "own": ask.workspace.study_board.own(study),
        "may_study": request.person.may("study"),
    }


def _act(
    request: PageRequest, ask: Answers, study: str, part: Part, asked: dict[str, Any]
) -> HttpResponse | None:
    """Do what the form asks; None where it is to be shown again."""
    desk, given = ask.workspace.study_tree, request.POST
    what, code = given.get("what", ""), given.get("code", "").strip()[:40]

    def still(now: Mapping[str, Any]) -> bool:
        asked["clash"] = changed_since(given.get("seen", ""), now)
        return not asked["clash"]

    if what == "copy":
        name = given.get("name", "").strip()
        desk.copy(study, name)
        record(request, "study copied", name, source=study)
        messages.success(request, request.view.say(COPIED).format(name=name))
        return redirect(f"/studies/of/{name}/breakdown/?{request.view.query()}")
    if what in ("up", "down"):
        desk.move(study, part, code, -1 if what == "up" else 1)
    elif what == "delete":
        if given.get("confirm", "").strip() != code:
            messages.error(request, request.view.say(TYPE_IT).format(code=code))
            return None
        if desk.remove(study, part, code, still=still) is not None:
            return None
        messages.success(request, request.view.say(GONE).format(code=code))
    elif what in ("add", "change"):
        asked["typed"] = {"code": code, **{name: given.get(name, "")[:LONGEST] for name in FIELDS}}
        free = (lambda now: not now) if what == "add" else still
        if desk.put(study, part, code, _said(asked["typed"]), still=free) is not None:
            if what == "add":
                raise NotAllowed(
                    f"There is a node {code} already. 已有节点 {code}。",
                    todo="Give another code. 请换一个代码。",
                )
            return None
        messages.success(request, request.view.say(SAVED))
    else:
        raise NotFound.named("change", what[:20], UNKNOWN)
    record(request, f"breakdown {what}", f"{study}/{code}", part=part)
    more = {"part": part} if part != "breakdown" else {}
    return redirect(f"/studies/of/{study}/breakdown/?{request.view.query(more)}")


def _said(typed: Mapping[str, str]) -> dict[str, Any]:
    parted = {name: _parts(typed[name]) for name in LISTS}
    return {name: parted.get(name, typed[name].strip()) for name in FIELDS}


def _parts(text: str) -> list[str]:
    found = (one.strip() for one in re.split(r"[,，;；、\r\n]+", text))
    return list(dict.fromkeys(one for one in found if one))


def _as_typed(node: Mapping[str, Any]) -> dict[str, str]:
    plain = {name: str(node.get(name) or "") for name in ("code", *FIELDS)}
    return {**plain, **{name: "\n".join(node.get(name) or ()) for name in LISTS}}


def _values(node: Mapping[str, Any] | None) -> dict[str, Any]:
    return {name: node[name] for name in FIELDS} if node else {}


def _counted(nodes: list[dict[str, Any]], study: str) -> list[dict[str, Any]]:
    """Return the nodes with the patents that the last run gave them; None where it did not know the node."""
    result = result_of(study)
    patents = result["corpus"]["patents"] if result else ()
    found = Counter(code for one in patents for code in set(one.get("nodes", ())))
    return [{**node, "patents": found.get(node["code"])} for node in nodes]


def _below(nodes: list[dict[str, Any]], code: str) -> list[dict[str, Any]]:
    """Return the nodes that go with a node when it is deleted."""
    place = next(i for i, node in enumerate(nodes) if node["code"] == code)
    depth, found = nodes[place]["depth"], []
    for node in nodes[place + 1 :]:
        if node["depth"] <= depth:
            break
        found.append(node)
    return found
