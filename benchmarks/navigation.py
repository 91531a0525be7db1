# SPDX-License-Identifier: Apache-2.0
"""How long a navigation study takes, and in how much memory: python benchmarks/navigation.py WORKSPACE [QUERY].

The workspace holds patents (``zhihang simulate``, ingest, derive); the study is written into a copy of its folder of
studies and removed, its report in all forms into a folder that goes again. Limits: 100,000 patents in 3 minutes and 8 GB.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from zhihang.desks.studies import FORMATS
from zhihang.workspace import open_workspace

NODES = [
    ("A", "农业种植", ["A01G", "A01C", "A01B"]),
    ("B", "养殖", ["A01K"]),
    ("C", "食品", ["A23L", "A23N", "A23F"]),
    ("D", "水处理", ["C02F"]),
    ("E", "破碎与选矿", ["B02C", "B03B"]),
    ("F", "日用器具", ["A47G", "A47J"]),
    ("G", "医药", ["A61K", "A61P", "A61B"]),
    ("H", "包装", ["B65D", "B65G"]),
    ("I", "分离", ["B01D", "B01J"]),
    ("J", "酿造", ["C12G"]),
    ("K", "机床", ["B23Q", "B23K"]),
    ("L", "车辆", ["B60L", "B60K", "B62D"]),
]
EFFECTS = [
    ("X1", "提高效率", ["效率"]),
    ("X2", "降低成本", ["成本"]),
    ("X3", "结构简单", ["结构简单"]),
    ("X4", "安全", ["安全"]),
]


def study(query: str) -> str:
    """Return the file of the study that is timed."""
    lines = [
        "label: {zh: 计时, en: Timed}",
        "question: 多久",
        "region: 桂林市",
        f"query: '{query}'",
        "breakdown:",
    ]
    lines += [f"  - {{code: {code}, zh: {zh}, classes: {classes}}}" for code, zh, classes in NODES]
    lines += [
        "effects:",
        *(f"  - {{code: {code}, zh: {zh}, keywords: {words}}}" for code, zh, words in EFFECTS),
    ]
    return "\n".join([*lines, "comparators: [南宁市, 柳州市]", ""])


def main() -> None:
    """Run the study once and print the seconds of each step."""
    folder = Path(sys.argv[1])
    query = sys.argv[2] if len(sys.argv) > 2 else "OFFICE=CN"
    path = folder / "studies" / "timed.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(study(query), encoding="utf-8")
    begin, used = time.perf_counter(), time.process_time()
    try:
        desk = open_workspace(folder).studies
        found = desk.run("timed", record=False)
        studied = time.perf_counter() - begin
        with TemporaryDirectory() as reports:
            start = time.perf_counter()
            files = desk.write(found, Path(reports), formats=FORMATS)
            print(f"report {time.perf_counter() - start:.1f} s by the clock")
            print({file.name: f"{file.stat().st_size / 1e6:.1f} MB" for file in files})
    finally:
        path.unlink()
    print(f"study {studied:.1f} s by the clock")
    print(f"{len(found.corpus):,} patents, {len(found.path.recommendations)} recommendations")
    print({step: seconds for step, seconds in found.seconds.items() if seconds > 0.5})
    print(f"{time.perf_counter() - begin:.1f} s, {time.process_time() - used:.1f} s of processor time")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB at most")


if __name__ == "__main__":
    main()
