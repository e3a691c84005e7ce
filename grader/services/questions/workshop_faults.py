"""What is wrong with the files of a draft, as its author types: found by reading them. No code of a question is run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from grader.errors import AuthorFault
from grader.spec.load import read_question
from grader.spec.question import SPEC_FILE, STATEMENT_FILE
from grader.spec.samples import samples_of

# The longest file of the bank has a third of it. Reading takes time that grows with the size, and somebody waits.
MAX_READ_BYTES = 64_000


@dataclass(frozen=True, slots=True)
class Spotted:
    """One fault: in which file, on which line, under which key."""

    where: str
    line: int | None
    key: str | None
    message: str


def faults_of_draft(files: Mapping[str, bytes], name: str) -> list[Spotted]:
    """All faults that reading finds, in their order."""
    too_large = [path for path in files if path.endswith((".toml", ".py")) and len(files[path]) > MAX_READ_BYTES]
    if too_large:
        message = f"larger than {MAX_READ_BYTES // 1000} kB: verify the draft to have it checked"
        return [Spotted(path, None, None, message) for path in too_large]
    found: list[Spotted] = []
    try:
        question, faults = read_question(files, name)
        found = [_spotted(fault) for fault in faults]
        if question is not None and question.spec.kind == "code":
            samples_of(files)
    except AuthorFault as fault:
        found.append(_spotted(fault))
    except (RecursionError, MemoryError, ValueError) as error:
        # Files that no parser gets through: nesting without end, numbers without end.
        found = [Spotted(SPEC_FILE, None, None, f"cannot be read: {type(error).__name__}")]
    if STATEMENT_FILE not in files:
        found.append(Spotted(STATEMENT_FILE, None, None, "the file is missing: it is what students read"))
    return list(dict.fromkeys(found))


def _spotted(fault: AuthorFault) -> Spotted:
    return Spotted(fault.where or SPEC_FILE, fault.line, fault.key, fault.message)
