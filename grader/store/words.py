"""The closed sets of words that rows hold."""

from __future__ import annotations

from enum import StrEnum


class CourseRole(StrEnum):
    """What a person is in one course; `grader.services.access` says what each may do."""

    STUDENT = "student"
    TA = "ta"
    STAFF = "staff"


class Purpose(StrEnum):
    """Why something was handed in."""

    SUBMIT = "submit"  # counts against the allowance
    PRECHECK = "precheck"  # visible cases only, counts for nothing


class Origin(StrEnum):
    """How a source arrived."""

    EDITOR = "editor"
    UPLOAD = "upload"
    NOTEBOOK = "notebook"
    API = "api"
    DEMO = "demo"


class RunState(StrEnum):
    """Where a grading run stands. `failed` means: could not be graded; it is nobody's verdict."""

    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"


class Lane(StrEnum):
    """Bulk work never delays a student: `normal` is emptied first."""

    NORMAL = "normal"
    REGRADE = "regrade"


class Device(StrEnum):
    """Which workers may take a run."""

    CPU = "cpu"
    GPU = "gpu"


class Counting(StrEnum):
    """Which of a student's attempts makes the grade."""

    BEST = "best"
    LAST = "last"


class LateKind(StrEnum):
    """What happens between the deadline and the close of a window."""

    NONE = "none"  # full marks until the window closes
    PER_DAY = "per_day"  # a share of the points off for every day begun
    FLAT = "flat"  # one share off, however late
    ZERO = "zero"  # feedback, but no points


class RequestState(StrEnum):
    """Where a student's request for another look stands."""

    OPEN = "open"
    GRANTED = "granted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class RegradeScope(StrEnum):
    """Which submissions of each student a regrade takes."""

    COUNTING = "counting"  # the one that makes the grade
    LATEST = "latest"
    ALL = "all"


class RegradeState(StrEnum):
    """Where a regrade stands."""

    GRADING = "grading"
    READY = "ready"  # to be reviewed
    APPLYING = "applying"
    APPLIED = "applied"
    APPLYING_UPWARDS = "applying_upwards"
    APPLIED_UPWARDS = "applied_upwards"  # only where it does not lower a score
    DROPPED = "dropped"


class VerificationState(StrEnum):
    """Where the check of a draft stands."""

    QUEUED = "queued"
    RUNNING = "running"
    PASSED = "passed"
    REFUSED = "refused"  # it may not be published as it is
    FAILED = "failed"  # our own fault
    CANCELLED = "cancelled"


class SimilarityState(StrEnum):
    """Where a comparison of submissions stands."""

    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"
