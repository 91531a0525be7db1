# SPDX-License-Identifier: Apache-2.0
"""The correction desk: doubtful organisations and places, those that touch most applications first, to be decided."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from zhihang.errors import NotFound, ZhihangError
from zhihang.reporting.evidence_word import evidence_word, place_word
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.audit.record import record
from zhihang.web.jobs.models import Job
from zhihang.web.jobs.queue import put
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest

KINDS = {
    "organisation": Label("机构名称", "Names of organisations"),
    "group": Label("机构归并", "Groups of names"),
    "place": Label("地域", "Places"),
}
TAKEN = Label(
    "已记录 {n} 项决定；更新派生数据后生效。",
    "{n} decisions are recorded; they count once derived tables are up to date.",
)
MOST = 50
IN_CHINESE = {"同一": "same", "同一机构": "same", "分开": "apart", "不是同一机构": "apart"}
"""What may be answered, as the desk calls it."""


@page(
    "data/review/",
    room="data",
    title=Label("核定", "Review"),
    permission="review",
    menu=4,
    methods=("GET", "POST"),
)
def data_review(request: PageRequest, ask: Answers) -> Context | HttpResponse:
    """Show doubtful cases of a kind; POST records the answers given, or brings derived tables up to date."""
    said = request.POST if request.method == "POST" else request.GET
    kind = said.get("kind") or "organisation"
    if kind not in KINDS:
        raise NotFound.named("kind of case", kind[:40], KINDS)
    fault: ZhihangError | None = None
    decided: list[dict[str, str]] = []
    answered: list[dict[str, str]] = []
    here = f"/data/review/?{request.view.query({'kind': kind})}"
    if request.method == "POST":
        if said.get("what") == "derive":
            job = _derive(request)
            return redirect(f"/jobs/{job.pk}/?{request.view.query()}")
        try:
            answered = _answers(request, kind)
            decided = [] if said.get("over") else _decided_meanwhile(ask, kind, answered)
            taken = {} if decided else ask.workspace.review.answer(answered, by=request.person.name)
            if not decided:
                record(request, "cases decided", kind, taken=taken)
                messages.success(request, request.view.say(TAKEN).format(n=sum(taken.values())))
                return redirect(here)
        except ZhihangError as error:
            fault = error
    cases = ask("review.cases", [kind], most=MOST) if ask.run() else []
    typed = {one["case"]: one for one in answered}
    return {
        "kinds": KINDS,
        "kind": kind,
        "cases": [
            {
                **one,
                "held": _held(request, one),
                "why": _why(request, one),
                "typed": typed.get(one["case"], {}).get("answer", ""),
                "reasoned": typed.get(one["case"], {}).get("because", ""),
            }
            for one in cases
        ],
        "touched": sum(one["applications"] or 0 for one in cases),
        "stale": ask("stale") if ask.run() else [],
        "fault": fault,
        "decided": [*enumerate(decided, start=MOST)],
    }


def _decided_meanwhile(ask: Answers, kind: str, answered: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return the answers to cases that are no longer open: somebody decided on them since the page was shown."""
    if not answered:
        return []
    still = {one["case"] for one in ask("review.cases", [kind], most=MOST * MOST, patience=120)}
    return [one for one in answered if one["case"] not in still]


def _why(request: PageRequest, case: dict[str, Any]) -> str:
    """Say why a case is doubtful."""
    language = request.view.language
    if case["kind"] == "place":
        return place_word(case["reason"], language)
    return evidence_word(case["reason"], language)


def _held(request: PageRequest, case: dict[str, Any]) -> str:
    """Say what a name was taken for, or which names a group holds."""
    zh = request.view.language == "zh"
    return re.sub(r" 等 (\d+) 个 names$", r" 等\1个" if zh else r" ... (\1 names)", case["found"])


def _derive(request: PageRequest) -> Job:
    running = Job.objects.filter(verb="derive", state__in=("queued", "running")).first()
    return running or put("derive", request.person)


def _answers(request: PageRequest, kind: str) -> list[dict[str, str]]:
    """Return the cases that were answered; each names itself, so that a list that moved on does no harm."""
    said: Any = request.POST
    found = []
    for place in range(2 * MOST):
        answer = said.get(f"answer-{place}", "").strip()
        if answer:
            found.append(
                {
                    "kind": kind,
                    "case": said.get(f"case-{place}", ""),
                    "found": said.get(f"found-{place}", ""),
                    "question": said.get(f"question-{place}", ""),
                    "answer": IN_CHINESE.get(answer, answer),
                    "because": said.get(f"because-{place}", "").strip(),
                }
            )
    return found
