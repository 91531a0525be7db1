# SPDX-License-Identifier: Apache-2.0
"""What a process that reads one lane does without."""

from __future__ import annotations

import subprocess
import sys

LISTS_WITHOUT_PANDAS = """
import sys
from zhihang.ingestion.lane_process import without_pandas

without_pandas()
import pyarrow as pa

print(pa.array(["a", None]).to_pylist(), "pandas" in sys.modules)
"""


def test_a_lane_makes_columns_without_importing_pandas():
    done = subprocess.run(
        [sys.executable, "-c", LISTS_WITHOUT_PANDAS], capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[0] == "['a', None] False"
