"""What is graded: ten submissions to one question, four right and six wrong, over and over."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.spec import Question

QUESTION = "infr10086/tutorial3/neg_log_likelihood"
FOLDER = Path(__file__).with_name("submissions")
SEED = 7  # one for all, so that every contender grades the same inputs


@dataclass(frozen=True, slots=True)
class Submission:
    """One file of the workload, and whether it deserves full points."""

    path: Path
    right: bool

    @property
    def source(self) -> str:
        """Its text."""
        return self.path.read_text(encoding="utf-8")


def workload(files: int) -> list[Submission]:
    """`files` submissions: the ten in turn."""
    ten = [Submission(path, path.name.startswith("right_")) for path in sorted(FOLDER.glob("*.py"))]
    return [ten[index % len(ten)] for index in range(files)]


def plain_question(question: Question) -> dict[str, Any]:
    """The question as `inside/item.py` reads it: the same cases, the same reference, values and gradients compared."""
    spec = question.spec
    cases = [
        {
            "make": case.make,
            "args": dict(case.args),
            "seed": SEED if case.seed is None else case.seed,
            "gradients": list(spec.grade_of(case).gradients),
        }
        for case in spec.cases
    ]
    return {
        "cases_py": question.text("cases.py"),
        "solution_py": question.text("reference/solution.py"),
        "entry": spec.entry_point.name,
        "cases": cases,
    }
