# SPDX-License-Identifier: Apache-2.0
"""How right organisations are told apart in a simulated register, whose truth is known.

A register is made, its first applicants are resolved by their names alone, and every pair of names is compared with
the truth file. Ways of writing that the names alone cannot show (a firm that took another trade name) count as missed.
With --codes the credit codes of the register are heeded too.

    python benchmarks/quality/simulated_names.py [--region 450300] [--seed 7] [--codes]
"""

from __future__ import annotations

import argparse
import csv
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from zhihang.derivation.organisation_names.evidence import Evidence
from zhihang.derivation.organisation_names.reading import read_names
from zhihang.derivation.organisation_names.resolving import resolve
from zhihang.derivation.organisation_names.vocabulary import vocabulary
from zhihang.facts.codelist import CodeLists
from zhihang.methods.linkage import agreement
from zhihang.simulation.simulate import simulate
from zhihang.terms.credit_code import judge_one, normal

PERSON = "P"


def main() -> None:
    """Simulate, resolve, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--region", default="450300")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--scale", type=float, default=0.5)
    parser.add_argument("--codes", action="store_true")
    parser.add_argument("--show", type=int, default=0, help="show so many missed and wrong pairs")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = simulate(
            arguments.region, 2012, 2016, seed=arguments.seed, to=Path(folder), scale=arguments.scale
        )
        register, truth = (_rows(made.paths, part) for part in ("register", "truth"))
    identity = {row["application_number"]: row["organisation_id"] for row in truth}
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    codes: dict[str, set[str]] = defaultdict(set)
    for row in register:
        number, names = row["申请号"], [part.strip() for part in row["申请人"].split(";")]
        if number in identity and not identity[number].startswith(PERSON):
            votes[names[0]][identity[number]] += 1
            if judge_one(row["统一社会信用代码"]) == "right":
                codes[names[0]].add(normal(row["统一社会信用代码"]))
    names = sorted(votes)
    true = [votes[name].most_common(1)[0][0] for name in names]
    words = vocabulary(CodeLists())
    known = {name: found.pop() for name, found in codes.items() if len(found) == 1}
    evidence = Evidence(codes=known if arguments.codes else {})
    table = resolve(read_names(names, words), names, words, evidence)
    ids = table["organisation_id"].to_pylist()
    parents = dict(zip(ids, table["parent_id"].to_pylist(), strict=True))
    shares = sum(sum(v.values()) - v.most_common(1)[0][1] for v in votes.values())
    print(
        f"{len(names)} names of {len(set(true))} organisations; {shares} applications under a name of several"
    )
    for title, found in (
        ("as resolved", ids),
        ("branches with their parent", [parents[i] or i for i in ids]),
    ):
        result = agreement(found, true)
        print(
            f"{title:28} precision {result.precision:.4f}  recall {result.recall:.4f}  F1 {result.f1:.4f}"
            f"  ({result.right} of {result.true} pairs, {result.found - result.right} wrong)"
        )
    _show(names, ids, true, arguments.show)


def _show(names: list[str], found: list[str], true: list[str], most: int) -> None:
    groups: dict[str, set[str]] = defaultdict(set)
    members: dict[str, list[str]] = defaultdict(list)
    for name, group, organisation in zip(names, found, true, strict=True):
        groups[organisation].add(group)
        members[organisation].append(f"{name}[{group[-4:]}]")
    split = [listed for organisation, listed in members.items() if len(groups[organisation]) > 1]
    for listed in split[:most]:
        print("missed:", " | ".join(listed))


def _rows(paths: tuple[Path, ...] | list[Path], part: str) -> list[dict[str, str]]:
    path = next(path for path in paths if f"-{part}-" in path.name)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


if __name__ == "__main__":
    main()
