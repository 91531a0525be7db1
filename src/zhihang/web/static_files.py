# SPDX-License-Identifier: Apache-2.0
"""Files of the pages under names that change with their content."""

from __future__ import annotations

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class StaticFiles(ManifestStaticFilesStorage):
    """Also follows what modules of scripts import; a file that was not brought (charts, font) is no fault."""

    manifest_strict = False
    support_js_module_import_aggregation = True
