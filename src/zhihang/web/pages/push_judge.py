# SPDX-License-Identifier: Apache-2.0
"""Say with the link of a mail whether an item was useful: looking changes nothing, the button does."""

from __future__ import annotations

from zhihang.errors import NotFound
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.page import ANYONE, Context, page
from zhihang.web.request import PageRequest

VOTES = {"useful": True, "useless": False}


@page(
    "push/<slug:token>/judge/<path:item>/<slug:vote>",
    title=Label("反馈", "Feedback"),
    permission=ANYONE,
    methods=("GET", "POST"),
)
def push_judge(request: PageRequest, ask: Answers, token: str, item: str, vote: str) -> Context:
    """Show the item and ask; POST notes the answer, the last one counts."""
    if vote not in VOTES:
        raise NotFound.named("answer", vote[:20], VOTES)
    desk = ask.workspace.watches
    name = desk.log.reader_of(token)
    if request.method == "POST":
        desk.judge(name, item, VOTES[vote])
    found = next((one for one in desk.told(name) if one["item"] == item), None)
    if found is None:
        raise NotFound(
            "This item was not sent to you. 没有向您推送过这一条。",
            todo="Take the link from the mail as it stands. 请使用邮件中的完整链接。",
        )
    return {"found": found, "useful": VOTES[vote], "done": request.method == "POST"}
