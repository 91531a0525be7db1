# SPDX-License-Identifier: Apache-2.0
"""A language model that the user put into a folder (layout of sentence-transformers): nearness by meaning."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from zhihang.errors import NotFound, NotInstalled
from zhihang.retrieval.record import records
from zhihang.retrieval.similar import Ranking, Subject, by_class, by_text

if TYPE_CHECKING:
    from zhihang.retrieval.generation import Generation
    from zhihang.store.snapshot import Snapshot

LONGEST = 2_000
"""Characters of a text that the model is given."""


def nearest(folder: Path, found: Generation, snapshot: Snapshot, subject: Subject) -> Ranking:
    """Rank what words and classes found by the cosine of its vector with the subject's.

    Only these are given to the model, so that no vectors of the whole store are needed; an application that shares
    neither word nor class is not found by meaning alone.
    """
    model = _model(folder)
    candidates = list(
        dict.fromkeys(name for name, _ in (*by_text(found, subject), *by_class(found, subject)))
    )
    if not candidates:
        return []
    known = records(snapshot, candidates)
    texts = [f"{known[name].title or ''}\n{known[name].abstract or ''}"[:LONGEST] for name in candidates]
    vectors = np.asarray(
        model.encode([subject.text[:LONGEST], *texts], normalize_embeddings=True), dtype=np.float64
    )
    nearness = vectors[1:] @ vectors[0]
    order = sorted(range(len(candidates)), key=lambda n: (-nearness[n], candidates[n]))
    return [(candidates[n], (f"{nearness[n]:.2f}",)) for n in order]


def _model(folder: Path) -> Any:
    if not (folder / "modules.json").is_file():
        raise NotFound(
            "There is no language model in the folder that the settings name.",
            {"folder": folder, "expected": "the layout of sentence-transformers, with modules.json"},
            todo="Put the model there, or remove [search] embedding from zhihang.toml.",
        )
    if find_spec("sentence_transformers") is None:
        raise NotInstalled(
            "The language model needs the library sentence-transformers.",
            {"missing": "sentence-transformers", "model": folder},
            todo="pip install sentence-transformers, or remove [search] embedding from zhihang.toml.",
        )
    from importlib import import_module

    return import_module("sentence_transformers").SentenceTransformer(str(folder), local_files_only=True)
