# SPDX-License-Identifier: Apache-2.0
"""The breakdown of a study changed node by node: order, labels, comments, and who was first."""

from __future__ import annotations

from typing import Any

import pytest

from zhihang.desks.study_file import with_value
from zhihang.errors import DefinitionError, NotAllowed, ZhihangError
from zhihang.workspace import Workspace, create_workspace

FILE = """# 开头的说明
label: {zh: 电池}
question: 往哪里去
query: TI=电池
# 分解的说明
breakdown:
  - {code: A, zh: 材料}
  - {code: A1, parent: A, zh: 正极, keywords: [正极]}
  - code: A2
    parent: A
    zh: 负极
    keywords: [负极, 石墨]   # 最后一项
# 对比的说明
comparators: []
"""


def always(_: Any) -> bool:
    return True


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return create_workspace(tmp_path_factory.mktemp("tree") / "office")


@pytest.fixture
def workspace(made: Workspace) -> Workspace:
    folder = made.folder / "studies"
    (folder / "电池").mkdir(parents=True, exist_ok=True)
    (folder / "电池.yaml").write_text(FILE, "utf-8")
    (folder / "电池" / "labels.csv").unlink(missing_ok=True)
    return made


def codes(workspace: Workspace) -> list[str]:
    return [node["code"] for node in workspace.study_tree.nodes("电池")]


def test_a_node_is_added_below_another_and_comments_stay(workspace: Workspace) -> None:
    said = {"parent": "A1", "zh": "三元", "keywords": ["三元材料", "NCM"], "classes": ["H01M4/525"]}
    assert workspace.study_tree.put("电池", "breakdown", "A11", said, still=always) is None
    assert codes(workspace) == ["A", "A1", "A11", "A2"]
    text = (workspace.folder / "studies" / "电池.yaml").read_text("utf-8")
    assert all(told in text for told in ("# 开头的说明", "# 分解的说明", "# 对比的说明"))
    assert workspace.study_tree.nodes("电池")[2]["classes"] == ["H01M4/525"]
    assert workspace.study_tree.nodes("电池")[2]["depth"] == 2


def test_a_node_moves_among_its_neighbours_and_to_another_parent(workspace: Workspace) -> None:
    tree = workspace.study_tree
    tree.move("电池", "breakdown", "A2", -1)
    assert codes(workspace) == ["A", "A2", "A1"]
    tree.move("电池", "breakdown", "A2", -1)
    assert codes(workspace) == ["A", "A2", "A1"]
    assert tree.put("电池", "breakdown", "A1", {"parent": ""}, still=always) is None
    assert [(node["code"], node["depth"]) for node in tree.nodes("电池")] == [("A", 0), ("A2", 1), ("A1", 0)]
    assert tree.nodes("电池")[2]["keywords"] == ["正极"]


@pytest.mark.parametrize(
    ("code", "said", "told"),
    [
        ("A", {"parent": "A1"}, "不能移到自己的下级"),
        ("A1", {"parent": "Z"}, "不存在"),
        ("A1", {"keywords": []}, "没有说明哪些专利属于 A1"),
        ("A1", {"zh": " "}, "没有名称"),
        ("乙", {"zh": "乙", "keywords": ["乙"]}, "不可用"),
        ("A1", {"query": "TI=("}, "TI"),
    ],
)
def test_what_cannot_be_is_refused_and_the_file_stays(
    workspace: Workspace, code: str, said: dict[str, Any], told: str
) -> None:
    with pytest.raises(ZhihangError, match=told):
        workspace.study_tree.put("电池", "breakdown", code, said, still=always)
    assert (workspace.folder / "studies" / "电池.yaml").read_text("utf-8") == FILE


def test_a_parent_may_not_lose_its_last_node_while_it_says_nothing(workspace: Workspace) -> None:
    workspace.study_tree.remove("电池", "breakdown", "A1", still=always)
    with pytest.raises(DefinitionError, match="没有说明哪些专利属于 A"):
        workspace.study_tree.remove("电池", "breakdown", "A2", still=always)
    assert codes(workspace) == ["A", "A2"]


def test_labels_of_a_deleted_node_name_the_node_above(workspace: Workspace) -> None:
    for number, label in (("CN1", "A1"), ("CN2", "A1|A2"), ("CN3", "noise"), ("CN4", "A2")):
        workspace.studies.label("电池", f"2015100000{number[2:]}", label)
    assert [node["labels"] for node in workspace.study_tree.nodes("电池")] == [0, 2, 2]
    workspace.study_tree.remove("电池", "breakdown", "A1", still=always)
    assert [node["labels"] for node in workspace.study_tree.nodes("电池")] == [2, 2]
    workspace.study_tree.put("电池", "effects", "E1", {"zh": "降本", "keywords": ["成本"]}, still=always)
    workspace.studies.label("电池", "20151000005", "E1")
    workspace.study_tree.remove("电池", "effects", "E1", still=always)
    labels = (workspace.folder / "studies" / "电池" / "labels.csv").read_text("utf-8")
    assert "20151000005,in," in labels


def test_who_saw_something_else_is_told_and_writes_nothing(workspace: Workspace) -> None:
    seen: list[Any] = []

    def changed(now: Any) -> bool:
        seen.append(now)
        return False

    held = workspace.study_tree.put("电池", "breakdown", "A1", {"zh": "阴极"}, still=changed)
    assert held is not None
    assert held["zh"] == seen[0]["zh"] == "正极"
    assert (workspace.folder / "studies" / "电池.yaml").read_text("utf-8") == FILE


def test_an_example_is_copied_before_it_is_changed(workspace: Workspace) -> None:
    with pytest.raises(NotAllowed):
        workspace.study_tree.move("drones", "breakdown", "A", 1)
    path = workspace.study_tree.copy("drones", "我的无人机")
    assert workspace.study_tree.nodes("我的无人机") == workspace.study_tree.nodes("drones")
    with pytest.raises(NotAllowed):
        workspace.study_tree.copy("drones", "我的无人机")
    path.unlink()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 1\nb: []\n# c\n", "a: 1\nb: X\n# c\n"),
        ("b:\n  - 1\n  - 2 # two\n# c\na: 1\n", "b: X # two\n# c\na: 1\n"),
        ("b:\na: 1\n", "b: X\na: 1\n"),
        ("a: 1\n", "a: 1\nb: X\n"),
    ],
)
def test_one_value_is_written_and_all_else_stays(before: str, after: str) -> None:
    assert with_value(before, "b", "b: X") == after
