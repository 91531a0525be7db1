# SPDX-License-Identifier: Apache-2.0
"""How right organisations are told apart by Chinese names: precision and recall on labelled pairs of real names.

The names come from the shared real files and are not committed. The pairs are built here, the same each time; labels
are rules below, which the resolver does not use, and readings by a person in ``chinese_name_labels.csv`` (digest of
the pair, `same` or `unsure`). Pairs of a stratum that no reading mentions have the label of their stratum.

    python benchmarks/quality/chinese_names.py [--show wrong]
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import itertools
import os
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from zhihang.derivation.organisation_names.resolving import resolve_names
from zhihang.facts.codelist import CodeLists

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("ZHIHANG_SHARED", HERE.parents[2] / "shared")) / "data" / "patents"
LABELS = HERE / "chinese_name_labels.csv"
NEAR = 82
"""Similarity (rapidfuzz ratio) from which on every pair is taken into stratum `near`."""
MOST_TOGETHER, MOST_REWRITTEN = 500, 800
HAN = re.compile("[\u4e00-\u9fff]")
KANA = re.compile("[\u3040-\u30ff]")
NUMERALS = re.compile("[0-9一二三四五六七八九十]+")
TRADITIONAL_SAFE = re.compile("[干后里面发台松谷丑斗系于]")

BRACKETS = str.maketrans("()", "（）")
CITY = re.compile(
    "^(泰安|深圳|北京|上海|广州|苏州|杭州|南京|武汉|成都|西安|青岛|天津|重庆|厦门|东莞)(?=[^市大]{2})"
)
SLIPS = dict(
    pair.split("=")
    for pair in [
        "电子=电予",
        "科技=科枝",
        "机械=机戒",
        "设备=设各",
        "材料=才料",
        "有限=有艰",
        "公司=公可",
        "研究=硏究",
    ]
)
"""Wrong characters as clerks and character readers write them."""

Pair = tuple[str, str]


def cells() -> Iterator[tuple[str, list[str]]]:
    """Yield each cell of applicants with its source, split at the mark that the source uses."""
    from python_calamine import CalamineWorkbook

    def sheet(name: str) -> tuple[list[str], list[list[object]]]:
        rows = CalamineWorkbook.from_path(str(SHARED / name)).get_sheet_by_index(0).to_python()
        return [str(cell) for cell in rows[0]], rows[1:]

    for name, column, mark in (
        ("cn-taian-applications/taian_patents_1985-2015.xlsx", "申请人", None),
        ("cn-patsnap-green-aviation/patsnap_export_rows1-1399.xlsx", "[标]当前申请（专利权）人", "|"),
        ("cn-patsnap-green-aviation/patsnap_export_rows1-1399.xlsx", "[标]原始申请（专利权）人", "|"),
        ("cn-sipo-search/sipo_search_szu_110.xls", "申请人/专利权人", ";"),
        ("cn-cnipr-rail/cnipr_export_200.xlsx", "申请（专利权）人", ";"),
    ):
        header, rows = sheet(name)
        place = [title.translate(BRACKETS) for title in header].index(column)
        for row in rows:
            yield name, _split(str(row[place]), mark)
    with gzip.open(SHARED / "cn-cnki-list/patents_4800.csv.gz", "rt", encoding="utf-8-sig") as stream:
        for row in csv.DictReader(stream):
            yield "cnki", _split(row["applicants"], ";")
    with (SHARED / "google-patents-csv/gp-search.csv").open(encoding="utf-8-sig") as stream:
        stream.readline()
        for row in csv.DictReader(stream):
            yield "google", _split(row["assignee"], ", ")


def chinese_organisations(all_cells: Iterable[tuple[str, list[str]]]) -> list[str]:
    """Return the distinct names with Chinese characters, five or more, no kana: hardly any persons are left."""
    found = {name for _, names in all_cells for name in names}
    return sorted(name for name in found if len(name) > 4 and HAN.search(name) and not KANA.search(name))


def near(names: list[str]) -> list[Pair]:
    """All pairs of very similar names."""
    import numpy as np
    from rapidfuzz import fuzz, process

    scores = process.cdist(names, names, scorer=fuzz.ratio, score_cutoff=NEAR, dtype=np.uint8)
    return [(names[a], names[b]) for a, b in zip(*np.nonzero(np.triu(scores, 1)), strict=True)]


def together(all_cells: Iterable[tuple[str, list[str]]], names: set[str]) -> list[Pair]:
    """Pairs of applicants of one application: two organisations. Similar ones first."""
    from rapidfuzz import fuzz

    pairs = {
        _pair(a, b)
        for source, listed in all_cells
        if source != "google"  # translations stand in one cell there
        for a, b in itertools.combinations(sorted(set(listed) & names), 2)
    }
    return sorted(pairs, key=lambda pair: (-fuzz.ratio(*pair), pair))[:MOST_TOGETHER]


def elsewhere(names: list[str]) -> list[Pair]:
    """Pairs equal but for the place they open with, or have in brackets: two organisations."""
    regions = CodeLists().rows("region")
    places = {r["zh"] for r in regions if r["level"] in ("province", "prefecture")}
    places |= {re.sub("(省|市|壮族自治区|自治区)$", "", place) for place in places}
    opening = re.compile("|".join(sorted((p for p in places if len(p) > 1), key=len, reverse=True)))
    groups: dict[str, list[str]] = defaultdict(list)
    for name in names:
        for found in (opening.match(name), re.search(r"(?<=[(（])[^()（）]{2,4}(?=[)）])", name)):
            if found and (found[0] in places) and len(name) - len(found[0]) > 5:
                groups[name[: found.start()] + "@" + name[found.end() :]].append(name)
    return _pairs_within(groups)


def numbered(names: list[str]) -> list[Pair]:
    """Pairs equal but for a number: two organisations."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name in names:
        if NUMERALS.search(name):
            groups[NUMERALS.sub("#", name)].append(name)
    return _pairs_within(groups)


def within(names: list[str]) -> list[Pair]:
    """Pairs of which one continues the other: a branch, an institute, a hospital - or a department (by reading)."""
    ordered = sorted(names)
    found = []
    for number, name in enumerate(ordered):
        for other in ordered[number + 1 :]:
            if not other.startswith(name):
                break
            found.append((name, other))
    return found


def rewritten(names: list[str], seed: int) -> list[tuple[Pair, str]]:
    """Pairs of a real name and the same name as another register might write it: one organisation."""
    from opencc import OpenCC

    chance = random.Random(seed)
    traditional = OpenCC("s2t")
    chosen = chance.sample([name for name in names if 6 < len(name) < 30], 4 * MOST_REWRITTEN)
    found: list[tuple[Pair, str]] = []
    for name in chosen:
        ways = {
            "brackets": name.translate(str.maketrans("()（）", "（）()")),
            "traditional": name if TRADITIONAL_SAFE.search(name) else traditional.convert(name),
            "blank": f"{name[: len(name) // 2]} {name[len(name) // 2 :]}",
            "limited": _swap(name, "有限责任公司", "有限公司"),
            "city": CITY.sub(r"\1市", name) if name.endswith("公司") else name,
            "no_city": re.sub("^(..)市(?=.{4})", r"\1", name),
            "wrong_character": _slip(name),
            "department": f"{name}技术中心" if name.endswith("有限公司") else name,
            "entity": name.replace("(", "&#40;").replace(")", "&#41;"),
            "full_width": name.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)}),
        }
        usable = sorted(way for way, text in ways.items() if text != name and text not in names)
        if usable and len(found) < MOST_REWRITTEN:
            way = chance.choice(usable)
            found.append(((name, ways[way]), way))
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", choices=["wrong", "unread", "pairs"])
    parser.add_argument("--seed", type=int, default=32100, help="which names are rewritten, and how")
    arguments = parser.parse_args()
    show = arguments.show
    all_cells = list(cells())
    names = chinese_organisations(all_cells)
    made = rewritten(names, arguments.seed)
    read = (
        {row["pair"]: row["label"] for row in csv.DictReader(LABELS.open(encoding="utf-8"))}
        if LABELS.exists()
        else {}
    )
    group = _resolved([*names, *(other for (_, other), _ in made)])
    strata: dict[str, list[Pair]] = {
        "near": near(names),
        "numbered": numbered(names),
        "elsewhere": elsewhere(names),
        "within": within(names),
        "together": together(all_cells, set(names)),
    }
    seen: set[Pair] = set()
    rows: list[tuple[str, Pair, bool]] = []
    unsure = 0
    for stratum, pairs in strata.items():
        for pair in (_pair(*pair) for pair in pairs):
            label = read.get(digest(pair), "different")
            if pair in seen:
                continue
            seen.add(pair)
            if label == "unsure":
                unsure += 1
            else:
                rows.append((stratum, pair, label == "same"))
    joined = [
        _pair(a, b) for members in _members(group, names) for a, b in itertools.combinations(members, 2)
    ]
    others = [pair for pair in joined if pair not in seen]
    for pair in others:
        label = read.get(digest(pair), "unread")
        if label in ("same", "different"):
            rows.append(("joined", pair, label == "same"))
        elif label == "unread" and show == "unread":
            print(*pair, sep=" ~ ")
        unsure += label == "unsure"
    rows += [(f"rewritten: {way}", pair, True) for pair, way in made]
    if show == "pairs":
        for stratum, pair, same in rows:
            print(stratum, "same" if same else "different", *pair, sep="\t")
        return
    _report(rows, group, unsure, sum(digest(pair) not in read for pair in others), show == "wrong")


def _report(
    rows: list[tuple[str, Pair, bool]], group: dict[str, str], unsure: int, unread: int, wrong: bool
) -> None:
    strata = list(dict.fromkeys(stratum for stratum, _, _ in rows))
    print(f"{'stratum':28} {'pairs':>6} {'same':>5} {'right joins':>11} {'wrong joins':>11} {'missed':>6}")
    sections = [
        ("as found", [s for s in strata if not s.startswith("rewritten")]),
        ("rewritten", [s for s in strata if s.startswith("rewritten")]),
        ("all", strata),
    ]
    for title, chosen in [*((s, [s]) for s in strata), *sections]:
        mine = [row for row in rows if row[0] in chosen]
        right = sum(same and group[a] == group[b] for _, (a, b), same in mine)
        false = sum(not same and group[a] == group[b] for _, (a, b), same in mine)
        true = sum(same for *_, same in mine)
        print(f"{title:28} {len(mine):6} {true:5} {right:11} {false:11} {true - right:6}")
        if title in ("as found", "rewritten", "all"):
            print(f"    precision {_interval(right, right + false)}, recall {_interval(right, true)}")
    print(f"left out: {unsure} pairs unsure by reading, {unread} joined pairs not read")
    if wrong:
        for stratum, (a, b), same in rows:
            if same != (group[a] == group[b]):
                print("missed" if same else "wrong join", stratum, a, b, sep=" | ")


def _interval(right: int, of: int) -> str:
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(right, of, method="wilson") if of else (0, 1)
    return f"{right / of if of else 1:.3f} ({low:.3f}-{high:.3f})"


def digest(pair: Pair) -> str:
    """Return what stands for a pair in the file of labels."""
    return hashlib.blake2b("\x1f".join(_pair(*pair)).encode(), digest_size=6).hexdigest()


def _resolved(names: list[str]) -> dict[str, str]:
    table = resolve_names(names)
    return dict(zip(table["name"].to_pylist(), table["organisation_id"].to_pylist(), strict=True))


def _members(group: dict[str, str], names: list[str]) -> list[list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        found[group[name]].append(name)
    return [members for members in found.values() if len(members) > 1]


def _split(cell: str, mark: str | None) -> list[str]:
    return [part.strip() for part in (cell.split(mark) if mark else [cell]) if part.strip()]


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


def _pairs_within(groups: dict[str, list[str]]) -> list[Pair]:
    return [pair for found in groups.values() for pair in itertools.combinations(sorted(set(found)), 2)]


def _swap(name: str, one: str, other: str) -> str:
    if name.endswith(one):
        return name.removesuffix(one) + other
    return name.removesuffix(other) + one if name.endswith(other) and "股份" not in name else name


def _slip(name: str) -> str:
    """Write one word as a clerk or a character reader may get it wrong."""
    for right, wrong in SLIPS.items():
        if right in name:
            return name.replace(right, wrong, 1)
    return name


if __name__ == "__main__":
    main()
