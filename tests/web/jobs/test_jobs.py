# SPDX-License-Identifier: Apache-2.0
"""Jobs: done, failed, stopped, refused, and taken up again after a kill."""

from __future__ import annotations

from typing import Any

import pytest

from zhihang.errors import NotAllowed, SourceError
from zhihang.terms.label import Label


class _Shelf(dict[str, Any]):
    pass


@pytest.fixture
def shelf(clean: object, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A shelf of verbs of its own, and a queue that only remembers what was sent."""
    from zhihang.web.jobs import queue, run

    verbs = _Shelf()
    sent: list[int] = []
    for module in (queue, run):
        monkeypatch.setattr(module, "verbs", lambda: verbs)
    monkeypatch.setattr(run, "opened", lambda: None)
    monkeypatch.setattr(queue, "_send", sent.append)
    verbs["sent"] = sent
    return verbs


def _verb(name: str, does: Any, *, again: bool = False) -> Any:
    from zhihang.web.jobs.verb import Verb

    return Verb(name, Label("试", "try"), "upload", again, does)


def _job(verb: str, **arguments: Any) -> Any:
    from zhihang.web.accounts.models import Person
    from zhihang.web.jobs.models import Job

    return Job.objects.create(verb=verb, arguments=arguments, person=Person.objects.get(name="office"))


def test_a_job_keeps_what_it_produced_and_is_done_once(shelf: dict[str, Any]) -> None:
    from zhihang.web.jobs.run import run

    calls = []

    def count(workspace: object, progress: Any, *, most: int) -> dict[str, Any]:
        calls.append(most)
        progress(most, most, "counting")
        return {"counted": most}

    shelf["count"] = _verb("count", count)
    job = _job("count", most=3)
    run(job.pk)
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result, job.done, job.doing, calls) == ("done", {"counted": 3}, 3, "counting", [3])


def test_a_failure_says_what_the_person_can_do(shelf: dict[str, Any]) -> None:
    from zhihang.web.jobs.run import run

    def refuse(workspace: object, progress: Any) -> dict[str, Any]:
        raise SourceError("The file is empty.", {"file": "a.csv"}, todo="Choose another one.")

    def break_down(workspace: object, progress: Any) -> dict[str, Any]:
        raise ZeroDivisionError

    shelf["refuse"], shelf["break_down"] = _verb("refuse", refuse), _verb("break_down", break_down)
    mendable, ours = _job("refuse"), _job("break_down")
    run(mendable.pk)
    run(ours.pk)
    mendable.refresh_from_db()
    ours.refresh_from_db()
    assert mendable.state == ours.state == "failed"
    assert mendable.fault == {
        "what": "The file is empty.",
        "facts": {"file": "a.csv"},
        "todo": "Choose another one.",
    }
    assert ours.fault["facts"]["id"], "our own faults carry the id that is in the log"


def test_a_job_stops_where_it_tells_how_far_it_is(shelf: dict[str, Any]) -> None:
    from zhihang.web.jobs.queue import stop
    from zhihang.web.jobs.run import run

    told: list[str] = []

    def long(workspace: object, progress: Any) -> dict[str, Any]:
        stop(job)
        progress(1, 1)
        told.append("went on")
        return {}

    shelf["long"] = _verb("long", long)
    job = _job("long")
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, told) == ("stopped", [])


def test_after_a_kill_what_may_be_is_begun_anew_and_the_rest_is_marked(shelf: dict[str, Any]) -> None:
    from zhihang.web.jobs.models import Job
    from zhihang.web.jobs.queue import mend

    shelf["safe"] = _verb("safe", None, again=True)
    shelf["once"] = _verb("once", None)
    safe, once, worn = _job("safe"), _job("once"), _job("safe")
    Job.objects.filter(pk__in=[safe.pk, once.pk, worn.pk]).update(state="running", times_begun=1)
    Job.objects.filter(pk=worn.pk).update(times_begun=2)
    mend()
    states = dict(Job.objects.values_list("pk", "state"))
    assert states == {safe.pk: "queued", once.pk: "interrupted", worn.pk: "interrupted"}
    assert shelf["sent"] == [safe.pk]


def test_who_may_not_do_it_cannot_put_it_into_the_queue(shelf: dict[str, Any]) -> None:
    from zhihang.web.accounts.models import Person
    from zhihang.web.jobs.queue import put

    shelf["count"] = _verb("count", None)
    with pytest.raises(NotAllowed):
        put("count", Person.objects.get(name="auditor"))
