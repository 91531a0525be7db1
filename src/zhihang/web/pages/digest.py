# SPDX-License-Identifier: Apache-2.0
"""One digest as its reader gets it."""

from __future__ import annotations

from zhihang.errors import NotFound
from zhihang.terms.label import Label
from zhihang.web.answers import Answers
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest
from zhihang.web.watching import may_see, plain_watch


@page("watches/digest/<int:number>/", room="watches", title=Label("推送预览", "Digest"), permission="public")
def digest(request: PageRequest, ask: Answers, number: int) -> Context:
    """Return what a digest says, to whom it concerns."""
    desk = ask.workspace.watches
    seen = {one.name for one in desk.profiles() if may_see(request.person, plain_watch(one))}
    row = next((one for one in desk.log.digests() if one.number == number and one.reader in seen), None)
    if row is None:
        raise NotFound(
            f"There is no digest {number} of yours. 没有这一期推送。", todo="See the log. 请查看推送记录。"
        )
    told = desk.digest(number)
    return {"row": row, "subject": told.subject, "addressee": told.addressee, "items": told.items}
