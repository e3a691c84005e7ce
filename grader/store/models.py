"""All models, for whoever needs the whole metadata (migrations, tests)."""

from __future__ import annotations

from grader.store.audit import AuditEvent
from grader.store.base import Base
from grader.store.courses import Assignment, AssignmentItem, Course, Enrolment, Extension, Section, SectionWindow
from grader.store.people import ApiToken, Invitation, Person
from grader.store.questions import Question, QuestionVersion
from grader.store.runs import CaseOutcome, GradingRun
from grader.store.submissions import Allowance, Draft, Submission, WrittenAnswer

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
    "GradingRun",
    "Invitation",
    "Person",
    "Question",
    "QuestionVersion",
    "Section",
    "SectionWindow",
    "Submission",
    "WrittenAnswer",
]
