# SPDX-License-Identifier: Apache-2.0
"""The measures that conditions may ask for, a closed list: of which subjects, in which unit (`measures.csv`)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from zhihang.terms.label import Label


@dataclass(frozen=True)
class MeasureName:
    """A measure: name, label, unit (blank for a share), whether it is yes or no."""

    name: str
    label: Label
    unit: str
    subjects: frozenset[str]
    flag: bool


def _read() -> dict[str, MeasureName]:
    with Path(__file__).with_name("measures.csv").open(encoding="utf-8", newline="") as stream:
        return {
            row["name"]: MeasureName(
                row["name"],
                Label(row["zh"], row["en"]),
                row["unit"],
                frozenset(row["subjects"].split("|")),
                row["kind"] == "flag",
            )
            for row in csv.DictReader(stream)
        }


MEASURES: Mapping[str, MeasureName] = _read()
