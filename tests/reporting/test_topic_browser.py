# SPDX-License-Identifier: Apache-2.0
"""A topic database to browse."""

from datetime import date

from zhihang.reporting.topic_browser import TopicTold, topic_browser


def _row(number, title):
    return {
        "application_id": number,
        "publication_id": f"{number}A",
        "title": title,
        "applicants": ("甲公司",),
        "filing_date": date(2019, 1, 2),
        "ipc": ("H01M10/0525",),
    }


def test_the_page_lists_each_patent_with_its_parts_and_no_title_becomes_markup():
    told = TopicTold("新能源", "说明", "TI=电池", date(2020, 1, 1), 2, [("A", "电芯", 1)], ["x.csv"])
    page = topic_browser(told, [_row("CN1", "电池"), _row("CN2", "<script>x</script>")], {"CN1": ["A"]})
    assert '<tr data-parts="A"><td>CN1A</td><td>电池</td>' in page
    assert "&lt;script&gt;x" in page
    assert "<script>x" not in page
    assert "截至2020-01-01。" in page


def test_a_large_topic_says_that_the_page_lists_a_part_of_it():
    told = TopicTold("新能源", "", "TI=电池", date(2020, 1, 1), 9, [], ["x.csv"])
    assert "本页列出前1件" in topic_browser(told, [_row("CN1", "电池")], {})
