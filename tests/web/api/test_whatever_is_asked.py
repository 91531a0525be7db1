# SPDX-License-Identifier: Apache-2.0
"""Whatever the description of the interface allows, and what it does not, is answered or refused, never broken."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings


@pytest.mark.journey
def test_nothing_that_is_asked_breaks_it(client: Any) -> None:
    import schemathesis

    from zhihang.web.accounts.models import Person
    from zhihang.web.api.access import SCOPES, make_token

    key = make_token(Person.objects.get(name="administrator"), "whatever", list(SCOPES))
    described = client.get("/api/v1/openapi.json", headers=_bearer(key)).json()
    schema = schemathesis.openapi.from_dict(described)
    client.raise_request_exception = False
    told: dict[str, set[int]] = {}

    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=12,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def ask(case: Any, name: str) -> None:
            answered = client.get(case.formatted_path, case.query, headers=_bearer(key))
            told.setdefault(name, set()).add(answered.status_code)
            assert answered.status_code < 500, f"{case.method} {case.formatted_path} {case.query}"

        from hypothesis import given
        from hypothesis import strategies as st

        given(case=operation.as_strategy(), name=st.just(operation.label))(ask)()
    assert len(told) >= 15
    assert all(200 <= min(codes) < 500 for codes in told.values()), told


def _bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}
