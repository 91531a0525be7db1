# SPDX-License-Identifier: Apache-2.0
"""How long it takes to tell inventors apart, and how much memory, on a made-up register.

Three inventors to an application, drawn from the staff of its organisation; 20,000 of them at most are made 张伟.

    python benchmarks/persons.py [--mentions 1000000]
"""

from __future__ import annotations

import argparse
import resource
import tempfile
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from zhihang.derivation.derivation import Facts
from zhihang.derivation.derivations.party_person import party_person
from zhihang.facts.codelist import CodeLists
from zhihang.facts.table import TABLES
from zhihang.workspace import create_workspace

if TYPE_CHECKING:
    import ibis.expr.types as ir

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
CROWD = 20_000


def main() -> None:
    """Make, resolve, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--mentions", type=int, default=1_000_000)
    mentions = parser.parse_args().mentions
    with tempfile.TemporaryDirectory() as folder:
        engine = create_workspace(Path(folder)).store.engine
        tables = {name: engine.values(rows) for name, rows in made_up(mentions).items()}

        def table(name: str) -> ir.Table:
            return tables[name] if name in tables else engine.values(TABLES[name].schema.empty_table())

        facts = Facts(tables=table, engine=engine, today=date(2020, 1, 1), codes=CodeLists())
        before, begin = _gigabytes(), perf_counter()
        found = pa.Table.from_batches(list(party_person.derive(facts)))
        seconds = perf_counter() - begin
        persons = len(found["person_id"].unique())
    print(
        f"{found.num_rows:,} mentions, {persons:,} persons: {seconds:.1f} s,"
        f" {_gigabytes():.2f} GB at most, {before:.2f} GB before"
    )


def made_up(mentions: int) -> dict[str, pa.Table]:
    """Make parties, applications, organisations, places and classes."""
    random = np.random.default_rng(1)
    filings, persons = mentions // 3, mentions // 4
    bodies = max(filings // 20, 10)
    employer = (bodies * random.random(persons) ** 2).astype(int)
    staff = np.argsort(employer, kind="stable")
    starts = np.searchsorted(employer[staff], np.arange(bodies + 1))
    body = (bodies * random.random(filings) ** 2).astype(int)
    filing = np.repeat(np.arange(filings), 3)
    team = np.clip(np.diff(starts)[body[filing]], 1, 50)
    chosen = starts[body[filing]] + (random.random(len(filing)) * team).astype(int)
    names = _names(random, persons)[staff[np.minimum(chosen, persons - 1)]]
    names[random.integers(0, len(names), min(CROWD, mentions // 50))] = "张伟"
    ids = np.char.add("CN", np.char.zfill(np.arange(filings).astype(str), 9)).astype(object)
    first = {"application_id": ids, "role": "applicant", "sequence": 1}
    return {
        "party": _table(
            "party",
            application_id=ids[filing],
            role="inventor",
            sequence=np.tile([1, 2, 3], filings),
            name=names,
        ),
        "application": _table(
            "application",
            application_id=ids,
            filing_date=(np.arange(filings) % 20 + 30).astype("datetime64[Y]").astype("datetime64[D]"),
        ),
        "party_organisation": _table(
            "party_organisation",
            **first,
            part=1,
            organisation_id=np.char.add("O", body.astype(str)).astype(object),
            type="enterprise",
        ),
        "party_region": _table(
            "party_region",
            **first,
            region_now=(450101 + body % 14 * 100 + body % 9).astype(str),
            country="CN",
        ),
        "classification": _table(
            "classification", application_id=ids, scheme="ipc", symbol=_symbols(random, body)
        ),
    }


def _names(random: np.random.Generator, count: int) -> np.ndarray:
    weight = 1 / np.arange(1, len(SURNAMES) + 1) ** 0.8
    surname = np.array(list(SURNAMES))[random.choice(len(SURNAMES), count, p=weight / weight.sum())]
    characters = np.array([chr(0x4E00 + n * 37) for n in range(300)])
    second = np.where(random.random(count) < 0.2, "", characters[random.integers(0, 300, count)])
    return np.char.add(np.char.add(surname, characters[random.integers(0, 300, count)]), second).astype(
        object
    )


def _symbols(random: np.random.Generator, body: np.ndarray) -> np.ndarray:
    number = (body * 7 + random.integers(0, 5, len(body))) % 600
    symbols = np.array(
        [f"{'ABCDEFGH'[n % 8]}{n % 60:02d}{'BCDFGHJK'[n // 75]}{n % 50}/00" for n in range(600)]
    )
    return symbols[number].astype(object)


def _table(name: str, /, **columns: Any) -> pa.Table:
    schema = TABLES[name].schema
    count = len(columns["application_id"])
    full = {key: [value] * count if isinstance(value, str | int) else value for key, value in columns.items()}
    return pa.table(
        [pa.array(full[f.name], f.type) if f.name in full else pa.nulls(count, f.type) for f in schema],
        schema=schema,
    )


def _gigabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


if __name__ == "__main__":
    main()
