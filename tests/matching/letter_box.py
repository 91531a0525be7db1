# SPDX-License-Identifier: Apache-2.0
"""A real mail server on this machine that takes, refuses, dawdles or breaks off as told, and keeps what it took."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class LetterBox:
    """What the server does: an answer to RCPT or DATA, seconds it waits, whether it breaks off after the text."""

    at_rcpt: Callable[[str], str] = lambda _: ""
    at_data: Callable[[str], str] = lambda _: ""
    wait: float = 0.0
    breaks_off: bool = False
    taken: list[EmailMessage] = field(default_factory=list)
    asked: int = 0

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        """Answer to an address."""
        self.asked += 1
        answer = self.at_rcpt(address)
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Answer to a text."""
        time.sleep(self.wait)
        answer = self.at_data(envelope.rcpt_tos[0])
        if answer:
            return answer
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.taken.append(letter)
        if self.breaks_off:
            server.transport.abort()
        return "250 taken"

    @property
    def to(self) -> list[str]:
        """Addresses of the letters taken."""
        return [str(letter["To"]) for letter in self.taken]


@contextmanager
def serving(box: LetterBox) -> Iterator[int]:
    """Run the server; give its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port, ready_timeout=30)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()
