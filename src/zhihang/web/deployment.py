# SPDX-License-Identifier: Apache-2.0
"""Where the pages run: which workspace, which database, which address; from the environment and ``zhihang.toml``."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from zhihang.errors import DefinitionError
from zhihang.settings import KNOWN_SETTINGS
from zhihang.workspace import Workspace, open_workspace

WORKSPACE = "ZHIHANG_WORKSPACE"
"""Variable with the folder of the one workspace that the pages open."""
OVERRIDES = "ZHIHANG_WEB_"
"""Variables that stand before the settings of the section ``[web]``: ZHIHANG_WEB_DATABASE, ZHIHANG_WEB_DAY ..."""


@dataclass(frozen=True)
class Deployment:
    """One place where the pages run."""

    folder: Path
    chosen: Mapping[str, Any]

    @property
    def state(self) -> Path:
        """Folder with what people do: accounts, jobs, log; not with what figures rest on."""
        return self.folder / "web"

    def text(self, name: str, default: str = "") -> str:
        """Return a setting of the section ``[web]`` as text."""
        return str(os.environ.get(OVERRIDES + name.upper(), self.chosen.get(name, default)))

    def flag(self, name: str) -> bool:
        """Return whether a setting is on."""
        return self.text(name, "false").lower() in ("1", "true", "yes", "on")

    def texts(self, name: str) -> list[str]:
        """Return a setting that is a list; a variable parts it by commas."""
        named = os.environ.get(OVERRIDES + name.upper())
        given = self.chosen.get(name, []) if named is None else named.split(",")
        return [str(one).strip() for one in given if str(one).strip()]

    @property
    def hosts(self) -> list[str]:
        """Names under which the pages may be asked for."""
        return ["127.0.0.1", "localhost", "[::1]", *self.texts("hosts")]

    def secret(self) -> str:
        """Return the key that signs cookies; made once, readable by the owner alone."""
        path = self.state / "secret"
        try:
            return path.read_text("ascii")
        except FileNotFoundError:
            self.state.mkdir(mode=0o700, parents=True, exist_ok=True)
            key = secrets.token_urlsafe(64)
            try:
                descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                return path.read_text("ascii")
            with os.fdopen(descriptor, "w", encoding="ascii") as stream:
                stream.write(key)
            return key

    def database(self) -> dict[str, Any]:
        """Return Django's description of the database: SQLite in the workspace, or the PostgreSQL of the settings."""
        address = self.text("database")
        if not address:
            self.state.mkdir(mode=0o700, parents=True, exist_ok=True)
            return {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": self.state / "web.sqlite3",
                "CONN_MAX_AGE": 60,
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "timeout": 20,
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
                },
            }
        return postgres(address)


def postgres(address: str) -> dict[str, Any]:
    """Return Django's description of a PostgreSQL database, from ``postgresql://name:password@host:port/database``."""
    parts = urlsplit(address)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise DefinitionError(
            "The address of the database is not understood.",
            {"setting": "[web] database", "form": "postgresql://name:password@host:5432/database"},
            todo="Write it in this form, or leave it out for SQLite.",
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


SECRET = ("database",)
"""Settings that may hold a password."""


def shown_settings() -> list[dict[str, str]]:
    """Return each setting of the section ``[web]``, what it means and where it comes from; passwords are never shown."""
    place, found = deployment(), []
    for name, meaning in KNOWN_SETTINGS["web"].items():
        named = os.environ.get(OVERRIDES + name.upper())
        origin = "environment" if named is not None else "file" if name in place.chosen else "default"
        given = named if named is not None else place.chosen.get(name, "")
        value = ", ".join(map(str, given)) if isinstance(given, list) else str(given)
        shown = "••••" if name in SECRET and value else value
        found.append({"name": name, "value": shown, "meaning": meaning, "origin": origin})
    return found


@lru_cache(maxsize=1)
def deployment() -> Deployment:
    """Return where the pages of this process run; without a workspace (type checks, tools) an empty place."""
    folder = os.environ.get(WORKSPACE)
    if folder is None:
        return Deployment(Path(tempfile.gettempdir()) / "zhihang-without-workspace", {})
    workspace = open_workspace(Path(folder))
    return Deployment(workspace.folder.resolve(), workspace.settings.get("web", {}))


def opened() -> Workspace:
    """Open the workspace of this process."""
    return open_workspace(deployment().folder)
