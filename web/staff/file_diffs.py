"""Two sets of files side by side: what was added, removed and changed, line by line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from grader.services.questions.workshop_files import in_order, is_picture
from web.source_view import Hunk, difference


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file. `kind` is added, removed or changed; `hunks` None where there is no text, or too much, to compare."""

    path: str
    kind: str
    hunks: list[Hunk] | None
    added: int = 0
    removed: int = 0


def changes_between(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> list[FileChange]:
    """Files that differ, in the order in which an editor lists them."""
    changed = [path for path in in_order({**before, **after}) if before.get(path) != after.get(path)]
    return [_change(path, before.get(path), after.get(path)) for path in changed]


def _change(path: str, before: bytes | None, after: bytes | None) -> FileChange:
    kind = "added" if before is None else "removed" if after is None else "changed"
    if is_picture(path):
        return FileChange(path, kind, None)
    # An empty text would have a line of its own.
    hunks = difference(before or b"", after or b"", is_python=path.endswith(".py"))
    lines = [run[0] for hunk in hunks or [] for run in hunk.unified]
    return FileChange(path, kind, hunks, lines.count("come"), lines.count("gone"))
