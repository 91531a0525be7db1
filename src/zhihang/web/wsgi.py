# SPDX-License-Identifier: Apache-2.0
"""The door through which a server calls the pages."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from zhihang.web.answers import CODE
from zhihang.web.ready import get_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhihang.web.settings")
application = get_wsgi_application()
if CODE in os.environ:  # a process of `serve`
    get_ready()
