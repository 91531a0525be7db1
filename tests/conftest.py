# SPDX-License-Identifier: Apache-2.0
"""What every test may ask for (shared real data, golden files) and what none may do (reach the network)."""

from __future__ import annotations

import faulthandler
import gc
import os
import signal
import socket
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from tests.examples import EVERYDAY, THOROUGH

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"
LIMIT = 120
"""Most seconds an everyday test may take, and the process to end after the last one."""
LONG_LIMIT = 900

# The same examples on every run; a slow machine is no failure. `--hypothesis-profile thorough` tries many more.
settings.register_profile("everyday", derandomize=True, deadline=None, max_examples=EVERYDAY)
settings.register_profile("thorough", derandomize=True, deadline=None, max_examples=THOROUGH)
settings.load_profile("everyday")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes golden files anew."""
    parser.addoption("--update-golden", action="store_true", help="write the files of tests/golden anew")


def pytest_collection_finish() -> None:
    """Look for dead rings of objects seldom, and not among what was loaded to find the tests: a seventh of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Let a test that hangs fail; those that take long by nature are marked so."""
    long = any(item.get_closest_marker(name) for name in ("slow", "quality", "spark", "postgres", "journey"))
    limit = LONG_LIMIT if long else LIMIT
    before = signal.signal(signal.SIGALRM, lambda *_: pytest.fail(f"took longer than {limit} seconds"))
    signal.alarm(limit)
    try:
        return (yield)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def pytest_unconfigure() -> None:
    """End the process, telling where it stands, if some thread keeps it alive after the last test."""
    faulthandler.dump_traceback_later(LIMIT, exit=True)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of the shared real data: ZHIHANG_SHARED, or `shared` beside the checkout; else skip."""
    folder = Path(os.environ.get("ZHIHANG_SHARED", ROOT.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip(f"there is no shared real data at {folder}; ZHIHANG_SHARED names its folder")
    return folder


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Give ``golden(name, text)``: compare with tests/golden/name; --update-golden writes it instead."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        expected = path.read_text(encoding="utf-8") if path.exists() else None
        assert text == expected, f"tests/golden/{name} differs; `make golden` writes it anew"

    return compare


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def local_only(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not _is_local(address[0]):
            pytest.fail(f"a test tried to reach {address[0]} over the network")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", local_only)
        yield


def _is_local(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host in {"", "localhost", socket.gethostname()}
