# SPDX-License-Identifier: Apache-2.0
"""Two people at once: a form carries what its sender saw; who saves second is told what the first one changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.core import signing

SALT = "seen"


def seen(values: Mapping[str, Any]) -> str:
    """Return what a hidden field of a form carries: the values as they were when the form was shown."""
    return signing.dumps(json.dumps(values, ensure_ascii=False, sort_keys=True, default=str), salt=SALT)


def changed_since(carried: str, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return what somebody else changed since the form was shown: name to value then and now; all where that is unknown."""
    try:
        before = json.loads(signing.loads(carried, salt=SALT))
    except (signing.BadSignature, ValueError):
        before = {}
    now = json.loads(json.dumps(values, ensure_ascii=False, default=str))
    return {
        name: (before.get(name), now[name]) for name in now if name not in before or before[name] != now[name]
    }
