# SPDX-License-Identifier: Apache-2.0
"""Refuse, inside a page, what the person may look at but not change."""

from __future__ import annotations

from zhihang.errors import NotAllowed
from zhihang.web.accounts.role import PERMISSIONS
from zhihang.web.request import PageRequest


def refuse_unless(request: PageRequest, permission: str, region: str | None = None) -> None:
    """Raise NotAllowed unless the person may do something (to a region)."""
    person = request.person
    if person.may(permission, region):
        return
    raise NotAllowed(
        "Your account may not change this. 您的账号无权修改。",
        {
            "role": person.says.label,
            "needs": PERMISSIONS[permission],
            **({"region": region, "account": person.region or "—"} if region else {}),
        },
        todo="Ask the city office. 请联系市局。",
    )
