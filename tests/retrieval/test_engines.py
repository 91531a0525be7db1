# SPDX-License-Identifier: Apache-2.0
"""What a query asks of the store finds the same on DuckDB and on a Spark Connect server."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.sail_server import sail_server

from zhihang.workspace import Workspace, open_workspace

QUERIES = (
    "PA=玉柴 AND APD>=2012",
    "OFFICE=US OR AD=桂林",
    "IPC=H01M10/ OR IPC=A01D",
    "APD=[2010 TO 2011] AND 电池",
    "KIND=实用新型 AND NOT 甘蔗",
    "CITES>=1 OR PAN>=1 OR CLN>=1",
)


@pytest.mark.filterwarnings("ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning")
def test_a_query_finds_the_same_on_both_engines(searched: Workspace, tmp_path: Path) -> None:
    folder = shutil.copytree(searched.folder, tmp_path / "ws")
    with sail_server() as url:
        (folder / "zhihang.toml").write_text(f'[store]\nengine = "spark"\n[spark]\nurl = "{url}"\n', "utf-8")
        elsewhere = open_workspace(folder)
        found = {query: elsewhere.search.ids(query) for query in QUERIES}
        elsewhere.store.close()
    assert found == {query: searched.search.ids(query) for query in QUERIES}
    assert sum(map(bool, found.values())) >= 4, found
