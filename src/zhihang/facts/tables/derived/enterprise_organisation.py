# SPDX-License-Identifier: Apache-2.0
"""Which organisation a firm of the register is."""

from __future__ import annotations

from zhihang.facts.table import Column, Table
from zhihang.terms.label import Label

enterprise_organisation = Table(
    name="enterprise_organisation",
    label=Label("企业对应机构", "Organisation of an enterprise"),
    description="Firms of table `enterprise` as organisations that file or hold patents, by credit code or by name; firms without patents, and those not recognised, have none.",
    columns=(
        Column(
            "enterprise",
            "code",
            Label("企业标识", "Enterprise"),
            "The firm, as in table `enterprise`.",
            required=True,
        ),
        Column(
            "name",
            "text",
            Label("企业名称", "Name"),
            "Name the firm has in the newest register.",
            required=True,
        ),
        Column(
            "organisation_id",
            "code",
            Label("机构标识", "Organisation"),
            "Organisation in table `organisation`; blank where none was found.",
        ),
        Column(
            "basis",
            "code",
            Label("对应依据", "Basis"),
            "How it was found: by credit code, by name, by a spelling of the name; `none`; `several`.",
            codes="enterprise_link",
            required=True,
        ),
        Column(
            "reason",
            "text",
            Label("说明", "Reason"),
            "What was compared, and the nearest names where none was found.",
        ),
    ),
    key=("enterprise",),
    derived=True,
)
