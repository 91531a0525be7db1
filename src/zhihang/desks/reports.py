# SPDX-License-Identifier: Apache-2.0
"""The desk for reports: documents made from what a workspace holds, written into a folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from zhihang.desks.room import Room

if TYPE_CHECKING:
    from zhihang.desks.plans import Basis
    from zhihang.measurement.measure import Measured, Question
    from zhihang.reporting.document import Document
    from zhihang.terms.label import Label, Language

YEARBOOK_KINDS = ("xlsx", "docx")


@dataclass(frozen=True)
class ReportsDesk:
    """Reports of one workspace."""

    room: Room

    def yearbook(self, region: str, year: int, *, language: Language = "zh") -> Document:
        """Return the statistical yearbook of a region and year, by the layout ``reports/yearbook.yaml``."""
        from zhihang.measurement.place import Places
        from zhihang.reporting.yearbook import YearbookRequest, yearbook
        from zhihang.reporting.yearbook_layout import yearbook_layout

        room = self.room
        code = Places(room.codes).find(region).code
        layout = yearbook_layout([room.folder / "reports"], known=list(room.indicators))
        today = room.store.clock().date()
        request = YearbookRequest(code, year, language, today, self._newest() or today.isoformat())
        return yearbook(
            request,
            layout,
            self._measured,
            indicators=room.indicators,
            codes=room.codes,
            organisations=self._organisations,
        )

    def write_yearbook(
        self,
        region: str,
        year: int,
        to: Path,
        *,
        kinds: Sequence[str] = YEARBOOK_KINDS,
        language: Language = "zh",
    ) -> list[Path]:
        """Write the yearbook into folder `to` once for each kind of file; return the paths."""
        from zhihang.reporting.write import write_all

        book = self.yearbook(region, year, language=language)
        return write_all(book, to, f"{book.subject.replace(' ', '-')}-yearbook", kinds)

    def plan_documents(
        self,
        plan: str,
        at: date,
        *,
        basis: Basis = "auto",
        language: Language = "zh",
        dated: date | None = None,
    ) -> list[tuple[str, Document]]:
        """Return the documents on a plan at a day, with the stems of their files; `dated` is by default today.

        The workspace's own wording is ``reports/plan_documents.yaml``.
        """
        from zhihang.desks.plan_tasks import PlanTasks
        from zhihang.desks.plans import PlansDesk
        from zhihang.reporting.bulletin_set import bulletin_set
        from zhihang.reporting.plan_facts import PlanFacts

        plans = PlansDesk(self.room)
        figures = plans.figures(plan, at, basis)
        forecasts = plans.forecast_from(plan, figures, at)
        assessment = plans.assess_from(plan, figures, at, forecasts)
        day = dated or datetime.now(UTC).date()
        tasks = PlanTasks(self.room).states(plan)
        facts = PlanFacts(assessment, figures, forecasts, language=language, dated=day, tasks=tasks)
        return bulletin_set(facts, [self.room.folder / "reports"])

    def write_plan_documents(self, documents: Sequence[tuple[str, Document]], to: Path) -> list[Path]:
        """Write the documents on a plan into a folder; letters into folders of their own."""
        from zhihang.reporting.bulletin_set import write_set

        return write_set(documents, to)

    def _measured(self, question: Question) -> list[Measured]:
        from zhihang.measurement.measure import measure

        room = self.room
        return measure(
            question, room.indicators, room.store.table, room.store.collect, room.codes, hold=room.store.hold
        )

    def _organisations(self, ids: Sequence[str]) -> Mapping[str, Label]:
        """Return the names of organisations, natural persons left out."""
        from zhihang.terms.label import Label

        if not ids:
            return {}
        table = self.room.store.table("organisation")
        rows = table.filter(table.organisation_id.isin(list(ids)), table.type != "individual")
        found = self.room.store.collect(rows.select("organisation_id", "name")).to_pylist()
        return {row["organisation_id"]: Label(row["name"], row["name"]) for row in found}

    def _newest(self) -> str:
        """Return the newest day of the patents; blank if there are none."""
        patent = self.room.store.table("patent")
        days = {name: patent[name].max() for name in ("filing_date", "publication_date", "grant_date")}
        row = self.room.store.collect(patent.aggregate(**days)).to_pylist()[0]
        return max((day.isoformat() for day in row.values() if day), default="")
