# SPDX-License-Identifier: Apache-2.0
"""The whole path once: the founding plans against published figures, then a simulated region down to its counties."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zhihang.desks.plans import Basis
    from zhihang.workspace import Workspace

REAL = ("guilin-2016-2020", "guangxi-ip-2015-2020", "guangdong-2015-2017")
"""Plans that are looked at with published figures only."""
PLAN, REGION = "guilin-2016-2020", "450300"
REAL_DAY, DAY, DEADLINE = date(2017, 12, 31), date(2018, 12, 31), date(2020, 12, 31)
DATED = date(2019, 1, 10)
"""Day the demonstration's documents carry, so that the same input gives the same bytes."""
SOUGHT = "TI=电池 AND IPC=H01M AND LS=有效"
"""A query that the demonstration asks."""
INDUSTRIES, FIRMS = "generic", "intensive_enterprise"
"""Schemes by which industries and firms are identified."""
SURE = 0.8
"""Below this stability an industry is said to stand on the edge of the list."""
STUDY = "qixing-electronics"
STATUSES = {"green": "绿", "yellow": "黄", "orange": "橙", "red": "红", "none": "无数据"}

LEVERS = (
    ("filing_growth", "申请年增速再加", ".1%"),
    ("grant_factor", "授权率乘以", ".2f"),
    ("avoided_lapses", "少失效", ".0%"),
)

Say = Callable[[str], None]


@dataclass(frozen=True)
class Demonstration:
    """The path through one workspace; documents and details go into folder `to`, the gist is said in a few lines."""

    workspace: Workspace
    to: Path
    say: Say

    def run(self) -> None:
        """Walk the whole path."""
        self.to.mkdir(parents=True, exist_ok=True)
        self.say("一、真实公布数据 Published figures")
        for name in REAL:
            self._audited(name)
        self._stands(PLAN, REAL_DAY, "published", "real")
        self._foreseen(REAL_DAY, "published", "real")
        self.say("二、模拟数据，非真实专利 A simulated register of Guilin, not real patents")
        self._filled()
        self._stands(PLAN, DAY, "computed", "simulated")
        self._foreseen(DAY, "computed", "simulated")
        self._moved()
        self._written()
        self._identified()
        self._searched()
        self._prepared()
        self.say(f"全部文件 Everything in full: {self.to}/")

    def _audited(self, name: str) -> None:
        found = self.workspace.plans.check(name)
        self._keep("real", f"{name}-audit.json", found)
        counts = {
            kind: sum(row["severity"] == kind for row in found["findings"]) for kind in ("error", "warning")
        }
        worst = next((row["message"] for row in found["findings"]), "")
        self.say(f"  {name}: {counts['error']} 处矛盾, {counts['warning']} 处存疑。{_short(worst)}")

    def _stands(self, name: str, day: date, basis: Basis, folder: str) -> None:
        found = self.workspace.plans.assess(name, day, basis=basis)
        document = found.document()
        self._keep(folder, f"{name}-assessment-{day}.json", document)
        counts = "，".join(f"{STATUSES[key]} {count}" for key, count in sorted(document["statuses"].items()))
        whole = [
            row for row in document["rows"] if row["region"] in (REGION, "") and row["value"] is not None
        ]
        self.say(f"  {day} 进度 Status: {counts}。{'；'.join(_stood(row) for row in whole[:3])}")

    def _foreseen(self, day: date, basis: Basis, folder: str) -> None:
        found = self.workspace.plans.forecast(PLAN, day, until=DEADLINE.year, basis=basis)
        self._keep(folder, f"{PLAN}-forecast-{day}.json", [one.row() for one in found])
        whole = [one for one in found if one.region in (REGION, "") and one.years and not one.weak]
        told = (
            "；".join(_foreseen(one.row()) for one in whole[:2])
            or "年度数太少，不作判断 too few yearly figures"
        )
        self.say(f"  到2020年 Forecast: {told}")

    def _moved(self) -> None:
        """Forecast by cohorts, and say what would have to move for the stock to be reached."""
        found = self.workspace.plans.forecast_cohorts(PLAN, DAY).document()
        self._keep("simulated", f"{PLAN}-cohorts-{DAY}.json", found)
        stock = next((goal for goal in found["goals"] if goal["of"] == "stock" and not goal["region"]), None)
        if stock is None:
            return
        levers = stock["levers"] or {}
        told = [f"{name} {levers[key]:{form}}" for key, name, form in LEVERS if levers.get(key) is not None]
        ways = f"；单靠一项要达到一半把握: {'，'.join(told)}" if told else ""
        self.say(
            f"  按申请批次 By cohorts: 2020年末有效发明 {stock['median']:,.0f}，达标概率 {stock['probability']:.0%}{ways}"
        )

    def _filled(self) -> None:
        workspace = self.workspace
        made = workspace.simulate(REGION, 2006, 2020, seed=1)
        outcomes = workspace.ingest(
            [
                *(path for path in made.paths if path.suffix == ".csv" and "truth" not in path.parts),
                *workspace.published_files(),
            ]
        )
        derived = workspace.derive()
        records, rejected = (sum(getattr(o, key) for o in outcomes) for key in ("records", "rejected"))
        organisations = next((o.rows for o in derived if o.name == "organisation"), 0)
        patents = next((o.rows for o in derived if o.name == "patent"), 0)
        self.say(
            f"  收录 Taken in: {records:,} 条记录, {rejected:,} 条退回; {patents:,} 件申请, {organisations:,} 个机构"
        )

    def _written(self) -> None:
        folder = self.to / "simulated" / "documents"
        reports = self.workspace.reports
        made = reports.plan_documents(PLAN, DAY, basis="computed", dated=DATED)
        paths = reports.write_plan_documents(made, folder)
        first = next((path for path in paths if path.suffix == ".docx" and path.parent == folder), folder)
        self.say(f"  文件 Documents: 通报、评估报告、告知函、责任状共 {len(paths)} 个文件，先看 {first}")

    def _identified(self) -> None:
        """Say which industries and firms are patent-intensive, how sure that is, and write the bulletin on them."""
        desk, papers = self.workspace.intensity, self.workspace.intensity_papers
        industries, firms = (
            desk.industries(REGION, DAY.year, INDUSTRIES),
            desk.enterprises(REGION, DAY.year, FIRMS),
        )
        rows, gist = industries.rows(), industries.summary()
        self._keep("simulated", "intensive-industries.json", {**gist, "industries": rows})
        self._keep("simulated", "intensive-enterprises.json", firms.summary())
        listed = [row for row in rows if row["in_catalogue"]]
        shaky = sum(row["stability"] < SURE for row in listed)
        first = "、".join(row["name"] for row in listed[:2])
        share = gist["gross_output"]["share"]
        output = "" if share is None else f"，产出占 {share:.0%}"
        self.say(
            f"  密集型产业 Intensive industries: {len(listed)} 个入目录（{first}等）{output}，"
            f"其中 {shaky} 个稍变口径即出；{len(firms.found.catalogue):,} 家企业达标"
        )
        made = papers.bulletin(REGION, DAY.year, scheme=INDUSTRIES, firms=FIRMS, dated=DATED)
        papers.write(made, self.to / "simulated" / "industries", f"bulletin-{DAY.year}")

    def _searched(self) -> None:
        search = self.workspace.search
        made = search.index()
        found = search.search(SOUGHT, limit=5, facets=("year", "applicant"))
        self._keep(
            "simulated", "search.json", {"query": SOUGHT, "count": found.count, "hits": list(found.hits)}
        )
        self.say(f"  检索 Search: 全文索引 {made.applications:,} 件申请；{SOUGHT} 命中 {found.count:,} 件")

    def _prepared(self) -> None:
        """Lay a navigation study ready; computing it takes a minute, on its page or by the command that is said."""
        path = self.workspace.folder / "studies" / f"{STUDY}.yaml"
        path.parent.mkdir(exist_ok=True)
        if not path.exists():  # it may have been worked on since
            path.write_text(Path(__file__).with_name("demonstration_study.yaml").read_text("utf-8"), "utf-8")
        self.say(
            f"  导航研究 Navigation study: {STUDY} 已备好，计算约需一分钟 ready, a minute's work: zhihang navigate"
        )

    def _keep(self, folder: str, name: str, content: Any) -> None:
        path = self.to / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1, default=str) + "\n", "utf-8")


def _stood(row: dict[str, Any]) -> str:
    expected = f"，应达 {row['expected']:,.0f}" if row["expected"] is not None else ""
    return f"{row['label']} {row['value']:,.0f}{row['unit']}{expected}（{STATUSES[row['status']]}）"


def _foreseen(row: dict[str, Any]) -> str:
    low, middle, high = (row["fan"][key][-1] for key in ("q05", "q50", "q95"))
    chance = "" if row["probability"] is None else f"，达标概率 {row['probability']:.0%}"
    return f"{row['label']} {middle:,.0f}（{low:,.0f}—{high:,.0f}）{chance}，依据 {row['rests_on']} 个年度数"


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
