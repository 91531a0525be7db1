# SPDX-License-Identifier: Apache-2.0
"""The desk for plans: read one from a document, look at it, audit it, find the rule of a table, split a target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from zhihang.desks.room import Room

if TYPE_CHECKING:
    from datetime import date

    from zhihang.planning.allocation import AllocationRequest
    from zhihang.planning.assess import Assessment
    from zhihang.planning.forecast import TargetForecast
    from zhihang.planning.forecast_stock import StockForecast
    from zhihang.planning.plan_file import Plans
    from zhihang.planning.reading.proposals import Endpoint
    from zhihang.planning.score import ScoreSheet

Basis = Literal["auto", "computed", "published", "both"]
Row = dict[str, Any]


@dataclass(frozen=True)
class PlansDesk:
    """Plans of one workspace and those that ship with the package."""

    room: Room

    @property
    def shelf(self) -> Plans:
        """The plans: those in the folder ``plans/`` of the workspace first."""
        from zhihang.planning.plan_file import Plans

        own = self.room.folder / "plans"
        folders = (own,) if own.is_dir() else ()
        return Plans(folders, frozenset(self.room.indicators), self.room.codes)

    def extract(self, path: Path, *, propose: bool = False) -> Row:
        """Return what a policy document says, as rows: targets, tasks, conditions, facts, tables, review, findings.

        With `propose`, the model of the settings' section ``[proposals]`` may add to the review list, to nothing else.
        """
        from zhihang.planning.reading.proposals import with_proposals
        from zhihang.planning.reading.read_policy import read_policy

        reading = read_policy(path)
        return (with_proposals(reading, self._endpoint()) if propose else reading).as_dict()

    def _endpoint(self) -> Endpoint:
        from zhihang.errors import NotFound
        from zhihang.planning.reading.proposals import Endpoint

        chosen = self.room.settings.get("proposals", {})
        missing = [name for name in ("address", "model") if not chosen.get(name)]
        if missing:
            raise NotFound(
                "No model is set that could make proposals.",
                {"file": self.room.folder / "zhihang.toml", "missing": f"[proposals] {', '.join(missing)}"},
                todo="Leave out --propose, or name an OpenAI-compatible endpoint and model there.",
            )
        return Endpoint(str(chosen["address"]), str(chosen["model"]), str(chosen.get("key", "")))

    def draft(self, path: Path, name: str | None = None) -> str:
        """Return the text of a plan file drafted from a policy document, for a person to review."""
        from zhihang.planning.draft import draft_plan

        return draft_plan(self.extract(path), name=name or path.stem, codes=self.room.codes)

    def listed(self) -> list[Row]:
        """Return a row for each plan."""
        from zhihang.planning.plan_rows import plan_list

        return [dict(row) for row in plan_list(self.shelf)]

    def show(self, name: str) -> Row:
        """Return a plan in full as plain values."""
        from zhihang.planning.plan_rows import plan_shown

        plans = self.shelf
        return dict(plan_shown(plans[name], plans))

    def clauses(self, name: str) -> Row:
        """Return the `file` of a plan's document and what its `clauses` say, word for word; both empty without one.

        The document stands in the workspace's folder ``policies/`` under the name of the policy or of the plan.
        """
        from zhihang.planning.reading.clause_texts import clause_texts

        shown = self.show(name)
        stems = {stem for stem in (shown["policy"], name) if stem}
        folder = self.room.folder / "policies"
        files = (path for path in sorted(folder.glob("*")) if path.is_file() and path.stem in stems)
        path = next(files, None)
        return {"file": path.name, "clauses": clause_texts(path)} if path else {"file": "", "clauses": {}}

    def check(self, name: str) -> Row:
        """Audit a plan; return its `findings`, gravest first, and what was looked at and `holds`."""
        from zhihang.planning.audit import AuditSettings, audit

        plans = self.shelf
        settings = AuditSettings(observations=self.observations(), plans=plans, codes=self.room.codes)
        found = audit(plans[name], settings)
        return {"plan": name, "findings": found.rows(), "holds": [finding.row() for finding in found.held]}

    def infer(self, name: str, target: str) -> Row:
        """Return the rule behind the annex that splits a target, and the cells that break it."""
        from zhihang.planning.infer import infer

        return infer(self.shelf[name], target).document()

    def allocate(
        self,
        name: str,
        target: str,
        *,
        method: str | None = None,
        totals: Mapping[int, int] | None = None,
        scenario: Path | None = None,
    ) -> Row:
        """Split a target over divisions and years, by a method or a scenario file."""
        from zhihang.planning.allocate import allocate

        request = self._request(name, method, totals or {}, scenario)
        return allocate(
            self.shelf[name], target, request, observations=self.observations(), codes=self.room.codes
        ).document()

    def compare(self, name: str, target: str, scenarios: Sequence[Path | str]) -> list[Row]:
        """Lay splits of a target side by side; each is a scenario file or the name of a method."""
        from zhihang.planning.allocate import allocate
        from zhihang.planning.allocation import compare_allocations

        found = {}
        for each in scenarios:
            path = Path(each)
            own = bool(path.suffix)
            request = self._request(name, None if own else str(each), {}, path if own else None)
            found[path.stem] = allocate(
                self.shelf[name], target, request, observations=self.observations(), codes=self.room.codes
            )
        return compare_allocations(found)

    def _request(
        self, name: str, method: str | None, totals: Mapping[int, int], scenario: Path | None
    ) -> AllocationRequest:
        from zhihang.errors import NotFound
        from zhihang.planning.allocation import METHODS, AllocationRequest
        from zhihang.planning.allocation_file import load_request

        known = {str(each): each for each in METHODS}
        if method is not None and method not in known:
            raise NotFound.named("method", method, known, see="zhihang allocate --help")
        if scenario is None:
            return AllocationRequest(known[method or "fixed_share"], totals=dict(totals))
        request = load_request(scenario, self.shelf[name], codes=self.room.codes)
        request = replace(request, totals={**request.totals, **totals})
        return replace(request, method=known[method]) if method else request

    def figures(self, name: str, at: date, basis: Basis = "auto") -> list[Row]:
        """Return known figures for a plan up to a day: counted in the store, published, or both (published first).

        ``auto`` counts where the store holds patents, and else takes what was published.
        """
        from zhihang.desks.plan_figures import computed_rows
        from zhihang.planning.density import with_density

        shown = [dict(row) for row in with_density(self.observations(), self.shelf[name])]
        if basis == "published" or (basis == "auto" and not self._counts()):
            return shown
        computed = computed_rows(self.room, self.shelf[name], at)
        if basis == "both":
            return shown + computed
        own = {row["indicator"] for row in computed}
        return computed + [row for row in shown if row["indicator"] not in own]

    def _counts(self) -> bool:
        """Whether the store holds patents that can be counted."""
        if not (self.room.folder / "store" / "HEAD").exists():
            return False
        derived = self.room.store.manifest.derived.get("patent")
        return derived is not None and bool(derived.parts)

    def assess(self, name: str, at: date, *, basis: Basis = "auto") -> Assessment:
        """Assess every target of a plan, and every division that an annex splits one over, at a day.

        Probabilities are those of forecasts made from the same figures.
        """
        figures = self.figures(name, at, basis)
        return self.assess_from(name, figures, at, self.forecast_from(name, figures, at))

    def assess_from(
        self, name: str, figures: Sequence[Row], at: date, forecasts: Sequence[TargetForecast]
    ) -> Assessment:
        """Assess a plan on given figures and forecasts."""
        from zhihang.planning.assess import AssessSettings, assess
        from zhihang.planning.forecast import chances

        names = {code.code: code.label.zh for code in self.room.codes["region"]}
        settings = AssessSettings(
            codes=self.room.codes, names=names, peers=self._peers(), probabilities=chances(forecasts)
        )
        return assess(self.shelf[name], figures, at, settings)

    def _peers(self) -> dict[str, str]:
        """Peer group of each division: the workspace's list ``peer_group`` with columns region and group."""
        codes = self.room.codes
        return (
            {row["region"]: row["group"] for row in codes.rows("peer_group")} if "peer_group" in codes else {}
        )

    def score(self, name: str, at: date, scheme: str, *, basis: Basis = "auto") -> ScoreSheet:
        """Score the divisions of a plan at a day by a declared scheme: of the folder ``scoring/``, or shipped."""
        from zhihang.planning.known import KnownFigures
        from zhihang.planning.scheme import Schemes
        from zhihang.planning.score import entries_of, score

        own = self.room.folder / "scoring"
        chosen = Schemes((own,) if own.is_dir() else ())[scheme]
        figures = self.figures(name, at, basis)
        assessment = self.assess_from(name, figures, at, ())
        entries = entries_of(assessment, chosen, KnownFigures(figures, self.shelf[name]))
        return score(chosen, entries, self._peers())

    def trail(self, name: str, at: date, region: str, *, basis: Basis = "auto") -> list[Row]:
        """Return every number that one division's assessment was worked out from, and where it was read."""
        return self.trail_from(name, self.figures(name, at, basis), at, region)

    def trail_from(self, name: str, figures: Sequence[Row], at: date, region: str) -> list[Row]:
        """Return that trail on given figures."""
        from zhihang.measurement.place import Places
        from zhihang.planning.trail import trail

        code = Places(self.room.codes).find(region).code
        made = self.assess_from(name, figures, at, ())
        targets = [row.target for row in made.rows if row.region == code]
        return [step.row() for target in targets for step in trail(made, target, code)]

    def forecast(
        self,
        name: str,
        at: date,
        *,
        until: int | None = None,
        basis: Basis = "auto",
        region: str | None = None,
    ) -> list[TargetForecast]:
        """Forecast every target of a plan from what is known at a day, to its last year or to the end of `until`."""
        regions = None if region is None else frozenset({region})
        return self.forecast_from(name, self.figures(name, at, basis), at, until=until, regions=regions)

    def forecast_from(
        self,
        name: str,
        figures: Sequence[Row],
        at: date,
        *,
        until: int | None = None,
        regions: frozenset[str] | None = None,
    ) -> list[TargetForecast]:
        """Forecast a plan on given figures."""
        from zhihang.planning.forecast import ForecastSettings, forecast_plan

        settings = ForecastSettings(codes=self.room.codes)
        return forecast_plan(self.shelf[name], figures, at, until=until, regions=regions, settings=settings)

    def forecast_cohorts(self, name: str, at: date, *, until: int | None = None) -> StockForecast:
        """Forecast filings, grants and stock of inventions by cohorts of the store's register, with levers for goals.

        The register is counted as it was known at the day: of the plan's region, by the divisions of its annexes. A
        store that holds unpublished filings knows them from their filing on; any other, from their publication.
        """
        from zhihang.measurement.evaluation import Evaluation
        from zhihang.planning.count_register import count_register
        from zhihang.planning.forecast_stock import forecast_stock, goals_of

        plan, store = self.shelf[name], self.room.store
        regions = list(dict.fromkeys(row.region for annex in plan.annexes for row in annex.rows)) or [
            plan.region
        ]
        counts = count_register(
            store.table("patent"),
            store.table("patent_stock"),
            store.table("right_state"),
            store.collect,
            at,
            regions=regions,
            all_known=Evaluation(self.room.indicators, store.table, store.collect, []).coverage.register,
        )
        last = until or int(str(plan.period)[-4:])
        return forecast_stock(counts, last, goals_of(plan, counts))

    def fees_due(self, region: str, at: date, *, months: int = 12) -> list[Row]:
        """Return the annual fees of a region's rights that fall due after a day, the earliest first."""
        from zhihang.measurement.counted_rows import inside
        from zhihang.measurement.place import Places
        from zhihang.methods.fees_due import fees_due

        place, store = Places(self.room.codes).find(region), self.room.store
        stock = store.table("patent_stock")
        held = stock.filter((stock.valid_from <= at) & (stock.valid_to > at) & (stock.route == "national"))
        held = held.filter(inside(held, [place]))
        rows = held.select(
            "kind",
            "filing_date",
            "grant_date",
            "region",
            application="application_id",
            holder="organisation_id",
        )
        return [asdict(due) for due in fees_due(store.collect(rows).to_pylist(), at, months=months)]

    def forecast_indicator(
        self, code: str, region: str, at: date, until: int, *, basis: Basis = "auto"
    ) -> Row:
        """Forecast one indicator in a region to the end of a year, from its yearly values up to a day."""
        from zhihang.desks.series import forecast_indicator

        counted = basis in ("computed", "both") or (basis == "auto" and self._counts())
        return forecast_indicator(
            self.room, code, region, at, until, basis="computed" if counted else "published"
        )

    def observations(self) -> list[Row] | None:
        """Return the published figures of the store before those that ship; None where there is no store."""
        from zhihang.planning.figures import published_rows

        if not (self.room.folder / "store" / "HEAD").exists():
            return None
        store = self.room.store
        rows = store.table("observation")
        names = [
            "indicator",
            "region",
            "period",
            "period_kind",
            "dimension",
            "value",
            "unit",
            "status",
            "source",
        ]
        found: list[Row] = store.collect(rows.select(names).order_by(names)).to_pylist()
        known = {_cell(row) for row in found}
        return found + [dict(row) for row in published_rows() if _cell(row) not in known]


def _cell(row: Mapping[str, Any]) -> tuple[str, ...]:
    """What tells figures apart: indicator, region, period with its kind, other dimensions."""
    keys = ("indicator", "region", "period", "period_kind", "dimension")
    return tuple(str(row.get(key) or "") for key in keys)
