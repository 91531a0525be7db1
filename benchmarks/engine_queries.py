# SPDX-License-Identifier: Apache-2.0
"""The four queries of an indicator suite through the store, against hand-written DuckDB SQL on the same files.

::

    python benchmarks/engine_queries.py 5000000            one size, paired A B A B ...
    python benchmarks/engine_queries.py 5000000 20000000   and the growth from the first to the second
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import ibis
import pyarrow as pa
from make_store import main as make_store

from zhihang.store.store import Store, open_store

if TYPE_CHECKING:
    import ibis.expr.types as ir

DATA = Path(__file__).parent / "data"
ROUNDS = 5


def by_month(store: Store) -> ir.Table:
    """(a) filings, grants and valid stock per county and month."""
    applications = store.table("application")
    parties = store.table("party").filter(lambda t: (t.role == "applicant") & (t.sequence == 1))
    placed = applications.join(parties, "application_id").select(
        "kind", "filing_date", "grant_date", "county"
    )
    filed = placed.select(
        "county", month=placed.filing_date.truncate("M"), filed=ibis.literal(1), granted=ibis.literal(0)
    )
    given = placed.filter(placed.grant_date.notnull())
    given = given.select(
        "county", month=given.grant_date.truncate("M"), filed=ibis.literal(0), granted=ibis.literal(1)
    )
    flows = (
        filed.union(given)
        .group_by("county", "month")
        .aggregate(filings=lambda t: t.filed.sum(), grants=lambda t: t.granted.sum())
    )
    window = ibis.cumulative_window(group_by=flows.county, order_by=flows.month)
    return flows.mutate(stock=flows.grants.sum().over(window))


BY_MONTH = """
WITH placed AS (SELECT a.filing_date, a.grant_date, p.county FROM application a JOIN party p USING (application_id)
                WHERE p.role = 'applicant' AND p.sequence = 1),
flows AS (SELECT county, month, sum(filed) AS filings, sum(granted) AS grants FROM (
    SELECT county, date_trunc('month', filing_date) AS month, 1 AS filed, 0 AS granted FROM placed
    UNION ALL SELECT county, date_trunc('month', grant_date), 0, 1 FROM placed WHERE grant_date IS NOT NULL)
  GROUP BY county, month)
SELECT *, sum(grants) OVER (PARTITION BY county ORDER BY month) AS stock FROM flows
"""


def per_people(store: Store) -> ir.Table:
    """(b) inventions granted per 10,000 people, per county."""
    found = store.table("application").filter(lambda t: (t.kind == "invention") & t.grant_date.notnull())
    parties = store.table("party").filter(lambda t: (t.role == "applicant") & (t.sequence == 1))
    held = found.join(parties, "application_id").group_by("county").aggregate(inventions=lambda t: t.count())
    return held.mutate(density=held.inventions.cast("float64") / 30.0)


PER_PEOPLE = """
SELECT county, count(*) AS inventions, count(*)::DOUBLE / 30.0 AS density
FROM application a JOIN party p USING (application_id)
WHERE a.kind = 'invention' AND a.grant_date IS NOT NULL AND p.role = 'applicant' AND p.sequence = 1 GROUP BY county
"""


def ranking(store: Store) -> ir.Table:
    """(c) the largest applicants and their growth from 2018 to 2019."""
    filed = store.table("application").select("application_id", year=lambda t: t.filing_date.year())
    parties = store.table("party").filter(lambda t: t.role == "applicant").select("application_id", "name")
    joined = filed.join(parties, "application_id")
    counted = joined.group_by("name").aggregate(
        total=joined.count(),
        before=(joined.year == 2018).sum(),
        after=(joined.year == 2019).sum(),
    )
    grown = counted.mutate(growth=counted.after.cast("float64") / counted.before.nullif(0) - 1)
    return grown.order_by(ibis.desc("total"), "name").limit(100)


RANKING = """
SELECT name, count(*) AS total, count(*) FILTER (year(filing_date) = 2018) AS before,
       count(*) FILTER (year(filing_date) = 2019) AS after, after::DOUBLE / nullif(before, 0) - 1 AS growth
FROM application a JOIN party p USING (application_id) WHERE p.role = 'applicant'
GROUP BY name ORDER BY total DESC, name LIMIT 100
"""


def together(store: Store) -> ir.Table:
    """(d) pairs of IPC subclasses on one application, from lists instead of a self-join."""
    symbols = store.table("classification").filter(lambda t: t.scheme == "ipc")
    symbols = symbols.select("application_id", subclass=symbols.symbol.substr(0, 4)).distinct()
    lists = symbols.group_by("application_id").aggregate(subclasses=lambda t: t.subclass.collect())
    lists = lists.filter(lists.subclasses.length() > 1)
    one = lists.select("subclasses", first=lists.subclasses.unnest())
    pairs = one.select("first", second=one.subclasses.unnest())
    return (
        pairs.filter(pairs.first < pairs.second)
        .group_by("first", "second")
        .aggregate(together=lambda t: t.count())
    )


TOGETHER = """
WITH symbols AS (SELECT DISTINCT application_id, substr(symbol, 1, 4) AS subclass FROM classification WHERE scheme = 'ipc'),
lists AS (SELECT list(subclass) AS subclasses FROM symbols GROUP BY application_id HAVING count(*) > 1),
one AS (SELECT unnest(subclasses) AS first, subclasses FROM lists),
pairs AS (SELECT first, unnest(subclasses) AS second FROM one)
SELECT first, second, count(*) AS together FROM pairs WHERE first < second GROUP BY first, second
"""

QUERIES: dict[str, tuple[Callable[[Store], ir.Table], str]] = {
    "a county months": (by_month, BY_MONTH),
    "b per 10,000 people": (per_people, PER_PEOPLE),
    "c applicants": (ranking, RANKING),
    "d classes together": (together, TOGETHER),
}


def measure(size: int) -> float:
    """Print both times of each query, paired, and return the total through the store."""
    root = DATA / f"store-{size}"
    if not (root / "HEAD").exists():
        make_store(size, root)
    store = open_store(root, settings={"threads": 2})
    by_hand = duckdb.connect(config={"threads": 2})
    for name in ("application", "party", "classification"):
        paths = [str(root / part.path) for part in store.manifest.recorded[name]]
        by_hand.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({paths})")
    total = 0.0
    for name, (expression, sql) in QUERIES.items():
        ours, theirs, ratios = [], [], []
        for turn in range(ROUNDS + 1):
            a, left = timed(partial(ours_of, store, expression))
            b, right = timed(partial(theirs_of, by_hand, sql))
            if turn:
                ours.append(a)
                theirs.append(b)
                ratios.append(a / b)
        assert left.num_rows == right.num_rows, (name, left.num_rows, right.num_rows)
        total += statistics.median(ours)
        print(
            f"{size:>11,}  {name:<20} {statistics.median(ours):7.2f} s  {statistics.median(theirs):7.2f} s  "
            f"ratio {statistics.median(ratios):5.2f}  ({left.num_rows:,} rows)"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"{size:>11,}  total {total:.2f} s, peak {peak:,} MB for both")
    return total


def ours_of(store: Store, expression: Callable[[Store], ir.Table]) -> pa.Table:
    """Compute a query through the store."""
    return store.collect(expression(store))


def theirs_of(connection: duckdb.DuckDBPyConnection, sql: str) -> pa.Table:
    """Compute a query written by hand."""
    return connection.sql(sql).to_arrow_table()


def timed(work: Callable[[], pa.Table]) -> tuple[float, pa.Table]:
    """Return the seconds a piece of work takes, and its result."""
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


if __name__ == "__main__":
    totals = [measure(int(size)) for size in sys.argv[1:] or ["5000000"]]
    if len(totals) > 1:
        print(f"growth of time: {totals[-1] / totals[0]:.2f}")
