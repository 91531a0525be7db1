# SPDX-License-Identifier: Apache-2.0
"""The interface for programs: read-only JSON, described by OpenAPI 3.1, for people signed in and for keys."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from zhihang.shelf import Shelf

if TYPE_CHECKING:
    from ninja import NinjaAPI

VERSION = "1.0.0"


@lru_cache(maxsize=1)
def interface() -> NinjaAPI:
    """Return the interface with all endpoints of the shelf."""
    from ninja import NinjaAPI, Router

    made = NinjaAPI(title="Zhihang", version=VERSION, docs_url=None, urls_namespace="api")
    for name, router in Shelf("endpoint", Router, "zhihang.web.api.endpoints").all().items():
        made.add_router(f"/{name.replace('_', '-')}", router)
    return made
