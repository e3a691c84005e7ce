"""Which files a question in the making may have, wherever they come from: the editor, a zip, a folder."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from grader.services.refusals import Reason, Refused
from grader.spec.find import MAX_FILE_BYTES, MAX_FILES, MAX_FOLDER_BYTES
from grader.spec.question import (
    ANSWER_FILE,
    CASES_FILE,
    CHECK_FILE,
    EXPECTED_FILE,
    PROBE_FILE,
    SAMPLES,
    SOLUTION_FILE,
    SPEC_FILE,
    STARTER_FILE,
    STATEMENT_FILE,
)

TEXTS = ("toml", "md", "py", "json", "txt", "csv")
PICTURES = ("svg", "png")
MAX_PATH = 120
_PART = r"[A-Za-z0-9_][A-Za-z0-9_.-]*"
_PATH = re.compile(rf"(?:{_PART}/){{0,4}}{_PART}\.(?P<kind>{'|'.join(TEXTS + PICTURES)})")
# As people think of them: what students read, what is graded, how it is decided, what proves it.
_ORDER = (
    SPEC_FILE,
    STATEMENT_FILE,
    STARTER_FILE,
    CASES_FILE,
    PROBE_FILE,
    SOLUTION_FILE,
    ANSWER_FILE,
    CHECK_FILE,
)
# What the worker writes: shown, and not to be edited.
WRITTEN_BY_WORKER = frozenset({EXPECTED_FILE})


def checked_path(path: str) -> str:
    """The path, if a question may have such a file; raises Refused."""
    clean = path.strip()
    if len(clean) > MAX_PATH or not _PATH.fullmatch(clean):
        raise Refused(
            Reason.INVALID,
            f"{shortened(clean)} is no name for a file of a question: letters, digits, - and _, with folders before "
            f"a /, and ending in {', '.join('.' + kind for kind in TEXTS + PICTURES)}.",
        )
    return clean


def checked_files(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """All files of a question; raises Refused with the first that cannot be, or for too many."""
    if len(files) > MAX_FILES:
        raise Refused(Reason.TOO_LARGE, f"A question has at most {MAX_FILES} files; these are {len(files)}.")
    for path, content in files.items():
        checked_path(path)
        checked_content(path, content)
    if sum(map(len, files.values())) > MAX_FOLDER_BYTES:
        raise Refused(
            Reason.TOO_LARGE, f"The files of a question are at most {MAX_FOLDER_BYTES // 1024**2} MiB together."
        )
    folders = {path.rpartition("/")[0] for path in files}
    for path in files:
        if path in folders:
            raise Refused(Reason.INVALID, f"{shortened(path)} cannot be a file and a folder at the same time.")
    return dict(files)


def checked_content(path: str, content: bytes) -> None:
    """Raises Refused for a file that is too large, or is no text although its name says so."""
    if len(content) > MAX_FILE_BYTES:
        raise Refused(Reason.TOO_LARGE, f"{shortened(path)} is larger than {MAX_FILE_BYTES // 1024**2} MiB.")
    if not is_text(path):
        return
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Refused(Reason.NOT_TEXT, f"{shortened(path)} is not UTF-8 text: look at line {line}.") from None
    if "\0" in text:
        raise Refused(Reason.NOT_TEXT, f"{shortened(path)} holds a NUL character.")


def is_text(path: str) -> bool:
    """Whether a file of that name can be edited as text; of pictures, drawings are."""
    return path.endswith(tuple(f".{kind}" for kind in (*TEXTS, "svg")))


def is_picture(path: str) -> bool:
    """Whether it is shown as a picture."""
    return path.endswith(tuple(f".{kind}" for kind in PICTURES))


def in_order(paths: Mapping[str, object]) -> list[str]:
    """Paths as an editor lists them: the usual files first, samples and others after them by name."""

    def place(path: str) -> tuple[int, str]:
        if path in _ORDER:
            return _ORDER.index(path), path
        return len(_ORDER) + (1 if path.startswith(SAMPLES) else 2 if path != EXPECTED_FILE else 3), path

    return sorted(paths, key=place)


def mark_of(content: bytes | None) -> int:
    """Changes whenever the content does: what an editor names as the text that it started from; 0 for no file.

    Of 48 bits, so that a browser's numbers hold it.
    """
    return 0 if content is None else int.from_bytes(hashlib.sha256(content).digest()[:6], "big") | 1


def shortened(path: str) -> str:
    """A name that somebody sent, fit for a sentence."""
    shown = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in path)
    return f"“{shown[:60]}…”" if len(shown) > 60 else f"“{shown}”"
