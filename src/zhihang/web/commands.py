# SPDX-License-Identifier: Apache-2.0
"""What the process of the pages can be told to do: serve, work, prepare, make accounts, back up, restore, check."""

from __future__ import annotations

import errno
import json
import os
import secrets
import socket
import subprocess
import sys
import threading
import time

from zhihang.errors import NotAllowed, StoreError
from zhihang.terms.label import Label
from zhihang.web.deployment import deployment

REST = 3.0
"""Seconds between two looks at whether the worker lives."""
READY = (
    ("shiju", "office", "", Label("市局", "City office")),
    ("qixing", "county", "450305", Label("七星区", "Qixing District")),
    ("shenji", "auditor", "", Label("审计", "Auditor")),
)
"""The accounts of a demonstration: name, role, region, display name."""


def start_django() -> None:
    """Make Django ready in this process."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhihang.web.settings")
    django.setup()


def prepare() -> None:
    """Bring the database to the newest form and gather the files of the pages."""
    from django.core.management import call_command

    start_django()
    call_command("migrate", interactive=False, verbosity=0)


def gather() -> None:
    """Copy the files of the pages to one place, compressed and under names that never change their content."""
    place = {**os.environ, "DJANGO_SETTINGS_MODULE": "zhihang.web.settings", "ZHIHANG_WEB_GATHER": "1"}
    to = str(deployment().state / "static")
    for verb in (
        ["django", "collectstatic", "--no-input", "--verbosity", "0"],
        ["whitenoise.compress", "--quiet", to],
    ):
        told = subprocess.run(
            [sys.executable, "-m", *verb], env=place, capture_output=True, text=True, check=False
        )
        if told.returncode:
            raise StoreError(
                "The files of the pages cannot be gathered.", {"error": told.stderr.strip()[-500:]}
            )


def add_account(name: str, role: str, *, region: str = "", display: str = "", password: str = "") -> str:
    """Make an account, or give an existing one a new password; return the password."""
    from zhihang.web.accounts.models import Person
    from zhihang.web.audit.record import record

    chosen = password or secrets.token_urlsafe(12)
    person = Person.objects.filter(name=name).first()
    if person is None:
        Person.objects.create_person(name, chosen, role, region=region, display_name=display)
        record(None, "account made", name, who="command line", role=role, region=region)
    else:
        person.set_password(chosen)
        person.save(update_fields=["password"])
        record(None, "password changed", name, who="command line")
    return chosen


def ready_accounts() -> list[tuple[str, str, str]]:
    """Make the accounts of a demonstration that are not there yet; return name, role, and the password of each new one."""
    from zhihang.web.accounts.models import Person

    there = set(Person.objects.values_list("name", flat=True))
    return [
        (
            name,
            str(label),
            "" if name in there else add_account(name, role, region=region, display=label.zh),
        )
        for name, role, region, label in READY
    ]


def require_free(address: str, port: int, *, patience: float = 5.0) -> None:
    """Refuse an address at which something goes on listening; a server that was just killed may take some seconds to go."""
    until = time.monotonic() + patience
    while (fault := _fault_of_listening(address, port)) is not None:
        if fault.errno != errno.EADDRINUSE or time.monotonic() > until:
            raise NotAllowed(
                f"Port {port} of {address} cannot be listened at.",
                {"error": fault.strerror},
                todo="Choose another with --port, or end what listens there.",
            ) from fault
        time.sleep(0.1)


def _fault_of_listening(address: str, port: int) -> OSError | None:
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            return error
    return None


def serve(address: str, port: int, *, threads: int = 4, workers: int = 2) -> None:
    """Serve the pages, with a worker beside, until the process is ended."""
    from granian import Granian
    from granian.constants import Interfaces

    from zhihang.web.answers import CODE, code

    os.environ[CODE] = json.dumps(code())
    worker = Worker()
    try:
        Granian(
            "zhihang.web.wsgi:application",
            address=address,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=threads,
            blocking_threads_idle_timeout=600,
            websockets=False,
            log_access=False,
            respawn_failed_workers=True,
            workers_kill_timeout=10,
        ).serve()
    finally:
        worker.end()


class Worker:
    """The worker in a process of its own; one that dies is started again, and takes up what it left."""

    def __init__(self) -> None:
        self._ended = threading.Event()
        self._process = self._start()
        threading.Thread(target=self._watch, daemon=True, name="worker").start()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", "zhihang.web", "work"])

    def _watch(self) -> None:
        while not self._ended.wait(REST):
            if self._process.poll() is not None:
                self._process = self._start()

    def end(self) -> None:
        """End it, at once if it does not end by itself."""
        self._ended.set()
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
