# SPDX-License-Identifier: Apache-2.0
"""What the details of events tell of dealings with rights: who gave, who took, under which number, for how much."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

import pyarrow as pa

_AT_ONCE = 50_000
_FIELD = re.compile(r"(?:^|[;；])\s*([^:：;；]{1,16})[:：]\s*([^;；]*)")
_ARROW = " -> "
_CORRESPONDENT = re.compile(r";\s*correspondent\b.*", re.DOTALL)
_DATED = re.compile(r"\s+\d{4}-\d\d-\d\d$")
_GIVERS = ("变更前权利人", "变更前专利权人", "变更前申请人", "变更前", "出质人", "让与人", "许可人")
_TAKERS = ("变更后权利人", "变更后专利权人", "变更后申请人", "变更后", "质权人", "受让人", "被许可人")
_NUMBERS = ("登记号", "合同备案号", "质押登记号")
_TERMS = ("许可种类", "变更事项")
_AMOUNT = re.compile(r"(?:金额|债权数额|融资额)[^:：;；\d]*[:：]?\s*([\d,]+(?:\.\d+)?)\s*(万亿|亿|万)?元")
_TIMES: Mapping[str | None, float] = {None: 1.0, "万": 1e4, "亿": 1e8, "万亿": 1e12}


@dataclass(frozen=True)
class Dealing:
    """One event with a right: its effect, its days, and what its detail tells."""

    effect: str
    effective: date | None
    announced: date | None
    givers: tuple[str, ...]
    takers: tuple[str, ...]
    number: str | None
    terms: str | None
    amount: float | None

    @property
    def day(self) -> date | None:
        """The day it has effect from, else that of its announcement."""
        return self.effective or self.announced


def dealing(row: Mapping[str, Any]) -> Dealing:
    """Read one event (`effect`, `effective`, `announced`, `detail`)."""
    detail = row["detail"] or ""
    givers, takers = _american(detail) if _ARROW in detail else ((), ())
    fields = dict(_FIELD.findall(detail)) if not givers and not takers else {}
    amount = _AMOUNT.search(detail)
    return Dealing(
        effect=row["effect"],
        effective=row["effective"],
        announced=row["announced"],
        givers=givers or _first(fields, _GIVERS),
        takers=takers or _first(fields, _TAKERS),
        number=next(iter(_first(fields, _NUMBERS)), None),
        terms=next(iter(_first(fields, _TERMS)), None),
        amount=float(amount[1].replace(",", "")) * _TIMES[amount[2]] if amount else None,
    )


def by_application(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """Hand out the rows of one application after another; they come in the order of the ids."""
    rows = (row for batch in batches for row in batch.to_pylist())
    for application_id, group in groupby(rows, key=itemgetter("application_id")):
        yield application_id, list(group)


def in_time(rows: Iterable[Mapping[str, Any]]) -> list[Dealing]:
    """Return the dealings that rows tell of in the order of their days, undated ones last."""
    told = sorted(rows, key=lambda row: (row["sequence"], row["effect"], row["detail"] or ""))
    return sorted(map(dealing, told), key=lambda one: one.day or date.max)


def batches_of(rows: Iterable[Mapping[str, Any]], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Put rows into batches."""
    rest = iter(rows)
    while some := list(islice(rest, _AT_ONCE)):
        yield pa.RecordBatch.from_pylist(some, schema)


def folded(name: str) -> str:
    """Return a name for comparison: without blanks, case and full stops."""
    return re.sub(r"[\s.,，。]", "", name).casefold()


def _american(detail: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Read who gave (and when) and who took: ``SMITH, J. 2006-09-14; B -> ACME INC.; correspondent X``."""
    given, _, taken = detail.partition(_ARROW)
    givers = tuple(_DATED.sub("", name.strip()) for name in given.split("; ") if name.strip())
    takers = _CORRESPONDENT.sub("", taken)
    return givers, tuple(name.strip() for name in takers.split("; ") if name.strip())


def _first(fields: Mapping[str, str], names: Sequence[str]) -> tuple[str, ...]:
    text = next((fields[name].strip() for name in names if fields.get(name, "").strip()), "")
    return (text,) if text else ()
