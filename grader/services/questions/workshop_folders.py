"""Questions from folders that the operator has named: read as they stand, inside the folder only, and nothing is run.

Such a folder is usually a checkout under git. Its branch and commit are read from its files; git itself is not started,
since a repository's own settings can have it start other programs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.errors import AuthorFault, UsageError
from grader.services.refusals import Reason, Refused
from grader.spec.bank import Bank
from grader.spec.version import version_of
from grader.store.questions import Question, QuestionVersion

_COMMIT = re.compile(r"[0-9a-f]{40,64}")
_REF = re.compile(r"refs/[A-Za-z0-9_][A-Za-z0-9_./-]*")
MAX_REF_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Checkout:
    """What git says of a folder; empty words where it is no checkout."""

    branch: str = ""
    commit: str = ""

    def __str__(self) -> str:
        return " at ".join(part for part in (self.branch, self.commit[:10]) if part)


@dataclass(frozen=True, slots=True)
class Found:
    """A question of the folder, against what is published: "same", "differs", "new", or why it cannot be read."""

    name: str
    state: str
    number: int | None = None  # of the live version
    fault: str = ""


def bank_in(folders: Mapping[str, Path], name: str) -> tuple[Bank, Path]:
    """The questions of the folder of that name; raises Refused."""
    root = folders.get(name)
    if root is None:
        raise Refused(Reason.NOT_FOUND, "The operator of this site has named no such folder.")
    if not (root / "tasks").is_dir():
        raise Refused(
            Reason.NOT_FOUND, f"The folder “{name}” is not there just now, or has no folder tasks. Ask its operator."
        )
    return Bank(root / "tasks", root / "reference"), root


def found_in(session: Session, bank: Bank, root: Path) -> list[Found]:
    """Every question of the folder, with how it differs from the live version."""
    live = {
        name: (number, digest)
        for name, number, digest in session.execute(
            select(Question.name, QuestionVersion.number, QuestionVersion.digest).join(
                QuestionVersion, QuestionVersion.id == Question.live_version_id
            )
        )
    }
    found = []
    for name in bank.ids():
        number, digest = live.get(name, (None, None))
        try:
            same = digest == version_of(files_in(bank, root, name))
        except Refused as refused:
            found.append(Found(name, "faulty", number, str(refused)))
            continue
        found.append(Found(name, "new" if number is None else "same" if same else "differs", number))
    return found


def files_in(bank: Bank, root: Path, name: str) -> dict[str, bytes]:
    """The files of one question, both halves; raises Refused, also for one that a link leads out of the folder."""
    if "\0" in name:
        raise Refused(Reason.NOT_FOUND, "There is no question of that name in the folder.")
    inside = root.resolve()
    for half in (bank.tasks_dir, bank.reference_dir):
        if half is not None and not (half / name).resolve().is_relative_to(inside):
            raise Refused(Reason.INVALID, f"{name} leads out of the folder.")
    try:
        return bank.files(name)
    except UsageError as error:
        raise Refused(Reason.NOT_FOUND, f"{error}.") from error
    except AuthorFault as fault:
        raise Refused(Reason.INVALID, str(fault)) from fault
    except OSError as error:
        raise Refused(Reason.INVALID, f"{name} cannot be read: {error.strerror}.") from error


def checkout_of(root: Path) -> Checkout:
    """The branch and the commit that the folder is at."""
    git = root / ".git"
    if git.is_symlink() or not git.is_dir():
        return Checkout()
    head = _text(git / "HEAD").strip()
    if _COMMIT.fullmatch(head):
        return Checkout(commit=head)
    ref = head.removeprefix("ref: ")
    if not _REF.fullmatch(ref) or ".." in ref:
        return Checkout()
    commit = _text(git / ref).strip()
    if not _COMMIT.fullmatch(commit):
        packed = (line.split(" ") for line in _text(git / "packed-refs").splitlines())
        commit = next((words[0] for words in packed if len(words) == 2 and words[1] == ref), "")
    return Checkout(ref.removeprefix("refs/heads/"), commit if _COMMIT.fullmatch(commit) else "")


def _text(file: Path) -> str:
    try:
        if file.is_symlink():
            return ""
        with file.open("rb") as stream:
            return stream.read(MAX_REF_BYTES).decode("utf-8", "replace")
    except OSError:
        return ""
