# SPDX-License-Identifier: Apache-2.0
"""What indicators may ask about a patent: the columns that the tables `patent` and `patent_stock` share."""

from __future__ import annotations

from zhihang.facts.table import Column
from zhihang.terms.label import Label

SURE = ("class", "class_and_keyword")
"""Bases of an emerging industry that fulfil the table; others rest on the class where it asks for a word as well."""

COUNTED: tuple[Column, ...] = (
    Column("application_id", "code", Label("申请标识", "Application"), "The application.", required=True),
    Column("office", "code", Label("受理局", "Office"), "Office of filing.", codes="office"),
    Column("kind", "code", Label("专利类型", "Kind of right"), "Kind of right.", codes="right_kind"),
    Column(
        "route",
        "code",
        Label("申请途径", "Route"),
        "Filed with the Chinese office, as an international application, or with another office.",
        codes="filing_route",
    ),
    Column(
        "pct_entry",
        "boolean",
        Label("PCT国家阶段", "PCT national phase"),
        "Entered the national phase from an international application.",
    ),
    Column(
        "origin",
        "code",
        Label("来源", "Origin"),
        "Where the first applicant sits: mainland of China; Hong Kong, Macao or Taiwan; abroad; unknown.",
        codes="origin",
        required=True,
    ),
    Column("country", "code", Label("国别", "Country"), "Country or territory of the first applicant."),
    Column(
        "region",
        "code",
        Label("地区", "Region"),
        "Division of the first applicant by today's list, as fine as known (county, city or province).",
        codes="region",
    ),
    Column("zone", "text", Label("功能区", "Zone"), "Functional zone of the first applicant."),
    Column(
        "organisation_id",
        "code",
        Label("机构", "Organisation"),
        "The first applicant, resolved.",
    ),
    Column(
        "applicant_type",
        "code",
        Label("申请人类型", "Type of applicant"),
        "Type of the first applicant.",
        codes="applicant_type",
    ),
    Column(
        "size_class",
        "code",
        Label("企业规模", "Size class"),
        "Size class of the first applicant by the newest register of enterprises; blank where none tells or several differ.",
        codes="enterprise_size",
    ),
    Column(
        "service",
        "boolean",
        Label("职务发明", "Service invention"),
        "The first applicant is an organisation, not a person.",
    ),
    Column("applicants", "integer", Label("申请人数", "Applicants"), "Number of applicants.", unit="个"),
    Column("filing_date", "date", Label("申请日", "Filing date"), "Date of filing."),
    Column(
        "publication_date",
        "date",
        Label("公布日", "Publication date"),
        "Date of the first publication.",
    ),
    Column("grant_date", "date", Label("授权公告日", "Grant date"), "Date of the announced grant."),
    Column("family_id", "code", Label("同族", "Family"), "Simple family."),
    Column(
        "overseas_family",
        "boolean",
        Label("有海外同族授权", "Granted abroad"),
        "Some member of its family was granted by an office other than the Chinese one.",
    ),
    Column(
        "emerging",
        "boolean",
        Label("战略性新兴产业", "Strategic emerging industry"),
        "Belongs to a strategic emerging industry by the table of 2021.",
    ),
    Column("pledged", "boolean", Label("曾质押", "Pledged"), "A pledge of it was ever registered."),
    Column(
        "high_value",
        "boolean",
        Label("高价值（不计维持年限）", "High value, apart from age"),
        "Emerging industry, right abroad in its family, or pledged; the criterion of age is applied when counting.",
    ),
    Column("simulated", "boolean", Label("模拟", "Simulated"), "The record is invented."),
)
