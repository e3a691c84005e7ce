"""The documents name files, folders and names of the code; each of them exists, so that who follows one arrives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("docker", "docs", "grader", "migrations", "pictures", "reference", "requirements", "tasks", "tests", "web")
DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix()
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "migrations").glob("*.md")]
)
# What a command of the page's example makes, and a student's own file.
MADE_BY_READERS = {
    "docs/authoring.md": {
        "mine.py",
        "ridge_loss.py",
        "reference/solution.py",
        "tasks/demo/regression/ridge_loss/statement.md",
        "reference/demo/regression/ridge_loss/samples/right_loop.py",
    }
}
_MARKED = re.compile(r"`([^`\n]+)`")
_FILE = re.compile(r"[\w./*-]*\w\*?\.(?:py|ts|mjs|html|css|toml|yml|md|sh|conf|txt)")
_LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
_IGNORED = {"__pycache__", "node_modules", "dist"}


def _files() -> Iterator[PurePosixPath]:
    yield from (PurePosixPath(path.name) for path in ROOT.iterdir() if path.is_file())
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and _IGNORED.isdisjoint(path.parts):
                yield PurePosixPath(path.relative_to(ROOT).as_posix())


FILES = sorted(_files())


def _text(document: str) -> str:
    return (ROOT / document).read_text("utf-8")


def _named(name: str) -> list[PurePosixPath]:
    """The files that a document may mean by a name: it may leave out folders in front, and hold a star."""
    return [file for file in FILES if file.match(name)]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_that_a_document_names_exists(document: str) -> None:
    named = {name for marked in _MARKED.findall(_text(document)) for name in _FILE.findall(marked)}
    unknown = {name for name in named if not name.startswith("/") and not _named(name)}
    assert unknown - MADE_BY_READERS.get(document, set()) == set()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_of_a_document_leads_to_a_file(document: str) -> None:
    folder = (ROOT / document).parent
    prose = _MARKED.sub("", _text(document))
    assert [link for link in _LINK.findall(prose) if not (folder / link).exists()] == []


def _rows() -> list[str]:
    """The rows of "Where to change what" in the page about the architecture."""
    part = _text("docs/architecture.md").partition("## Where to change what")[2].partition("\n## ")[0]
    return [line.rpartition(" | ")[2] for line in part.splitlines() if line.startswith("| ")]


@pytest.mark.parametrize("row", _rows())
def test_a_name_beside_files_stands_in_one_of_them(row: str) -> None:
    marked = _MARKED.findall(row)
    files = [file for mark in marked for name in _FILE.findall(mark) for file in _named(name)]
    names = [mark for mark in marked if re.fullmatch(r"[A-Za-z_]\w+", mark)]
    text = "\n".join((ROOT / file).read_text("utf-8") for file in files)
    assert [name for name in names if files and not re.search(rf"\b{name}\b", text)] == []
