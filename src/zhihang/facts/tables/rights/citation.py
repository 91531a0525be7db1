# SPDX-License-Identifier: Apache-2.0
"""A document cited by a publication."""

from __future__ import annotations

from zhihang.facts.table import Column, Merge, Table
from zhihang.terms.label import Label

citation = Table(
    name="citation",
    label=Label("引文", "Citation"),
    description="One row per citing publication and cited document, patent or other literature.",
    columns=(
        Column(
            "application_id",
            "code",
            Label("申请标识", "Application"),
            "Application the row belongs to: office and number without check digit.",
            required=True,
        ),
        Column(
            "citing_publication_id",
            "code",
            Label("引用文献", "Citing publication"),
            "Publication that cites; blank where the source names only the application.",
        ),
        Column(
            "sequence", "integer", Label("顺序", "Sequence"), "Order in the source, from 1.", required=True
        ),
        Column(
            "cited_publication_id",
            "code",
            Label("被引文献", "Cited publication"),
            "Cited patent document, where its number can be read.",
        ),
        Column(
            "cited_text",
            "text",
            Label("被引文献（原文）", "Cited document as written"),
            "Number or literature reference as the source writes it.",
        ),
        Column(
            "category",
            "code",
            Label("相关性", "Category"),
            "Category letter of the search report (X, Y, A ...) or the source's word for it.",
        ),
        Column(
            "origin",
            "code",
            Label("来源", "Origin"),
            "Who cited: examiner, applicant, search ...",
            codes="citation_origin",
        ),
    ),
    key=(
        "application_id",
        "citing_publication_id",
        "sequence",
    ),
    merge=Merge(
        "set",
        (
            "citing_publication_id",
            "application_id",
            "origin",
        ),
    ),
)
