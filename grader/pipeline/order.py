"""What goes into a grading and what comes out; both never change once made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from grader.spec.question import Question
from grader.vocab import Verdict, Visibility


@dataclass(frozen=True, slots=True)
class GradingOrder:
    """One submission to be graded. `seed` decides the inputs of hidden cases."""

    question: Question
    source: bytes
    seed: int
    only_public: bool = False
    explain: bool = True  # look for a small counterexample


@dataclass(frozen=True, slots=True)
class Frame:
    """One line of the submission's own code in a traceback."""

    line: int | None = None
    function: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Details:
    """What explains a case further than its message; of hidden cases, for staff only."""

    worst: dict[str, Any] | None = None
    counterexample: str | None = None
    frames: tuple[Frame, ...] = ()
    staff_note: str | None = None
    wall_s: float | None = None
    curve: dict[str, list[float]] | None = None
    error_grid: dict[str, Any] | None = None  # where the errors of a tensor stand
    graph: dict[str, Any] | None = None  # behind a result; told by the submission's process, which may lie


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What one case came to. `message` and `hint` are written for the student."""

    name: str
    visibility: Visibility
    verdict: Verdict
    points: float
    max_points: float
    group: str = ""
    diagnosis: str | None = None
    message: str = ""
    hint: str | None = None
    details: Details = Details()
    is_unstable: bool = False  # it failed and passed within this run; not charged to the student
    fingerprint: str | None = None  # of the wrong answer, on inputs that every submission gets; for `RunReport.mistake`
    followed_through: bool = False  # graded with the reference for an earlier part that failed


@dataclass(frozen=True, slots=True)
class Provenance:
    """What it takes to run the same grading again."""

    version: str = ""
    torch: str | None = None
    device: str = "cpu"
    seed: int | None = None
    tolerances: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a submission could not be graded; never the student's doing.

    `by` is "author" (the question is wrong) or "grader" (the sandbox failed). `message` is for staff.
    """

    by: str
    message: str


@dataclass(frozen=True, slots=True)
class RunReport:
    """The result of one grading run, complete: who may see what of it is decided in `grader.pipeline.feedback`."""

    question: str
    verdict: Verdict
    score: float
    max_score: float
    duration_ms: int
    sandbox: str
    device: str
    cases: tuple[CaseResult, ...] = ()
    provenance: Provenance = Provenance()
    fault: Fault | None = None
    printed: str = ""  # head of what the submission wrote to stdout and stderr
    mistake: str | None = None  # a signature: equal for submissions that are wrong in the same way
    loaded: bool = True  # False: it never was, so that it has met no inputs; decides what of it students see

    @property
    def graded(self) -> bool:
        """Whether this says anything about the submission."""
        return self.verdict is not Verdict.JUDGE_ERROR


def report_json(report: RunReport, file: str | None = None) -> dict[str, Any]:
    """The report as scripts and the API know it; these keys and no others."""
    return {
        "question": report.question,
        "file": file,
        "verdict": report.verdict.value,
        "score": report.score,
        "max_score": report.max_score,
        "duration_ms": report.duration_ms,
        "sandbox": report.sandbox,
        "device": report.device,
        "cases": [case_json(case) for case in report.cases],
    }


def case_json(case: CaseResult) -> dict[str, Any]:
    """One case, likewise; `case` must be what its reader may see."""
    return {
        "name": case.name,
        "visibility": case.visibility.value,
        "verdict": case.verdict.value,
        "points": case.points,
        "max_points": case.max_points,
        "diagnosis": case.diagnosis,
        "message": case.message,
    }
