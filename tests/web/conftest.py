# SPDX-License-Identifier: Apache-2.0
"""A workspace with published figures only, people of every role, a client for each, and a browser where there is one."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from tests.web.people import PASSWORD, ROLES

HELD = tempfile.TemporaryDirectory(prefix="zhihang-web-")
FOLDER = Path(HELD.name) / "office"
CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="session")
def office() -> Path:
    """Folder of the one workspace of these tests; Django is ready afterwards. Day 2017-12-31, region Guilin."""
    from zhihang.workspace import create_workspace

    workspace = create_workspace(FOLDER)
    workspace.ingest(workspace.published_files())
    os.environ.update(
        ZHIHANG_WORKSPACE=str(FOLDER),
        DJANGO_SETTINGS_MODULE="zhihang.web.settings",
        ZHIHANG_WEB_DAY="2017-12-31",
        ZHIHANG_WEB_REGION="450300",
        ZHIHANG_WEB_HOSTS="testserver",
    )
    from zhihang.web.commands import prepare, start_django

    start_django()
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick; only here
    prepare()
    from zhihang.web.accounts.models import Person

    for role, region in ROLES.items():
        Person.objects.create_person(role, PASSWORD, role, region=region)
    return FOLDER


@pytest.fixture
def clean(office: Path) -> Iterator[Path]:
    """Undo afterwards what a test writes into the database."""
    from django.db import transaction

    with transaction.atomic():
        yield office
        transaction.set_rollback(True)


@pytest.fixture
def client(clean: Path) -> Any:
    """A browser without scripts in which nobody is signed in."""
    from django.test import Client

    return Client()


@pytest.fixture
def signed_in(clean: Path) -> Callable[..., Any]:
    """Give ``signed_in("county")``: such a browser, with somebody of that role signed in."""
    from django.test import Client

    from zhihang.web.accounts.models import Person

    def client_of(role: str, **more: Any) -> Any:
        made = Client(**more)
        made.force_login(Person.objects.get(name=role))
        return made

    return client_of


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def live(office: Path) -> Iterator[str]:
    """Address of a real server over the workspace."""
    from zhihang.web.wsgi import application

    server = make_server("127.0.0.1", 0, application, server_class=_Server, handler_class=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A real browser; skips where Debian's Chromium is not installed."""
    if not CHROMIUM.exists():
        pytest.skip(f"there is no browser at {CHROMIUM}: apt-get install chromium")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # its loop runs in the thread of the tests that follow
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


def _note(told: Any, ignore: tuple[str, ...], faults: list[str]) -> None:
    if told.type == "error" and not any(words in told.text for words in ignore):
        faults.append(told.text)


@pytest.fixture
def browsing(live: str, chromium: Any) -> Iterator[Callable[..., Any]]:
    """Give ``browsing("office", width=390, dark=True)``: a page with somebody signed in; faults of scripts fail the test."""
    contexts, faults = [], []

    def opened(
        role: str = "",
        *,
        width: int = 1440,
        dark: bool = False,
        scripts: bool = True,
        ignore: tuple[str, ...] = (),
    ) -> Any:
        context = chromium.new_context(
            base_url=live,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda told: _note(told, ignore, faults))
        if role:
            page.goto("/sign-in/")
            page.fill("#name", role)
            page.fill("#password", PASSWORD)
            page.click("main button")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults
