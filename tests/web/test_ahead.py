# SPDX-License-Identifier: Apache-2.0
"""What is usually opened is worked out ahead, once for each state of the workspace; then pages are there at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest


def test_pages_worked_out_ahead_ask_for_nothing_more(
    signed_in: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhihang.web import ahead
    from zhihang.web.answers import Answers, answers

    told = list(ahead.usual())[:3]  # others need patents, which this workspace has not
    assert told[0] == "/?region=450300&at=2017-12-31"
    assert "/plans/guilin-2016-2020/?region=450300&at=2017-12-31" in told
    monkeypatch.setattr(ahead, "usual", lambda: iter(told))
    assert ahead.all_of(answers().state(), threading.Event())

    def fail(*_: object, **__: object) -> None:
        raise AssertionError("worked out a second time")

    monkeypatch.setattr(Answers, "_compute", fail)
    for address in told:
        assert signed_in("office").get(address).status_code == 200, address


def test_working_ahead_stops_for_a_job_and_when_it_is_told_to_end(
    clean: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhihang.web import ahead
    from zhihang.web.accounts.models import Person
    from zhihang.web.answers import answers
    from zhihang.web.jobs.models import Job

    shown: list[str] = []
    monkeypatch.setattr(ahead, "work_out", shown.append)
    job = Job.objects.create(verb="derive", person=Person.objects.get(name="office"), state="running")
    assert not ahead.all_of(answers().state(), threading.Event())
    job.state = "done"
    job.save()
    ended = threading.Event()
    ended.set()
    assert not ahead.all_of(answers().state(), ended)
    assert not ahead.all_of("another state", threading.Event())
    assert shown == []
    assert ahead.all_of(answers().state(), threading.Event())
    assert shown


def test_a_page_that_fails_does_not_keep_the_others_from_being_worked_out(
    clean: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhihang.web import ahead
    from zhihang.web.answers import answers

    shown: list[str] = []

    def work_out(address: str) -> None:
        shown.append(address)
        raise ZeroDivisionError

    monkeypatch.setattr(ahead, "work_out", work_out)
    assert ahead.all_of(answers().state(), threading.Event())
    assert len(shown) == len(list(ahead.usual()))
