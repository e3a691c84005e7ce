"""Pictures in statements: `![what it shows](name.svg)`, a file beside the statement and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from grader.errors import AuthorFault
from grader.spec.question import STATEMENT_FILE
from grader.spec.words import did_you_mean

PICTURE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\.(?:svg|png)")
CONTENT_TYPES = {"svg": "image/svg+xml", "png": "image/png"}

_FENCE = r"^(?P<fence>```|~~~).*?^(?P=fence)|`[^`\n]+`"
# Neither goes on over another bracket of its kind: where many are never closed, each would be looked for to the end.
_PICTURE = r"!\[(?P<alt>[^\[\]]*)\]\((?P<name>[^()]*)\)"
_CODE_OR_PICTURE = re.compile(f"{_FENCE}|{_PICTURE}", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture as the statement names it; `alt` is what somebody who does not see it reads."""

    name: str
    alt: str
    line: int


def pictures_in(statement: str) -> Iterator[Picture]:
    """Every picture of a statement, in its order; what only looks like one, in code, is none."""
    for found in _CODE_OR_PICTURE.finditer(statement):
        if found["name"] is not None:
            line = statement.count("\n", 0, found.start()) + 1
            yield Picture(found["name"].strip(), " ".join(found["alt"].split()), line)


def pictures_told(statement: str) -> str:
    """The statement for a terminal: in place of each picture what it shows."""
    return _CODE_OR_PICTURE.sub(
        lambda found: f"[picture: {found['alt']}]" if found["name"] is not None else found[0], statement
    )


def faults_of_pictures(files: Mapping[str, bytes]) -> Iterator[AuthorFault]:
    """Pictures that cannot be shown, or that tell nothing to who cannot see them."""
    there = [path for path in files if PICTURE_NAME.fullmatch(path)]
    for picture in pictures_in(files.get(STATEMENT_FILE, b"").decode("utf-8-sig", "replace")):
        fault = _fault(picture, files, there)
        if fault is not None:
            yield AuthorFault(fault, where=STATEMENT_FILE, line=picture.line)


def _fault(picture: Picture, files: Mapping[str, bytes], there: list[str]) -> str | None:
    name = picture.name
    if not PICTURE_NAME.fullmatch(name):
        return f"{name!r} is no picture: name an .svg or .png file of this question's public folder, without a path"
    if name not in files:
        return f"the picture {name!r} is not in the question's public folder{did_you_mean(name, there)}"
    if not picture.alt:
        return f"the picture {name!r} has no description: write ![what it shows]({name}) for those who cannot see it"
    if not _is_what_it_says(name, files[name]):
        return f"{name!r} does not hold what its name says: an SVG drawing or a PNG image"
    return None


def _is_what_it_says(name: str, content: bytes) -> bool:
    if name.endswith(".png"):
        return content.startswith(b"\x89PNG\r\n\x1a\n")
    return b"<svg" in content[:4096]
