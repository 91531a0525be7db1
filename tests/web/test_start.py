# SPDX-License-Identifier: Apache-2.0
"""Serving begins in an order: the port is free, the files of the pages are gathered, only then settings are read."""

from __future__ import annotations

import socket
import threading

import pytest

from zhihang.errors import NotAllowed


def test_files_are_gathered_before_settings_say_whether_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    from zhihang.web import __main__, commands

    done: list[str] = []
    for name in ("require_free", "gather", "prepare", "serve"):
        monkeypatch.setattr(commands, name, lambda *_, _name=name, **__: done.append(_name))
    assert __main__.main(["serve", "--port", "8123"]) == 0
    assert done == ["require_free", "gather", "prepare", "serve"]


def test_an_address_that_is_given_up_soon_is_waited_for() -> None:
    from zhihang.web import commands

    taken = socket.socket()
    taken.bind(("127.0.0.1", 0))
    taken.listen()
    port = taken.getsockname()[1]
    with pytest.raises(NotAllowed, match=str(port)):
        commands.require_free("127.0.0.1", port, patience=0.2)
    threading.Timer(0.3, taken.close).start()
    commands.require_free("127.0.0.1", port)
