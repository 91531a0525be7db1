# SPDX-License-Identifier: Apache-2.0
"""Tests of classification symbols in the spellings of exports and office files."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from zhihang.terms.classification_symbol import is_locarno, settle, settle_one


@pytest.mark.parametrize(
    ("written", "symbol", "version", "value"),
    [
        ("E01B3/32(2006.01)I", "E01B3/32", "2006.01", "invention"),
        ("E01B3/32（2006.01）I", "E01B3/32", "2006.01", "invention"),
        ("E01B3/32(2006.01)N", "E01B3/32", "2006.01", "additional"),
        ("A61K 31/12", "A61K31/12", None, None),
        ("a61k 31/12 ;", "A61K31/12", None, None),
        ("A61K-0031/12", "A61K31/12", None, None),
        ("B64C-039/02", "B64C39/02", None, None),
        ("A61K0031120000", "A61K31/12", None, None),
        ("A61K0031033400", "A61K31/0334", None, None),
        ("A61K0031000000", "A61K31/00", None, None),
        ("G01R33/465", "G01R33/465", None, None),
        ("H01M 10/052 (2010.01)", "H01M10/052", "2010.01", None),
        ("G06F 17/30 (20060101)", "G06F17/30", "2006.01", None),
        ("A61K   31/12        20060101AFI20130104BHEP", "A61K31/12", "2006.01", "invention"),
        ("A61K  31/00        20060101A N20130104BHEP", "A61K31/00", "2006.01", "additional"),
        ("Int. Cl.8 : A61K 31/12", "A61K31/12", "8", None),
        ("Int.Cl.7 H01M 10/40", "H01M10/40", "7", None),
        ("H01M10/", "H01M10/00", None, None),
        ("A61K31", "A61K31/00", None, None),
        ("C12N-0015", "C12N15/00", None, None),
        ("H01M", "H01M", None, None),
        ("C12", "C12", None, None),
        ("B64C-000/00", "B64C", None, None),
        ("H01L 21302", "H01L21/302", None, None),
        ("C07C24900", "C07C249/00", None, None),
        ("Y02E 60/10", "Y02E60/10", None, None),
    ],
)
def test_spellings_of_ipc(written, symbol, version, value):
    found = settle_one(written, "ipc")
    assert (found.symbol, found.version, found.value, found.problem) == (symbol, version, value, None)


@pytest.mark.parametrize(
    ("written", "symbol"),
    [
        ("A61K2039/55555", "A61K2039/55555"),
        ("B64C 2201/02", "B64C2201/02"),
        ("A61K2039", "A61K2039/00"),
        ("H04L 2209/805", "H04L2209/805"),
    ],
)
def test_long_groups_of_cpc(written, symbol):
    assert settle_one(written, "cpc").symbol == symbol


@pytest.mark.parametrize(
    ("written", "symbol", "version"),
    [
        ("LOC(9)Cl. 14-03", "14-03", "9"),
        ("LOC (10) CL. 2-02", "02-02", "10"),
        ("14-03", "14-03", None),
        ("14/03", "14-03", None),
        ("1403", "14-03", None),
        ("24-01A", "24-01", None),
    ],
)
def test_spellings_of_locarno(written, symbol, version):
    found = settle_one(written, "locarno")
    assert (found.symbol, found.version) == (symbol, version)


@pytest.mark.parametrize(
    ("written", "symbol"),
    [
        ("705/14.1", "705/14.1"),
        ("318/564.000", "318/564"),
        ("244/3.15", "244/3.15"),
        ("426296", "426/296"),
        ("705 141", "705/14.1"),
        ("D 1129", "D1/129"),
        ("D14138 AD", "D14/138AD"),
        ("D14/138 AD", "D14/138AD"),
        (" 74471 XY", "74/471XY"),
        ("  2 69", "2/69"),
        ("257E21409", "257/E21.409"),
        ("D 6334-336", "D6/334-336"),
    ],
)
def test_spellings_of_uspc(written, symbol):
    assert settle_one(written, "uspc").symbol == symbol


@pytest.mark.parametrize(
    ("written", "scheme"),
    [("beer", "ipc"), ("A61K 0/12", "ipc"), ("31/12", "ipc"), ("A", "cpc"), ("A61K", "locarno")],
)
def test_what_is_no_symbol_is_a_problem(written, scheme):
    found = settle_one(written, scheme)
    assert (found.symbol, found.problem) == (None, f"not readable as a symbol of {scheme.upper()}")


@pytest.mark.parametrize("blank", [None, "", "-", " ", "NA", ";"])
def test_blanks_are_no_problem(blank):
    assert vars(settle_one(blank, "ipc")) == dict.fromkeys(("symbol", "version", "value", "problem"))


def test_symbols_of_other_schemes_pass_through_trimmed():
    found = settle(pa.array([" 5H115/PA01 ", "-", None]), "fi")
    assert found.symbol.to_pylist() == ["5H115/PA01", None, None]
    assert found.problem.null_count == 3


def test_locarno_symbols_are_told_from_ipc():
    assert is_locarno(pa.array(["09-03", "LOC(9)Cl. 14-03", "E01B3/32", None])).to_pylist() == [
        True,
        True,
        False,
        False,
    ]


SYMBOL_LIKE = st.from_regex(
    r"(A61K|H01M|D|[0-9]{2}|705)[ -]?[0-9]{0,4}[/-]?[0-9 ]{0,6}( ?\(2006\.01\))?[INA]?", fullmatch=True
)


@examples(20)
@given(
    st.lists(st.one_of(st.none(), st.text(), SYMBOL_LIKE), max_size=40),
    st.sampled_from(["ipc", "cpc", "locarno", "uspc"]),
)
def test_no_text_raises_and_a_settled_symbol_settles_to_itself(texts, scheme):
    found = settle(pa.array(texts, pa.string()), scheme)
    again = settle(found.symbol, scheme)
    assert again.symbol.to_pylist() == found.symbol.to_pylist()
