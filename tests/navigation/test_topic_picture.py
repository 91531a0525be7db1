# SPDX-License-Identifier: Apache-2.0
"""What the topics of a study are made of."""

from __future__ import annotations

from zhihang.navigation.patents import Patent
from zhihang.navigation.topic_picture import readable


def test_a_text_that_is_neither_chinese_nor_english_makes_no_topic() -> None:
    french = "Procede de commande d'un drone et systeme de suivi par la camera"
    assert readable(Patent("1", text=french)) == ""
    assert readable(Patent("2", text=french, text_en="A drone with the camera")) == "A drone with the camera"
    assert readable(Patent("3", text="一种无人机，带有camera")) == "一种无人机，带有camera"
    assert readable(Patent("4", text="Drone with a camera")) == "Drone with a camera"
