"""What the result page says to a student because others made the same mistake; the mistake itself is never sent."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from grader.services.access import Verb
from grader.services.mistakes.mistake_comments import Told, told_with
from grader.store.runs import GradingRun
from grader.store.words import Purpose, RunState
from web.database import reading
from web.login import allowed
from web.student.access import Seen


@dataclass(frozen=True, slots=True)
class MistakePanel:
    """Everything for `student/_mistake_panel.html`; `url` leads those who teach to all who made the mistake."""

    told: Told | None
    url: str | None


def mistake_panel(seen: Seen, run: GradingRun | None, *, is_held: bool) -> MistakePanel:
    """Nothing for a student whose grade is held back, and nothing of a result that is not the one that counts."""
    told = None if is_held else told_with(reading(), seen.submission, run)
    return MistakePanel(told, _url(seen, run))


def _url(seen: Seen, run: GradingRun | None) -> str | None:
    given = seen.submission
    if run is None or not run.mistake or run.state is not RunState.FINISHED or given.purpose is not Purpose.SUBMIT:
        return None
    course = given.item.assignment.course
    if not (seen.is_staff_view and allowed(Verb.VIEW_SCORES, course.id)):
        return None
    return url_for(
        "ta.mistake",
        course_slug=course.slug,
        assignment_slug=given.item.assignment.slug,
        item_slug=given.item.slug,
        mistake=run.mistake,
    )
