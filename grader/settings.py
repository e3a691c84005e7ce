"""The one reader of the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.errors import UsageError

SANDBOXES = ("auto", "docker", "local")
CONTAINERS = ("shared", "single")
PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """What a deployment decides; every field has a default that suits a laptop."""

    tasks_dir: Path  # GRADER_TASKS
    reference_dir: Path | None  # GRADER_REFERENCE; None where the reference solutions are not kept
    sandbox: str = "auto"  # GRADER_SANDBOX: auto, docker or local
    single: bool = False  # GRADER_CONTAINERS: single, a container for every submission, or shared
    lanes: int | None = None  # GRADER_LANES: submissions at the same time; None lets the backend decide

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None, current: Path | None = None) -> Settings:
        """Read the variables above; raises UsageError for a word or number that cannot be.

        `tasks` is looked for in the current folder first, then beside the installed project; `reference` beside it.
        """
        found = os.environ if environment is None else environment
        here = Path.cwd() if current is None else current
        sandbox = found.get("GRADER_SANDBOX", "auto")
        if sandbox not in SANDBOXES:
            raise UsageError(f"GRADER_SANDBOX is {sandbox!r}; use one of {', '.join(SANDBOXES)}")
        tasks = _named_folder(found, "GRADER_TASKS") or next(
            (place / "tasks" for place in (here, PROJECT) if (place / "tasks").is_dir()), here / "tasks"
        )
        return cls(
            tasks_dir=tasks,
            reference_dir=_named_folder(found, "GRADER_REFERENCE") or reference_beside(tasks),
            sandbox=sandbox,
            single=_containers(found) == "single",
            lanes=_positive(found, "GRADER_LANES"),
        )


def reference_beside(tasks_dir: Path) -> Path | None:
    """The reference solutions that belong to these questions; None where they are not kept."""
    folder = tasks_dir.resolve().parent / "reference"
    return folder if folder.is_dir() else None


def _named_folder(environment: Mapping[str, str], variable: str) -> Path | None:
    """The folder that the variable names, which must exist; None when it names none."""
    named = environment.get(variable)
    if not named:
        return None
    if not Path(named).is_dir():
        raise UsageError(f"{variable} is {named!r}, which is not a folder")
    return Path(named)


def _containers(environment: Mapping[str, str]) -> str:
    word = environment.get("GRADER_CONTAINERS") or "shared"
    if word not in CONTAINERS:
        raise UsageError(f"GRADER_CONTAINERS is {word!r}; use one of {', '.join(CONTAINERS)}")
    return word


def _positive(environment: Mapping[str, str], variable: str) -> int | None:
    text = environment.get(variable)
    if not text:
        return None
    if not text.isdecimal() or int(text) == 0:
        raise UsageError(f"{variable} is {text!r}; it must be a whole number above 0")
    return int(text)
