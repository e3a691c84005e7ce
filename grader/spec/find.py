"""The folders that questions live in."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from grader.errors import AuthorFault
from grader.spec.question import SPEC_FILE

QUESTION_ID = re.compile(r"[a-z0-9][a-z0-9_-]*(?:/[a-z0-9][a-z0-9_-]*){2}")

MAX_FILES = 200
MAX_FILE_BYTES = 2 * 1024 * 1024
MAX_FOLDER_BYTES = 8 * 1024 * 1024
IGNORED = frozenset({"__pycache__", ".ipynb_checkpoints", ".mypy_cache", ".ruff_cache", ".pytest_cache"})


def question_ids(tasks_dir: Path) -> list[str]:
    """`course/tutorial/question` of every folder that holds a spec, sorted."""
    specs = tasks_dir.glob(f"*/*/*/{SPEC_FILE}")
    ids = (spec.parent.relative_to(tasks_dir).as_posix() for spec in specs)
    return sorted(question_id for question_id in ids if QUESTION_ID.fullmatch(question_id))


def read_folder(folder: Path, prefix: str = "") -> dict[str, bytes]:
    """Every regular file below the folder, by its path in it. Links are refused, caches and hidden files left out.

    Raises AuthorFault for links, other special files, and folders or files that are too big.
    """
    files: dict[str, bytes] = {}
    size = 0
    for path, name in _regular_files(folder, prefix):
        content = _read_capped(path, name)
        files[name] = content
        size += len(content)
        if size > MAX_FOLDER_BYTES or len(files) > MAX_FILES:
            limits = f"at most {MAX_FILES} files and {MAX_FOLDER_BYTES // 1024**2} MiB"
            raise AuthorFault(f"too much for one question; {limits}", where=name)
    return files


def _regular_files(folder: Path, prefix: str) -> Iterator[tuple[Path, str]]:
    for directory, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not _ignored(name))
        for name in sorted(names) + folders:
            path = Path(directory, name)
            inside = prefix + PurePosixPath(path.relative_to(folder)).as_posix()
            mode = path.lstat().st_mode
            if _ignored(name) or stat.S_ISDIR(mode):
                continue
            if not stat.S_ISREG(mode):
                raise AuthorFault("only regular files may be part of a question, no links", where=inside)
            yield path, inside


def _read_capped(path: Path, name: str) -> bytes:
    # Opened without following links: the check above may be stale by now.
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as stream:
        content = stream.read(MAX_FILE_BYTES + 1)
    if len(content) > MAX_FILE_BYTES:
        raise AuthorFault(f"larger than {MAX_FILE_BYTES // 1024**2} MiB", where=name)
    return content


def _ignored(name: str) -> bool:
    return name in IGNORED or name.startswith(".") or name.endswith((".pyc", "~"))
