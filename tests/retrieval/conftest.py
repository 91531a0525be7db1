# SPDX-License-Identifier: Apache-2.0
"""Searched workspaces: one that tests only read, and copies of it and of a larger one that they may change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.retrieval.texts import lathes, tables, workspace_of
from tests.store_rows import put

from zhihang.workspace import Workspace, open_workspace


@pytest.fixture(scope="session")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = workspace_of(tmp_path_factory.mktemp("searched") / "ws")
    workspace.search.index()
    return workspace


@pytest.fixture(scope="session")
def _lathes(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = workspace_of(tmp_path_factory.mktemp("lathes") / "ws")
    put(workspace.store, "many.csv", tables(lathes(40)))
    workspace.search.index()
    return workspace


@pytest.fixture
def own(searched: Workspace, tmp_path: Path) -> Workspace:
    """Give a copy of the small workspace, with its index."""
    return open_workspace(shutil.copytree(searched.folder, tmp_path / "ws"))


@pytest.fixture
def with_lathes(_lathes: Workspace, tmp_path: Path) -> Workspace:
    """Give a copy of a workspace of the usual patents and 40 of one kind, with its index: a few are a small change."""
    return open_workspace(shutil.copytree(_lathes.folder, tmp_path / "ws"))
