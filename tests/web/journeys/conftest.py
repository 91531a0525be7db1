# SPDX-License-Identifier: Apache-2.0
"""A small region served as an office serves it, with its worker, and people who walk through its pages in a browser."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

REGION, DAY = "450300", "2018-12-31"
PEOPLE = {"office": "", "county": "450305", "analyst": "", "administrator": ""}
PATIENCE = 240_000
"""Milliseconds until an answer must be there, on a machine that is busy with other things; most are there at once."""


@dataclass
class Served:
    """A workspace with a server of its own: its address, its process, the passwords of its people."""

    folder: Path
    port: int
    passwords: dict[str, str] = field(default_factory=dict)
    server: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Serve, and return once it answers."""
        self.server = self._web("serve", "--port", str(self.port), "--workers", "1")
        for _ in range(600):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{self.address}/sign-in/", timeout=5).close()
                return
            time.sleep(0.1)
        raise AssertionError("the server never answered")

    def end(self) -> None:
        """End it."""
        if self.server is not None:
            self.server.terminate()
            self.server.wait(60)
            self.server = None

    def kill(self) -> None:
        """Kill it and all it has begun, as a failing machine would."""
        assert self.server is not None
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait(30)
        self.server = None
        for _ in range(300):  # until the last of them is gone
            with contextlib.suppress(OSError), socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(("127.0.0.1", self.port))
                return
            time.sleep(0.1)

    def run(self, *given: str, folder: Path | None = None) -> int:
        """Run a verb to its end, on this workspace or another; return its exit code."""
        return self._web(*given, folder=folder).wait(600)

    def account(self, name: str, role: str, region: str) -> None:
        """Make an account, and remember its password."""
        made = self._web("account", name, "--role", role, "--region", region, stdout=subprocess.PIPE)
        told = made.communicate(timeout=120)[0]
        self.passwords[name] = told.decode().split()[-1]

    def _web(self, *given: str, folder: Path | None = None, **more: Any) -> subprocess.Popen[bytes]:
        place = {
            **{name: value for name, value in os.environ.items() if not name.startswith("ZHIHANG_WEB_")},
            "DJANGO_SETTINGS_MODULE": "zhihang.web.settings",
            "ZHIHANG_WORKSPACE": str(folder or self.folder),
            "ZHIHANG_WEB_REGION": REGION,
            "ZHIHANG_WEB_DAY": DAY,
        }
        return subprocess.Popen(
            [sys.executable, "-m", "zhihang.web", *given], env=place, start_new_session=True, **more
        )


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Published figures and a simulated Guilin, small, derived and indexed, with four people."""
    from zhihang.workspace import create_workspace

    folder = tmp_path_factory.mktemp("office")
    workspace = create_workspace(folder)
    workspace.ingest(workspace.published_files())
    workspace.simulate(REGION, 2012, 2018, scale=0.02, seed=3)
    workspace.ingest(sorted((folder / "simulated").glob("*.csv")))
    workspace.derive()
    workspace.search.index()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        made = Served(folder, probe.getsockname()[1])
    for role, region in PEOPLE.items():
        made.account(role, role, region)
    made.start()
    yield made
    made.end()


@dataclass(frozen=True)
class Visitor:
    """Somebody in front of a browser."""

    page: Any
    language: str

    def opens(self, address: str) -> Any:
        """Open a page of this person's language, and wait until what it shows is worked out."""
        joint = "&" if "?" in address else "?"
        self.page.goto(f"{address}{joint}lang={self.language}")
        return self.waits()

    def waits(self) -> Any:
        """Wait until the page is there, whole."""
        self.page.wait_for_selector("main h1")
        self.page.wait_for_selector("main [data-again]", state="detached", timeout=PATIENCE)
        self.page.wait_for_load_state("load")
        if self.page.locator("figure[data-chart]").count():
            self.page.wait_for_load_state(
                "networkidle"
            )  # leaving while the charts come breaks their script off
        return self.page

    def says(self, zh: str, en: str) -> str:
        """Return a word as this person's pages have it."""
        return zh if self.language == "zh" else en

    def finds_it_open(self) -> None:
        """Look whether everybody can use the page: nothing sticks out, nothing hinders who cannot see."""
        from axe_playwright_python.sync_playwright import Axe

        assert self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
            "sticks out",
            self.page.url,
        )
        told = Axe().run(self.page).response["violations"]
        grave = [
            (one["id"], one["nodes"][0]["html"][:160])
            for one in told
            if one["impact"] in ("serious", "critical")
        ]
        assert not grave, (self.page.url, grave)


@pytest.fixture(scope="session")
def signed_in_once(served: Served, chromium: Any) -> Callable[[str], Any]:
    """Give ``signed_in_once("office")``: what a browser keeps of somebody who signed in; each signs in once."""
    kept: dict[str, Any] = {}

    def state(role: str) -> Any:
        if role not in kept:
            context = chromium.new_context(base_url=served.address)
            page = context.new_page()
            page.goto("/sign-in/")
            page.fill("#name", role)
            page.fill("#password", served.passwords[role])
            page.click("main button")
            page.wait_for_selector("details.person")
            kept[role] = context.storage_state()
            context.close()
        return kept[role]

    return state


@pytest.fixture
def visits(
    served: Served, chromium: Any, signed_in_once: Callable[[str], Any]
) -> Iterator[Callable[..., Visitor]]:
    """Give ``visits("office", "zh", 1440)``: a visitor who is signed in; a fault of a script fails the test."""
    contexts, faults = [], []

    def visitor(
        role: str, language: str, width: int = 1440, *, scripts: bool = True, ignore: str = ""
    ) -> Visitor:
        context = chromium.new_context(
            base_url=served.address,
            viewport={"width": width, "height": 900},
            storage_state=signed_in_once(role),
            java_script_enabled=scripts,
            accept_downloads=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "console",
            lambda told: (
                faults.append(f"{told.text} {page.url}")
                if told.type == "error" and not (ignore and ignore in told.text)
                else None
            ),
        )
        return Visitor(page, language)

    yield visitor
    for context in contexts:
        context.close()
    assert not faults
