# SPDX-License-Identifier: Apache-2.0
"""Searching beside bare tantivy, SQLite FTS5 and PostgreSQL: indexing, size, time to answer, start.

::

    python benchmarks/search.py 200000 benchmarks/data/search-200k

The first run makes a store of N short bilingual records and keeps it: Chinese put together from clauses of real titles and
abstracts (found through ZHIHANG_SHARED; without them of invented words), English of invented words by Zipf. All is measured
in one run, one kind after the other. Figures of engines that are not there are left out.
"""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
import search_rivals

from zhihang.facts.table import TABLES
from zhihang.store.manifest import Derived, SourceEntry
from zhihang.store.parquet import TableFile
from zhihang.store.store import Store, create_store, open_store
from zhihang.workspace import create_workspace, open_workspace

CHUNK = 50_000
WORDS = 30_000
QUERIES = 200
TAIAN = "data/patents/cn-taian-applications/taian_patents_1985-2015.xlsx"
COUNTIES = [f"45{city:02d}{county:02d}" for city in range(1, 15) for county in range(1, 9)]
STATES = ("in_force", "pending", "lapsed", "refused")
SUBCLASSES = [f"{s}{n:02d}{x}" for s in "ABCDEFGH" for n in (1, 5, 21, 25, 60) for x in "BCDFGHKMN"]


def main(count: int, root: Path) -> None:
    """Make the store if it is not there, measure everything, print a table."""
    if not (root / "zhihang.toml").exists():
        make(count, root)
    figures: dict[str, Any] = {"records": count}
    workspace = open_workspace(root)
    for part in (indexing, answering, starting, search_rivals.fts5, search_rivals.postgres):
        figures |= part(workspace, root)
        print(json.dumps(figures, ensure_ascii=False), file=sys.stderr, flush=True)
    figures["load"] = os.getloadavg()
    figures["peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(figures, ensure_ascii=False, indent=1))


def make(count: int, root: Path) -> None:
    """Write a workspace of `count` invented records with what deriving would give."""
    shutil.rmtree(root, ignore_errors=True)
    create_workspace(root)
    create_store(root / "store")
    store = open_store(root / "store", clock=lambda: datetime(2024, 1, 1, tzinfo=UTC))
    names = ("application", "publication", "text", "claim", "classification", "party")
    with store.writing("make") as run:
        staged = run.stage()
        for start in range(0, count, CHUNK):
            rows = records(start, min(CHUNK, count - start))
            for name in names:
                staged.append(name, _filled(name, rows[name]).drop_columns(["file_id", "run_id"]))
        run.take(
            staged, SourceEntry(file_id=0, path="made", sha256="0", size=0, reader="made", rows=staged.rows())
        )
        run.commit(store.clock())
    with store.writing("derive") as run:
        done = {}
        for name in ("patent", "right_state", "family"):
            file = TableFile(run.scratch(f"derived-{name}") / f"{name}.parquet", TABLES[name].schema)
            for start in range(0, count, CHUNK):
                rows = derived(name, start, min(CHUNK, count - start))
                file.append(_filled(name, rows))
            file.close()
            done[name] = Derived(
                parts=(run.part(file.path, name, "derived", file.rows, []),), run_id=run.run_id
            )
        run.commit_derived(store.clock(), "made", derived=done, rows=count)


def vocabulary() -> tuple[list[str], list[str]]:
    """Return Chinese and English words, the most frequent first."""
    chance = np.random.default_rng(1)
    characters = [chr(0x4E00 + int(n)) for n in chance.choice(8000, 2500, replace=False)]
    letters = np.array(list("aeiourstlnmcdpbgfhk"))
    wide: dict[str, None] = {}
    while len(wide) < WORDS:
        length = int(chance.choice([1, 2, 2, 2, 2, 3, 4]))
        places = (2500 * chance.random(length) ** 2).astype(int)
        wide["".join(characters[n] for n in places)] = None
    narrow: dict[str, None] = {}
    while len(narrow) < WORDS:
        narrow["".join(chance.choice(letters, int(chance.integers(3, 11))))] = None
    return list(wide), list(narrow)


_VOCABULARY: tuple[list[str], list[str]] = ([], [])


def _words() -> tuple[list[str], list[str]]:
    global _VOCABULARY
    if not _VOCABULARY[0]:
        _VOCABULARY = vocabulary()
    return _VOCABULARY


def texts(start: int, count: int) -> Iterator[tuple[str, str, str, str, str]]:
    """Give title, abstract, first claim in Chinese, title and abstract in English."""
    _, narrow = _words()
    titles, clauses = _chinese()
    chance = np.random.default_rng([2, start])
    en = (chance.zipf(1.25, (count, 88)) - 1) % WORDS
    title = chance.integers(0, len(titles), (count, 2))
    parts = chance.integers(0, len(clauses), (count, 16))
    for a, b, c in zip(title.tolist(), parts.tolist(), en.tolist(), strict=True):
        english = [narrow[n] for n in c]
        yield (
            f"{titles[a[0]]}{titles[a[1]][:4]}",
            "，".join(clauses[n] for n in b[:9]) + "。",
            "，".join(clauses[n] for n in b[9:]) + "。",
            " ".join(english[:8]).capitalize(),
            " ".join(english[8:]) + ".",
        )


@cache
def _chinese() -> tuple[list[str], list[str]]:
    """Return titles and clauses."""
    path = Path(os.environ.get("ZHIHANG_SHARED", "../shared"), TAIAN)
    if not path.exists():
        wide, _ = _words()
        chance = np.random.default_rng(5)
        runs = ["".join(wide[n % WORDS] for n in row) for row in chance.zipf(1.25, (60_000, 9)).tolist()]
        return runs[:8000], runs[8000:]
    with TemporaryDirectory() as folder:
        workspace = create_workspace(Path(folder) / "ws")
        workspace.ingest([path])
        rows = workspace.store.collect(workspace.store.table("text").select("part", "text")).to_pylist()
    titles = sorted({row["text"] for row in rows if row["part"] == "title"})
    clauses = {
        part for row in rows if row["part"] == "abstract" for part in re.split("[，。；]", row["text"])
    }
    return titles, sorted(part for part in clauses if 4 <= len(part) <= 40)


def _ids(start: int, count: int) -> list[str]:
    return [f"CN{2006 + n % 18}1{n:07d}" for n in range(start, start + count)]


def records(start: int, count: int) -> dict[str, dict[str, Any]]:
    """Return columns of the recorded tables."""
    ids = _ids(start, count)
    chance = np.random.default_rng([3, start])
    year = np.array([int(i[2:6]) for i in ids])
    filed = (year - 1970).astype("datetime64[Y]").astype("datetime64[D]") + chance.integers(0, 365, count)
    kind = np.array(["invention", "utility_model", "design"])[chance.choice(3, count, p=[0.4, 0.5, 0.1])]
    printed = [f"CN1{n:08d}A" for n in range(start, start + count)]
    written = list(texts(start, count))
    parts = [("title", "zh", 0), ("abstract", "zh", 1), ("title", "en", 3), ("abstract", "en", 4)]
    subclass = np.array(SUBCLASSES)[chance.zipf(1.3, (count, 2)) % len(SUBCLASSES)]
    groups = chance.integers(1, 99, (count, 2))
    applicants = chance.zipf(1.3, count) % 50_000
    text_rows = [
        (i, p, part, lang, w[n])
        for i, p, w in zip(ids, printed, written, strict=True)
        for part, lang, n in parts
    ]
    names = ("application_id", "publication_id", "part", "language", "text")
    symbols = [f"{s}{g}/{g % 7:02d}" for s, g in zip(subclass.ravel(), groups.ravel(), strict=True)]
    return {
        "application": {
            "application_id": ids,
            "id_basis": ["application_number"] * count,
            "office": ["CN"] * count,
            "application_number": ids,
            "kind": kind.tolist(),
            "filing_date": filed,
        },
        "publication": {
            "publication_id": printed,
            "application_id": ids,
            "number": [p[2:-1] for p in printed],
        },
        "text": dict(zip(names, zip(*text_rows, strict=True), strict=True)),
        "claim": {
            "application_id": ids,
            "publication_id": printed,
            "number": [1] * count,
            "language": ["zh"] * count,
            "text": [w[2] for w in written],
        },
        "classification": {
            "application_id": [i for i in ids for _ in range(2)],
            "scheme": ["ipc"] * (2 * count),
            "symbol": symbols,
            "position": [1, 2] * count,
        },
        "party": {
            "application_id": ids,
            "role": ["applicant"] * count,
            "sequence": [1] * count,
            "name": [f"某市第{n}科技有限公司" for n in applicants.tolist()],
        },
    }


def derived(name: str, start: int, count: int) -> dict[str, Any]:
    """Return columns of a derived table."""
    ids = _ids(start, count)
    chance = np.random.default_rng([4, start])
    region = np.array(COUNTIES)[chance.zipf(1.2, count) % len(COUNTIES)].tolist()
    state = np.array(STATES)[chance.choice(4, count, p=[0.5, 0.2, 0.2, 0.1])].tolist()
    family = [ids[n - n % 3] if n % 5 == 0 else i for n, i in enumerate(ids)]
    columns: dict[str, dict[str, Any]] = {
        "patent": {
            "application_id": ids,
            "office": ["CN"] * count,
            "origin": ["mainland"] * count,
            "region": region,
        },
        "right_state": {
            "application_id": ids,
            "sequence": [1] * count,
            "state": state,
            "valid_from": [date(2006, 1, 1)] * count,
            "reason": ["filing"] * count,
        },
        "family": {
            "application_id": ids,
            "family_id": family,
            "scheme": ["simple"] * count,
            "reason": ["alone"] * count,
        },
    }
    return columns[name]


def _filled(name: str, columns: dict[str, Any]) -> pa.Table:
    schema = TABLES[name].schema
    rows = len(columns["application_id"])
    constant = {"file_id": 1, "line": 1, "run_id": 1}
    arrays = []
    for column in schema:
        if column.name in columns:
            arrays.append(pa.array(columns[column.name], column.type))
        elif column.name in constant:
            arrays.append(pa.array([constant[column.name]] * rows, column.type))
        else:
            arrays.append(pa.nulls(rows, column.type))
    return pa.Table.from_arrays(arrays, schema=schema)


# ---------------------------------------------------------------------------------------------- indexing


def indexing(workspace: Any, root: Path) -> dict[str, Any]:
    """Index everything, beside a bare loop over the same texts held in memory."""
    rows = held(workspace.store)
    size = sum(len(text.encode()) for row in rows for text in row)
    wall, used, bare_size = _timed(lambda: bare(rows, root / "bare"))
    begun, user = time.perf_counter(), time.process_time()
    done = workspace.search.index(rebuild=True)
    own_wall, own_used = time.perf_counter() - begun, time.process_time() - user
    kept = sum(path.stat().st_size for path in (root / "index").rglob("*.store"))
    index = size_of(root / "index") - kept
    return {
        "text MB": round(size / 1e6, 1),
        "bare records/s": round(len(rows) / wall),
        "records/s": round(len(rows) / own_wall),
        "ratio by the clock": round(wall / own_wall, 2),
        "ratio of processor time": round(used / own_used, 2),
        "bare index / text": round(bare_size / size, 3),
        "index / text": round(index / size, 3),
        "kept to be shown / text": round(kept / size, 3),
        "learning words s": round(_learning(workspace), 2),
        "learned words": done.learned,
    }


def _learning(workspace: Any) -> float:
    from zhihang.retrieval.vocabulary import learned_words

    begun = time.process_time()
    learned_words(workspace.store.snapshot, workspace.store.collect)
    return time.process_time() - begun


def held(store: Store) -> list[tuple[str, ...]]:
    """Return the texts of all records."""
    count = store.table("application").count().execute()
    return [row for start in range(0, count, CHUNK) for row in texts(start, min(CHUNK, count - start))]


def bare(rows: list[tuple[str, ...]], folder: Path) -> int:
    """Index texts with as little as will do: rjieba, blanks between words, tantivy."""
    import rjieba
    import tantivy

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    builder = tantivy.SchemaBuilder().add_unsigned_field("n", stored=True)
    for name in ("title", "abstract", "claim"):
        builder.add_text_field(f"{name}_zh", tokenizer_name="whitespace")
    for name in ("title", "abstract"):
        builder.add_text_field(f"{name}_en", tokenizer_name="en_stem")
    index = tantivy.Index(builder.build(), str(folder))
    writer = index.writer(256_000_000, 2)
    cut = rjieba.cut
    for number, (title, abstract, claim, english, more) in enumerate(rows):
        document = tantivy.Document()
        document.add_unsigned("n", number)
        document.add_text("title_zh", " ".join(cut(title)))
        document.add_text("abstract_zh", " ".join(cut(abstract)))
        document.add_text("claim_zh", " ".join(cut(claim)))
        document.add_text("title_en", english)
        document.add_text("abstract_en", more)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    return size_of(folder)


# --------------------------------------------------------------------------------------------- answering


def queries() -> list[tuple[str, list[str]]]:
    """Return 200 queries of every kind, each with the words a bare engine is asked for."""
    wide, narrow = _asked_words(), _words()[1]
    chance = np.random.default_rng(9)

    def some(words: list[str], low: int, high: int) -> str:
        return words[int(chance.integers(low, min(high, len(words))))]

    made: list[tuple[str, list[str]]] = []
    for n in range(QUERIES):
        a, b, c = some(wide, 20, 3000), some(wide, 50, 8000), some(narrow, 20, 4000)
        year, region = 2006 + n % 15, f"45{1 + n % 14:02d}00"
        kinds: list[tuple[str, list[str]]] = [
            (f'"{a}"', [a]),
            (f"{a} AND {b}", [a, b]),
            (c, [c]),
            (f"{a} OR {c}", [a, c]),
            (f"TI={a} AND IPC={SUBCLASSES[n % 40]}", [a]),
            (f"{a} AND REGION={region}", [a]),
            (f"{c} AND APD>={year} AND LS=有效", [c]),
            (f"({a} OR {b}) AND KIND=发明 AND REGION=450000", [a, b]),
            (f"{a} AND NOT {b}", [a]),
            (f"{c} AND IPC={SUBCLASSES[n % 40]} AND APD={year}", [c]),
        ]
        made.append(kinds[n % len(kinds)])
    return made


def _asked_words() -> list[str]:
    """Return words of two characters and more, and some of two words, the most frequent first."""
    from rjieba import cut

    from zhihang.methods.segmentation import stop_words

    counts: Counter[str] = Counter()
    for title in _chinese()[0]:
        words = [word for word in cut(title) if len(word) > 1 and word not in stop_words() and word.isalpha()]
        counts.update(words)
        counts.update(one + other for one, other in pairwise(words) if one + other in title)
    return [word for word, _ in counts.most_common(8000)]


def answering(workspace: Any, root: Path) -> dict[str, Any]:
    """Answer the queries: top 10 beside bare tantivy; then with facets; then with what is shown of each hit."""
    asked = queries()
    plain = quantiles(lambda q: _bare_search(root / "bare", q[1]), asked)
    desk = workspace.search
    opened = desk._open()
    read = {query: desk._read(query, "").query for query, _ in asked}
    from zhihang.retrieval.search import FACETS, Wish, search

    top = quantiles(lambda q: search(opened.asking, read[q[0]], Wish(10)), asked)
    every = tuple(FACETS)[:6]
    facets = quantiles(lambda q: search(opened.asking, read[q[0]], Wish(10, facets=every)), asked)
    shown = quantiles(lambda q: desk.search(q[0], limit=10, facets=every), asked[:60])
    found = [search(opened.asking, read[q[0]], Wish(10)).count for q in asked]
    return {
        "bare top 10 p50, p95 ms of processor time, by the clock": plain,
        "top 10 p50, p95 ms of processor time, by the clock": top,
        "times bare at p95": round(top[1] / plain[1], 2),
        "top 10 and six facets p50, p95 ms of processor time, by the clock": facets,
        "read, searched, facets, shown p50, p95 ms of processor time, by the clock": shown,
        "median found": int(np.median(found)),
        "found nothing": sum(not n for n in found),
    }


_BARE: dict[str, Any] = {}


def _bare_search(folder: Path, words: list[str]) -> Any:
    import rjieba
    import tantivy

    if "index" not in _BARE:
        _BARE["index"] = tantivy.Index.open(str(folder))
        _BARE["searcher"] = _BARE["index"].searcher()
    text = " ".join(word for part in words for word in rjieba.cut(part))
    names = ["title_zh", "abstract_zh", "claim_zh", "title_en", "abstract_en"]
    question = _BARE["index"].parse_query(text, names, field_boosts={"title_zh": 3.0, "title_en": 3.0})
    return _BARE["searcher"].search(question, 10)


def quantiles(ask: Callable[[Any], Any], asked: list[Any]) -> tuple[float, float, float, float]:
    """Return p50 and p95 in milliseconds of processor time, then by the clock."""
    for one in asked[:5]:
        ask(one)
    taken, waited = [], []
    for one in asked:
        begun, used = time.perf_counter(), time.process_time()
        ask(one)
        taken.append((time.process_time() - used) * 1000)
        waited.append((time.perf_counter() - begun) * 1000)
    half, most, *clock = (float(np.quantile(each, part)) for each in (taken, waited) for part in (0.5, 0.95))
    return round(half, 2), round(most, 2), round(clock[0], 2), round(clock[1], 2)


def starting(_: Any, root: Path) -> dict[str, Any]:
    """Ask one query in a new process."""
    program = [str(Path(sys.executable).with_name("zhihang")), "--workspace", str(root)]
    begun = time.perf_counter()
    done = subprocess.run([*program, "count", queries()[0][0]], capture_output=True, check=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "cold start s": round(time.perf_counter() - begun, 2),
        "cold start processor s": round(used.ru_utime + used.ru_stime, 2),
        "cold count": int(done.stdout),
    }


def _timed(work: Callable[[], int]) -> tuple[float, float, int]:
    begun, used = time.perf_counter(), time.process_time()
    result = work()
    return time.perf_counter() - begun, time.process_time() - used, result


def size_of(folder: Path) -> int:
    """Return the bytes of the files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    sys.modules["search"] = sys.modules["__main__"]
    main(int(sys.argv[1]), Path(sys.argv[2]))
