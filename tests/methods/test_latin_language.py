# SPDX-License-Identifier: Apache-2.0
"""Languages of titles in Latin letters."""

from __future__ import annotations

import pytest

from zhihang.methods.latin_language import latin_language


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Systeme de fixation rapide d'un accessoire sur le corps", "fr"),
        ("Verfahren und Gerät zur Fernbedienung einer Drohne", "de"),
        ("Vehículo no tripulado para extinción de los incendios", "es"),
        ("Sensore elettrico per la rivelazione delle condizioni", "it"),
        ("Method for controlling a drone by the remote of an operator", "en"),
        ("Foodstuff comprises e.g. dry fruits e.g. figs", "en"),  # one-letter words tell nothing
        ("Helicopter drone", "en"),
        ("Способ отбора", ""),
        ("旋翼无人机", ""),
        ("", ""),
    ],
)
def test_little_words_tell_the_language(title: str, language: str) -> None:
    assert latin_language(title) == language
