# SPDX-License-Identifier: Apache-2.0
"""Who may see everything told of a park: whose region it lies in; an account bound to a park sees that park only."""

from __future__ import annotations

from zhihang.errors import NotAllowed
from zhihang.web.request import PageRequest


def require_park(request: PageRequest, park: str) -> None:
    """Refuse an account that is bound to another park."""
    person = request.person
    if person.role == "park" and person.subject and person.subject != park:
        raise NotAllowed(
            "This is another park than yours. 这不是您的园区。",
            {"park": park, "account": person.subject},
            todo="Ask the city office. 请联系市局。",
        )
