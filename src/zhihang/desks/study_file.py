# SPDX-License-Identifier: Apache-2.0
"""The file of a study of one's own: a key's value is written anew under a lock, all else in it stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhihang.desks.alone import alone
from zhihang.desks.room import Room
from zhihang.errors import DefinitionError, NotAllowed

if TYPE_CHECKING:
    from zhihang.navigation.study import Study


@dataclass(frozen=True)
class StudyFile:
    """One study's file in the folder ``studies`` of a workspace."""

    room: Room
    name: str

    @property
    def study(self) -> Study:
        """What the file says now; an unknown study is refused."""
        from zhihang.navigation.study import Studies

        return Studies((self.room.folder / "studies",))[self.name]

    @property
    def path(self) -> Path:
        """Where a file of one's own stands."""
        return self.room.folder / "studies" / Path(self.study.path).name

    @property
    def own(self) -> bool:
        """Whether the study's file is the workspace's own, not an example of the package."""
        return self.path.is_file()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let nobody else write to the study while this lasts; examples of the package are refused."""
        if not self.own:
            raise NotAllowed(
                "An example of the package cannot be changed. 随附的示例研究不能修改。",
                {"study": self.name},
                todo="Make a study of your own. 请新建自己的研究。",
            )
        with alone(self.path):
            yield

    def write(self, change: Callable[[str], str]) -> None:
        """Put a changed text in the place of the file once it is known to be sound; else nothing changes."""
        from zhihang.navigation.study import read_study

        path = self.path
        fresh = path.with_suffix(".part")
        fresh.write_text(change(path.read_text("utf-8-sig")), "utf-8")
        try:
            read_study(fresh)
        except DefinitionError:
            fresh.unlink()
            raise
        fresh.replace(path)


def with_value(text: str, key: str, written: str) -> str:
    """Return the text of a YAML mapping with one key written as `written`, in its old place or at the end."""
    import yaml

    node = yaml.compose(text)
    if not isinstance(node, yaml.MappingNode):
        return f"{text.rstrip()}\n{written}\n"
    for name, value in node.value:
        if name.value == key:
            start, end = name.start_mark.index, _end(value)
            end = max(end, text.index(":", name.end_mark.index) + 1)
            return f"{text[:start]}{written}{text[end:]}"
    return f"{text.rstrip()}\n{written}\n"


def _end(node: Any) -> int:
    """Where a value ends: of a block, where its last part does, so that comments behind it stay."""
    import yaml

    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)
