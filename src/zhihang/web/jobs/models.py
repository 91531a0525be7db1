# SPDX-License-Identifier: Apache-2.0
"""A job (任务): the name of a verb, its arguments, and how far it has come."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from zhihang.web.accounts.models import Person

STATES = {
    "queued": "排队中",
    "running": "进行中",
    "done": "已完成",
    "failed": "未完成",
    "stopped": "已停止",
    "interrupted": "中断",
}


class Job(models.Model):
    """One piece of slow work; page, command line and schedule run the same verb."""

    verb = models.CharField(max_length=60)
    arguments = models.JSONField(default=dict)
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="jobs")
    state = models.CharField(max_length=12, choices=list(STATES.items()), default="queued")
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    doing = models.CharField(max_length=200, blank=True)
    stop_wanted = models.BooleanField(default=False)
    times_begun = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)
    fault = models.JSONField(default=dict)
    queued_at = models.DateTimeField(auto_now_add=True)
    begun_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """The newest comes first."""

        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        return f"{self.verb} {self.state}"

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.state in ("queued", "running")

    @property
    def share(self) -> float | None:
        """How much is done, 0 to 1; None where the whole is not known."""
        return min(self.done / self.total, 1.0) if self.total else None

    @property
    def seconds_left(self) -> float | None:
        """What is left at the rate so far, in seconds; None while that would be a guess."""
        share = self.share
        if self.state != "running" or not share or self.begun_at is None or self.seen_at is None:
            return None
        spent = (self.seen_at - self.begun_at).total_seconds()
        return spent * (1 - share) / share if spent > 2 else None
