# SPDX-License-Identifier: Apache-2.0
"""The pages under 50 users: how long they wait, cold and warm, and what each page costs the processor.

::

    python benchmarks/web.py WORKSPACE [USERS] [SECONDS]

The workspace is only read: accounts and answers go into a folder of their own. The server runs in its own processes;
the users are coroutines of this one, each asking again half a second after its answer.
"""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

REGION, DAY = "450300", "2018-12-31"
VIEW = f"region={REGION}&at={DAY}"
PAGES = {
    "overview": f"/?{VIEW}",
    "plan": f"/plans/guilin-2016-2020/?{VIEW}",
    "indicators": f"/indicators/?words=invention&{VIEW}",
    "measure": f"/indicators/measure/?indicator=inventions_in_force&{VIEW}",
    "explain": f"/explain/?indicator=inventions_in_force&period=2018&{VIEW}",
    "industries": f"/industries/?{VIEW}",
    "parks": f"/parks/?{VIEW}",
    "fees": f"/fees/?{VIEW}",
    "search": f"/search/?q={quote('电池')}&{VIEW}",
}
SOUGHT = (
    "电池",
    "材料 AND IPC=C08",
    "TI=装置",
    "方法 AND LS=有效",
    "PA=大学",
    "机械 OR 电子",
    "KIND=发明",
    "IPC=G06F",
)
"""What the users of the crowd search for, one after the other: no page of hits is asked for by all."""
REST = 0.5
CLOCK = os.sysconf("SC_CLK_TCK")


@contextmanager
def served(workspace: Path, port: int, threads: int) -> Iterator[tuple[int, str]]:
    """Serve a workspace through links to it; give the number of the process and the cookie of somebody signed in."""
    with tempfile.TemporaryDirectory(prefix="zhihang-bench-") as held:
        for path in workspace.iterdir():
            if path.name != "web":
                (Path(held) / path.name).symlink_to(path.resolve())
        place = {
            **os.environ,
            "ZHIHANG_WORKSPACE": held,
            "ZHIHANG_WEB_REGION": REGION,
            "ZHIHANG_WEB_DAY": DAY,
        }
        web = [sys.executable, "-m", "zhihang.web"]
        made = subprocess.run(
            [*web, "account", "bench", "--role", "office"],
            env=place,
            capture_output=True,
            text=True,
            check=True,
        )
        server = subprocess.Popen(
            [
                *web,
                "serve",
                "--port",
                str(port),
                "--threads",
                str(threads),
                "--workers",
                os.environ.get("WORKERS", "2"),
            ],
            env=place,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield server.pid, asyncio.run(_sign_in(port, made.stdout.split()[-1]))
        finally:
            server.terminate()
            server.wait(20)


class Browser:
    """One connection that is kept open."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self.port, self.cookie = port, cookie
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def ask(self, method: str, path: str, body: str = "") -> tuple[int, str, bytes]:
        """Return status, cookies and content of an answer."""
        if self._writer is None or self._writer.is_closing():
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port)
        assert self._reader is not None
        sent = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {self.cookie}\r\n"
        if body:
            sent += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        self._writer.write(f"{sent}\r\n{body}".encode())
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        found = re.search(r"(?i)content-length: (\d+)", head)
        content = await self._reader.readexactly(int(found[1])) if found else await self._chunks()
        return int(head.split()[1]), "; ".join(re.findall(r"(?i)set-cookie: ([^;\r]+)", head)), content

    async def _chunks(self) -> bytes:
        assert self._reader is not None
        parts = b""
        while size := int(await self._reader.readline(), 16):
            parts += (await self._reader.readexactly(size + 2))[:-2]
        await self._reader.readline()
        return parts


async def _sign_in(port: int, password: str) -> str:
    for _ in range(100):
        try:
            browser = Browser(port)
            _, browser.cookie, shown = await browser.ask("GET", "/sign-in/")
            break
        except OSError:
            await asyncio.sleep(0.3)
    token = re.search(rb'csrfmiddlewaretoken" value="([^"]+)', shown)
    assert token is not None
    form = urlencode({"csrfmiddlewaretoken": token[1].decode(), "name": "bench", "password": password})
    code, cookies, _ = await browser.ask("POST", "/sign-in/", form)
    assert code == 302, code
    return f"{browser.cookie}; {cookies}"


async def cold(port: int, cookie: str, server: int) -> None:
    """Ask each page until it is there, then once more; tell both, and the processor time of the second."""
    browser = Browser(port, cookie)
    print(f"{'page':<12}{'cold s':>8}{'warm ms':>9}{'cpu ms':>8}{'kB':>7}")
    for name, path in PAGES.items():
        begun, code = time.perf_counter(), 202
        while code == 202 and time.perf_counter() - begun < 300:
            code, _, shown = await browser.ask("GET", path)
            await asyncio.sleep(0.2 if code == 202 else 0)
        first = time.perf_counter() - begun
        before, begun = _processor(server), time.perf_counter()
        for _ in range(20):
            code, _, shown = await browser.ask("GET", path)
        spent, warm = _processor(server) - before, time.perf_counter() - begun
        said = "" if code == 200 else f"  answered {code}"
        print(
            f"{name:<12}{first:>8.2f}{warm * 50:>9.0f}{spent * 50:>8.1f}{len(shown) / 1e3:>7.0f}{said}",
            flush=True,
        )


def _search(turn: int) -> str:
    """Return a search; it comes back only after many others."""
    return f"/search/?q={quote(SOUGHT[turn % len(SOUGHT)])}&page={1 + turn // len(SOUGHT) % 5}&{VIEW}"


async def warm_up(port: int, cookie: str) -> None:
    """Ask each page over several connections, so that every process of the server has written it once.

    What is sought is asked for too, its first page: conditions that the index cannot answer are looked up in the store.
    """
    for path in (*PAGES.values(), *map(_search, range(len(SOUGHT)))):
        await asyncio.gather(*(Browser(port, cookie).ask("GET", path) for _ in range(12)))


async def crowd(port: int, cookie: str, users: int, seconds: float) -> dict[str, list[float]]:
    """Let users ask one page after the other; return the seconds each answer took."""
    took: dict[str, list[float]] = {name: [] for name in PAGES}
    faults: list[tuple[str, int]] = []
    end = time.perf_counter() + seconds

    async def user(number: int) -> None:
        browser, names, turn = Browser(port, cookie), list(PAGES), number
        await asyncio.sleep(REST * number / users)
        while time.perf_counter() < end:
            name = names[turn % len(names)]
            path = _search(turn) if name == "search" else PAGES[name]
            begun = time.perf_counter()
            code, _, _ = await browser.ask("GET", path)
            took[name].append(time.perf_counter() - begun)
            if code not in (200, 404, 422):
                faults.append((name, code))
            turn += 1
            await asyncio.sleep(REST)

    await asyncio.gather(*(user(number) for number in range(users)))
    print(f"faults: {len(faults)} {faults[:5]}")
    return took


def _family(root: int) -> list[int]:
    """Return a process with all below it."""
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
    found = [root]
    for one in found:
        found += [pid for pid, parent in parents.items() if parent == one]
    return found


def _processor(root: int) -> float:
    """Return the seconds of processor time that a process and those below it have used."""
    total = 0
    for pid in _family(root):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        total += int(fields[11]) + int(fields[12])
    return total / CLOCK


def _memory(root: int) -> float:
    """Return the memory of a process and those below it, in GB, what they share counted once."""
    total = 0
    for pid in _family(root):
        try:
            found = re.search(r"Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text())
        except OSError:
            continue
        total += int(found[1]) if found else 0
    return total / 1e6


def main(
    workspace: Path, users: int = 50, seconds: float = 20.0, *, threads: int = 4, port: int = 8799
) -> None:
    """Measure one workspace."""
    with served(workspace, port, threads) as (server, cookie):
        asyncio.run(cold(port, cookie, server))
        asyncio.run(warm_up(port, cookie))
        before = _processor(server)
        begun = time.perf_counter()
        took = asyncio.run(crowd(port, cookie, users, seconds))
        spent, passed = _processor(server) - before, time.perf_counter() - begun
        print(f"{users} users, {threads} threads, load of the machine {os.getloadavg()[0]:.1f}")
        print(f"{'page':<12}{'n':>6}{'p50 ms':>8}{'p95 ms':>8}")
        for name, found in took.items():
            ordered = sorted(found)
            if ordered:
                middle, late = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
                print(f"{name:<12}{len(ordered):>6}{middle * 1e3:>8.0f}{late * 1e3:>8.0f}")
        every = sum(map(len, took.values()))
        print(f"{every / passed:.0f} pages a second, {spent / every * 1e3:.1f} ms of processor time each")
        print(f"memory {_memory(server):.2f} GB")


if __name__ == "__main__":
    given = sys.argv[1:]
    main(Path(given[0]), *(int(one) for one in given[1:3]), threads=int(os.environ.get("THREADS", "4")))
