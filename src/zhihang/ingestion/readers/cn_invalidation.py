# SPDX-License-Identifier: Apache-2.0
"""Decisions on requests to declare Chinese patents invalid: the set of 100 decisions as JSON, and its index as a table."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from zhihang.errors import SourceError
from zhihang.ingestion.draft import Draft
from zhihang.ingestion.reader import LIST, reader
from zhihang.ingestion.sample import Sample, fold_header
from zhihang.ingestion.sheet import body
from zhihang.ingestion.source import Source
from zhihang.terms.label import Label

EVENT = "无效宣告请求审查决定"

_KEYS = re.compile(r'"(?:ID|Domain|Input|Expected|RequiredCitations)"\s*:')
_COLUMNS = frozenset(
    {"id", "right_type", "patent_no", "other_no", "conclusion", "provisions", "evidence_publications"}
)
_CASE = re.compile(
    r"涉案专利：(?P<kind>.*?)专利，专利号(?P<number>.*?)。\s*独立权利要求1：(?P<claim>.*?)"
    r"\n主要证据：(?P<evidence>.*?)\n请求理由：(?P<grounds>.*)",
    re.S,
)
_OUTCOME = re.compile(
    r"结论：(?P<conclusion>.*?)。?\n核心理由：(?P<reasons>.*?)\n主要法条：(?P<provisions>.*)", re.S
)
_PIECE = re.compile(r"[;；]\s*(?=证据\s*\d+\s*[：:])")
_DOCUMENT = re.compile(r"(?<![A-Z0-9])([A-Z]{2}M?)\s?(\d[\d/]{4,13})\s?([A-Z]\d?)?(?![0-9])")
_NUMBER = re.compile(r"\d{8,12}(?:\.[\dX])?$")
_OWN = re.compile(r"(?:维持|宣告)\s*(\d{8}(?:\d{4})?(?:\.[\dX])?)\s*号[^。；]{0,12}专利权")
_NOT_THERE = ("（未提取到）", "（详见决定书正文）")


@dataclass(frozen=True)
class Decision:
    """One decision, its texts as the source gives them."""

    name: str
    kind: str
    number: str
    conclusion: str
    provisions: str
    claim: str = ""
    grounds: str = ""
    reasons: str = ""
    evidence: list[str] = field(default_factory=list)


def _recognise(sample: Sample) -> float:
    """In JSON, the names of five fields of a decision; in a table, the columns of the index."""
    if sample.shape == "sheet":
        return 0.95 if sample.header_row(_COLUMNS) is not None else 0.0
    keys = {found.group() for found in _KEYS.finditer(sample.text)}
    return (
        1.0
        if len(keys) == 5 and ("涉案专利" in sample.text or r"\u6d89\u6848\u4e13\u5229" in sample.text)
        else 0.0
    )


@reader(
    label=Label("无效宣告审查决定", "Invalidation decisions"),
    recognise=_recognise,
    precedence=LIST,
    default_office="CN",
)
def cn_invalidation(source: Source, sample: Sample) -> Iterator[Draft]:
    """Chinese invalidation decisions, as JSON with claim 1, evidence and grounds, or as their index table.

    Each decision is one event of the patent it is about. Where the source gives the decision's number (WX...) in
    place of the patent's, that is taken from the decision's own words, if they name it; else the record has none.
    """
    draft = Draft()
    rows = _rows(source, sample) if sample.shape == "sheet" else _cases(source)
    for line, decision, raw in rows:
        if decision is None:
            draft.reject(
                line, raw, "not in the form of these decisions: patent, claim 1, evidence, grounds, outcome"
            )
        else:
            draft.record(line)
            _add(draft, decision)
    yield draft


def _cases(source: Source) -> Iterator[tuple[int, Decision | None, str]]:
    try:
        entries = json.loads(source.read_all())
    except (ValueError, RecursionError) as error:
        raise SourceError(
            f'"{source.name}" is not readable as JSON.',
            {"error": str(error)[:200]},
            todo="Download it again; the file may be cut off.",
        ) from error
    for place, entry in enumerate(entries if isinstance(entries, list) else [entries], 1):
        raw = json.dumps(entry, ensure_ascii=False)[:500]
        yield place, _case(entry) if isinstance(entry, dict) else None, raw


def _case(entry: dict[str, object]) -> Decision | None:
    asked, outcome = _CASE.search(str(entry.get("Input"))), _OUTCOME.search(str(entry.get("Expected")))
    if asked is None or outcome is None:
        return None
    return Decision(
        name=str(entry.get("ID") or ""),
        kind=asked["kind"],
        number=asked["number"].strip(),
        conclusion=outcome["conclusion"],
        provisions=outcome["provisions"].strip().rstrip("。").replace("、", ";"),
        claim=_told(asked["claim"]),
        grounds=_told(asked["grounds"]),
        reasons=_told(outcome["reasons"]),
        evidence=[piece.strip() for piece in _PIECE.split(_told(asked["evidence"])) if piece.strip()],
    )


def _rows(source: Source, sample: Sample) -> Iterator[tuple[int, Decision | None, str]]:
    header = sample.header_row(_COLUMNS) or 0
    names = [fold_header(cell) for cell in sample.rows[header]]
    for line, cells in body(source, sample, header):
        row = dict(zip(names, cells, strict=False))
        if not any(cells):
            continue
        number = row.get("patent_no") or row.get("other_no")
        if not number or not row.get("conclusion"):
            yield line, None, ",".join(cells)
            continue
        evidence = [document for document in row.get("evidence_publications", "").split(";") if document]
        yield (
            line,
            Decision(
                row.get("id", ""),
                row.get("right_type", ""),
                number,
                row["conclusion"],
                row.get("provisions", ""),
                evidence=evidence,
            ),
            "",
        )


def _told(text: str) -> str:
    text = text.strip()
    return "" if text in _NOT_THERE else text


def _add(draft: Draft, decision: Decision) -> None:
    """Add one decision; a design has no claims, and what does not read like one is kept as an attribute."""
    number = decision.number if _NUMBER.match(decision.number) else _decided_on(decision.reasons)
    if number and number != decision.number:
        reason = "patent number taken from the text of the decision"
        draft.alter(len(draft) - 1, "application", "application_number", decision.number, number, reason)
    kind = decision.kind if decision.kind.endswith("专利") or not decision.kind else f"{decision.kind}专利"
    draft.add("application", office="CN", number=number, kind=kind or None)
    draft.add("legal_event", office="CN", name=EVENT, detail=decision.conclusion)
    is_claim = "特征" in decision.claim and "外观设计" not in decision.kind
    if is_claim:
        draft.add("claim", number="1", language="zh", text=decision.claim)
    for piece in decision.evidence:
        _add_evidence(draft, piece)
    kept = {
        "决定": decision.name,
        "决定号": None if number == decision.number else decision.number,
        "独立权利要求1": None if is_claim else decision.claim,
        "请求理由": decision.grounds,
        "核心理由": decision.reasons,
        "主要法条": decision.provisions,
    }
    for name, value in kept.items():
        if value:
            draft.add("attribute", name=name, value=value)


def _add_evidence(draft: Draft, piece: str) -> None:
    """Add the patent documents that a piece of evidence names, or the piece itself where it names none."""
    numbers = ["".join(found).replace(" ", "") for found in _DOCUMENT.findall(piece) if found[0] != "ZL"]
    for number in dict.fromkeys(numbers):
        draft.add("citation", number=number, text=piece, origin="invalidation")
    if not numbers:
        draft.add("citation", text=piece, origin="invalidation")


def _decided_on(reasons: str) -> str | None:
    """Return the number of the patent that the text upholds or declares invalid, when there is just one."""
    found = set(_OWN.findall(reasons))
    return found.pop() if len(found) == 1 else None
