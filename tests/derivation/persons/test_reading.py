# SPDX-License-Identifier: Apache-2.0
"""Tests of reading names of persons: order, initials, particles, suffixes, spelling, and what is no name."""

from __future__ import annotations

import pytest

from zhihang.derivation.persons.reading import read_names

SHORT = {"bob": "robert"}


def variants(*names):
    return read_names(list(names), SHORT).variant.tolist()


def part(name, *others):
    read = read_names([name, *others], SHORT)
    return read.parts[read.variant[0]]


@pytest.mark.parametrize(
    "names",
    [
        ("张三丰", "張三豐", "张 三丰", "张　三丰", "（1）张三丰"),
        ("阿里·木拉提", "阿里・木拉提", "阿里木拉提"),
        ("Müller, Jörg", "MULLER, JORG", "M&uuml;ller, J&ouml;rg", "Jörg MÜLLER", "MÜLLER Jörg"),
        ("Abdella, David J.", "David J. Abdella", "ABDELLA DAVID J", "DAVID J ABDELLA"),
        ("van Dover, Robert", "VanDover, Robert", "Van Dover, Bob"),
        ("O'Brien, Pat", "O’BRIEN, Pat", "OBRIEN, Pat"),
        ("Smith, John, Jr.", "Smith, Jr., John", "John Smith Jr."),
        ("Dr. Hans Weber", "Weber, Hans, Dr.-Ing."),
    ],
)
def test_ways_of_writing_one_name_are_one(names):
    assert len(set(variants(*names))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("张伟", "张玮"),
        ("Smith, John", "Smith, James"),
        ("Smith, John, Jr.", "Smith, John, Sr."),
        ("Smith, John A.", "Smith, John B."),
    ],
)
def test_other_names_are_others(one, other):
    assert len(set(variants(one, other))) == 2


def test_a_latin_name_has_surname_given_names_and_suffix():
    name = part("LABELLE Edward V. III")
    assert (name.block, name.surname, name.first) == ("l:labelle|e", "labelle", "edward")
    assert (name.second, name.second_initial, name.suffix) == ("", "v", "iii")


def test_given_names_in_one_or_two_words_fit_by_what_they_spell_together():
    assert part("Kim, Ki-Yul").joined == part("Kim, Ki Yul").joined == part("Kim, Kiyul").joined == "kiyul"
    assert part("Lin, Jung-Chou").second_initial == part("Lin, J. C.").second_initial == "c"


def test_the_order_of_a_plain_name_is_learnt_from_names_that_show_it():
    known = ("SOULIGNAC, Anne", "SOULIGNAC, Paul", "Grant, Michael", "Weber, Michael")
    assert part("SOULIGNAC MICHAEL", *known).surname == "soulignac"
    assert part("Michael Soulignac", *known).surname == "soulignac"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("不公告发明人", "withheld"),
        ("请求不公开姓名", "withheld"),
        ("发明人要求保密", "withheld"),
        ("UNKNOWN", "withheld"),
        ("Verzicht des Erfinders auf Nennung", "withheld"),
        ("", "none"),
        ("  ", "none"),
        ("12345", "none"),
        ("-", "none"),
        ("Jr.", "none"),
        ("张", "none"),
        ("桂林漓鑫电子科技有限公司", "organisation"),
        ("DANISCO USA INC", "organisation"),
        ("张三；李四", "several"),
        ("张三、李四、王五", "several"),
    ],
)
def test_what_is_no_name_of_a_person_is_told(name, kind):
    read = read_names([name], {})
    assert (read.kind[0], read.variant[0]) == (kind, -1)


def test_a_person_whose_given_name_means_secret_is_a_person():
    assert read_names(["郑保密"], {}).kind[0] == "han"


def test_no_names_are_read_as_none():
    assert read_names([], {}).parts == []
