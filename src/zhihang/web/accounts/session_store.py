# SPDX-License-Identifier: Apache-2.0
"""Sessions in the database, as Django keeps them; read in one short query, for every page needs it."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as StoredSessions
from django.db import connection
from django.utils import timezone

READ = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(StoredSessions):
    """Django's own, but for how it is read."""

    def load(self) -> dict[str, Any]:
        """Return what the session holds; nothing if it is over."""
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        with connection.cursor() as cursor:
            cursor.execute(READ, [self.session_key, now])
            found = cursor.fetchone()
        if found is None:
            self._session_key = None
            return {}
        held: dict[str, Any] = self.decode(found[0])
        return held
