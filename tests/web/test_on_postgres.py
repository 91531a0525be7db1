# SPDX-License-Identifier: Apache-2.0
"""The same on a real PostgreSQL: tables, the log that stays as it is, jobs that survive a kill, back-up and return."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.web.throw_away_postgres import programs, server

pytestmark = pytest.mark.postgres
BEGIN = "import json, os, sys, django; django.setup()\nfrom django.db import connection\n"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Variables under which the programs of the pages use an empty workspace and a fresh server."""
    from zhihang.workspace import create_workspace

    found = programs()
    if found is None:
        pytest.skip("there is no PostgreSQL: apt-get install postgresql")
    folder = tmp_path_factory.mktemp("postgres") / "office"
    workspace = create_workspace(folder)
    workspace.ingest(workspace.published_files())
    with server(found) as address:
        made = {
            **os.environ,
            "ZHIHANG_WORKSPACE": str(folder),
            "ZHIHANG_WEB_DATABASE": address,
            "DJANGO_SETTINGS_MODULE": "zhihang.web.settings",
            "PATH": f"{found}:{os.environ['PATH']}",
        }
        _web(made, "prepare")
        _web(made, "account", "office", "--role", "office")
        _web(made, "account", "auditor", "--role", "auditor")
        yield made


def _web(place: Mapping[str, str], *given: str) -> str:
    told = subprocess.run(
        [sys.executable, "-m", "zhihang.web", *given],
        env=place,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    return told.stdout


def _ask(place: Mapping[str, str], code: str) -> Any:
    """Run code in a process of its own; it prints its answer as JSON on the last line."""
    told = subprocess.run(
        [sys.executable, "-c", BEGIN + code],
        env=place,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout.splitlines()[-1])


def test_the_tables_are_those_of_the_models(place: Mapping[str, str]) -> None:
    assert _ask(
        place,
        "from django.core.management import call_command\n"
        "call_command('makemigrations', check=True, dry_run=True, verbosity=0)\n"
        "print(json.dumps(connection.vendor))",
    ) == ("postgresql")


def test_the_database_itself_refuses_to_change_the_log(place: Mapping[str, str]) -> None:
    refused = _ask(
        place,
        """
from django.db import DatabaseError
from zhihang.web.audit.record import first_changed
told = []
for verb in ("UPDATE audit_entry SET who = 'x'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"):
    try:
        with connection.cursor() as cursor:
            cursor.execute(verb)
    except DatabaseError as error:
        told.append('cannot be changed' in str(error))
print(json.dumps([told, first_changed() is None]))
""",
    )
    assert refused == [[True, True, True], True]


def test_many_who_write_into_the_log_at_once_leave_one_chain(place: Mapping[str, str]) -> None:
    code = (
        BEGIN
        + "from zhihang.web.audit.record import record\nfor n in range(40): record(None, 'tried', str(n))"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code], env=place) for _ in range(3)]
    assert [writer.wait(120) for writer in writers] == [0, 0, 0]
    assert _ask(
        place,
        "from zhihang.web.audit.record import first_changed\nfrom zhihang.web.audit.models import Entry\n"
        "print(json.dumps([first_changed() is None, Entry.objects.filter(action='tried').count()]))",
    ) == [True, 120]


def test_characters_that_are_none_are_refused_not_broken(place: Mapping[str, str]) -> None:
    codes = _ask(
        place,
        """
from django.test import Client
asking = Client(raise_request_exception=False, SERVER_NAME='127.0.0.1')
found = [asking.post('/sign-in/', {'name': 'a\\x00b', 'password': 'x'}).status_code]
found += [asking.get('/sign-in/?next=%00').status_code]
print(json.dumps(found))
""",
    )
    assert codes == [400, 400]


def test_a_job_whose_worker_is_killed_is_begun_anew(place: Mapping[str, str]) -> None:
    number = _ask(
        place,
        "from zhihang.web.accounts.models import Person\nfrom zhihang.web.jobs.queue import put\n"
        "print(json.dumps(put('derive', Person.objects.get(name='office')).pk))",
    )
    told = f"from zhihang.web.jobs.models import Job\njob = Job.objects.get(pk={number})\n"
    _ask(
        place, told + "job.state, job.times_begun = 'running', 1\njob.save()\nprint(1)"
    )  # a worker died over it
    worker = subprocess.Popen(
        [sys.executable, "-m", "zhihang.web", "work"],
        env=place,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait = "import time\nwhile job.open:\n    time.sleep(0.5)\n    job.refresh_from_db()\n"
        state = _ask(place, told + wait + "print(json.dumps([job.state, job.times_begun, job.fault]))")
        assert state == ["done", 2, {}]
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait(10)


def test_a_back_up_under_load_comes_back_to_the_same(place: Mapping[str, str], tmp_path: Path) -> None:
    code = (
        BEGIN
        + "from zhihang.web.audit.record import record\nfor n in range(4000): record(None, 'load', str(n))"
    )
    writer = subprocess.Popen([sys.executable, "-c", code], env=place)
    try:
        time.sleep(2.5)
        file = tmp_path / "monday.tar.gz"
        _web(place, "backup", str(file))
    finally:
        writer.kill()
        writer.wait(10)
    again = tmp_path / "again"
    _web({**place, "ZHIHANG_WORKSPACE": str(again)}, "restore", str(file))
    with tarfile.open(file) as archive:
        assert "web/web.dump" in archive.getnames()
    address = place["ZHIHANG_WEB_DATABASE"]
    other = address.rsplit("/", 1)[0] + "/again"
    subprocess.run(["createdb", "--maintenance-db", address, "again"], env=place, check=True, timeout=60)
    dump = again / "web" / "web.dump"
    subprocess.run(["pg_restore", "--dbname", other, str(dump)], env=place, check=True, timeout=60)
    restored = {**place, "ZHIHANG_WORKSPACE": str(again), "ZHIHANG_WEB_DATABASE": other}
    assert _ask(
        restored,
        "from zhihang.web.audit.record import first_changed\nfrom zhihang.web.accounts.models import Person\n"
        "from zhihang.web.audit.models import Entry\n"
        "print(json.dumps([first_changed() is None, Person.objects.count(), Entry.objects.filter(action='load').exists()]))",
    ) == [True, 2, True]
    from zhihang.workspace import open_workspace

    before, after = open_workspace(place["ZHIHANG_WORKSPACE"]), open_workspace(again)
    assert after.plans.observations() == before.plans.observations()
