"""The one reader of the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.errors import UsageError

SANDBOXES = ("auto", "docker", "local")
PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """What a deployment decides; every field has a default that suits a laptop."""

    tasks_dir: Path  # GRADER_TASKS
    reference_dir: Path | None  # GRADER_REFERENCE; None where the reference solutions are not kept
    sandbox: str = "auto"  # GRADER_SANDBOX: auto, docker or local
    image: str | None = None  # GRADER_IMAGE: of the docker backend's containers
    lanes: int | None = None  # GRADER_LANES: submissions at the same time; None lets the backend decide

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None, current: Path | None = None) -> Settings:
        """Read the variables above; raises UsageError for a word or number that cannot be.

        Both folders are looked for in the current folder first, then beside the installed project.
        """
        found = os.environ if environment is None else environment
        here = Path.cwd() if current is None else current
        sandbox = found.get("GRADER_SANDBOX", "auto")
        if sandbox not in SANDBOXES:
            raise UsageError(f"GRADER_SANDBOX is {sandbox!r}; use one of {', '.join(SANDBOXES)}")
        tasks = _folder(found, "GRADER_TASKS", "tasks", here)
        return cls(
            tasks_dir=tasks if tasks is not None else here / "tasks",
            reference_dir=_folder(found, "GRADER_REFERENCE", "reference", here),
            sandbox=sandbox,
            image=found.get("GRADER_IMAGE") or None,
            lanes=_positive(found, "GRADER_LANES"),
        )


def _folder(environment: Mapping[str, str], variable: str, name: str, here: Path) -> Path | None:
    """The folder that the variable names, which must exist; else the first of the two default places that does."""
    named = environment.get(variable)
    if named:
        if not Path(named).is_dir():
            raise UsageError(f"{variable} is {named!r}, which is not a folder")
        return Path(named)
    return next((place / name for place in (here, PROJECT) if (place / name).is_dir()), None)


def _positive(environment: Mapping[str, str], variable: str) -> int | None:
    text = environment.get(variable)
    if not text:
        return None
    if not text.isdecimal() or int(text) == 0:
        raise UsageError(f"{variable} is {text!r}; it must be a whole number above 0")
    return int(text)
