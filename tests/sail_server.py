# SPDX-License-Identifier: Apache-2.0
"""A Sail server: Spark Connect without Java, in a process of its own that can be ended however busy it is."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

SERVER = """
import sys
from pysail.spark import SparkConnectServer
server = SparkConnectServer("127.0.0.1", 0)
server.start(background=True)
print(server.listening_address[1], flush=True)
sys.stdin.read()  # until the tests end, in whatever way
"""


@contextmanager
def sail_server() -> Iterator[str]:
    """Give the address of a Sail server on this machine."""
    pytest.importorskip("pysail.spark")
    command = [sys.executable, "-c", f"{SERVER}\nimport os\nos._exit(0)"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield f"sc://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.kill()
        process.communicate()
