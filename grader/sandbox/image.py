"""What must be inside the images, and how a stale one is told."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Literal

from grader.wire import WIRE_VERSION

Target = Literal["sandbox", "judge"]

PACKAGE = Path(__file__).resolve().parent.parent
WIRE_LABEL = "org.grader.wire"
SOURCE_LABEL = "org.grader.source"

_SANDBOX = ("__init__.py", "author.py", "errors.py", "py.typed", "vocab.py", "wire", "harness")
_CONTENTS: dict[Target, tuple[str, ...]] = {"sandbox": _SANDBOX, "judge": (*_SANDBOX, "settings.py", "spec", "judge")}


def sources(target: Target) -> list[Path]:
    """The files of this package that image `target` holds, relative to the package, sorted."""
    found: list[Path] = []
    for name in _CONTENTS[target]:
        place = PACKAGE / name
        found += place.rglob("*") if place.is_dir() else [place]
    return sorted(path.relative_to(PACKAGE) for path in found if path.is_file() and "__pycache__" not in path.parts)


def source_digest(target: Target) -> str:
    """SHA-256 over the names and contents of `sources(target)`, in hexadecimal."""
    digest = hashlib.sha256()
    for path in sources(target):
        content = (PACKAGE / path).read_bytes()
        digest.update(f"{path.as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def expected_labels(target: Target) -> dict[str, str]:
    """The labels that an image made from these very sources carries; any other image must be refused."""
    return {WIRE_LABEL: str(WIRE_VERSION), SOURCE_LABEL: source_digest(target)}


def tag(target: Target) -> str:
    """The name under which `grader image build` leaves the image, and the docker backend looks for it."""
    return f"grader-{target}:{source_digest(target)[:12]}"
