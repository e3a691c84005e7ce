"""All models, for whoever needs the whole metadata (migrations, tests)."""

from __future__ import annotations

from grader.store.audit import AuditEvent
from grader.store.base import Base
from grader.store.courses import Assignment, AssignmentItem, Course, Enrolment, Extension, Section, SectionWindow
from grader.store.decisions import GradeHold, OpenedInputs, Override, RegradeRequest, Replay
from grader.store.marks import Mark, SavedComment
from grader.store.mistakes import LineComment, MistakeComment
from grader.store.people import ApiToken, Invitation, Person
from grader.store.questions import Question, QuestionVersion
from grader.store.regrades import Regrade, RegradeRun
from grader.store.runs import CaseOutcome, GradingRun
from grader.store.similarity import SimilarityCheck, SimilarPair
from grader.store.standings import ItemFigures, Standing
from grader.store.submissions import Allowance, Draft, Submission, WrittenAnswer
from grader.store.workshop import QuestionDraft, Verification

__all__ = [
    "Allowance",
    "ApiToken",
    "Assignment",
    "AssignmentItem",
    "AuditEvent",
    "Base",
    "CaseOutcome",
    "Course",
    "Draft",
    "Enrolment",
    "Extension",
    "GradeHold",
    "GradingRun",
    "Invitation",
    "ItemFigures",
    "LineComment",
    "Mark",
    "MistakeComment",
    "OpenedInputs",
    "Override",
    "Person",
    "Question",
    "QuestionDraft",
    "QuestionVersion",
    "Regrade",
    "RegradeRequest",
    "RegradeRun",
    "Replay",
    "SavedComment",
    "Section",
    "SectionWindow",
    "SimilarPair",
    "SimilarityCheck",
    "Standing",
    "Submission",
    "Verification",
    "WrittenAnswer",
]
