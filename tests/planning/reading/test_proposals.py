# SPDX-License-Identifier: Apache-2.0
"""Proposals of an outside model reach the review list and nothing else."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import pytest

from zhihang.errors import DefinitionError
from zhihang.planning.reading.document import Document
from zhihang.planning.reading.proposals import Endpoint, with_proposals
from zhihang.planning.reading.read_policy import read_document

TEXT = "一、目标\n\n到2020年，专利申请量达到500件，商标品牌价值上5亿元台阶。\n"
ANSWER = [
    {
        "quote": "商标品牌价值上5亿元台阶",
        "indicator_zh": "商标品牌价值",
        "value": "5",
        "unit": "亿元",
        "as_of": 2020,
    },
    {"quote": "这句话不在文件里10件", "indicator_zh": "虚构", "value": "10", "unit": "件"},
    {"quote": "专利申请量达到500件", "indicator_zh": "专利申请量", "value": "500", "unit": "件"},
]


class Model(BaseHTTPRequestHandler):
    asked: ClassVar[list[dict[str, object]]] = []
    answer = json.dumps(ANSWER, ensure_ascii=False)

    def do_POST(self) -> None:
        Model.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        body = {"choices": [{"message": {"content": f"```json\n{self.answer}\n```"}}]}
        data = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Model)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_proposal_is_reviewed_if_the_document_says_it_and_dropped_if_not(address: str) -> None:
    before = read_document(Document("x.txt", TEXT, "txt"))
    after = with_proposals(before, Endpoint(address, "some-model"))
    added = after.review[len(before.review) :]
    assert [(row["quote"], row["reason"]) for row in added] == [
        ("商标品牌价值上5亿元台阶", "proposed by an outside model")
    ]
    assert after.targets == before.targets
    assert after.findings[-1]["message"].endswith("2 were dropped.")
    assert Model.asked[-1]["model"] == "some-model"


def test_an_endpoint_that_does_not_answer_leaves_the_reading_as_it_was() -> None:
    before = read_document(Document("x.txt", TEXT, "txt"))
    after = with_proposals(before, Endpoint("http://127.0.0.1:9/v1", "m", seconds=1))
    assert (after.targets, after.review) == (before.targets, before.review)
    assert after.findings[-1]["code"] == "no_proposals"


def test_only_web_addresses_are_taken() -> None:
    with pytest.raises(DefinitionError, match="none of http or https"):
        Endpoint("file:///etc/hosts", "m")
