# SPDX-License-Identifier: Apache-2.0
"""Run one job: begin it once, tell how far it is, end it as done, stopped or failed."""

from __future__ import annotations

import logging
import secrets
import time
from typing import Any

from django.db.models import F
from django.utils import timezone

from zhihang.errors import ZhihangError
from zhihang.web.audit.record import record
from zhihang.web.deployment import opened
from zhihang.web.jobs.models import Job
from zhihang.web.jobs.verb import verbs

LOG = logging.getLogger("zhihang.web.jobs")
EVERY = 0.5
"""Seconds between two lines of progress."""


class Stopped(Exception):
    """The person wants the job to stop."""


class Telling:
    """The progress of one job, written into its record."""

    def __init__(self, number: int) -> None:
        self.number = number
        self._told = 0.0

    def __call__(self, done: int, total: int, doing: str = "") -> None:
        """Write down how far the job is, twice a second at most; end it if that is wanted."""
        if time.monotonic() - self._told < EVERY and done != total:
            return
        self._told = time.monotonic()
        mine = Job.objects.filter(pk=self.number)
        mine.update(done=done, total=total, doing=doing[:200], seen_at=timezone.now())
        if mine.filter(stop_wanted=True).exists():
            raise Stopped


def run(number: int) -> None:
    """Run the job of a number; one that is not queued (any more) is left alone."""
    now = timezone.now()
    begun = Job.objects.filter(pk=number, state="queued").update(
        state="running", begun_at=now, seen_at=now, times_begun=F("times_begun") + 1, done=0, total=0
    )
    if not begun:
        return
    job = Job.objects.get(pk=number)
    who = job.person.name if job.person else "-"
    try:
        result = verbs()[job.verb](opened(), Telling(number), **job.arguments)
        _end(number, "done", result=result)
    except Stopped:
        _end(number, "stopped")
    except ZhihangError as error:
        _end(number, "failed", fault={"what": error.what, "facts": error.facts, "todo": error.todo})
    except Exception as error:  # a fault of ours ends this job, not the worker
        found = secrets.token_hex(4)
        LOG.exception("job %s %s failed [%s]", number, job.verb, found)
        _end(number, "failed", fault={"what": f"{type(error).__name__}", "facts": {"id": found}, "todo": ""})
    state = Job.objects.values_list("state", flat=True).get(pk=number)
    record(None, f"job {state}", job.verb, who=who, job=number)


def _end(number: int, state: str, **more: Any) -> None:
    Job.objects.filter(pk=number).update(state=state, ended_at=timezone.now(), seen_at=timezone.now(), **more)
