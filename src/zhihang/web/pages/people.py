# SPDX-License-Identifier: Apache-2.0
"""Everybody who has an account: role, region, whether it is in use, when it was used last."""

from __future__ import annotations

from zhihang.terms.label import Label
from zhihang.web.accounts.models import Person
from zhihang.web.accounts.role import roles
from zhihang.web.answers import Answers
from zhihang.web.page import Context, page
from zhihang.web.request import PageRequest


@page(
    "administration/people/",
    title=Label("用户", "People"),
    room="administration",
    permission="administer",
    menu=1,
)
def people(request: PageRequest, ask: Answers) -> Context:
    """Return the accounts, of one role where the address names it."""
    role = request.GET.get("role", "")
    found = Person.objects.all()
    if role in roles():
        found = found.filter(role=role)
    everybody = list(found)
    return {
        "people": everybody,
        "active": sum(one.is_active for one in everybody),
        "roles": roles().values(),
        "role": role,
    }
