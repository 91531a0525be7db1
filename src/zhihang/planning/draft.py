# SPDX-License-Identifier: Apache-2.0
"""Turn what was read from a policy document into the text of a plan file, for a person to review."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any, get_args

import yaml

from zhihang.facts.codelist import CodeList, CodeLists
from zhihang.facts.region_name import COUNTRY
from zhihang.planning.figures import regions_of
from zhihang.planning.plan import ConditionType
from zhihang.terms.period import read_period

Row = Mapping[str, Any]
_SAME = ("clause", "kind", "comparator", "alt_comparator")
_AFTER = ("hedge", "period_start", "period_end", "as_of", "frequency", "direction")
_FLAGS = ("deadline_derived", "optional")
_LIKE = 0.5
_CONDITIONS = get_args(ConditionType)
_PLAN_NAME = re.compile(r"十[一二三四]?五[”\"]?(?:时期|期间|期末|末期|末)?")


def draft_plan(reading: Mapping[str, Any], *, name: str, codes: CodeLists | None = None) -> str:
    """Return the text of a plan file with `status: draft`; every target carries its literal span as a comment.

    Parameters
    ----------
    reading
        Rows by kind: `targets`, `tasks`, `conditions`, `facts`, `tables`, `review`, keys named as in the gold
        annotations (`indicator_zh`, `value`, `unit`, `comparator` ...), and, if there is one, `document`.
    name
        Identifier of the policy, as others will cite it.

    Notes
    -----
    Nothing is guessed: an indicator code is set only where the name is one the code list has, a division's code only
    where the name is that of one division. The rest is left blank for the reviewer.
    """
    return "\n".join(_Draft(reading, name, codes or CodeLists()).lines()) + "\n"


class _Draft:
    def __init__(self, reading: Mapping[str, Any], name: str, codes: CodeLists) -> None:
        self._rows: dict[str, Sequence[Row]] = {
            part: reading.get(part) or ()
            for part in ("targets", "tasks", "conditions", "facts", "tables", "review")
        }
        self._about: Row = reading.get("document") or {}
        self._name = name
        self._names = regions_of(codes)
        self._indicators: CodeList = codes["indicator_name"]
        self._region = self._home()

    def lines(self) -> Iterator[str]:
        title = str(self._about.get("title") or self._name)
        yield "# Draft from a reading of the document. Compare each entry with the text, give English names and codes,"
        yield "# then set status to reviewed. 由程序从文件读出的草稿，核对后将 status 改为 reviewed。"
        yield f"label: {_flow({'zh': title})}"
        yield "status: draft"
        yield "document:"
        yield f"  policy: {_flow(self._name)}"
        yield f"  title: {_flow({'zh': title})}"
        yield f"region: {_flow(self._region)}"
        yield f"period: {_flow(self._period())}"
        yield from self._section(
            "facts", [self._fact(n, row) for n, row in enumerate(self._rows["facts"], 1)]
        )
        targets = [self._target(n, row) for n, row in enumerate(self._rows["targets"], 1)]
        if not targets:
            yield "\ntargets: []"
        yield from self._section(
            "targets", targets, [str(row.get("quote") or "") for row in self._rows["targets"]]
        )
        yield from self._annexes(targets)
        yield from self._section(
            "tasks", [self._task(n, row) for n, row in enumerate(self._rows["tasks"], 1)]
        )
        sure = [row for row in self._rows["conditions"] if row.get("type") in _CONDITIONS]
        conditions = [self._condition(n, row) for n, row in enumerate(sure, 1)]
        yield from self._section("conditions", conditions)
        yield from self._review()

    def _section(self, title: str, things: Sequence[Row], quotes: Sequence[str] = ()) -> Iterator[str]:
        if things:
            yield f"\n{title}:"
        for number, thing in enumerate(things):
            if quotes and quotes[number]:
                yield f"  # 原文：{_one_line(quotes[number])}"
            for place, (key, value) in enumerate(thing.items()):
                yield f"  {'- ' if place == 0 else '  '}{key}: {_flow(value)}"

    def _target(self, number: int, row: Row) -> dict[str, Any]:
        label = str(row.get("indicator_zh") or "?")
        known = self._indicators.find(re.sub(r"[（(].*?[)）]", "", label))
        found: dict[str, Any] = {
            "id": row.get("target_id") or f"T{number:03d}",
            "clause": _said(row, "clause"),
        }
        found["label"] = _names(label, row.get("indicator_en"))
        if known:
            found["indicator"] = known.code
        found |= {key: row[key] for key in _SAME if key != "clause" and row.get(key)}
        found |= {key: _number(row[key]) for key in ("value", "value_hi") if row.get(key) not in (None, "")}
        found["unit"] = str(row.get("unit") or "")
        per = known.details["unit"].partition("/")[2] if known else ""
        if per and "/" not in found["unit"] and found.get("kind") == "level":
            found["per"] = per
        found |= {key: _moment(row[key]) for key in _AFTER if row.get(key)}
        found |= self._bound(row)
        if row.get("baseline"):
            found["baseline"] = _baseline(str(row["baseline"]))
        return found | {key: True for key in _FLAGS if str(row.get(key) or "") in ("1", "True")}

    def _bound(self, row: Row) -> dict[str, Any]:
        """Return the region or subject a target binds, unless it is the plan's own region."""
        said = str(row.get("region") or "")
        code = self._names.by_name(said) if said else None
        if code is None:
            return {"subject": {"zh": said}} if said else {}
        return {} if code.code == self._region else {"region": code.code}

    def _fact(self, number: int, row: Row) -> dict[str, Any]:
        label = str(row.get("indicator_zh") or "?")
        known = self._indicators.find(re.sub(r"[（(].*?[)）]", "", label))
        first, last = row.get("period_start"), row.get("period_end")
        # A level stated for a span of years is the level at its end.
        first = last if row.get("kind") in ("level", "share") or first == last else first
        span = f"{first}/{last}" if first and last and first != last else ""
        period = row.get("as_of") or span or first or last or "?"
        found: dict[str, Any] = {"id": f"F{number}", "clause": _said(row, "clause")}
        found["label"] = _names(label, row.get("indicator_en"))
        if known:
            found["indicator"] = known.code
        found |= self._bound(row)
        unit = str(row.get("unit") or "")
        if known and known.details["unit"].partition("/")[0] == unit and row.get("kind") == "level":
            unit = known.details["unit"]
        found |= {"period": str(period), "value": _number(row["value"]), "unit": unit}
        found |= {key: row[key] for key in ("kind", "comparator") if row.get(key)}
        if row.get("baseline"):
            found["against"] = _baseline(str(row["baseline"]))["period"]
        return found

    def _task(self, number: int, row: Row) -> dict[str, Any]:
        found: dict[str, Any] = {"id": f"D{number:02d}", "clause": _said(row, "clause")}
        found |= {"type": row.get("type") or "task", "label": {"zh": str(row.get("title") or "?")}}
        for key, column in (("lead", "lead_units"), ("supporting", "supporting_units")):
            bodies = [body for body in re.split("[；;]", str(row.get(column) or "")) if body]
            found |= {key: bodies} if bodies else {}
        return found | ({"deadline": str(row["deadline"])} if row.get("deadline") else {})

    def _condition(self, number: int, row: Row) -> dict[str, Any]:
        found: dict[str, Any] = {
            "id": f"C{number:02d}",
            "clause": _said(row, "clause"),
            "type": row.get("type"),
        }
        found["subject"] = _names(str(row.get("subject_zh") or "?"), row.get("subject_en"))
        found["criterion"] = {"zh": str(row.get("criterion_zh") or "?")}
        found |= {key: str(row[key]) for key in ("comparator", "value", "unit") if row.get(key)}
        return found | ({"benefit": {"zh": row["benefit_zh"]}} if row.get("benefit_zh") else {})

    def _annexes(self, targets: Sequence[Row]) -> Iterator[str]:
        tables: dict[str, list[Row]] = {}
        for row in self._rows["tables"]:
            tables.setdefault(str(row.get("table") or "?"), []).append(row)
        opened = False
        for number, (clause, rows) in enumerate(tables.items(), 1):
            target = _likest(str(rows[0].get("indicator_zh") or ""), targets)
            if target is None:
                yield f"\n# {clause}：没有与“{_one_line(str(rows[0].get('indicator_zh')))}”对应的目标 (no target for it)"
                continue
            if not opened:
                yield "\nannexes:"
                opened = True
            yield from self._annex(f"A{number}", clause, str(target["id"]), rows)

    def _annex(self, name: str, clause: str, target: str, rows: Sequence[Row]) -> Iterator[str]:
        years = sorted({int(row["year"]) for row in rows})
        cells: dict[str, dict[int, Decimal]] = {}
        total: dict[int, Decimal] = {}
        for row in rows:
            of = (
                total
                if str(row.get("is_total")) in ("1", "True")
                else cells.setdefault(str(row["county"]), {})
            )
            of[int(row["year"])] = _number(row["value"])
        yield f"  - id: {name}"
        yield f"    clause: {_flow(clause)}"
        yield f"    target: {_flow(target)}"
        yield f"    unit: {_flow(str(rows[0].get('unit') or ''))}"
        yield f"    years: {_flow(years)}"
        if total:
            yield f"    total: [{', '.join(str(total.get(year, 'null')) for year in years)}]"
        yield "    rows:"
        for county, values in cells.items():
            code = self._names.by_name(county, within=self._region.rstrip("0"))
            listed = ", ".join(str(values.get(year, "null")) for year in years)
            head = f"region: {_flow(code.code if code else '')}, name: {_flow(county)}"
            yield f"      - {{{head}, values: [{listed}]}}"

    def _review(self) -> Iterator[str]:
        unsure = [row for row in self._rows["conditions"] if row.get("type") not in _CONDITIONS]
        if self._rows["review"] or unsure:
            yield "\n# 存疑，未列入以上各项 (not sure of these; none is listed above):"
        for row in (*self._rows["review"], *unsure):
            why = row.get("reason") or row.get("type") or ""
            yield f"#   {_said(row, 'clause')}：{_one_line(str(row.get('quote') or ''))}（{_one_line(str(why))}）"

    def _home(self) -> str:
        """Return the division most targets bind, or the one the document is of."""
        said = [str(self._about.get("region") or "")]
        said += [
            name
            for name, _ in Counter(str(r.get("region") or "") for r in self._rows["targets"]).most_common()
        ]
        found = (self._names.by_name(name) for name in said if name)
        return next((code.code for code in found if code), COUNTRY)

    def _period(self) -> str:
        first, last = self._about.get("period_start"), self._about.get("period_end")
        years = [
            int(row[key])
            for row in self._rows["targets"]
            for key in ("period_start", "period_end", "as_of")
            if str(row.get(key) or "").isdigit()
        ]
        issued = self._about.get("issued")
        start = first or issued or min(years, default=2000)
        end = max(int(last or 0), max(years, default=0), int(start))
        return f"{start}/{end}" if int(start) < end else str(start)


def _likest(label: str, targets: Sequence[Row]) -> Row | None:
    """Return the sum or level whose name is most like a table's; None if none is like it at all."""
    split = [target for target in targets if target.get("kind") in ("level", "cumulative")]
    scored = [
        (SequenceMatcher(None, label, target["label"]["zh"]).ratio(), -n) for n, target in enumerate(split)
    ]
    best = max(scored, default=(0.0, 0))
    return split[-best[1]] if best[0] >= _LIKE else None


def _baseline(text: str) -> dict[str, Any]:
    found = _PLAN_NAME.search(text)
    period = read_period(found.group()) if found else read_period(text)
    return {"period": period.text if period else text, "note": {"zh": text}}


def _names(zh: str, en: object) -> dict[str, str]:
    return {"zh": zh, **({"en": str(en)} if en else {})}


def _said(row: Row, key: str) -> str:
    return str(row.get(key) or "?")


def _moment(value: object) -> object:
    return int(value) if isinstance(value, str) and value.isdigit() else value


def _number(value: object) -> Decimal:
    return Decimal(str(value))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _flow(value: object) -> str:
    """Write a value as YAML on one line."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, sort_keys=False, width=10**6)
    return text.strip().removesuffix("...").strip()
