# SPDX-License-Identifier: Apache-2.0
"""How right inventors of one name are told apart: labelled US mentions, made namesakes in real files, a simulated register.

- Lai 2011 (labelled mentions with names; nothing else is given for them), Binette 2022 and the Israeli set (labelled
  mentions without names): what of them can be measured with the shared files, and what not.
- The PatentsView sample (names with PatentsView's own ids, which are an algorithm's, not the truth).
- Made namesakes: inventors of the real files with rare full names, each taken to be one person, are given common
  names, several persons to a name; then the whole derivation runs on the real organisations, co-inventors, classes
  and years. Persons are halved: parameters may be looked at with `--half train`; figures come from `test`.
- Guilin as simulated, whose truth is known.

Intervals: 95 %, by drawing the true persons anew. Beside: plain match of names.

    python benchmarks/quality/persons.py [--part lai|sample|namesakes|simulated] [--half test] [--workspace DIR]
"""

from __future__ import annotations

import argparse
import csv
import gzip
import os
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa

from zhihang.derivation.derivation import Facts
from zhihang.derivation.derivations.party_person import party_person
from zhihang.derivation.organisation_names.spelling import fold
from zhihang.derivation.persons.parameters import knowledge
from zhihang.derivation.persons.reading import read_names
from zhihang.facts.codelist import CodeLists
from zhihang.facts.table import TABLES
from zhihang.workspace import Workspace, create_workspace, open_workspace

if TYPE_CHECKING:
    import ibis.expr.types as ir

SHARED = Path(os.environ.get("ZHIHANG_SHARED", Path(__file__).parents[3] / "shared")) / "data" / "patents"
LABELLED = SHARED / "inventor-benchmarks"
CHINESE = (
    "cn-cnki-list/patents_4800.csv.gz",
    "cn-patsnap-green-aviation/patsnap_export_rows1-1399.xlsx",
    "cn-sipo-search/sipo_search_szu_110.xls",
    "google-patents-csv/gp-search.csv",
)
LATIN = (
    "lens-drones/drones_fulltext_families_5884_raw.csv.gz",
    "thomson-innovation-synbio/synbio.xlsx",
    "patentscope-pizza/pizza_all_24294_raw.zip",
)
COMMON_HAN = tuple(s + g for g in "伟强敏洋静磊勇杰军涛超斌" for s in "王李张刘陈杨赵黄周吴徐孙")
COMMON_LATIN = tuple(
    f"{given} {surname}"
    for given in ("John", "David", "Michael", "Robert", "James", "William", "Thomas", "Peter")
    for surname in ("Smith", "Miller", "Johnson", "Brown", "Williams", "Jones", "Davis", "Lee")
)
PERSONS_TO_A_NAME = 8
DRAWS = 200


class Measured(NamedTuple):
    """Precision and recall in pairs, each with the ends of its interval."""

    precision: tuple[float, float, float]
    recall: tuple[float, float, float]
    pairs: int

    def __str__(self) -> str:
        shown = [f"{a:.3f} ({b:.3f}-{c:.3f})" for a, b, c in (self.precision, self.recall)]
        return f"precision {shown[0]}  recall {shown[1]}  true pairs {self.pairs}"


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--part", choices=("lai", "sample", "namesakes", "simulated"))
    parser.add_argument("--half", choices=("train", "test"), default="test")
    parser.add_argument("--workspace", type=Path, help="with the shared files ingested and derived")
    arguments = parser.parse_args()
    parts: dict[str, Callable[[], None]] = {
        "lai": lambda: labelled(arguments.half),
        "sample": sample,
        "namesakes": lambda: namesakes(arguments.workspace, arguments.half),
        "simulated": simulated,
    }
    for name, part in parts.items():
        if arguments.part in (None, name):
            print(f"== {name}")
            part()


def measure(found: Sequence[object], true: Sequence[object]) -> Measured:
    """Compare two groupings; the interval of each share by drawing true persons with replacement.

    A pair wrongly put together counts half for each of its persons, so that both shares are ratios of sums over
    persons.
    """
    groups, persons = _numbered(found), _numbered(true)
    count = int(persons.max(initial=-1)) + 1
    cells, times = np.unique(groups * count + persons, return_counts=True)
    group, person = cells // count, cells % count
    size = np.bincount(group, weights=times)[group]
    right = np.bincount(person, weights=times * (times - 1) / 2, minlength=count)
    put = right + np.bincount(person, weights=times * (size - times) / 2, minlength=count)
    whole = np.bincount(persons, minlength=count).astype(float)
    belong = whole * (whole - 1) / 2
    random = np.random.default_rng(1)
    drawn = random.integers(0, count, (DRAWS, count))

    def interval(over: np.ndarray, under: np.ndarray) -> tuple[float, float, float]:
        shares = over[drawn].sum(1) / np.maximum(under[drawn].sum(1), 1e-9)
        low, high = np.quantile(shares, [0.025, 0.975])
        return float(over.sum() / max(under.sum(), 1e-9)), float(low), float(high)

    return Measured(interval(right, put), interval(right, belong), int(belong.sum()))


def labelled(half: str) -> None:
    """Lai 2011: names alone. Binette and Israel: what can be found for them."""
    rows = _csv(LABELLED / "lai-2011-benchmark.csv")
    rows = [row for row in rows if _half(row["unique_id"]) == half]
    names = [f"{row['raw_inventor_name_last']}, {row['raw_inventor_name_first']}" for row in rows]
    true = [row["unique_id"] for row in rows]
    print(f"Lai 2011, {half} half: {len(rows)} mentions of {len(set(true))} persons; names alone")
    report({"surname and initial": _initials(names), "plain match": plain(names)}, true)
    applications = [row["mention_id"].rsplit("-", 1)[0] for row in rows]
    print("    as resolved             ", measure(resolved(names, applications), true))
    with gzip.open(LABELLED / "raw_inventor_sample.tsv.gz", "rt", encoding="utf-8") as stream:
        known = {"US" + row["mention_id"] for row in csv.DictReader(stream, delimiter="\t")}
    for title, file in (
        ("Binette 2022", "binette-2022-inventors-benchmark.csv"),
        ("Israel", "israeli-inventors-benchmark.csv"),
    ):
        mentions = [row["mention_id"] for row in _csv(LABELLED / file)]
        held = sum(mention in known for mention in mentions)
        print(
            f"{title}: {len(mentions)} mentions, {held} of them with a name in the shared files: not measured"
        )


def sample() -> None:
    """Names of the PatentsView sample against PatentsView's own ids."""
    with gzip.open(LABELLED / "raw_inventor_sample.tsv.gz", "rt", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    names = [f"{row['name_last']}, {row['name_first']}" for row in rows]
    true = [row["inventor_id"] for row in rows]
    print(
        f"PatentsView sample: {len(rows)} mentions, {len(set(true))} ids of PatentsView (no truth); names alone"
    )
    report({"plain match": plain(names)}, true)
    print("    as resolved             ", measure(resolved(names, [row["patent_id"] for row in rows]), true))


def namesakes(folder: Path | None, half: str) -> None:
    """Rare names of the real files, given common names."""
    with tempfile.TemporaryDirectory() as made:
        workspace = open_workspace(folder) if folder else _ingested(Path(made))
        for title, common, han in (
            ("Chinese characters", COMMON_HAN, True),
            ("Latin letters", COMMON_LATIN, False),
        ):
            _namesakes(workspace, title, common, half, han=han)


def _namesakes(workspace: Workspace, title: str, common: Sequence[str], half: str, *, han: bool) -> None:
    store = workspace.store
    party = store.table("party")
    party = party.filter(party.role == "inventor", party.name.notnull())
    rows = store.collect(
        party.select("application_id", "sequence", "name").order_by("application_id", "sequence")
    )
    names = rows["name"].to_pylist()
    key = dict(zip(dict.fromkeys(names), _keys(list(dict.fromkeys(names)), han=han), strict=True))
    filings: dict[str, set[str]] = defaultdict(set)
    for name, application in zip(names, rows["application_id"].to_pylist(), strict=True):
        if key[name]:
            filings[key[name]].add(application)
    rare = sorted(
        (k for k, found in filings.items() if 2 <= len(found) <= 100 and _half(k) == half), key=_scatter
    )
    given = _given(rare, filings, common)
    mapping = {name: given[k] for name, k in key.items() if k in given}
    facts = _facts(workspace, mapping)
    batches = list(party_person.derive(facts))
    found = pa.Table.from_batches(batches)
    person = {
        (a, s): p
        for a, s, p in zip(
            *(found[c].to_pylist() for c in ("application_id", "sequence", "person_id")), strict=True
        )
    }
    chosen = [
        (person[a, s], key[name], mapping[name])
        for a, s, name in zip(
            *(rows[c].to_pylist() for c in ("application_id", "sequence", "name")), strict=True
        )
        if name in mapping
    ]
    ids, true, shown = zip(*chosen, strict=True)
    print(
        f"Made namesakes, {title}, {half} half: {len(ids)} mentions of {len(set(true))} persons"
        f" under {len(set(shown))} names"
    )
    report({"plain match": shown}, true)
    print("    as resolved             ", measure(ids, true))


def _given(rare: Sequence[str], filings: Mapping[str, set[str]], common: Sequence[str]) -> dict[str, str]:
    """Give each person a common name, `PERSONS_TO_A_NAME` to each; never one to two inventors of one application."""
    given: dict[str, str] = {}
    taken: dict[str, set[str]] = {name: set() for name in common}
    borne: dict[str, int] = dict.fromkeys(common, 0)
    for person in rare:
        for name in common:
            if borne[name] < PERSONS_TO_A_NAME and not taken[name] & filings[person]:
                given[person] = name
                taken[name] |= filings[person]
                borne[name] += 1
                break
    return given


def _keys(names: Sequence[str], *, han: bool) -> list[str]:
    """Return a key for names taken to be of one person each; blank for others.

    Chinese: three characters, none of the thirty commonest surnames. Latin: given name written out, a second one or
    its initial, a surname of six letters or more.
    """
    known = knowledge(CodeLists())
    read = read_names(names, known.short_names)
    common = set(list(known.surname_shares)[:30])
    keys = []
    for number in read.variant.tolist():
        part = read.parts[number] if number >= 0 else None
        if part is None:
            keys.append("")
        elif han:
            rare = not part.initial and len(part.first) == 2 and part.surname not in common
            keys.append(part.surname + part.first if rare and part.surname < "\u9fff" else "")
        else:
            told = part.initial and len(part.first) > 2 and part.second_initial and len(part.surname) > 5
            keys.append(f"{part.surname}, {part.first} {part.second or part.second_initial}" if told else "")
    return keys


def _facts(workspace: Workspace, mapping: Mapping[str, str]) -> Facts:
    store = workspace.store
    other = store.engine.values(
        pa.table({"name": list(mapping), "other": list(mapping.values())}, schema=_PAIR)
    )

    def table(name: str) -> ir.Table:
        rows = store.table(name)
        if name != "party":
            return rows
        joined = rows.left_join(other, "name")
        return joined.mutate(name=joined.other.coalesce(joined.name)).select(*rows.columns)

    return Facts(tables=table, engine=store.engine, today=store.clock().date(), codes=CodeLists())


_PAIR = pa.schema([("name", pa.string()), ("other", pa.string())])


def simulated() -> None:
    """Guilin as simulated: a person is a name in one true organisation."""
    with tempfile.TemporaryDirectory() as made:
        workspace = create_workspace(Path(made))
        files = workspace.simulate("450300", 2006, 2020, seed=3, scale=0.5)
        register = [path for path in files.paths if "truth" not in path.name and path.suffix == ".csv"]
        workspace.ingest(register)
        workspace.derive(["party_person"])
        truth = next(path for path in files.paths if "-truth-" in path.name)
        body = {
            row["application_number"].partition(".")[0]: row["organisation_id"]
            for row in _csv(truth)
            if not row["joint_id"]
        }
        store = workspace.store
        party = store.table("party").select("application_id", "role", "sequence", "name")
        rows = store.collect(
            store.table("party_person").inner_join(party, ["application_id", "role", "sequence"])
        )
        kept = [
            (person, f"{name}|{body[application]}", name)
            for application, person, name in zip(
                *(rows[c].to_pylist() for c in ("application_id", "person_id", "name")), strict=True
            )
            if application in body and person
        ]
        ids, true, names = zip(*kept, strict=True)
        print(f"Simulated Guilin: {len(ids)} mentions of {len(set(true))} persons")
        report({"plain match": names}, true)
        print("    as resolved             ", measure(ids, true))


def resolved(names: Sequence[str], applications: Sequence[str]) -> list[str]:
    """Resolve mentions of which only names and applications are known."""
    workspace = tempfile.TemporaryDirectory()
    store = create_workspace(Path(workspace.name)).store
    numbers: dict[str, int] = defaultdict(int)
    sequence = []
    for application in applications:
        numbers[application] += 1
        sequence.append(numbers[application])
    party = {"application_id": list(applications), "sequence": sequence, "name": list(names)}
    party["role"] = ["inventor"] * len(names)

    def table(name: str) -> ir.Table:
        schema = TABLES[name].schema
        given = party if name == "party" else {}
        size = len(names) if name == "party" else 0
        columns = [pa.array(given.get(f.name, [None] * size), f.type) for f in schema]
        return store.engine.values(pa.table(columns, schema=schema))

    facts = Facts(tables=table, engine=store.engine, today=store.clock().date(), codes=CodeLists())
    found = pa.Table.from_batches(list(party_person.derive(facts)))
    person = {
        (a, s): p or f"{a}|{s}"
        for a, s, p in zip(
            *(found[c].to_pylist() for c in ("application_id", "sequence", "person_id")), strict=True
        )
    }
    workspace.cleanup()
    return [person[key] for key in zip(applications, sequence, strict=True)]


def plain(names: Sequence[str]) -> list[str]:
    """Group by the name, half width and in small letters."""
    return fold(names)


def _initials(names: Sequence[str]) -> list[str]:
    return [name[: name.index(",") + 3] for name in fold(names)]


def report(others: Mapping[str, Sequence[object]], true: Sequence[object]) -> None:
    """Print what simpler ways give."""
    for title, found in others.items():
        print(f"    {title:24}", measure(found, true))


def _ingested(folder: Path) -> Workspace:
    workspace = create_workspace(folder)
    workspace.ingest([SHARED / file for file in (*CHINESE, *LATIN)])
    workspace.derive(["party_person"])
    return open_workspace(folder)


def _half(key: str) -> str:
    return ("train", "test")[blake2b(key.encode(), digest_size=1).digest()[0] % 2]


def _scatter(key: str) -> bytes:
    return blake2b(key.encode(), digest_size=8, salt=b"order").digest()


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def _numbered(labels: Sequence[object]) -> np.ndarray:
    numbers: dict[object, int] = {}
    return np.array([numbers.setdefault(label, len(numbers)) for label in labels], np.int64)


if __name__ == "__main__":
    main()
