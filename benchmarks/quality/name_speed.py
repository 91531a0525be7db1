# SPDX-License-Identifier: Apache-2.0
"""Time and memory to resolve made-up Chinese names, all different.

python benchmarks/quality/name_speed.py [1000000]
"""

from __future__ import annotations

import csv
import random
import resource
import sys
import time
from pathlib import Path

import yaml

from zhihang.derivation.organisation_names.resolving import resolve_names
from zhihang.facts.codelist import PACKAGED

VOCABULARY = Path(__file__).parents[2] / "src" / "zhihang" / "simulation" / "vocabulary"


def made_names(count: int) -> list[str]:
    """Return so many different names: firms of all places, some written in several ways."""
    return list(made_organisations(count))


def made_organisations(count: int) -> dict[str, str]:
    """Return so many different names with the firm each was made for: its place, trade name and line of business."""
    chance = random.Random(1)
    parts = yaml.safe_load((VOCABULARY / "names.yaml").read_text(encoding="utf-8"))
    fields = [
        yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((VOCABULARY / "fields").glob("*"))
    ]
    words = [word[0] for field in fields for word in field["firm_words"]]
    with (PACKAGED / "region.csv").open(encoding="utf-8") as stream:
        rows = [r for r in csv.DictReader(stream) if r["level"] in ("prefecture", "county")]
    places = [row["zh"] for row in rows if row["placeholder"] == "0" and len(row["zh"]) < 6]
    first, second, third = list(parts["trade_first"]), list(parts["trade_second"]), list(parts["trade_third"])
    forms = list(parts["firm_forms"])
    found: dict[str, str] = {}
    while len(found) < count:
        place = chance.choice(places)
        place = place.rstrip("市县区") if chance.random() < 0.6 else place
        trade = chance.choice(first) + chance.choice(second) + chance.choice(["", "", *third[:2]])
        form = chance.choices(forms, list(parts["firm_forms"].values()))[0]
        word = chance.choice(words)
        name = place + trade + word + form
        firm = f"{place.rstrip('市县区')}|{trade}|{word}"
        found[name] = firm
        way = chance.random()
        if way < 0.3:
            found[name.replace("有限公司", "有限责任公司")] = firm
        elif way < 0.4:
            found[f"{name[:4]} {name[4:]}"] = firm
        elif way < 0.5:
            right, wrong = chance.choice(list(parts["slips_of_pen"].items()))
            found[name.replace(right, wrong, 1)] = firm
        elif way < 0.6:
            found[name + "技术中心"] = firm
    names = sorted(found)[:count]
    chance.shuffle(names)
    return {name: found[name] for name in names}


def main() -> None:
    """Measure and print."""
    names = made_names(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
    begin, busy = time.perf_counter(), time.process_time()
    table = resolve_names(names)
    wall, busy = time.perf_counter() - begin, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    organisations = len(table["organisation_id"].unique())
    print(f"{len(names):,} names, {organisations:,} organisations: {wall:.0f} s ({busy:.0f} s of computing)")
    print(f"{len(names) / busy:,.0f} names per second of computing, peak {peak:.1f} GB")


if __name__ == "__main__":
    main()
