# SPDX-License-Identifier: Apache-2.0
"""Who is in the office of these tests: one person of each role, bearing its name."""

from __future__ import annotations

PASSWORD = "a long enough word 7"
ROLES = {
    "administrator": "",
    "office": "",
    "county": "450305",
    "analyst": "",
    "park": "450305",
    "firm": "450305",
    "auditor": "",
}
"""Role to the region the person is bound to."""
