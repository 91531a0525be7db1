# SPDX-License-Identifier: Apache-2.0
"""Proposals of an outside model for the review list: asked only where an endpoint is set, and never taken for targets."""

from __future__ import annotations

import json
import re
import urllib.request
from dataclasses import dataclass, replace
from typing import Any

from zhihang.errors import DefinitionError
from zhihang.planning.reading.document import finding
from zhihang.planning.reading.reading import PolicyReading, Row

_MOST_TEXT = 60_000
_MOST_ANSWER = 1 << 20
_ASK = (
    "List the quantitative targets of this policy document that are missing below. Answer with a JSON array of objects "
    "with the keys quote (literal words of the document), indicator_zh, value, unit, as_of. Nothing else.\n\n"
)


@dataclass(frozen=True)
class Endpoint:
    """An OpenAI-compatible endpoint, such as ``http://localhost:8000/v1``. The text of documents is sent to it."""

    address: str
    model: str
    key: str = ""
    seconds: float = 60.0

    def __post_init__(self) -> None:
        if not self.address.startswith(("http://", "https://")):
            raise DefinitionError(
                "The address of the endpoint is none of http or https.",
                {"address": self.address},
                todo="Write it as in http://localhost:8000/v1.",
            )


def with_proposals(reading: PolicyReading, endpoint: Endpoint) -> PolicyReading:
    """Add what a model proposes to the review list; what it does not quote literally is dropped and counted.

    An endpoint that does not answer leaves the reading as it was, with a finding.
    """
    try:
        answer = _ask(reading, endpoint)
        proposed = _rows(answer, reading)
    except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
        note = finding("warning", "no_proposals", f"The model gave no proposals: {str(error)[:200]}")
        return replace(reading, findings=[*reading.findings, note])
    dropped = _count(answer) - len(proposed)
    message = (
        f"{len(proposed)} proposals of model {endpoint.model} are in the review list; {dropped} were dropped."
    )
    notes = [*reading.findings, finding("info", "proposals", message, model=endpoint.model)]
    return replace(reading, review=[*reading.review, *proposed], findings=notes)


def _ask(reading: PolicyReading, endpoint: Endpoint) -> str:
    known = "\n".join(str(row["quote"]) for row in reading.targets)
    content = f"{_ASK}Found already:\n{known}\n\nDocument:\n{reading.text[:_MOST_TEXT]}"
    body = {"model": endpoint.model, "temperature": 0, "messages": [{"role": "user", "content": content}]}
    request = urllib.request.Request(  # the address was checked to be http or https
        endpoint.address.rstrip("/") + "/chat/completions",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"}
        | ({"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}),
    )
    with urllib.request.urlopen(request, timeout=endpoint.seconds) as response:
        answer = json.loads(response.read(_MOST_ANSWER))
    return str(answer["choices"][0]["message"]["content"])


def _listed(answer: str) -> list[Any]:
    start, end = answer.find("["), answer.rfind("]")
    listed = json.loads(answer[start : end + 1]) if 0 <= start < end else []
    return listed if isinstance(listed, list) else []


def _count(answer: str) -> int:
    return len(_listed(answer))


def _rows(answer: str, reading: PolicyReading) -> list[Row]:
    told = {row["quote"] for row in reading.targets}
    rows: list[Row] = []
    for item in _listed(answer):
        quote = str(item.get("quote") or "") if isinstance(item, dict) else ""
        start = reading.text.find(quote) if quote else -1
        value = str(item.get("value", "")) if quote else ""
        if start < 0 or quote in told or not re.search(r"\d", value) or value not in quote:
            continue
        rows.append(
            {
                "clause": None,
                "indicator_zh": str(item.get("indicator_zh") or ""),
                "value": value,
                "unit": str(item.get("unit") or ""),
                "as_of": item.get("as_of"),
                "quote": quote,
                "start": start,
                "end": start + len(quote),
                "reason": "proposed by an outside model",
            }
        )
    return rows
