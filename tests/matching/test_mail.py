# SPDX-License-Identifier: Apache-2.0
"""Digests by mail through a real server: once each, whatever the server does and whenever the sender dies."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.matching.letter_box import LetterBox, serving

from zhihang.errors import DefinitionError, StoreBusy
from zhihang.matching.delivery_log import MOST_ATTEMPTS, DeliveryLog, Digest, Item
from zhihang.matching.mail import Letter, MailSettings, Sent, mail_settings, send
from zhihang.matching.since import Since

DAY = date(2020, 6, 30)
NOW = datetime(2020, 7, 1, 8, tzinfo=UTC)


def log_with(path: Path, *addresses: str) -> DeliveryLog:
    """A log with one digest for each address, of the readers r0, r1 ..."""
    log = DeliveryLog(path / "deliveries.sqlite")
    readers = [
        (f"r{n}", address, [Item(f"CN{n}", {"title": f"t{n}"})], Since(DAY))
        for n, address in enumerate(addresses)
    ]
    log.add(readers, DAY, 1)
    return log


def deliver(
    log: DeliveryLog, port: int, *, now: datetime = NOW, seconds: float = 5.0, subject: str = "专利速递"
) -> Sent:
    """Send what is ready to the server at a port."""

    def letter(digest: Digest) -> Letter:
        return Letter(subject, f"digest {digest.number}", f"<p>digest {digest.number}</p>")

    settings = MailSettings(
        "127.0.0.1", "知航 <ip@office.example>", port, seconds=seconds, link="https://ip.example/"
    )
    return send(log, settings, letter, lambda: now)


def states(log: DeliveryLog) -> dict[str, str]:
    return {digest.reader: digest.state for digest in log.digests()}


def test_every_digest_is_taken_once_and_no_more(tmp_path: Path) -> None:
    log = log_with(tmp_path, "a@x.example", "b@x.example", "")
    box = LetterBox()
    with serving(box) as port:
        assert deliver(log, port) == Sent(sent=2)
        assert deliver(log, port) == Sent()
    assert box.to == ["a@x.example", "b@x.example"]
    assert states(log) == {"r0": "sent", "r1": "sent", "r2": "kept"}
    letter = box.taken[0]
    assert letter["Subject"] == "专利速递"
    assert letter["List-Unsubscribe"].strip() == f"<https://ip.example/push/{log.token('r0')}/stop>"
    assert letter["Message-ID"] != box.taken[1]["Message-ID"]
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]


def test_a_server_that_is_down_loses_nothing_and_is_no_attempt(tmp_path: Path) -> None:
    log = log_with(tmp_path, "a@x.example", "b@x.example")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for _ in range(MOST_ATTEMPTS + 2):
        done = deliver(log, port)
        assert "Refused" in done.unreachable or done == Sent()
    assert states(log) == {"r0": "ready", "r1": "ready"}
    assert {digest.attempts for digest in log.digests()} == {0}
    box = LetterBox()
    with serving(box) as port:
        assert deliver(log, port, now=NOW + timedelta(hours=1)).sent == 2
    assert sorted(box.to) == ["a@x.example", "b@x.example"]


def test_a_server_too_slow_to_greet_counts_as_down(tmp_path: Path) -> None:
    log = log_with(tmp_path, "a@x.example")
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        done = deliver(log, mute.getsockname()[1], seconds=0.3)
    assert "time" in done.unreachable.lower()
    assert states(log) == {"r0": "ready"}


def test_a_server_too_slow_after_the_text_is_not_asked_again(tmp_path: Path) -> None:
    log = log_with(tmp_path, "a@x.example")
    box = LetterBox(wait=1.5)
    with serving(box) as port:
        assert deliver(log, port, seconds=0.5) == Sent(unclear=1)
        time.sleep(1.5)
        box.wait = 0
        assert deliver(log, port, now=NOW + timedelta(days=9)) == Sent()
    assert len(box.taken) == 1
    assert states(log) == {"r0": "unclear"}


def test_what_is_refused_for_now_is_tried_after_five_then_ten_minutes_and_given_up_at_the_eighth(
    tmp_path: Path,
) -> None:
    log = log_with(tmp_path, "a@x.example", "b@x.example")
    box = LetterBox(at_rcpt=lambda address: "451 try later" if address[0] == "a" else "")
    now = NOW
    with serving(box) as port:
        assert deliver(log, port) == Sent(sent=1, later=1)
        told = {row["watch"]: row["next_attempt"] for row in (one.row() for one in log.digests())}
        assert told == {"r0": (NOW + timedelta(minutes=5)).isoformat(), "r1": None}
        assert deliver(log, port, now=NOW + timedelta(minutes=4)) == Sent()
        assert deliver(log, port, now=NOW + timedelta(minutes=5)) == Sent(later=1)
        assert deliver(log, port, now=NOW + timedelta(minutes=14)) == Sent()
        assert deliver(log, port, now=NOW + timedelta(minutes=15)) == Sent(later=1)
        for _ in range(MOST_ATTEMPTS):
            now += timedelta(days=1)
            deliver(log, port, now=now)
    (given_up,) = log.digests("r0")
    assert (given_up.state, given_up.attempts) == ("failed", MOST_ATTEMPTS)
    assert given_up.answer.startswith("451 try later; given up")
    assert box.to == ["b@x.example"]


@pytest.mark.parametrize("where", ["rcpt", "data"])
def test_what_is_refused_for_good_fails_and_the_others_go_on(tmp_path: Path, where: str) -> None:
    log = log_with(tmp_path, "gone@x.example", "b@x.example")

    def answer(address: str) -> str:
        return "550 no such user" if address.startswith("gone") else ""

    box = LetterBox(at_rcpt=answer) if where == "rcpt" else LetterBox(at_data=answer)
    with serving(box) as port:
        assert deliver(log, port) == Sent(sent=1, failed=1)
        assert deliver(log, port, now=NOW + timedelta(days=9)) == Sent()
        assert log.digests("r0")[0].answer == "550 no such user"
        box.at_rcpt = box.at_data = lambda _: ""
        log.again(log.digests("r0")[0].number)
        assert deliver(log, port) == Sent(sent=1)
    assert box.to == ["b@x.example", "gone@x.example"]


def test_a_break_after_the_text_is_unclear_and_only_a_person_sends_it_again(tmp_path: Path) -> None:
    log = log_with(tmp_path, "a@x.example", "b@x.example")
    box = LetterBox(breaks_off=True)
    with serving(box) as port:
        assert deliver(log, port) == Sent(unclear=2)
        box.breaks_off = False
        assert deliver(log, port) == Sent()
        assert len(box.taken) == 2
        log.again(log.digests("r0")[0].number)
        assert deliver(log, port) == Sent(sent=1)
    assert box.to == ["a@x.example", "b@x.example", "a@x.example"]


def test_a_break_before_the_text_is_tried_again(tmp_path: Path) -> None:
    log = log_with(tmp_path, "a@x.example")
    box = LetterBox(at_rcpt=lambda _: "421 closing")
    with serving(box) as port:
        assert deliver(log, port) == Sent(later=1)
        box.at_rcpt = lambda _: ""
        assert deliver(log, port, now=NOW + timedelta(hours=1)) == Sent(sent=1)
    assert len(box.taken) == 1


def test_line_ends_in_a_subject_add_no_header(tmp_path: Path) -> None:
    log = log_with(tmp_path, "a@x.example")
    box = LetterBox()
    with serving(box) as port:
        deliver(log, port, subject="news\r\nBcc: all@x.example\n\nbody")
    assert box.taken[0]["Bcc"] is None
    assert box.taken[0]["Subject"] == "news Bcc: all@x.example body"
    assert box.asked == 1


_SENDER = """
import sys
from pathlib import Path
from tests.matching.test_mail import deliver
from zhihang.matching.delivery_log import DeliveryLog
deliver(DeliveryLog(Path(sys.argv[1])), int(sys.argv[2]), seconds=60)
"""


def killed(code: str, *words: object, when: object) -> None:
    """Run Python, and kill it with SIGKILL as soon as ``when()`` holds."""
    process = subprocess.Popen([sys.executable, "-c", code, *map(str, words)], cwd=Path(__file__).parents[2])
    end = time.monotonic() + 60
    while not when() and process.poll() is None and time.monotonic() < end:  # type: ignore[operator]
        time.sleep(0.02)
    assert process.poll() is None, "it ended before it could be killed"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


def test_a_sender_killed_while_sending_leaves_no_double(tmp_path: Path) -> None:
    log = log_with(tmp_path, "a@x.example", "b@x.example", "c@x.example")
    box = LetterBox()
    slow = {"b@x.example"}

    def dawdle(address: str) -> str:
        time.sleep(3 if address in slow else 0)
        return ""

    box.at_data = dawdle
    with serving(box) as port:
        killed(_SENDER, log.path, port, when=lambda: states(log)["r1"] == "sending" and box.asked == 2)
        slow.clear()
        assert states(log) == {"r0": "sent", "r1": "sending", "r2": "ready"}
        assert deliver(log, port, seconds=30) == Sent(sent=1, unclear=1)
        assert deliver(log, port) == Sent()
    assert sorted(box.to).count("b@x.example") <= 1
    assert [address for address in box.to if address[0] != "b"] == ["a@x.example", "c@x.example"]


def test_two_senders_do_not_send_at_once(tmp_path: Path) -> None:
    log = log_with(tmp_path, "a@x.example")
    with log.one_sender(), pytest.raises(StoreBusy, match="another process"):
        deliver(log, 1)
    assert states(log) == {"r0": "ready"}


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"host": "h"},
        {"host": "h", "sender": "nobody"},
        {"host": "h", "sender": "a@b.c", "security": "tls"},
        {"host": "h", "sender": "a@b.c", "prot": 25},
        {"host": "h", "sender": "a@b.c", "port": "many"},
    ],
)
def test_settings_that_do_not_say_how_to_send_are_refused(given: dict[str, object]) -> None:
    with pytest.raises(DefinitionError, match="how mail is sent"):
        mail_settings(given)
