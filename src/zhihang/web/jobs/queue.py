# SPDX-License-Identifier: Apache-2.0
"""The queue of jobs, kept in a database: put one in, stop one, mend what a killed worker left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from zhihang.errors import NotAllowed
from zhihang.web.accounts.models import Person
from zhihang.web.deployment import deployment
from zhihang.web.jobs.models import Job
from zhihang.web.jobs.verb import verbs

if TYPE_CHECKING:
    from huey.api import Huey

TIMES = 2
"""How often a job that may begin anew is begun before it is left as interrupted."""


@dataclass(frozen=True)
class Queue:
    """The queue, and the one task that stands in it: run the job of a number."""

    huey: Huey
    run_job: Callable[[int], Any]


@lru_cache(maxsize=1)
def queue() -> Queue:
    """Return the queue: in the workspace's own SQLite file, or in the PostgreSQL of the settings."""
    from huey.api import PostgresHuey, SqliteHuey

    place = deployment()
    address = place.text("database")
    if address:
        made = PostgresHuey("zhihang", dsn=address, results=False)
    else:
        place.state.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = SqliteHuey("zhihang", filename=str(place.state / "queue.sqlite3"), results=False)
    return Queue(made, made.task(name="run_job")(run_queued))


def run_queued(number: int) -> None:
    """Run the job of a number; called by the worker."""
    from zhihang.web.jobs.run import run

    run(number)


def put(verb: str, person: Person, **arguments: Any) -> Job:
    """Put a job into the queue and return its record; its verb says who may."""
    kind = verbs()[verb]
    if not person.may(kind.permission):
        raise NotAllowed(
            f"Your role may not do this: {kind.label}.", {"role": person.says.label, "needs": kind.permission}
        )
    job = Job.objects.create(verb=verb, arguments=arguments, person=person)
    transaction.on_commit(lambda: _send(job.pk))
    return job


def stop(job: Job) -> None:
    """Ask a job to stop; one that has not begun never will."""
    waiting = Job.objects.filter(pk=job.pk, state="queued")
    if not waiting.update(state="stopped", ended_at=timezone.now()):
        Job.objects.filter(pk=job.pk, state="running").update(stop_wanted=True)


def mend() -> list[Job]:
    """Take up what a killed worker left: begin anew what may be, mark the rest; return those jobs.

    Runs of the store commit whole or not at all, so nothing half done is ever seen.
    """
    left = list(Job.objects.filter(state="running"))
    for job in left:
        anew = verbs()[job.verb].again and job.times_begun < TIMES and not job.stop_wanted
        job.state = "queued" if anew else "interrupted"
        job.ended_at = None if anew else timezone.now()
        job.save(update_fields=["state", "ended_at"])
    for job in Job.objects.filter(state="queued"):
        _send(job.pk)  # one that is sent twice is begun once
    return left


def _send(number: int) -> None:
    queue().run_job(number)
