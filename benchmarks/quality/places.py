# SPDX-License-Identifier: Apache-2.0
"""How right places are: real addresses, forms of county names, a simulated register, American places; and how fast.

::

    python benchmarks/quality/places.py [--misses] [--register FOLDER]

Needs the shared data (ZHIHANG_SHARED) for the real addresses and the American places. FOLDER is one that
``zhihang simulate --region 450000 --from 2006 --to 2020 --scale 0.6 --folder FOLDER`` has written; without it the
simulated register is left out.

What is expected
----------------
real
    The division that the text itself names, read off by a rule of its own (the last full name of province, city or
    county before the first street, out of the list of 2010) and gone through by eye; no text is kept here.
forms
    Every county of June 2023 in seven written forms with made-up streets behind; wrong is a division that does not
    hold the county, unknown is one that does, or none.
simulated
    The county that the simulation drew, compared with `region_now`; addresses only, without the columns beside them.
american
    Hand-made corrections of misspelt places: the state of the corrected place, for places in the United States.
"""

from __future__ import annotations

import csv
import gzip
import os
import random
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv

from zhihang.derivation.places.place import make_placer, place_columns
from zhihang.derivation.places.short_name import short_name
from zhihang.facts.codelist import CodeLists

CODES = CodeLists()
SHARED = Path(os.environ.get("ZHIHANG_SHARED", Path(__file__).resolve().parents[3] / "shared"))
TODAY = date(2023, 7, 1)
STREETS = (
    "人民路12号", "中山北路88号3栋", "工业园区A区2号厂房", "城关镇桥头村5组", "解放大道1号", "北京东路66号",
    "南京路3号科技大厦",
    "和平小区8栋", "长安街道办事处", "新华街道10号", "高新区创业园", "",
)  # fmt: skip
AFTER_SHORT = ("开发区1号", "科技园", "经济开发区", "西城大道3号", "天寿路1号")


@dataclass
class Score:
    """Counts of one comparison: finest division right, a higher one that holds it, none, wrong."""

    right: int = 0
    coarser: int = 0
    none: int = 0
    city_right: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """All that were compared."""
        return self.right + self.coarser + self.none + len(self.wrong)

    def add(self, text: str, got: str | None, expected: str) -> None:
        """Compare one answer."""
        self.city_right += bool(got) and str(got)[:4] == expected[:4]
        if got == expected:
            self.right += 1
        elif got is None:
            self.none += 1
        elif expected.startswith(got.rstrip("0")) and got.endswith("00"):
            self.coarser += 1
        else:
            self.wrong.append(f"{text} | {got} instead of {expected}")


def regions(addresses: Sequence[str], day: date, column: str = "region") -> list[str | None]:
    """Place addresses, all on one day."""
    columns = {"address": pa.array(addresses, pa.string())}
    days = pa.array([day] * len(addresses), pa.date32())
    found: list[str | None] = place_columns(make_placer(CODES), columns, days)[column].to_pylist()
    return found


def forms() -> dict[str, Score]:
    """Write every county in several forms and place them."""
    rows = {row["code"]: row for row in CODES.rows("region")}
    chance = random.Random(7)
    written: list[tuple[str, str, str]] = []
    for code, row in rows.items():
        if row["level"] != "county" or row["placeholder"] == "1" or 71 <= int(code[4:]) <= 79 or code > "71":
            continue
        province, above = rows[code[:2] + "0000"]["zh"], rows[code[:4] + "00"]
        city = "" if above["placeholder"] == "1" else above["zh"]
        name, street = row["zh"], chance.choice(STREETS)
        short = f"{short_name(province)}{short_name(city) if city else ''}"
        written += [
            ("province, city, county", f"{province}{city}{name}{street}", code),
            ("with blanks", f"{province} {city} {name} {street}", code),
            ("city, county", f"{city or province}{name}{street}", code),
            ("short province and city, county", f"{short}{name}{street}", code),
            ("short city, county", f"{short_name(city or province)}{name}{street}", code),
            ("province, county", f"{province}{name}{street}", code),
            ("county alone", f"{name}{street}", code),
        ]
        if short_name(name) != name:
            tail = chance.choice(AFTER_SHORT)
            written.append(("short county", f"{province}{city}{short_name(name)}{tail}", code))
    scores: dict[str, Score] = {}
    for (kind, text, code), got in zip(
        written, regions([text for _, text, _ in written], TODAY), strict=True
    ):
        scores.setdefault(kind, Score()).add(text, got, code)
    return scores


def real() -> tuple[Score, Score] | None:
    """Place the addresses of the export of 2013: those that name a county, and all by city."""
    from python_calamine import CalamineWorkbook

    path = SHARED / "data/patents/cn-cnipr-rail/cnipr_export_200.xlsx"
    if not path.is_file():
        return None
    head, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    address, filed = head.index("地址"), head.index("申请日")
    texts = [str(row[address]) for row in rows]
    days = [date(*map(int, str(row[filed]).split("."))) for row in rows]
    columns = {"address": pa.array(texts)}
    found = place_columns(make_placer(CODES), columns, pa.array(days, pa.date32()))
    names = _names_of_2012()
    by_county, by_city = Score(), Score()
    for text, got in zip(texts, found["region"].to_pylist(), strict=True):
        expected = _named(text, names)
        if expected and not expected.endswith("00"):
            by_county.add(text, got, expected)
        if expected:
            by_city.add(text, f"{got[:4]}00" if got else None, f"{expected[:4]}00")
        elif got:
            by_city.wrong.append(f"{text} | {got}, none expected")
    return by_county, by_city


def _names_of_2012() -> dict[str, str]:
    """Full paths of the divisions of 2012, by name: an independent, plain way to read a fully written address."""
    former = {
        row["division"]: row["zh"]
        for row in CODES.rows("region_history")
        if row["last_year"] and int(row["last_year"]) > 2012 and int(row["first_year"] or 0) <= 2012
    }
    later = {
        r["division"]
        for r in CODES.rows("region_history")
        if not r["last_year"] and int(r["first_year"]) > 2012
    }
    present = {
        r["code"]: r["zh"] for r in CODES.rows("region") if r["placeholder"] != "1" and r["code"] not in later
    }
    zones = {code for code in present if 71 <= int(code[4:]) <= 79}
    names = {
        code: name for code, name in {**present, **former}.items() if code not in zones and code != "000000"
    }
    paths: dict[str, str] = {}
    for code, name in names.items():
        province, city = names.get(code[:2] + "0000", ""), names.get(code[:4] + "00", "")
        if code.endswith("0000"):
            paths[name] = code
        elif code.endswith("00"):
            paths[province + name] = code
        else:
            paths[province + city + name] = code
            paths.setdefault(province + name, code)
    return paths


def _named(text: str, paths: dict[str, str]) -> str | None:
    plain = text.lstrip("0123456789 ").replace("中国", "").replace("辽宁省营口市辽宁营口市", "辽宁省营口市")
    plain = plain.replace("台湾", "台湾省", 1) if plain.startswith("台湾") else plain
    plain = plain.replace("香港", "香港特别行政区", 1) if plain.startswith("香港") else plain
    plain = plain.replace("天津市塘沽区", "天津市滨海新区").replace("湖南省长沙经济", "湖南省长沙市经济")
    for length in range(len(plain), 1, -1):
        if plain[:length] in paths:
            return paths[plain[:length]]
    return None


def simulated(folder: Path) -> tuple[Score, Score, float, int]:
    """Place the addresses of a simulated register, with their dates; also the processor seconds it takes.

    The first score is of addresses that write the county's name, present or former; the second of the others.
    """
    read = pa_csv.ReadOptions(encoding="utf-8")
    parse = pa_csv.ParseOptions(newlines_in_values=True)
    (register,), (truth,) = list(folder.glob("*register*.csv")), list(folder.glob("truth/*.csv"))
    wanted = pa_csv.ConvertOptions(
        include_columns=["申请号", "申请人地址", "申请日"],
        column_types={"申请日": pa.string(), "申请号": pa.string(), "申请人地址": pa.string()},
    )
    rows = pa_csv.read_csv(register, read, parse, wanted).to_pylist()
    known = {
        row["application_number"]: row["county_code"]
        for row in csv.DictReader(truth.open(encoding="utf-8-sig"))
    }
    picked = [
        (r["申请人地址"], r["申请日"], known[n])
        for r in rows
        if (n := r["申请号"]) in known and r["申请人地址"]
    ]
    days = pa.array([_day(day) for _, day, _ in picked], pa.date32())
    began = time.process_time()
    table = place_columns(make_placer(CODES), {"address": pa.array([text for text, _, _ in picked])}, days)
    seconds = time.process_time() - began
    shorts: dict[str, set[str]] = {}
    for row in CODES.rows("region_history"):
        for code in (row["division"], *row["then"].split("|")):
            shorts.setdefault(code, set()).add(row["zh"])
    for row in CODES.rows("region"):
        shorts.setdefault(row["code"], set()).add(row["zh"])
    cities = {row["zh"] for row in CODES.rows("region") if row["level"] == "prefecture"}
    with_county, without = Score(), Score()
    for (text, _, county), now in zip(picked, table["region_now"].to_pylist(), strict=True):
        named = any(name in text for name in shorts[county] - cities)
        (with_county if named else without).add(text, now, county)
    return with_county, without, seconds, len(picked)


def _day(text: str) -> date | None:
    parts = [int(part) for part in text.replace("/", "-").replace(".", "-").split("-") if part.isdigit()]
    try:
        return date(*parts) if len(parts) == 3 else None
    except ValueError:
        return None


def american() -> Score | None:
    """Compare states of misspelt American places with those of the corrections."""
    path = SHARED / "data/patents/location-typos/typos.csv.gz"
    if not path.is_file():
        return None
    pairs: list[tuple[str, str]] = []
    with gzip.open(path, "rt", encoding="utf-8", errors="replace") as stream:
        for row in csv.reader(stream):
            half = len(row) - 3
            if len(row) >= 6 and row[-1] == "US" and row[half - 1] == "US" and row[-2]:
                pairs.append((", ".join(part for part in row[:half] if part), f"US-{row[-2].strip()}"))
    score = Score()
    for (text, state), got in zip(pairs, regions([text for text, _ in pairs], TODAY), strict=True):
        if got == state:
            score.right += 1
        elif got is None:
            score.none += 1
        else:
            score.wrong.append(f"{text} | {got} instead of {state}")
    return score


def speed(count: int = 200_000) -> float:
    """Place so many different addresses; return the processor seconds."""
    chance = random.Random(11)
    rows = [
        r
        for r in CODES.rows("region")
        if r["level"] == "county" and r["placeholder"] != "1" and r["code"] < "71"
    ]
    names = {row["code"]: row["zh"] for row in CODES.rows("region")}
    texts = []
    for number in range(count):
        row = chance.choice(rows)
        code = row["code"]
        city = names.get(code[:4] + "00", "")
        texts.append(f"{names[code[:2] + '0000']}{city}{row['zh']}{chance.choice(STREETS)}{number}号")
    began = time.process_time()
    regions(texts, TODAY)
    return time.process_time() - began


def line(name: str, score: Score) -> str:
    """Return one line of the table."""
    share = score.right / score.total if score.total else 0.0
    return (
        f"{name:34} {score.total:7,d}  right {share:7.2%}  city {score.city_right / max(score.total, 1):7.2%}"
        f"  coarser {score.coarser:6,d}  none {score.none:5,d}  wrong {len(score.wrong):5,d}"
    )


def show(scores: Iterable[tuple[str, Score]], *, misses: bool) -> None:
    """Print the table, and what was missed if asked for."""
    for name, score in scores:
        print(line(name, score))
        for miss in score.wrong[:40] if misses else ():
            print("   ", miss)


def main() -> None:
    """Measure all there is data for."""
    misses = "--misses" in sys.argv
    found = real()
    if found:
        show([("real, county named", found[0]), ("real, city", found[1])], misses=misses)
    show(forms().items(), misses=misses)
    if "--register" in sys.argv:
        named, other, seconds, rows = simulated(Path(sys.argv[sys.argv.index("--register") + 1]))
        show([("simulated, county written", named), ("simulated, without county", other)], misses=misses)
        print(f"  {rows:,} addresses in {seconds:.1f} processor seconds")
    states = american()
    if states:
        show([("American states", states)], misses=misses)
    print(f"200,000 different addresses in {speed():.1f} processor seconds")


if __name__ == "__main__":
    main()
