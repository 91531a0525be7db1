# SPDX-License-Identifier: Apache-2.0
"""Make an account; its first password is shown once, and its owner must change it."""

from __future__ import annotations

from zhihang.terms.label import Label
from zhihang.web.accounts.manage import Faulty, make
from zhihang.web.answers import Answers
from zhihang.web.page import Context, page
from zhihang.web.person_form import form_of
from zhihang.web.request import PageRequest


@page(
    "administration/people/new/",
    title=Label("新建账号", "New account"),
    room="administration",
    permission="administer",
    methods=("GET", "POST"),
)
def new_person(request: PageRequest, ask: Answers) -> Context:
    """Show the form; make the account; where something is wrong show it at the field, with what was typed."""
    typed = request.POST.dict() if request.method == "POST" else {"role": "county"}
    if request.method != "POST":
        return form_of(typed, {})
    try:
        person, password = make(request, typed)
    except Faulty as error:
        return form_of(typed, error.faults)
    return {"made": person, "password": password}
