# SPDX-License-Identifier: Apache-2.0
"""All addresses: those of the pages on the shelf, then the interface for programs."""

from __future__ import annotations

from django.urls import path

from zhihang.web.api.interface import interface
from zhihang.web.page import pages

urlpatterns = [*(one.pattern() for one in pages().values()), path("api/v1/", interface().urls)]
handler400 = "zhihang.web.failures.misunderstood"
handler403 = "zhihang.web.failures.forbidden"
handler404 = "zhihang.web.failures.not_found"
handler500 = "zhihang.web.failures.broken"
