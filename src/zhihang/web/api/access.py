# SPDX-License-Identifier: Apache-2.0
"""Who may read the interface: somebody signed in, or a program with a key whose scopes cover what it reads."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, cast

from django.db.models import Q
from django.utils import timezone
from ninja.security import HttpBearer

from zhihang.errors import NotAllowed
from zhihang.terms.label import Label
from zhihang.web.accounts.models import AccessToken, Person

if TYPE_CHECKING:
    from django.http import HttpRequest

    from zhihang.web.request import PageRequest

SCOPES = {
    "public": Label("开放数据", "The open data"),
    "view": Label("所有者能看到的全部指标、规划与专利", "All figures, plans and patents its owner may see"),
    "jobs": Label("所有者的任务", "Its owner's jobs"),
    "export": Label("整表下载", "Whole tables"),
}
"""What a key may be made for."""
DAYS = 365
MOST_KEYS = 20


def make_token(person: Person, label: str, scopes: Sequence[str], *, days: int = DAYS) -> str:
    """Make a key and return it; it is shown once and kept as a digest."""
    key = f"zh_{secrets.token_urlsafe(32)}"
    AccessToken.objects.create(
        person=person,
        label=label[:60],
        digest=_digest(key),
        scopes=[scope for scope in scopes if scope in SCOPES],
        expires_at=timezone.now() + timedelta(days=days),
    )
    return key


class Key(HttpBearer):
    """A key in the header ``Authorization: Bearer zh_...``."""

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        """Return whose key it is; None if it is none, or out of date."""
        valid = AccessToken.objects.select_related("person").filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now()), digest=_digest(token)
        )
        found = valid.first()
        if found is None or not found.person.is_active:
            return None
        AccessToken.objects.filter(pk=found.pk).update(used_at=timezone.now())
        asked = cast("PageRequest", request)
        asked.person = found.person
        request.META["zhihang.scopes"] = found.scopes
        return found.person


def signed_in(request: HttpRequest) -> Person | None:
    """Return who is signed in in this browser; also nobody, where the open data is open."""
    person = cast("PageRequest", request).person
    if person.must_change_password:
        return None
    return person if person.pk or person.may("public") else None


def require(request: HttpRequest, permission: str, region: str | None = None) -> PageRequest:
    """Return the request of somebody who may read this; refuse any other."""
    asked = cast("PageRequest", request)
    scopes = request.META.get("zhihang.scopes")
    covered = (
        scopes is None or permission in scopes or ("view" in scopes and permission in ("view", "public"))
    )
    needed = "public" if permission == "jobs" else permission
    if not (covered and asked.person.may(needed, region)):
        raise NotAllowed(
            "This may not be read with this account or key.",
            {"needs": permission, **({"region": region} if region else {})},
            todo="Ask the administrator for a role or a key that covers it.",
        )
    return asked


def _digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()
