# SPDX-License-Identifier: Apache-2.0
"""What was sent to whom: digests with their items and states, feedback, the day up to which news was looked at.

A digest goes from `ready` to `sending` before the mail server is asked, and to `sent` or back to `ready` after its
answer. One found in `sending` when nobody is sending was interrupted: the server may have taken it. It becomes
`unclear` and is not sent again by itself, so that nobody gets a digest twice.
"""

from __future__ import annotations

import fcntl
import json
import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from zhihang.errors import NotFound, StoreBusy, StoreError
from zhihang.matching.since import Since

MOST_ATTEMPTS = 8
SCHEMA = """
CREATE TABLE IF NOT EXISTS reader (
    name TEXT PRIMARY KEY, token TEXT NOT NULL UNIQUE, heard_first TEXT, heard_to TEXT, heard_run INTEGER);
CREATE TABLE IF NOT EXISTS digest (
    id INTEGER PRIMARY KEY, reader TEXT NOT NULL REFERENCES reader(name), until TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('ready', 'sending', 'sent', 'unclear', 'failed', 'kept')),
    address TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, next_attempt TEXT, answer TEXT NOT NULL DEFAULT '',
    sent_at TEXT);
CREATE TABLE IF NOT EXISTS item (
    digest INTEGER NOT NULL REFERENCES digest(id), reader TEXT NOT NULL, key TEXT NOT NULL, place INTEGER NOT NULL,
    content TEXT NOT NULL, useful INTEGER, judged_at TEXT, PRIMARY KEY (reader, key));
CREATE INDEX IF NOT EXISTS item_digest ON item(digest);
CREATE INDEX IF NOT EXISTS item_key ON item(key);
CREATE INDEX IF NOT EXISTS digest_state ON digest(state);
"""


@dataclass(frozen=True)
class Item:
    """One thing in a digest; `key` is the application or event, so that nobody gets it twice."""

    key: str
    content: Mapping[str, Any]


@dataclass(frozen=True)
class Digest:
    """A digest as the log keeps it."""

    number: int
    reader: str
    until: date
    state: str
    address: str
    attempts: int
    answer: str
    sent_at: str | None
    next_attempt: str | None = None
    """Time before which it is not tried again; None for at once, or never."""

    def row(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "digest": self.number,
            "watch": self.reader,
            "until": self.until.isoformat(),
            "state": self.state,
            "address": self.address,
            "attempts": self.attempts,
            "next_attempt": self.next_attempt,
            "sent_at": self.sent_at,
            "answer": self.answer,
        }


@dataclass(frozen=True)
class DeliveryLog:
    """The log of one workspace, a SQLite file."""

    path: Path

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=60, isolation_level=None)) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA foreign_keys = ON")
                if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'digest'").fetchone():
                    connection.executescript(SCHEMA)
                connection.execute("BEGIN IMMEDIATE")
                try:
                    yield connection
                except BaseException:
                    connection.execute("ROLLBACK")
                    raise
                connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise StoreError(
                "The delivery log cannot be used.",
                {"file": self.path, "reason": error},
                todo="Check the disk and the rights on the folder; nothing was lost.",
            ) from error

    def served(self) -> dict[str, Since]:
        """Return up to when each reader was served."""
        with self._open() as log:
            rows = log.execute(
                "SELECT name, heard_to, heard_run, heard_first FROM reader WHERE heard_to IS NOT NULL"
            )
            return {
                name: Since(date.fromisoformat(day), run, date.fromisoformat(first))
                for name, day, run, first in rows
            }

    def had(self, since: date = date.min) -> dict[str, set[str]]:
        """Return what each reader got in digests that go up to a day from `since` on."""
        found: dict[str, set[str]] = {}
        rows = "SELECT item.reader, item.key FROM digest JOIN item ON item.digest = digest.id WHERE digest.until >= ?"
        with self._open() as log:
            for reader, key in log.execute(rows, (since.isoformat(),)):
                found.setdefault(reader, set()).add(key)
        return found

    def add(self, found: Iterable[tuple[str, str, Sequence[Item], Since]], until: date, run: int) -> int:
        """Add a digest for each (reader, address, items, time it was served to); all or nothing.

        It is noted that all were served up to a day and a run of the store. Items a reader had are left out, those
        that its address gets through another watch, and readers whom another process served meanwhile. Without an
        address a digest is kept for page and feed. Returns how many digests were added.
        """
        with self._open() as log:
            return sum(self._add(log, one, until.isoformat(), run) for one in found)

    def _add(
        self, log: sqlite3.Connection, one: tuple[str, str, Sequence[Item], Since], day: str, run: int
    ) -> int:
        reader, address, items, since = one
        self._reader(log, reader)
        heard = log.execute("SELECT heard_to, heard_run FROM reader WHERE name = ?", (reader,)).fetchone()
        if heard[0] is not None and (heard[0], heard[1]) >= (day, run):
            return 0
        log.execute(
            "UPDATE reader SET heard_to = ?, heard_run = ?, heard_first = coalesce(heard_first, ?) WHERE name = ?",
            (day, run, since.first.isoformat(), reader),
        )
        new = {item.key: item for item in items if not _has(log, reader, address, item.key)}
        if not new:
            return 0
        made = log.execute(
            "INSERT INTO digest (reader, until, state, address) VALUES (?, ?, ?, ?)",
            (reader, day, "ready" if address else "kept", address),
        )
        log.executemany(
            "INSERT INTO item (digest, reader, key, place, content) VALUES (?, ?, ?, ?, ?)",
            [
                (made.lastrowid, reader, item.key, place, json.dumps(item.content, ensure_ascii=False))
                for place, item in enumerate(new.values())
            ],
        )
        return 1

    def token(self, reader: str) -> str:
        """Return the secret in a reader's links: to unsubscribe, to say what was useful, to read the feed."""
        with self._open() as log:
            self._reader(log, reader)
            return str(log.execute("SELECT token FROM reader WHERE name = ?", (reader,)).fetchone()[0])

    def reader_of(self, token: str) -> str:
        """Return whose secret it is."""
        with self._open() as log:
            row = log.execute("SELECT name FROM reader WHERE token = ?", (token,)).fetchone()
        if row is None:
            raise NotFound("This link belongs to no watch.", todo="Take the link from the newest digest.")
        return str(row[0])

    def items(self, digest: int) -> list[dict[str, Any]]:
        """Return the items of a digest in order."""
        with self._open() as log:
            rows = log.execute(
                "SELECT key, content, useful FROM item WHERE digest = ? ORDER BY place", (digest,)
            ).fetchall()
        return [{"key": key, **json.loads(content), "useful": _yes(useful)} for key, content, useful in rows]

    def digests(self, reader: str | None = None, states: Sequence[str] = ()) -> list[Digest]:
        """Return digests, the newest first."""
        where, values = ["1 = 1"], []
        if reader is not None:
            where.append("reader = ?")
            values.append(reader)
        if states:
            where.append(f"state IN ({', '.join('?' * len(states))})")
            values += states
        with self._open() as log:
            rows = log.execute(
                f"SELECT {_COLUMNS} FROM digest WHERE {' AND '.join(where)} ORDER BY until DESC, id DESC",
                values,
            ).fetchall()
        return [_digest(row) for row in rows]

    def take(self, now: datetime) -> Digest | None:
        """Take the next digest that is due to be sent, marking that it is being sent; None if there is none."""
        with self._open() as log:
            row = log.execute(
                f"SELECT {_COLUMNS} FROM digest WHERE state = 'ready' AND (next_attempt IS NULL OR next_attempt <= ?)"
                " ORDER BY id LIMIT 1",
                (now.isoformat(),),
            ).fetchone()
            if row is None:
                return None
            log.execute(
                "UPDATE digest SET state = 'sending', attempts = attempts + 1 WHERE id = ?", (row[0],)
            )
        return _digest(row)

    def settle(
        self, digest: int, state: str, answer: str, now: datetime, again: datetime | None = None
    ) -> None:
        """Note how sending went: `sent`, `ready` again at a time, `failed` or `unclear`."""
        sent = now.isoformat() if state == "sent" else None
        later = again.isoformat() if again else None
        with self._open() as log:
            log.execute(
                "UPDATE digest SET state = ?, answer = ?, sent_at = coalesce(?, sent_at), next_attempt = ? WHERE id = ?",
                (state, answer[:500], sent, later, digest),
            )

    def untaken(self, digest: int, answer: str, again: datetime) -> None:
        """Note that the server could not be asked: that was no attempt."""
        with self._open() as log:
            log.execute(
                "UPDATE digest SET state = 'ready', attempts = attempts - 1, answer = ?, next_attempt = ? WHERE id = ?",
                (answer[:500], again.isoformat(), digest),
            )

    def readdress(self, addresses: Mapping[str, str]) -> None:
        """Let what is ready go to the present addresses; it is kept for those who have none any more."""
        with self._open() as log:
            for reader, old in log.execute(
                "SELECT DISTINCT reader, address FROM digest WHERE state = 'ready'"
            ).fetchall():
                new = addresses.get(reader, "")
                if new != old:
                    log.execute(
                        "UPDATE digest SET state = ?, address = ? WHERE reader = ? AND state = 'ready' AND address = ?",
                        ("ready" if new else "kept", new or old, reader, old),
                    )

    @contextmanager
    def one_sender(self) -> Iterator[None]:
        """Hold the right to send; the system lets go of it when the process dies."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.with_suffix(".sending").open("a") as lock:
            try:
                fcntl.flock(lock.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise StoreBusy(
                    "Digests are being sent by another process.",
                    {"file": self.path},
                    todo="Wait for it to end; nothing is sent twice.",
                ) from error
            yield

    def interrupted(self) -> int:
        """Mark what was being sent when a process died as unclear; return how many there were."""
        with self._open() as log:
            return log.execute(
                "UPDATE digest SET state = 'unclear', answer = 'interrupted while sending; it may have arrived'"
                " WHERE state = 'sending'"
            ).rowcount

    def again(self, digest: int) -> None:
        """Send a digest that failed or is unclear once more, because a person decided so."""
        with self._open() as log:
            changed = log.execute(
                "UPDATE digest SET state = 'ready', attempts = 0, next_attempt = NULL"
                " WHERE id = ? AND state IN ('failed', 'unclear')",
                (digest,),
            ).rowcount
        if not changed:
            raise NotFound(
                f"Digest {digest} is not one that failed or is unclear.", todo="See zhihang watch log."
            )

    def judge(self, reader: str, key: str, useful: bool, now: datetime) -> None:
        """Note whether a reader found an item useful."""
        with self._open() as log:
            changed = log.execute(
                "UPDATE item SET useful = ?, judged_at = ? WHERE reader = ? AND key = ?",
                (int(useful), now.isoformat(), reader, key),
            ).rowcount
        if not changed:
            raise NotFound(
                f'"{key}" was not sent to the watch {reader}.', todo="See zhihang watch show for what was."
            )

    def judged(self) -> list[tuple[str, str, bool, dict[str, Any]]]:
        """Return what readers said: reader, key, useful, content."""
        with self._open() as log:
            rows = log.execute(
                "SELECT reader, key, useful, content FROM item WHERE useful IS NOT NULL ORDER BY reader, key"
            ).fetchall()
        return [(reader, key, bool(useful), json.loads(content)) for reader, key, useful, content in rows]

    @staticmethod
    def _reader(log: sqlite3.Connection, reader: str) -> None:
        log.execute(
            "INSERT OR IGNORE INTO reader (name, token) VALUES (?, ?)", (reader, secrets.token_urlsafe(24))
        )


_COLUMNS = "id, reader, until, state, address, attempts, answer, sent_at, next_attempt"


def _digest(row: tuple[Any, ...]) -> Digest:
    number, reader, until, *rest = row
    return Digest(number, reader, date.fromisoformat(until), *rest)


def _has(log: sqlite3.Connection, reader: str, address: str, key: str) -> bool:
    if log.execute("SELECT 1 FROM item WHERE reader = ? AND key = ?", (reader, key)).fetchone():
        return True
    known = "SELECT 1 FROM item JOIN digest ON digest.id = item.digest WHERE item.key = ? AND lower(address) = lower(?)"
    return bool(address) and log.execute(known, (key, address)).fetchone() is not None


def _yes(useful: int | None) -> bool | None:
    return None if useful is None else bool(useful)
