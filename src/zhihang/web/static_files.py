# SPDX-License-Identifier: Apache-2.0
"""Files of the pages under names that change with their content."""

from __future__ import annotations

from typing import Any

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage

IMPORT = r"""(?P<matched>import(?s:(?P<import>[\s\{].*?))from\s*["'](?P<url>[./].*?)["']\s*;)"""
OWN_SCRIPTS: tuple[Any, ...] = (
    "zhihang/js/*.js",
    ((IMPORT, """import%(import)s from "%(url)s";"""),),
)


class StaticFiles(ManifestStaticFilesStorage):
    """Also follows what our own scripts import; a file that was not brought (charts, font) is no fault."""

    manifest_strict = False
    patterns = (*ManifestStaticFilesStorage.patterns, OWN_SCRIPTS)
