"""What the API takes and gives, as types: requests are read into them, and the OpenAPI document is made of them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from grader.store.words import Device
from grader.vocab import Verdict, Visibility
from web.problems import Problem

__all__ = [
    "Accepted",
    "Case",
    "NewSubmission",
    "Problem",
    "QuestionList",
    "Queue",
    "Submission",
    "SubmissionState",
    "SubmittableQuestion",
]

SubmissionState = Literal["queued", "running", "finished", "failed", "awaiting_marking", "marked"]


class NewSubmission(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something to hand in: exactly one of `source` and `notebook`."""

    question: Annotated[
        str,
        Meta(
            min_length=1,
            description="The question's id, such as infr10086/tutorial3/tensor_add, or its last part where only one "
            "question that you can hand in ends so.",
        ),
    ]
    source: Annotated[
        str | None,
        Meta(
            description="The Python source. To a written question: the number, the names of the options (one a line), "
            "or the text; to a choice that asks for a reason, the names in the first line and the reason below it. "
            "With a `file_name` that ends in .ipynb: the notebook as text."
        ),
    ] = None
    notebook: Annotated[
        dict[str, Any] | None,
        Meta(description="A Jupyter notebook; the cells that define the entry point and what it needs are taken."),
    ] = None
    file_name: Annotated[str | None, Meta(description="What the file is called; shown on the site.")] = None
    course: Annotated[str | None, Meta(description="Needed where a question is part of several assignments.")] = None
    assignment: Annotated[str | None, Meta(description="As for `course`.")] = None
    precheck: Annotated[bool, Meta(description="Run the public cases only; counts for nothing.")] = False


class Accepted(msgspec.Struct, frozen=True):
    """It is kept and will be graded. `url` is where its state and result are."""

    id: int
    url: str


class Case(msgspec.Struct, frozen=True):
    """One case. Of hidden ones the message says no more than the diagnosis does."""

    name: str
    visibility: Visibility
    verdict: Verdict
    points: float
    max_points: float
    diagnosis: str | None
    message: str


class Queue(msgspec.Struct, frozen=True):
    """How long it will take until grading begins; `wait_s` is null where nothing is known yet."""

    ahead: int
    wait_s: float | None


class Submission(msgspec.Struct, frozen=True):
    """What `grader check --json` prints, with the state beside it. While there is no result, its fields are null."""

    id: int
    state: SubmissionState
    question: str
    file: str | None
    verdict: Verdict | None
    score: float | None
    max_score: float
    duration_ms: int | None
    sandbox: str | None
    device: str | None
    cases: list[Case]
    queue: Queue | None = None


class SubmittableQuestion(msgspec.Struct, frozen=True):
    """A question of an assignment. Times are the person's own: sections and extensions are in them."""

    question: str
    title: str
    kind: Literal["code", "numeric", "choice", "text"]
    entry: str | None
    device: Device
    course: str
    assignment: str
    item: str
    state: Annotated[
        Literal["not_open", "open", "late", "closed"], Meta(description="Whether something can be handed in now.")
    ]
    opens_at: dt.datetime | None
    due_at: dt.datetime | None
    closes_at: dt.datetime | None
    attempts_allowed: int | None
    attempts_used: int
    attempts_left: Annotated[int | None, Meta(description="null: as many as you like.")]
    max_score: float
    best_score: Annotated[float | None, Meta(description="What counts now, after the late policy; null: nothing yet.")]


class QuestionList(msgspec.Struct, frozen=True):
    """Everything that the person can hand in."""

    questions: list[SubmittableQuestion]
