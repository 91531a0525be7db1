# SPDX-License-Identifier: Apache-2.0
"""Who somebody is: names whatever their case, as Django checks them; the account of a session is read in one short query."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.contrib.auth.backends import ModelBackend

from zhihang.web.accounts.models import Person

PATH = "zhihang.web.accounts.backend.Backend"
"""Under which a session remembers who checked the password."""


class Backend(ModelBackend):
    """Reads accounts with a query that is put together once, not for every page."""

    def get_user(self, user_id: Any) -> Person | None:
        """Return the account of a number; None if there is none (any more), or it is disabled."""
        for person in Person.objects.raw(_by_number(), [user_id]):
            return person if self.user_can_authenticate(person) else None
        return None


@lru_cache(maxsize=1)
def _by_number() -> str:
    """Return the text of the query for one account."""
    text: str = Person.objects.filter(pk=0).order_by().query.sql_with_params()[0]
    return text
