# SPDX-License-Identifier: Apache-2.0
"""The desk for growing a corpus from seeds inside the store: candidates with reasons, noise out, how sure each way is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhihang.desks.landscapes import read_labels, read_seeds
from zhihang.desks.remarks import remark
from zhihang.desks.room import Room
from zhihang.desks.search import SearchDesk
from zhihang.desks.texts import Remarks, TextAnswer
from zhihang.errors import NotFound

if TYPE_CHECKING:
    from datetime import date

    from zhihang.navigation.expansion import Addition
    from zhihang.navigation.patents import Patent

WAYS: Mapping[str, str] = {
    "class": "分类",
    "citation": "引证",
    "similar": "相似文本",
    "co_applicant": "共同申请人",
}
"""Ways to grow, and what they are called."""
NEAREST = 1_000
AT_RANDOM = 40
"""So many candidates are proposed at random before the classifier says which it doubts."""
EACH_OUTSIDE = 4
"""Every fourth of the random ones is one that no way found: without them nothing is known of recall."""


@dataclass(frozen=True)
class ExpansionsDesk:
    """Corpora grown from seeds over one store."""

    room: Room

    def grow(
        self,
        seeds: Path,
        *,
        ways: Sequence[str] = tuple(WAYS),
        links: int = 2,
        most: int = 1_000,
        labels: Path | None = None,
        ask: int = 20,
    ) -> TextAnswer:
        """Find patents near a list of seeds, each with the ways that found it and why.

        With labels of both kinds a classifier scores the candidates (below 0.5: noise). Labels also tell precision and
        recall of each way, with Wilson's intervals, which hold as far as the labelled were drawn at random, as `ask` does.
        """
        unknown = [one for one in ways if one not in WAYS]
        if unknown:
            raise NotFound.named("way to grow", unknown[0], tuple(WAYS))
        numbers = read_seeds(seeds)
        made = _Growth(self.room, numbers, most=most, links=links)
        if not made.seeds:
            raise NotFound(
                "None of the seeds is in the store.",
                {"file": seeds, "numbers": len(numbers), "for instance": "、".join(numbers[:3]) or "none"},
                todo="Ingest them, or give publication or application numbers as the store has them: zhihang show.",
            )
        made.find(ways)
        made.label(read_labels(labels) if labels else {})
        return TextAnswer(made.rows(ask), made.parts(), made.remarks)


class _Growth:
    """One growth: seeds, what each way found, labels, and the scores learnt from them."""

    def __init__(self, room: Room, numbers: Sequence[str], *, most: int, links: int) -> None:
        from zhihang.navigation.patents import load

        self.room, self.most, self.links = room, most, links
        self.snapshot, self.at = room.store.snapshot, self._last_published()
        self.remarks: Remarks = []
        named = self._applications(numbers)
        if named:
            self._tell_missing("g_missing", [number for number in numbers if number not in named])
        found = sorted({one for ids in named.values() for one in ids})
        self.seeds = load(self.snapshot, found, "family", self.at)
        self.additions: list[Addition] = []
        self.candidates: list[Patent] = []
        self.outside: list[Patent] = []
        self.told: dict[str, bool] = {}

    def find(self, ways: Sequence[str]) -> None:
        """Grow by the ways wished for and read what they found."""
        from zhihang.navigation.expansion import expanded
        from zhihang.navigation.patents import load
        from zhihang.navigation.study import Expansion
        from zhihang.navigation.study_graph import linked_applications

        wish = Expansion(
            classes="class" in ways,
            citations="citation" in ways,
            similar=min(self.most, NEAREST) if "similar" in ways else 0,
            co_applicants="co_applicant" in ways,
            links=self.links,
            most=self.most,
        )
        search = SearchDesk(self.room)
        similar = search.nearest() if wish.similar and search.indexed else None
        if wish.similar and similar is None:
            self.remarks.append(remark("g_no_index"))
        self.additions = expanded(
            self.snapshot,
            self.seeds,
            wish,
            similar=similar,
            citations=lambda: linked_applications(self.snapshot),
        )
        own = {patent.unit for patent in self.seeds}
        new = [one for addition in self.additions for one in addition.applications]
        self.candidates = [p for p in load(self.snapshot, new, "family", self.at) if p.unit not in own]
        for addition in self.additions:
            if not addition.every:
                self.remarks.append(remark("g_nothing", way=WAYS[addition.by]))
        if not self.candidates:
            self.remarks.append(remark("g_none"))

    def label(self, labels: Mapping[str, bool]) -> None:
        """Take labels: those of candidates, and of patents of the store that no way found."""
        from zhihang.navigation.patents import load

        named = self._applications(list(labels))
        held = {one for p in (*self.seeds, *self.candidates) for one in p.applications}
        beyond = sorted({one for found in named.values() for one in found if one not in held})
        self.outside = load(self.snapshot, beyond, "family", self.at)
        unit_of = {
            one: p.unit for p in (*self.seeds, *self.candidates, *self.outside) for one in p.applications
        }
        for number, found in named.items():
            self.told.update((unit_of[one], labels[number]) for one in found)
        self._tell_missing("t_unknown", [number for number in labels if number not in named])

    def _tell_missing(self, code: str, missing: Sequence[str]) -> None:
        if missing:
            shown = "、".join(missing[:5]) + ("…" if len(missing) > 5 else "")
            self.remarks.append(remark(code, count=len(missing), numbers=shown))

    def rows(self, ask: int) -> list[dict[str, Any]]:
        """Return the candidates, the surest first, and the patents left out that are to be labelled."""
        scores, asked = self._scored(ask)
        strangers = self._strangers(ask) if self._random() else []
        order = {patent.unit: place for place, patent in enumerate(_mixed(asked, strangers, ask), start=1)}
        rows: list[dict[str, Any]] = [
            {
                "number": patent.number,
                "title": patent.title,
                "holder": patent.holders[0] if patent.holders else "",
                "year": patent.year,
                "by": [addition.by for addition in self._ways(patent)],
                "reason": "；".join(self._reasons(patent)) or "各途径均未找到，抽样核对查全率",
                "score": scores.get(patent.unit),
                "inside": None if patent.unit not in scores else scores[patent.unit] >= 0.5,
                "label": self.told.get(patent.unit),
                "ask": order.get(patent.unit),
            }
            for patent in (*self.candidates, *strangers)
        ]
        rows.sort(key=lambda row: (-(row["score"] or 0.0), -len(row["by"]), str(row["number"])))
        return rows

    def parts(self) -> dict[str, Any]:
        """Return how many each way found, and what labels say of it."""
        return {
            "seeds": len(self.seeds),
            "candidates": len(self.candidates),
            "labels": len(self.told),
            "ways": [self._way(addition) for addition in self.additions]
            + [self._quality("all", "全部途径", {patent.unit for patent in self.candidates}, "")],
        }

    def _way(self, addition: Addition) -> dict[str, Any]:
        ids = set(addition.every)
        units = {patent.unit for patent in self.candidates if ids.intersection(patent.applications)}
        return self._quality(addition.by, WAYS[addition.by], units, addition.reason)

    def _quality(self, by: str, label: str, units: set[str], reason: str) -> dict[str, Any]:
        from zhihang.methods.search_quality import wilson

        own = {patent.unit for patent in self.seeds}
        judged = {unit: said for unit, said in self.told.items() if unit not in own}
        right = sum(said for unit, said in judged.items() if unit in units)
        precision = wilson(right, sum(unit in units for unit in judged))
        recall = wilson(right, sum(judged.values()))
        return {
            "by": by, "label": label, "reason": reason, "found": len(units),
            **{f"{name}{end}": getattr(share, key) for name, share in (("precision", precision), ("recall", recall))
               for end, key in (("", "value"), ("_low", "low"), ("_high", "high"), ("_of", "of"))},
        }  # fmt: skip

    def _random(self) -> bool:
        own = {patent.unit for patent in self.seeds}
        return sum(unit not in own for unit in self.told) < AT_RANDOM

    def _scored(self, ask: int) -> tuple[dict[str, float], list[Patent]]:
        """Return scores learnt from labels of both kinds, and the candidates to ask about in order."""
        import numpy as np

        from zhihang.methods.landscape import landscape_space, tag

        fresh = [patent for patent in self.candidates if patent.unit not in self.told]
        drawn = np.random.default_rng(len(self.told)).permutation(len(fresh))
        chosen = [fresh[int(i)] for i in drawn[:ask]]
        every = [*self.seeds, *self.candidates, *self.outside]
        known = {row: self.told.get(p.unit, True) for row, p in enumerate(every)
                 if p.unit in self.told or row < len(self.seeds)}  # fmt: skip
        if all(known.values()) or not self.candidates or not any(p.text for p in every):
            if self.candidates:
                self.remarks.append(remark("g_no_scores"))
            return {}, chosen
        space = landscape_space([p.text for p in every], [p.symbols for p in every])
        made = tag(space, known, ask=ask + len(self.outside))
        if made.refused:
            self.remarks.append(remark("t_" + made.refused))
            return {}, chosen
        scores = {p.unit: round(float(made.scores[row]), 4) for row, p in enumerate(every)}
        held = {patent.unit for patent in fresh}
        doubted = [every[row] for row in made.ask_next if every[row].unit in held][:ask]
        return scores, chosen if self._random() else doubted

    def _strangers(self, ask: int) -> list[Patent]:
        """Draw patents at random that no way found."""
        import numpy as np

        from zhihang.navigation.patents import load

        rows = self.room.store.table("application").select("application_id").order_by("application_id")
        every = self.room.store.collect(rows)["application_id"].to_pylist()
        known = {one for p in (*self.seeds, *self.candidates, *self.outside) for one in p.applications}
        rest = [one for one in every if one not in known]
        drawn = np.random.default_rng(len(self.told)).permutation(len(rest))[: ask // EACH_OUTSIDE]
        found = load(self.snapshot, [rest[int(i)] for i in drawn], "family", self.at)
        own = {patent.unit for patent in (*self.seeds, *self.candidates)}
        return [patent for patent in found if patent.unit not in own]

    def _ways(self, patent: Patent) -> list[Addition]:
        return [one for one in self.additions if not set(patent.applications).isdisjoint(one.reasons)]

    def _reasons(self, patent: Patent) -> Iterable[str]:
        for addition in self._ways(patent):
            reason = next(addition.reasons[one] for one in patent.applications if one in addition.reasons)
            yield f"{WAYS[addition.by]}：{reason}"

    def _last_published(self) -> date:
        store = self.room.store
        rows = store.table("publication")
        found = store.collect(rows.aggregate(last=rows.publication_date.max()))["last"][0].as_py()
        today: date = store.clock().date()
        return min(found, today) if found else today

    def _applications(self, numbers: Sequence[str]) -> dict[str, list[str]]:
        """Return the applications that numbers in any spelling name, of publications or applications."""
        wanted: dict[str, set[str]] = {}
        for number, keys in zip(numbers, _spellings(numbers), strict=True):
            for key in keys:
                wanted.setdefault(key, set()).add(number)
        names = sorted(wanted)
        rows = self.snapshot.table("publication").select("application_id", "publication_id")
        bare = rows.publication_id.re_replace("[^0-9A-Za-z]", "").upper()
        own = rows.application_id.re_replace("[^0-9A-Za-z]", "").upper()
        rows = rows.mutate(bare=bare, short=bare.re_replace("[A-Z][0-9]?$", ""), own=own)
        rows = rows.filter(lambda t: t.bare.isin(names) | t.short.isin(names) | t.own.isin(names))
        found: dict[str, list[str]] = {}
        read = self.snapshot.engine.collect(rows.order_by("application_id", "publication_id"))
        for row in read.to_pylist():
            asked = {number for key in ("bare", "short", "own") for number in wanted.get(row[key], ())}
            for number in sorted(asked):
                ids = found.setdefault(number, [])
                if row["application_id"] not in ids:
                    ids.append(row["application_id"])
        return found


def _spellings(numbers: Sequence[str]) -> list[set[str]]:
    """Return each number without hyphens, blanks and points, and as the store writes it."""
    import pyarrow as pa

    from zhihang.terms.publication_number import settle

    settled = settle(pa.array(numbers, pa.string())).publication_id.to_pylist()
    bare = ["".join(char for char in number.upper() if char.isalnum()) for number in numbers]
    return [{key for key in keys if key} for keys in zip(bare, settled, strict=True)]


def _mixed(asked: Sequence[Patent], strangers: Sequence[Patent], ask: int) -> list[Patent]:
    """Put every fourth a stranger among those to be asked."""
    left = list(strangers)
    found: list[Patent] = []
    for patent in asked:
        if left and len(found) % EACH_OUTSIDE == EACH_OUTSIDE - 1:
            found.append(left.pop(0))
        found.append(patent)
    return [*found, *left][:ask]
