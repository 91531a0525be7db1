# SPDX-License-Identifier: Apache-2.0
"""A real Spark on this machine: one master, two workers and, if wanted, a Spark Connect server, on the loopback.

All of it comes with the package pyspark and runs as plain Java processes on ports the system chooses.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 90.0
STOP_SECONDS = 10.0
WORKERS = 2
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Java that starts quickly rather than runs quickly in the end."""
OPTIONS: Mapping[str, str] = {
    "spark.driver.extraJavaOptions": QUICK,
    "spark.executor.extraJavaOptions": QUICK,
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.executor.memory": "768m",
    "spark.cores.max": str(WORKERS),
    "spark.sql.shuffle.partitions": "2",
    "spark.default.parallelism": "2",
    "spark.ui.enabled": "false",
    "spark.log.level": "ERROR",
}
"""Settings of a small application on it: one executor on each worker, few partitions, no web page."""


_WITH_PARENT = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
"""Ends a process with the tests even where these are killed."""


@dataclass(frozen=True)
class _Daemon:
    process: subprocess.Popen[bytes]
    log: Path


@contextmanager
def spark_cluster(folder: Path) -> Iterator[str]:
    """Start a master and two workers; give the address of the master and stop all three at the end."""
    with ExitStack() as stack:
        place = ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0"]
        master = stack.enter_context(_running("master", _deploy("master.Master", *place), folder))
        url = _told(master, r"Starting Spark master at (spark://\S+)")
        for number in range(1, WORKERS + 1):
            size = ["--cores", "1", "--memory", "1g", "--work-dir", str(folder / f"work-{number}")]
            worker = _deploy("worker.Worker", *place, *size, url)
            stack.enter_context(_running(f"worker-{number}", worker, folder))
        _told(master, "(?s)" + ".*".join(["Registering worker"] * WORKERS))
        yield url


@contextmanager
def connect_server(master: str, folder: Path) -> Iterator[str]:
    """Start a Spark Connect server whose work the cluster at `master` does; give its address."""
    options = {
        **OPTIONS,
        "spark.driver.memory": "768m",
        "spark.connect.grpc.binding.address": "127.0.0.1",
        "spark.connect.grpc.binding.port": "0",
        "spark.log.level": "INFO",  # the port stands in the log and nowhere else
    }
    command = [_program("spark-submit"), "--master", master]
    command += [word for name, value in options.items() for word in ("--conf", f"{name}={value}")]
    command += ["--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "spark-internal"]
    with _running("connect", command, folder) as server:
        port = _told(server, r"Spark Connect server started at: \S*?:(\d+)")
        yield f"sc://127.0.0.1:{port}"


def _deploy(name: str, *arguments: str) -> list[str]:
    return [_program("spark-class"), f"org.apache.spark.deploy.{name}", *arguments]


def _program(name: str) -> str:
    import pyspark

    return str(Path(pyspark.__file__).parent / "bin" / name)


@contextmanager
def _running(name: str, command: list[str], folder: Path) -> Iterator[_Daemon]:
    """Run a process and, at the end, stop it and all it started: politely, and after a while for good."""
    log = folder / f"{name}.log"
    memory = {"SPARK_DAEMON_MEMORY": "768m" if name == "connect" else "256m"}
    place = {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_DIRS": str(folder), "SPARK_DAEMON_JAVA_OPTS": QUICK}
    environment = {**os.environ, **memory, **place}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*_WITH_PARENT, *command],
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield _Daemon(process, log)
    finally:
        for sign in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError, subprocess.TimeoutExpired):
                os.killpg(process.pid, sign)
                process.wait(STOP_SECONDS)


def _told(daemon: _Daemon, pattern: str) -> str:
    """Wait until the log tells what is looked for; return it (the group in the pattern, if it has one)."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and daemon.process.poll() is None:
        found = re.search(pattern, daemon.log.read_text("utf-8", "replace"))
        if found:
            return found.group(found.re.groups)
        time.sleep(0.1)
    tail = daemon.log.read_text("utf-8", "replace")[-4000:]
    ended = daemon.process.poll()
    state = f"did not start within {START_SECONDS:g} seconds" if ended is None else f"ended with {ended}"
    msg = f"Spark {state}; the end of {daemon.log}:\n{tail}"
    raise TimeoutError(msg)
