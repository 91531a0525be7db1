# SPDX-License-Identifier: Apache-2.0
"""Check a plan against itself, its parent, other plans of the region and known figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from zhihang.facts.codelist import CodeLists
from zhihang.planning.check import SEVERITIES, Check, Evidence, Finding, Thresholds, plan_checks
from zhihang.planning.figures import Figures, Row
from zhihang.planning.plan import Plan
from zhihang.planning.plan_file import Plans
from zhihang.shelf import Shelf


@dataclass(frozen=True)
class Audit:
    """What an audit found, gravest first, and what it looked at and found right."""

    plan: Plan
    findings: tuple[Finding, ...]
    held: tuple[Finding, ...] = ()

    def rows(self) -> list[dict[str, Any]]:
        """Return the findings as plain values."""
        return [finding.row() for finding in self.findings]


@dataclass(frozen=True)
class AuditSettings:
    """What an audit looks at beside the plan: observations (default: those that ship), other plans, thresholds."""

    observations: Iterable[Row] | None = None
    plans: Plans = field(default_factory=Plans)
    checks: Shelf[Check] = field(default_factory=plan_checks)
    thresholds: Thresholds = field(default_factory=Thresholds)
    codes: CodeLists = field(default_factory=CodeLists)


def audit(plan: Plan, settings: AuditSettings | None = None) -> Audit:
    """Run every check over a plan.

    >>> from zhihang.planning.plan_file import Plans
    >>> found = audit(Plans()["guilin-2016-2020"])
    >>> [finding.code for finding in found.findings if finding.severity == "error"]
    ['annex_against_text', 'doubling_against_total', 'stock_against_flow']
    """
    given = settings or AuditSettings()
    evidence = Evidence(
        plan=plan,
        figures=Figures(given.observations, plan),
        parent=given.plans.parent(plan),
        related=given.plans.related(plan),
        codes=given.codes,
        thresholds=given.thresholds,
    )
    found = [finding for check in given.checks for finding in check.find(evidence)]
    found.sort(key=lambda finding: (SEVERITIES.index(finding.severity), finding.code, finding.targets))
    held = tuple(finding for finding in found if finding.severity == "holds")
    return Audit(plan, tuple(finding for finding in found if finding.severity != "holds"), held)
