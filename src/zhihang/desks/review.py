# SPDX-License-Identifier: Apache-2.0
"""The correction desk: doubtful cases of the derivations, by how many applications they touch, and their answers."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from zhihang.desks.room import Room
from zhihang.errors import DefinitionError, SourceError
from zhihang.measurement.place import Places

KINDS = ("place", "organisation", "group")
DOUBTFUL = 0.9
"""Below this confidence, a name's belonging to an organisation is a case."""
SHOWN = 6
"""So many names of a group are listed."""
SAME, APART, SKIP = "same", "apart", ""
WORDS = {"同": SAME, "相同": SAME, "是": SAME, "同一": SAME, "不同": APART, "否": APART, "分开": APART}
"""Answers in Chinese and what they mean."""
QUESTIONS = {
    "address": "地址 address：填地区代码或名称，境外填国家代码 code or name of its division, or a country code such as US",
    "name": "名称 name：填地区代码或名称，境外填国家代码 code or name of its division, or a country code such as US",
    "organisation": "填 same（是）、apart（不是），或它所属机构的名称 same, apart, or the name of the organisation it is",
    "group": "填 same（都是同一机构），或应分出的名称 same (all names are one), or the name that is apart",
}
UNTOLD = {"no address": "没有地址", "nothing tells the place": "看不出地点"}


@dataclass(frozen=True)
class Case:
    """A doubtful case: what is asked, what was found and why, how many applications it touches, what may be answered."""

    kind: str
    case: str
    found: str
    reason: str
    applications: int
    question: str
    answer: str = SKIP


COLUMNS = (*Case.__dataclass_fields__, "decided_by", "because")


@dataclass(frozen=True)
class ReviewDesk:
    """Cases of one workspace."""

    room: Room

    def cases(self, kinds: Sequence[str] = (), *, most: int = 50) -> list[Case]:
        """Return doubtful cases, those that touch most applications first."""
        unknown = [kind for kind in kinds if kind not in KINDS]
        if unknown:
            raise DefinitionError(
                f'没有这类待核定事项。There are no cases of kind "{unknown[0]}".', {"kinds": ", ".join(KINDS)}
            )
        done = self._decided()
        found: list[Case] = []
        for kind in kinds or KINDS:
            of_kind = getattr(self, f"_{kind}")(most + len(done))
            found += [case for case in of_kind if case.case not in done]
        return sorted(found, key=lambda case: (-case.applications, case.kind, case.case))[:most]

    def _decided(self) -> set[str]:
        """Return the addresses and names that the office has decided on, though nothing was derived since."""
        from zhihang.derivation.derivation import read_decisions
        from zhihang.derivation.organisation_decision import list_decisions, standing

        folder = self.room.decisions_folder
        places = read_decisions(folder, "place")
        told = {row.get(column, "") for row in places for column in ("address", "name")}
        return told | {one.name for one in standing(list_decisions(folder / "organisation.csv"))}

    def _place(self, most: int) -> Iterator[Case]:
        from zhihang.derivation.places.unplaced import unplaced

        store = self.room.store
        rows = unplaced(store.table("party"), store.table("party_region"))
        for row in store.collect(rows.limit(most)).to_pylist():
            text = row["address"] or row["name"]
            if text:
                kind = "address" if row["address"] else "name"
                reason = row["reason"] or ""
                reason = f"{UNTOLD[reason]} {reason}" if reason in UNTOLD else reason
                yield Case("place", text, "", reason, row["applications"], QUESTIONS[kind])

    def _organisation(self, most: int) -> Iterator[Case]:
        rows = self.room.store.table("organisation_name")
        doubtful = rows.filter((rows.name != rows.standard_name) & (rows.confidence < DOUBTFUL))
        ordered = doubtful.order_by([doubtful.applications.desc(), doubtful.name]).limit(most)
        evidence = self.room.codes["organisation_evidence"]
        for row in self.room.store.collect(ordered).to_pylist():
            known = evidence.find(row["reason"].partition(":")[0])
            reason = f"{known.label.zh} {row['reason']}" if known else row["reason"]
            yield Case(
                "organisation",
                row["name"],
                row["standard_name"],
                reason,
                row["applications"],
                QUESTIONS["organisation"],
            )

    def _group(self, most: int) -> Iterator[Case]:
        rows = self.room.store.table("organisation")
        doubtful = rows.filter((rows.confidence < DOUBTFUL) & (rows.names > 1))
        ordered = doubtful.order_by([doubtful.applications.desc(), doubtful.name]).limit(most)
        shown = self.room.store.collect(ordered).to_pylist()
        names = self._names([row["organisation_id"] for row in shown])
        for row in shown:
            listed = names.get(row["organisation_id"], [])
            more = f" 等 {len(listed)} 个 names" if len(listed) > SHOWN else ""
            found = f"{'，'.join(listed[:SHOWN])}{more}"
            reason = "归并的把握不足 low confidence of the whole"
            yield Case("group", row["name"], found, reason, row["applications"], QUESTIONS["group"])

    def _names(self, ids: Sequence[str]) -> dict[str, list[str]]:
        """Return the names of each organisation, those of most applications first."""
        rows = self.room.store.table("organisation_name")
        rows = rows.filter(rows.organisation_id.isin(list(ids))) if ids else rows.limit(0)
        ordered = rows.order_by([rows.applications.desc(), rows.name]).select("organisation_id", "name")
        found: dict[str, list[str]] = {}
        for row in self.room.store.collect(ordered).to_pylist():
            found.setdefault(row["organisation_id"], []).append(row["name"])
        return found

    def write(self, path: Path, cases: Sequence[Case]) -> int:
        """Write cases into a CSV for people to fill in the column `answer`; return how many."""
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.DictWriter(stream, COLUMNS)
            writer.writeheader()
            writer.writerows({**asdict(case), "decided_by": "", "because": ""} for case in cases)
        return len(cases)

    def read(self, path: Path, *, by: str = "") -> dict[str, int]:
        """Take the answers of a filled-in CSV; return how many were taken for each kind. All are sound, or none counts."""
        if not path.is_file():
            raise SourceError(
                "没有这个文件。There is no such file.",
                {"file": path},
                todo="用 zhihang review --to FILE 写出的文件。Use a file of zhihang review --to FILE.",
            )
        try:
            with path.open(encoding="utf-8-sig", newline="") as stream:
                rows = [
                    {key: (value or "").strip() for key, value in row.items() if key}
                    for row in csv.DictReader(stream)
                ]
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise SourceError(
                f'"{path.name}" 无法读取 cannot be read.',
                {"error": error},
                todo="请另存为 UTF-8 编码的 CSV。Save it as CSV in UTF-8.",
            ) from error
        missing = [name for name in ("kind", "case", "answer") if not rows or name not in rows[0]]
        if missing:
            raise SourceError(
                f'"{path.name}" 缺少列 lacks columns.',
                {"missing": ", ".join(missing)},
                todo="Use a file of zhihang review --to.",
            )
        answered = [row for row in rows if row["answer"]]
        return self.answer(answered, by=by)

    def answer(self, rows: Sequence[Mapping[str, str]], *, by: str = "") -> dict[str, int]:
        """Record answers (`kind`, `case`, `found`, `answer`, and who decided why) as decisions of the office."""
        today = date.today().isoformat()  # noqa: DTZ011 - the day at the office
        places: list[dict[str, str]] = []
        names: list[Any] = []
        faults: list[str] = []
        for number, row in enumerate(rows, start=2):
            who = row.get("decided_by") or by
            because = row.get("because") or "经核定 answered at the correction desk"
            if not who:
                faults.append(f"第 {number} 行：未填决定人 row {number}: nobody is named as deciding")
            elif row["kind"] not in KINDS:
                faults.append(
                    f'第 {number} 行 row {number}: "{row["kind"]}" is no kind of case; there are {", ".join(KINDS)}'
                )
            elif row["kind"] == "place":
                self._place_answer(
                    row, {"decided_on": today, "decided_by": who, "reason": because}, places, faults, number
                )
            else:
                names += self._name_answer(row, today, who, because)
        if faults:
            raise DefinitionError(
                "回答有误，未记录任何一项。The answers have faults.",
                {"faults": "; ".join(faults[:20])},
                todo="改正后再试。Mend these rows; nothing was recorded.",
            )
        return self._record(places, names)

    def _record(self, places: list[dict[str, str]], names: list[Any]) -> dict[str, int]:
        from zhihang.derivation.organisation_decision import add_decisions
        from zhihang.derivation.place_decision import add_place_decisions

        folder = self.room.decisions_folder
        return {
            "organisation": add_decisions(folder / "organisation.csv", names) if names else 0,
            "place": add_place_decisions(folder, places, self.room.codes) if places else 0,
        }

    def _place_answer(
        self,
        row: Mapping[str, str],
        decided: Mapping[str, str],
        places: list[dict[str, str]],
        faults: list[str],
        number: int,
    ) -> None:
        answer = row["answer"]
        asked = row.get("question", "")
        columns = [
            column for column in ("name", "address") if QUESTIONS[column] == asked or asked.startswith(column)
        ]
        found = {**dict.fromkeys(columns or ("address", "name"), row["case"]), **decided}
        if len(answer) == 2 and answer.isascii() and answer.isalpha():
            places.append({**found, "country": answer.upper()})
            return
        names = Places(self.room.codes).names
        region = names.by_code(answer) or names.by_name(answer)
        if region is None:
            faults.append(
                f'第 {number} 行：不是地区或国家代码 row {number}: "{answer}" is no division and no country code'
            )
        else:
            places.append({**found, "region": region.code})

    def _name_answer(self, row: Mapping[str, str], today: str, who: str, because: str) -> list[Any]:
        from zhihang.derivation.organisation_decision import Decision

        answer = WORDS.get(row["answer"], row["answer"])
        if row["kind"] == "group" and answer == SAME:
            return [
                Decision("merge", name, row["case"], today, who, because)
                for name in self._doubtful(row["case"])
            ]
        if row["kind"] == "group":
            return [Decision("split", answer, "", today, who, because)]
        if answer == SAME:
            return [Decision("merge", row["case"], row["found"], today, who, because)]
        if answer == APART:
            return [Decision("split", row["case"], "", today, who, because)]
        return [Decision("merge", row["case"], answer, today, who, because)]

    def _doubtful(self, organisation: str) -> list[str]:
        """Return the names of an organisation that belong to it with little confidence."""
        rows = self.room.store.table("organisation_name")
        rows = rows.filter((rows.standard_name == organisation) & (rows.name != organisation))
        rows = rows.filter(rows.confidence < DOUBTFUL).order_by("name").select("name")
        return [str(name) for name in self.room.store.collect(rows).column("name").to_pylist()]
