# SPDX-License-Identifier: Apache-2.0
"""Take the pictures of the pages that README and docs show, in a real browser, on a day and data that stay the same.

::

    python scripts/pictures.py WORKSPACE [NAME ...]      a workspace as `make run` leaves it, indexed, with its study

What is missing for a picture (the index, the study) is made first, in a copy; the workspace itself is only read.
"""

from __future__ import annotations

import contextlib
import io
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
CHROMIUM = Path("/usr/bin/chromium")
REGION, DAY = "450300", "2018-12-31"
STUDY, SOUGHT = "桂林电池", "电池 OR IPC=H01M"
MOST = 150_000
"""Bytes that a picture may have."""
PATIENCE = 900_000


@dataclass(frozen=True)
class Picture:
    """A page, how wide and high it is shown, and what is clicked before the picture is taken."""

    address: str
    click: str = ""
    until: str = "main h1"
    width: int = 1280
    height: int = 860
    dark: bool = False


SHOWN = {
    "overview": Picture("/", height=1500),
    "overview-phone": Picture("/", width=390, height=860, dark=True),
    "plan": Picture("/plans/guilin-2016-2020/"),
    "allocation": Picture("/plans/guilin-2016-2020/allocation/"),
    "explain": Picture(
        "/indicators/measure/?indicator=inventions_in_force",
        "main h1 a.figure",
        "#panel .explanation ol.steps",
    ),
    "search": Picture(f"/search/?q={quote('电池 AND LS=有效')}", until=".hits li"),
    "industry": Picture("/industries/", "table[data-sorts] tbody th a", "#panel .panel-head h1"),
    "map": Picture(f"/studies/of/{STUDY}/map/", until="main svg, main canvas"),
}


def main(workspace: Path, names: list[str]) -> None:
    """Take the pictures that are named, or all."""
    PICTURES.mkdir(exist_ok=True)
    with served(workspace) as (address, password):
        for name, picture in SHOWN.items():
            if not names or name in names:
                with visitor(address, password, picture) as page:
                    taken = shrunk(take(page, picture))
                (PICTURES / f"{name}.webp").write_bytes(taken)
                print(f"{name:<16}{len(taken) / 1e3:>6.0f} kB", flush=True)


@contextmanager
def served(workspace: Path) -> Iterator[tuple[str, str]]:
    """Serve a copy of a workspace; give its address and the password of the city office."""
    with tempfile.TemporaryDirectory(prefix="zhihang-pictures-") as held, socket.socket() as probe:
        for path in workspace.iterdir():
            if path.name not in ("web", "studies"):
                (Path(held) / path.name).symlink_to(path.resolve())
        index(Path(held))
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        place = {
            **os.environ,
            "ZHIHANG_WORKSPACE": held,
            "ZHIHANG_WEB_REGION": REGION,
            "ZHIHANG_WEB_DAY": DAY,
        }
        web = [sys.executable, "-m", "zhihang.web"]
        made = subprocess.run(
            [*web, "account", "shiju", "--role", "office", "--display", "市局"],
            env=place,
            capture_output=True,
            text=True,
            check=True,
        )
        server = subprocess.Popen(
            [*web, "serve", "--port", str(port), "--workers", "1"], env=place, stdout=subprocess.DEVNULL
        )
        try:
            _answers(f"http://127.0.0.1:{port}/sign-in/")
            yield f"http://127.0.0.1:{port}", made.stdout.split()[-1]
        finally:
            server.terminate()
            server.wait(30)


def index(folder: Path) -> None:
    """Make the text index if there is none."""
    from zhihang.workspace import open_workspace

    workspace = open_workspace(folder)
    if not workspace.search.indexed:
        workspace.search.index()


def _answers(address: str) -> None:
    """Return once a server answers."""
    for _ in range(600):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(address, timeout=5).close()
            return
        time.sleep(0.2)
    raise SystemExit("The server never answered.")


@contextmanager
def visitor(address: str, password: str, picture: Picture) -> Iterator[Any]:
    """Give a page of a browser in which the city office is signed in."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        page = browser.new_page(
            base_url=address,
            viewport={"width": picture.width, "height": picture.height},
            color_scheme="dark" if picture.dark else "light",
            reduced_motion="reduce",
            locale="zh-CN",
        )
        page.set_default_timeout(PATIENCE)
        page.goto("/sign-in/?next=/account/")
        page.fill("#name", "shiju")
        page.fill("#password", password)
        page.click("main button")
        page.wait_for_selector("details.person")
        yield page
        browser.close()


def take(page: Any, picture: Picture) -> bytes:
    """Return a picture of a page as PNG, once all of it is worked out."""
    if STUDY in picture.address:
        study(page)
    page.goto(quote(picture.address, safe="/:?=&%"))
    whole(page)
    if picture.click:
        page.locator(picture.click).first.click()
    page.wait_for_selector(picture.until)
    whole(page)
    found: bytes = page.screenshot(animations="disabled")
    return found


def study(page: Any) -> None:
    """Make the study that the map shows, and compute it, as a person would."""
    page.goto("/studies/")
    if not page.locator("#s-name").is_visible():
        page.locator("main details summary").first.click()
    page.fill("#s-name", STUDY)
    page.fill("#s-query", SOUGHT)
    page.fill("#s-region", REGION)
    page.locator("main form.stacked button").click()
    page.locator("main .actions form button").click()
    page.wait_for_url("**/jobs/**")
    page.wait_for_selector("main h1 .level-green")


def whole(page: Any) -> None:
    """Wait until nothing on the page is still on its way."""
    page.wait_for_selector("[data-again]", state="detached")
    page.wait_for_selector("main progress", state="detached")
    page.wait_for_load_state("networkidle")


def shrunk(png: bytes) -> bytes:
    """Return a picture as WebP, small enough to be looked at in a document."""
    from PIL import Image

    held = io.BytesIO()
    for quality in (90, 80, 70, 60, 50):
        held = io.BytesIO()
        Image.open(io.BytesIO(png)).convert("RGB").save(held, "WEBP", quality=quality, method=6)
        if held.tell() <= MOST:
            break
    return held.getvalue()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2:])
