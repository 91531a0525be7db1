# SPDX-License-Identifier: Apache-2.0
"""The door through which a server calls the pages."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhihang.web.settings")
application = get_wsgi_application()
