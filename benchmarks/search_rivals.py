# SPDX-License-Identifier: Apache-2.0
"""The same texts and questions put to SQLite FTS5 and to the full text search of PostgreSQL, for `search.py`."""

from __future__ import annotations

import sqlite3
import sys
import time
from pathlib import Path
from typing import Any

ASKED = 60
"""Queries of the set that are asked; both take long."""
NAMES = ("title", "abstract", "claim", "english", "more")


def fts5(workspace: Any, root: Path) -> dict[str, Any]:
    """Index words of rjieba with SQLite FTS5 and ask for any of the words, ranked by its BM25."""
    from rjieba import cut
    from search import held, quantiles, queries

    path = root / "fts5.sqlite"
    path.unlink(missing_ok=True)
    base = sqlite3.connect(path)
    base.execute(f"CREATE VIRTUAL TABLE t USING fts5({', '.join(NAMES)}, content='')")
    rows = held(workspace.store)
    begun, used = time.perf_counter(), time.process_time()
    base.executemany(
        f"INSERT INTO t(rowid, {', '.join(NAMES)}) VALUES (?, ?, ?, ?, ?, ?)",
        ((n, *map(_divided, row[:3]), *row[3:]) for n, row in enumerate(rows)),
    )
    base.commit()
    taken, spent = time.perf_counter() - begun, time.process_time() - used

    def ask(one: tuple[str, list[str]]) -> None:
        words = [f'"{word}"' for part in one[1] for word in cut(part)]
        base.execute(
            "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT 10", (" OR ".join(words),)
        ).fetchall()

    answered = quantiles(ask, queries()[:ASKED])
    base.close()
    return {
        "FTS5 records/s": round(len(rows) / taken),
        "FTS5 processor s": round(spent, 1),
        "FTS5 MB": round(path.stat().st_size / 1e6),
        "FTS5 top 10 p50, p95 ms of processor time, by the clock": answered,
    }


def postgres(workspace: Any, root: Path) -> dict[str, Any]:  # noqa: ARG001 - the parts have one form
    """Load words of rjieba into a throw-away PostgreSQL with a GIN index and ask for any of the words by `ts_rank_cd`."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from tests.web.throw_away_postgres import programs, server

    found = programs()
    if found is None:
        return {}
    with server(found) as address:
        return _asked_of(address, workspace)


def _asked_of(address: str, workspace: Any) -> dict[str, Any]:
    import psycopg
    from rjieba import cut
    from search import held, quantiles, queries

    rows = held(workspace.store)
    with psycopg.connect(address, autocommit=True) as base:
        base.execute("CREATE TABLE t (n int, words tsvector)")
        begun = time.perf_counter()
        with base.cursor().copy("COPY t FROM STDIN") as sink:
            for n, row in enumerate(rows):
                sink.write_row((n, _vector(row)))
        base.execute("CREATE INDEX ON t USING gin(words)")
        taken = time.perf_counter() - begun
        size = base.execute("SELECT pg_total_relation_size('t'), pg_indexes_size('t')").fetchone()
        assert size is not None

        def ask(one: tuple[str, list[str]]) -> None:
            words = " | ".join(_quoted(word.lower()) for part in one[1] for word in cut(part) if word.strip())
            base.execute(
                "SELECT n FROM t, to_tsquery('simple', %s) q WHERE words @@ q"
                " ORDER BY ts_rank_cd(words, q) DESC LIMIT 10",
                (words,),
            ).fetchall()

        answered = quantiles(ask, queries()[:ASKED])
    return {
        "PostgreSQL records/s": round(len(rows) / taken),
        "PostgreSQL table and index, index MB": tuple(round(each / 1e6) for each in size),
        "PostgreSQL top 10 p50, p95 ms by the clock": answered[2:],
    }


def _divided(text: str) -> str:
    from rjieba import cut

    return " ".join(cut(text))


def _vector(row: tuple[str, ...]) -> str:
    """Return the words of a record as a tsvector is written, each with its first places."""
    from rjieba import cut

    words = [word for text in row[:3] for word in cut(text)] + " ".join(row[3:]).lower().rstrip(".").split()
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words, 1):
        if word.isalnum() and len(places.setdefault(word, [])) < 20:
            places[word].append(min(place, 16_000))
    return " ".join(f"{_quoted(word)}:{','.join(map(str, at))}" for word, at in places.items())


def _quoted(word: str) -> str:
    doubled = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"
