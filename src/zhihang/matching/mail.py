# SPDX-License-Identifier: Apache-2.0
"""Send digests by mail, each once: what failed before the server took it is tried again, what is unclear is not."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import Any, Literal

from zhihang.errors import DefinitionError
from zhihang.matching.delivery_log import MOST_ATTEMPTS, DeliveryLog, Digest

PER_CONNECTION = 100
FIRST_WAIT = timedelta(minutes=5)
_SETTINGS = ("host", "port", "security", "user", "password", "sender", "seconds", "link")


@dataclass(frozen=True)
class MailSettings:
    """Where mail is handed over.

    `security` is ``starttls``, ``ssl`` or ``none``; `seconds` how long the server may take for an answer; `link` the
    address of the pages, for the links in a digest.
    """

    host: str
    sender: str
    port: int = 25
    security: Literal["none", "starttls", "ssl"] = "none"
    user: str = ""
    password: str = ""
    seconds: float = 30.0
    link: str = ""


@dataclass(frozen=True)
class Letter:
    """What a digest says: subject, plain text, the same as a page."""

    subject: str
    text: str
    page: str


@dataclass
class Sent:
    """How a round of sending went; `unreachable` says why the server could not be asked at all."""

    sent: int = 0
    later: int = 0
    failed: int = 0
    unclear: int = 0
    unreachable: str = ""


def mail_settings(given: Mapping[str, Any]) -> MailSettings:
    """Read section `[mail]` of the settings."""
    problems = [name for name in given if name not in _SETTINGS]
    problems += [name for name in ("host", "sender") if not given.get(name)]
    if given.get("security", "none") not in ("none", "starttls", "ssl"):
        problems.append("security")
    problems += [name for name in ("port", "seconds") if not _is_number(given.get(name, 1))]
    if not problems and "@" not in parseaddr(str(given["sender"]))[1]:
        problems.append("sender")
    if problems:
        raise DefinitionError(
            "The settings do not say how mail is sent.",
            {"section": "[mail]", "missing or wrong": ", ".join(problems), "known": ", ".join(_SETTINGS)},
            todo='Add host = "mail.example.cn" and sender = "ip@example.cn" to section [mail] of zhihang.toml.',
        )
    return MailSettings(**given)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < 65_536


def send(
    log: DeliveryLog,
    settings: MailSettings,
    letter: Callable[[Digest], Letter],
    clock: Callable[[], datetime],
    *,
    most: int = 100_000,
) -> Sent:
    """Send what is due; return how it went.

    Where the server cannot be reached, everything stays ready for the next round. What it refuses for the moment is
    tried again, each time after twice as long, eight times at most. What it breaks off in is left `unclear`.
    """
    with log.one_sender():
        done = Sent(unclear=log.interrupted())
        left = most
        while left > 0 and done.unreachable == "":
            first = log.take(clock())
            if first is None:
                break
            left -= _round(log, settings, letter, clock, done, first, min(left, PER_CONNECTION))
    return done


def _round(
    log: DeliveryLog,
    settings: MailSettings,
    letter: Callable[[Digest], Letter],
    clock: Callable[[], datetime],
    done: Sent,
    first: Digest,
    most: int,
) -> int:
    """Send up to `most` digests over one connection, the first of which is taken already; return how many."""
    digest: Digest | None = first
    number = 0
    try:
        with _connection(settings) as server:
            while digest is not None:
                number += 1
                if not _deliver(log, server, settings, letter, clock, done, digest) or number >= most:
                    return number
                digest = log.take(clock())
    except (OSError, smtplib.SMTPException) as error:
        if number:
            raise
        done.unreachable, done.later = _said(error), done.later + 1
        log.untaken(first.number, _said(error), clock() + FIRST_WAIT)
    return number


def _deliver(
    log: DeliveryLog,
    server: _Server,
    settings: MailSettings,
    letter: Callable[[Digest], Letter],
    clock: Callable[[], datetime],
    done: Sent,
    digest: Digest,
) -> bool:
    """Hand one digest over; return whether the connection is still of use."""
    try:
        message = _message(digest, letter(digest), settings, log.token(digest.reader), clock())
        server.handed = False
        server.send_message(message)
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        _refused(log, digest, error, clock(), done)
        with suppress(OSError, smtplib.SMTPException):
            server.rset()
        return True
    except (OSError, smtplib.SMTPException) as error:
        if not server.handed:
            _later(log, digest, _said(error), clock(), done)
            return False
        log.settle(digest.number, "unclear", f"{_said(error)}; it may have arrived", clock())
        done.unclear += 1
        return False
    log.settle(digest.number, "sent", "taken by the server", clock())
    done.sent += 1
    return True


def _refused(
    log: DeliveryLog, digest: Digest, error: smtplib.SMTPException, now: datetime, done: Sent
) -> None:
    codes = (
        [code for code, _ in error.recipients.values()]
        if isinstance(error, smtplib.SMTPRecipientsRefused)
        else []
    )
    if isinstance(error, smtplib.SMTPResponseException):
        codes.append(error.smtp_code)
    if codes and all(400 <= code < 500 for code in codes):
        _later(log, digest, _said(error), now, done)
        return
    log.settle(digest.number, "failed", _said(error), now)
    done.failed += 1


def _later(log: DeliveryLog, digest: Digest, answer: str, now: datetime, done: Sent) -> None:
    attempts = digest.attempts + 1
    if attempts >= MOST_ATTEMPTS:
        log.settle(digest.number, "failed", f"{answer}; given up after {attempts} attempts", now)
        done.failed += 1
        return
    log.settle(digest.number, "ready", answer, now, now + FIRST_WAIT * 2 ** (attempts - 1))
    done.later += 1


class _Server(smtplib.SMTP):
    """A mail server; `handed` says whether it was given the text of the last letter, so that it may have taken it."""

    handed = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Hand the text over."""
        self.handed = True
        return super().data(msg)


class _SafeServer(_Server, smtplib.SMTP_SSL):
    """The same, encrypted from the beginning."""


@contextmanager
def _connection(settings: MailSettings) -> Iterator[_Server]:
    context = ssl.create_default_context()
    server: _Server
    if settings.security == "ssl":
        server = _SafeServer(settings.host, settings.port, timeout=settings.seconds, context=context)
    else:
        server = _Server(settings.host, settings.port, timeout=settings.seconds)
    try:
        if settings.security == "starttls":
            server.starttls(context=context)
        if settings.user:
            server.login(settings.user, settings.password)
        yield server
    finally:
        with suppress(OSError, smtplib.SMTPException):
            server.quit()


def _message(
    digest: Digest, letter: Letter, settings: MailSettings, token: str, now: datetime
) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = " ".join(letter.subject.split())
    message["From"] = settings.sender
    message["To"] = digest.address
    message["Date"] = format_datetime(now.astimezone())
    domain = parseaddr(settings.sender)[1].rpartition("@")[2]
    message["Message-ID"] = f"<digest-{digest.number}-{digest.until:%Y%m%d}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    if settings.link:
        message["List-Unsubscribe"] = f"<{settings.link.rstrip('/')}/push/{token}/stop>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.text)
    message.add_alternative(letter.page, subtype="html")
    return message


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(f"{code} {_text(said)}" for code, said in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return f"{type(error).__name__}: {error}"


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
