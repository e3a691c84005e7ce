"""The questions of an assignment, as course staff choose and weigh them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session, joinedload

from grader.services.courses.assignments import MAX_SLUG_CHARS
from grader.services.edits import Changed, Faulty, check_attempts, digest_of, record
from grader.services.grades.standings import touch_item
from grader.services.refusals import Reason, Refused
from grader.store.courses import Assignment, AssignmentItem
from grader.store.decisions import Override
from grader.store.questions import Question, QuestionVersion
from grader.store.similarity import SimilarityCheck
from grader.store.standings import ItemFigures, Standing
from grader.store.submissions import Allowance, Draft, Submission

MAX_POINTS = 1_000_000


@dataclass(frozen=True, slots=True)
class ItemLine:
    """What one question is worth here; None: as the question, or the assignment, says."""

    item_id: int
    points: float | None
    attempts_allowed: int | None


def items_digest(items: Sequence[AssignmentItem]) -> str:
    """Changes whenever a question is added, removed, moved or worth something else."""
    return digest_of([(item.id, item.position, item.points, item.attempts_allowed) for item in items])


def add_item(session: Session, assignment_id: int, question_id: int, *, actor_id: int) -> AssignmentItem:
    """Put a published question at the end of the assignment."""
    assignment = session.get_one(Assignment, assignment_id, with_for_update=True)
    question = session.get(Question, question_id)
    if question is None or question.live_version_id is None or question.retired_at is not None:
        raise Refused(Reason.NOT_FOUND, "There is no such question in the bank. It may have been retired just now.")
    items = _items(session, assignment_id)
    if any(item.question_id == question_id for item in items):
        raise Refused(Reason.CONFLICT, f"{question.name} is in this assignment already.")
    item = AssignmentItem(
        assignment_id=assignment_id,
        question_id=question_id,
        slug=_free_slug(question.name, {item.slug for item in items}),
        position=max((item.position for item in items), default=-1) + 1,
    )
    session.add(item)
    session.flush()
    record(session, "assignment.item_added", assignment, actor_id, {"question": question.name, "item": item.id})
    return item


def remove_item(session: Session, assignment_id: int, item_id: int, *, actor_id: int) -> None:
    """Take a question out again, with the drafts written for it; refused once something was handed in."""
    assignment = session.get_one(Assignment, assignment_id, with_for_update=True)
    # The lock holds off submissions until this is decided: their foreign key needs the row.
    item = session.get(AssignmentItem, item_id, with_for_update=True)
    if item is None or item.assignment_id != assignment_id:
        raise Refused(Reason.NOT_FOUND, "That question is not in this assignment any more.")
    if session.scalar(select(exists().where(Submission.item_id == item_id))):
        raise Refused(
            Reason.CONFLICT,
            f"{item.slug} has submissions, so it cannot be removed. To stop counting it, set its points to 0.",
        )
    if session.scalar(select(exists().where(Override.item_id == item_id))):
        raise Refused(
            Reason.CONFLICT,
            f"Points were set by hand for {item.slug}, so it cannot be removed. To stop counting it, make it worth 0.",
        )
    for model in (Draft, Allowance, Standing, ItemFigures, SimilarityCheck):
        session.execute(delete(model).where(model.item_id == item_id))
    record(session, "assignment.item_removed", assignment, actor_id, {"question": item.question.name, "item": item_id})
    session.delete(item)
    session.flush()


def edit_items(session: Session, assignment_id: int, lines: Sequence[ItemLine], *, digest: str, actor_id: int) -> None:
    """Order, points and attempts of all questions; raises Faulty (fields points-<id>, attempts-<id>) or Changed."""
    assignment = session.get_one(Assignment, assignment_id, with_for_update=True)
    items = {item.id: item for item in _items(session, assignment_id)}
    if items_digest(list(items.values())) != digest or {line.item_id for line in lines} != items.keys():
        raise Changed
    errors: dict[str, str] = {}
    for line in lines:
        check_attempts(errors, f"attempts-{line.item_id}", line.attempts_allowed)
        if line.points is not None and not 0 <= line.points <= MAX_POINTS:
            errors[f"points-{line.item_id}"] = "Points are a number from 0 up."
    if errors:
        raise Faulty(errors)
    before = [(item.slug, item.points, item.attempts_allowed) for item in items.values()]
    worth_other = {line.item_id for line in lines if line.points != items[line.item_id].points}
    for position, line in enumerate(lines):
        item = items[line.item_id]
        item.position, item.points, item.attempts_allowed = position, line.points, line.attempts_allowed
    session.flush()
    after = [(items[line.item_id].slug, line.points, line.attempts_allowed) for line in lines]
    if before != after:
        change = {"before": [list(row) for row in before], "after": [list(row) for row in after]}
        record(session, "assignment.items_edited", assignment, actor_id, change)
        for item_id in sorted(worth_other):
            touch_item(session, item_id)


def with_questions(session: Session, assignment_id: int) -> list[AssignmentItem]:
    """The items in their order, with what lists say of their questions."""
    to_version = joinedload(AssignmentItem.question).joinedload(Question.live_version)
    return list(
        session.scalars(
            select(AssignmentItem)
            .where(AssignmentItem.assignment_id == assignment_id)
            .order_by(AssignmentItem.position, AssignmentItem.id)
            .options(to_version.load_only(QuestionVersion.title, QuestionVersion.max_score))
        )
    )


def items_with_submissions(session: Session, assignment_id: int) -> set[int]:
    """The items that cannot be removed any more."""
    found = select(AssignmentItem.id).where(
        AssignmentItem.assignment_id == assignment_id, exists().where(Submission.item_id == AssignmentItem.id)
    )
    return set(session.scalars(found))


def _items(session: Session, assignment_id: int) -> list[AssignmentItem]:
    return list(
        session.scalars(
            select(AssignmentItem)
            .where(AssignmentItem.assignment_id == assignment_id)
            .order_by(AssignmentItem.position, AssignmentItem.id)
        )
    )


def _free_slug(question_name: str, taken: set[str]) -> str:
    """The end of the question's id, with as much before it as it takes to be unlike the others."""
    parts = question_name.split("/")
    for start in range(len(parts) - 1, -1, -1):
        slug = "-".join(parts[start:])[-MAX_SLUG_CHARS:]
        if slug not in taken:
            return slug
    number = 2
    while f"{parts[-1][:58]}-{number}" in taken:
        number += 1
    return f"{parts[-1][:58]}-{number}"
