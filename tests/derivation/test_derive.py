# SPDX-License-Identifier: Apache-2.0
"""Deriving: what is stale, in which order, only what is touched, and the same as if all were computed."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.store_rows import application, put, shown

from zhihang.derivation.derivation import Derivation, Facts, derivations
from zhihang.derivation.derive import DeriveRequest, derive, in_order, stale
from zhihang.errors import DefinitionError, NotFound
from zhihang.facts.codelist import CodeLists
from zhihang.facts.table import TABLES
from zhihang.store.store import Store, create_store, open_store

SHELF = derivations()
FIELDS = {"patent_field": SHELF["patent_field"]}
EVERYWHERE = ("application_id", "field", "weight")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    create_store(tmp_path / "store")
    return open_store(tmp_path / "store")


@pytest.fixture(scope="module")
def twenty(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Twenty applications, their fields derived."""
    folder = tmp_path_factory.mktemp("twenty")
    create_store(folder / "store")
    store = open_store(folder / "store")
    put(store, "one.csv", many(20))
    extents(store)
    return store


@pytest.fixture
def derived(twenty: Store, tmp_path: Path) -> Store:
    """A copy of them to write in."""
    return open_store(shutil.copytree(twenty.root, tmp_path / "derived"))


def filed(number: str, line: int, symbol: str) -> dict[str, list[dict[str, object]]]:
    return {
        "application": [
            application(number, line, office="CN", kind="invention", filing_date=date(2015, 1, line))
        ],
        "classification": [
            {"application_id": number, "scheme": "ipc", "symbol": symbol, "position": 1, "line": line}
        ],
    }


def many(count: int) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = {"application": [], "classification": []}
    for line in range(1, count + 1):
        for name, rows in filed(f"CN{line:04d}", line % 28 + 1, "H01M10/052").items():
            found[name] += rows
    return found


def extents(store: Store, *names: str, again: bool = False) -> dict[str, str]:
    outcomes = derive(store, FIELDS, DeriveRequest(names, again))
    return {outcome.name: outcome.extent for outcome in outcomes}


def test_everything_is_computed_once_and_then_left_alone(store: Store):
    put(store, "one.csv", many(3))
    assert stale(store, FIELDS, DeriveRequest()) == ["patent_field"]
    assert extents(store) == {"patent_field": "all"}
    version = store.manifest.version
    assert stale(store, FIELDS, DeriveRequest()) == []
    assert extents(store) == {"patent_field": "nothing"}
    assert store.manifest.version == version, "a run that computes nothing leaves no trace"


def test_after_an_ingest_only_touched_applications_are_computed(derived: Store):
    store = derived
    first = store.manifest.derived["patent_field"].parts
    put(store, "two.csv", filed("CN9999", 1, "A01B1/00"))
    outcome = derive(store, FIELDS, DeriveRequest(["patent_field"]))[0]
    assert (outcome.extent, outcome.written, outcome.rows) == ("touched", 1, 21)
    assert store.manifest.derived["patent_field"].parts[: len(first)] == first, (
        "earlier files stay as they are"
    )


def test_the_touched_way_gives_what_computing_all_gives(derived: Store):
    store = derived
    put(store, "two.csv", filed("CN0003", 1, "A01B1/00"), precedence=90)  # another truth about a known one
    put(store, "three.csv", filed("CN8888", 1, "G06F17/30"))
    assert extents(store, "patent_field") == {"patent_field": "touched"}
    touched = shown(store, "patent_field", *EVERYWHERE)
    assert extents(store, "patent_field", again=True) == {"patent_field": "all"}
    assert shown(store, "patent_field", *EVERYWHERE) == touched
    assert ("CN0003", "29", 1.0) in touched, (
        "the better source's class counts: A01B is other special machines"
    )


def test_what_a_replaced_file_no_longer_says_goes(derived: Store):
    store = derived
    put(store, "two.csv", filed("CN7777", 1, "A01B1/00"))
    extents(store)
    put(store, "two.csv", filed("CN6666", 1, "A01B1/00"))
    assert extents(store, "patent_field") == {"patent_field": "touched"}
    known = {row[0] for row in shown(store, "patent_field", *EVERYWHERE)}
    assert "CN6666" in known
    assert "CN7777" not in known


def test_a_provisional_id_that_gives_way_leaves_no_row(derived: Store):
    store = derived
    publication = {"publication_id": "CN105A", "document_id": "CN-P105", "line": 1}
    provisional = filed("CN-P105", 1, "A01B1/00")
    put(store, "two.csv", {**provisional, "publication": [{**publication, "application_id": "CN-P105"}]})
    extents(store)
    real = filed("CN5555", 2, "A01B1/00")
    put(store, "three.csv", {**real, "publication": [{**publication, "application_id": "CN5555"}]})
    assert extents(store, "patent_field") == {"patent_field": "touched"}
    known = [row[0] for row in shown(store, "patent_field", *EVERYWHERE)]
    assert known.count("CN5555") == 1
    assert "CN-P105" not in known


def test_a_changed_code_list_computes_all_again(store: Store, tmp_path: Path):
    put(store, "one.csv", many(3))
    extents(store)
    folder = tmp_path / "codelists"
    folder.mkdir()
    own = CodeLists().rows("ipc_to_wipo35")
    lines = [",".join(own[0]), *(",".join(f'"{value}"' for value in row.values()) for row in own)]
    (folder / "ipc_to_wipo35.csv").write_text("\n".join(lines) + "\n", "utf-8")
    assert stale(store, FIELDS, DeriveRequest(codes=CodeLists((folder,)))) == [], (
        "the same rows, the same list"
    )
    changed = "\n".join(line for line in lines if "B65B" not in line) + "\n"
    (folder / "ipc_to_wipo35.csv").write_text(changed, "utf-8")
    assert "patent_field" in stale(store, FIELDS, DeriveRequest(codes=CodeLists((folder,))))


def test_compaction_leaves_derived_tables_as_they_are(store: Store):
    from zhihang.store.compaction import compact

    put(store, "one.csv", many(5))
    put(store, "two.csv", filed("CN9999", 1, "A01B1/00"))
    extents(store)
    before = shown(store, "patent_field", *EVERYWHERE)
    compact(store)
    assert stale(store, FIELDS, DeriveRequest()) == []
    assert shown(store, "patent_field", *EVERYWHERE) == before


def test_an_earlier_state_shows_what_was_derived_then(store: Store):
    put(store, "one.csv", many(2))
    extents(store)
    then = store.manifest.version
    put(store, "two.csv", filed("CN9999", 1, "A01B1/00"))
    extents(store)
    assert len(shown(open_store(store.root, as_of=then), "patent_field", *EVERYWHERE)) == 2
    assert len(shown(store, "patent_field", *EVERYWHERE)) == 3


def test_a_derivation_that_fails_leaves_the_store_as_it_was(store: Store):
    def broken(facts: Facts) -> object:
        raise RuntimeError("stop")

    put(store, "one.csv", many(2))
    before = store.manifest
    shelf = {
        "patent_field": FIELDS["patent_field"],
        "right_state": Derivation("right_state", "", ("application", "patent_field"), "whole", broken),
    }
    with pytest.raises(RuntimeError):
        derive(store, shelf, DeriveRequest())
    assert store.refresh().manifest == before
    assert not list((store.root / "staging").iterdir())


def test_patents_are_stored_by_region_so_that_one_region_is_read_quickly(store: Store):
    regions = ["450305", None, "450102", "450305"]

    def placed(facts: Facts) -> object:
        usual = {"region": regions, "application_id": ["CN3", "CN1", "CN2", "CN0"]}
        blank = {"code": "CN", "text": "CN", "integer": 1, "boolean": False}
        columns = {
            c.name: pa.array(usual.get(c.name, [blank[c.type] if c.required else None] * 4), c.arrow_type)
            for c in TABLES["patent"].columns
        }
        return facts.engine.values(pa.table(columns))

    put(store, "one.csv", many(1))
    derive(store, {"patent": Derivation("patent", "", ("application",), "whole", placed)}, DeriveRequest())
    [part] = store.manifest.derived["patent"].parts
    stored = pq.read_table(store.root / part.path).select(["region", "application_id"])
    expected = [("450102", "CN2"), ("450305", "CN0"), ("450305", "CN3"), (None, "CN1")]
    assert [tuple(row.values()) for row in stored.to_pylist()] == expected


def test_derivations_come_after_what_they_read():
    order = [each.name for each in in_order(SHELF.all(), ["patent_stock"])]
    assert order.index("organisation_name") < order.index("party_organisation") < order.index("patent")
    assert order[-1] == "patent_stock"
    assert "ownership" not in order, "what nobody asked for is left alone"


def test_a_circle_is_named():
    one = Derivation("one", "", ("two",), "whole", lambda facts: [])
    two = Derivation("two", "", ("one",), "whole", lambda facts: [])
    with pytest.raises(DefinitionError, match="circle"):
        in_order({"one": one, "two": two}, [])


def test_an_unknown_derivation_is_named_with_those_close_to_it():
    with pytest.raises(NotFound, match="patent_field"):
        in_order(FIELDS, ["patent_fields"])
