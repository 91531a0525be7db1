# SPDX-License-Identifier: Apache-2.0
"""A searched workspace that tests only read."""

from __future__ import annotations

import pytest
from tests.retrieval.texts import workspace_of

from zhihang.workspace import Workspace


@pytest.fixture(scope="session")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = workspace_of(tmp_path_factory.mktemp("searched") / "ws")
    workspace.search.index()
    return workspace
