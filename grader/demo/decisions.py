"""What the demo's teachers have decided, so that a visitor finds each kind of decision once: by services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.demo.written import COMMENTS, TOLD
from grader.services.grades import overrides, regrade_requests, releases
from grader.services.marking.marking import mark, most_points
from grader.services.marking.marking_rules import set_marking_rules
from grader.services.marking.saved_comments import save_comment
from grader.services.similarity import similarity
from grader.store.models import Assignment, AssignmentItem, Mark, Question, Submission, WrittenAnswer
from grader.store.words import Purpose

HOUR = dt.timedelta(hours=1)

BLIND = "basics"  # marked without names, by two markers
HELD = "regression"  # nobody sees grades before the last late ones are in
OVERRIDDEN = ("basics", "hugo")
WHY_OVERRIDDEN = (
    "You showed Tina in the tutorial that it runs; the file that you handed in was an older one. "
    "Set once, with a word about saving before handing in."
)
COMPARED = "comp90051/workshop6/two_layer_network"  # long enough that copies can be told from chance
ASKED_POINTS = 2  # whoever got that many for `TOLD` asks why
QUESTION_OF_STUDENT = (
    "I wrote that the gradients add up and that the steps become too large, and the rubric asks for both. "
    "Could somebody look at it again?"
)


class Decisions:
    """The decisions of one demo course; what a small bank lacks is left out."""

    def __init__(self, session: Session, course_id: int, people: Mapping[str, int], now: dt.datetime) -> None:
        self._session = session
        self._course_id = course_id
        self._people = people
        self._now = now

    def make(self) -> None:
        """All of them; everything was handed in and marked once before."""
        self._mark_twice()
        self._set_points()
        self._ask_for_another_look()
        self._save_comment()
        self._compare()
        if (held := self._assignment(HELD)) is not None:
            releases.set_for_everybody(self._session, held.id, held=True, changed_by=self._people["sam"])

    def _mark_twice(self) -> None:
        """Theo agrees with Tina but for the first answer, and has not come to the last ones."""
        if (assignment := self._assignment(BLIND)) is None:
            return
        set_marking_rules(
            self._session, assignment.id, is_marked_blind=True, markers_wanted=2, actor_id=self._people["sam"]
        )
        first = self._session.execute(
            select(Submission, Mark)
            .join(Mark, Mark.submission_id == Submission.id)
            .join(AssignmentItem, AssignmentItem.id == Submission.item_id)
            .where(AssignmentItem.assignment_id == assignment.id)
            .order_by(Submission.id)
        ).all()
        for place, (submission, given) in enumerate(first[: -len(first) // 3]):
            points, comment = given.points, given.comment
            if place == 0:
                points = points - 1 if points >= 1 else min(points + 1, most_points(submission))
                comment = "I read it more strictly: the reason is named, but not explained."
            mark(
                self._session,
                submission.id,
                marker_id=self._people["theo"],
                points=points,
                comment=comment,
                ticked=given.ticked,
                now=given.marked_at + HOUR,
            )

    def _set_points(self) -> None:
        slug, login = OVERRIDDEN
        item = self._session.scalars(
            select(AssignmentItem)
            .join(Submission, Submission.item_id == AssignmentItem.id)
            .join(Assignment, Assignment.id == AssignmentItem.assignment_id)
            .where(
                Assignment.course_id == self._course_id,
                Assignment.slug == slug,
                Submission.person_id == self._people[login],
                Submission.purpose == Purpose.SUBMIT,
            )
            .order_by(Submission.id)
        ).first()
        if item is not None and item.question.live_version is not None:
            overrides.set_points(
                self._session,
                item.id,
                self._people[login],
                points=item.question.live_version.max_score,
                reason=WHY_OVERRIDDEN,
                set_by=self._people["sam"],
                now=self._now - 20 * HOUR,
            )

    def _ask_for_another_look(self) -> None:
        asked = self._session.scalars(
            select(Submission)
            .join(WrittenAnswer, WrittenAnswer.submission_id == Submission.id)
            .join(AssignmentItem, AssignmentItem.id == Submission.item_id)
            .join(Question, Question.id == AssignmentItem.question_id)
            .where(Question.name == TOLD, WrittenAnswer.points == ASKED_POINTS)
            .order_by(Submission.id)
        ).first()
        if asked is not None:
            regrade_requests.ask(
                self._session,
                asked.id,
                person_id=asked.person_id,
                text=QUESTION_OF_STUDENT,
                case_name=None,
                now=self._now - 2 * HOUR,
            )

    def _save_comment(self) -> None:
        question = self._session.scalars(select(Question).where(Question.name == TOLD)).one_or_none()
        if question is not None:
            save_comment(
                self._session,
                self._course_id,
                text=COMMENTS[2],
                title="Graph and gradients confused",
                question_id=question.id,
                actor_id=self._people["tina"],
                now=self._now - 40 * HOUR,
            )

    def _compare(self) -> None:
        """Done by a worker, once everything is graded."""
        item = self._session.scalars(
            select(AssignmentItem)
            .join(Submission, Submission.item_id == AssignmentItem.id)
            .join(Question, Question.id == AssignmentItem.question_id)
            .where(Question.name == COMPARED, Submission.purpose == Purpose.SUBMIT)
            .order_by(AssignmentItem.id)
        ).first()
        if item is not None:
            similarity.ask(self._session, item.id, actor_id=self._people["tina"], now=self._now)

    def _assignment(self, slug: str) -> Assignment | None:
        return self._session.scalars(
            select(Assignment).where(Assignment.course_id == self._course_id, Assignment.slug == slug)
        ).one_or_none()
