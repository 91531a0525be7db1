# SPDX-License-Identifier: Apache-2.0
"""The log of what people did (操作日志): lines are added, never changed; each carries a digest of the one before."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any, ClassVar, NoReturn

from django.db import connection, models, transaction

from zhihang.errors import NotAllowed

LOCK = 0x7A68_6C6F
"""Number under which PostgreSQL knows who is writing into the log."""


def _one_at_a_time() -> None:
    """Wait until nobody else is adding a line; SQLite lets only one write anyhow."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _refuse(*_: object, **__: object) -> NoReturn:
    raise NotAllowed("The log cannot be changed.", todo="Add a line that says what was wrong.")


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries can be looked up and added."""

    update = _refuse
    delete = _refuse
    bulk_update = _refuse


class Entry(models.Model):
    """One line of the log."""

    at = models.DateTimeField()
    who = models.CharField(max_length=60)
    address = models.CharField(max_length=45, blank=True)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        """The newest comes first."""

        ordering: ClassVar[list[str]] = ["-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["action", "at"], name="entry_by_action")
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.who} {self.action} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the line; one that is there already stays as it is."""
        if self.pk:
            raise NotAllowed("The log cannot be changed.", todo="Add a line that says what was wrong.")
        with transaction.atomic():
            _one_at_a_time()
            last = Entry.objects.order_by("-id").first()
            self.digest = self.digest_after(last.digest if last else "")
            super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        _refuse(*args, **kwargs)

    def digest_after(self, before: str) -> str:
        """Return the digest of this line, standing after a line with digest `before`."""
        said = [before, self.at.isoformat(), self.who, self.address, self.action, self.subject, self.detail]
        return sha256(json.dumps(said, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()
