# SPDX-License-Identifier: Apache-2.0
"""The settings of a workspace: the file, what may stand in it, and what each name means."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from zhihang.errors import DefinitionError

SETTINGS = "zhihang.toml"
DEFAULT_SETTINGS = """\
# Settings of this workspace. 本工作区的设置。

[store]
# Where rows are computed: "duckdb" (in this process) or "spark" (an existing cluster, see docs/how-to/use-spark.md).
engine = "duckdb"
# memory = "4GB"        # most memory DuckDB may use
# threads = 2

[spark]
# url = "sc://cluster.example:15002"    # Spark Connect; or "spark://master:7077" for a classic session
"""
KNOWN_SETTINGS: Mapping[str, Mapping[str, str]] = {
    "store": {
        "engine": "Where rows are computed: `duckdb` (in this process; the default) or `spark` (an existing cluster).",
        "memory": "Most memory DuckDB may use, such as `4GB`; default: 80 % of what the machine has.",
        "threads": "Threads of DuckDB; default: one for each core.",
        "scratch": "Folder for what does not fit into memory; default: one of each process in the store.",
    },
    "spark": {
        "url": "Address of the cluster: `sc://host:15002` for Spark Connect, `spark://host:7077` for a classic session.",
        "files": "The store's folder as the cluster sees it, where it is mounted elsewhere than here; a path with its"
        " scheme, such as `file:///mnt/zhihang/store`.",
        "options": 'Table of Spark settings for the session, such as `{"spark.executor.memory" = "4g"}`.',
    },
    "mail": {
        "host": "Mail server that takes the digests of watches.",
        "sender": "Address they come from, such as `ip@example.cn`.",
        "port": "Port of the server; default 25.",
        "security": "`none` (the default, inside one network), `starttls` or `ssl`.",
        "user": "Name to sign in with, if the server asks for one.",
        "password": "Password for it.",
        "seconds": "How long the server may take for an answer; default 30.",
        "link": "Address of the pages, such as `https://ip.example.cn`, for the links in a digest.",
    },
    "push": {
        "least": "Least score of a record that is sent; default 0.12.",
        "words": "Weight of similar words; default 1.",
        "classes": "Weight of equal classes; default 0.2.",
        "industries": "Weight of equal industries; default 0.15.",
        "rivals": "Weight of followed applicants; default 0.5.",
        "queries": "Weight of queries that find the record; default 0.5.",
        "citations": "Weight of citations of own patents; default 0.8.",
    },
    "proposals": {
        "address": "Address of an OpenAI-compatible endpoint, such as `http://localhost:8000/v1`. Only `zhihang plan extract"
        " --propose` asks it, and sends it the text of the document.",
        "model": "Name of the model there.",
        "key": "Key it asks for, if any.",
    },
    "search": {
        "title": "How much a word in the title counts in the order of hits; default 3.",
        "abstract": "The same for the abstract; default 1.",
        "first_claim": "The same for the first claim; default 1.",
        "claims": "The same for the other claims; default 0.5.",
        "description": "The same for the description; default 0.3.",
        "embedding": "Folder of a language model in the layout of sentence-transformers; similar patents are then"
        " looked for by meaning too.",
    },
    "web": {
        "name": "Name of the place, at the top of every page; default: 知航.",
        "region": "Region that pages open with, such as `450300`; a person's own region stands before it.",
        "day": "Day that pages open with, such as `2018-12-31`; default: today.",
        "hosts": "List of names under which the pages may be asked for, besides 127.0.0.1.",
        "https": "`true` where people reach the pages through https: cookies then travel no other way.",
        "behind_proxy": "`true` where a proxy in front says by X-Forwarded-Proto how people reach it.",
        "database": "`postgresql://name:password@host:5432/database` for accounts, jobs and log; default: SQLite.",
        "open_data": "`true` lets everybody read the open data without an account.",
        "open_indicators": "List of indicators whose values are open data, such as `inventions_in_force`; default: none.",
        "open_tables": "List of tables whose rows are open data, such as `observation`; default: none.",
        "frame_ancestors": "List of sites that may show the embedded charts, such as `https://www.example.cn`; default:"
        " none but this one.",
        "time_zone": "Time zone of the office; default: `Asia/Shanghai`.",
        "upload_megabytes": "Largest upload, in megabytes; default: 2048.",
    },
}
"""Sections and names of the settings, with what each means."""


def read_settings(path: Path) -> Mapping[str, Any]:
    """Read a settings file; a name that means nothing is an error."""
    try:
        settings = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DefinitionError(
            "The settings of the workspace cannot be read.",
            {"file": path, "fault": error},
            todo="Mend the file.",
        ) from error
    _check_settings(settings, path)
    return settings


def _check_settings(settings: Mapping[str, Any], path: Path) -> None:
    faults = [f"[{section}] is not a section" for section in settings if section not in KNOWN_SETTINGS]
    for section, names in KNOWN_SETTINGS.items():
        given = settings.get(section, {})
        faults += [f"[{section}] {name}: unknown" for name in given if name not in names]
    if faults:
        raise DefinitionError(
            "The settings of the workspace hold names that mean nothing.",
            {
                "file": path,
                "faults": "; ".join(faults),
                "known": "; ".join(f"[{s}] {', '.join(n)}" for s, n in KNOWN_SETTINGS.items()),
            },
            todo="Correct or remove them.",
        )
