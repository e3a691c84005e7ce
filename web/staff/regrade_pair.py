"""Both results of one submission side by side: what the regrade would put in the place of what."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import undefer

from grader.pipeline.order import CaseResult, RunReport
from grader.services.access import Verb
from grader.services.grading.results import shown_report
from grader.services.questions.question_bank import audience_for
from grader.store.regrades import RegradeRun
from grader.store.runs import GradingRun
from grader.store.submissions import Submission
from web.database import reading
from web.login import current_person, held_verbs, require
from web.staff import blueprint
from web.staff.regrade import regrade_for


@dataclass(frozen=True, slots=True)
class Pair:
    """One case as each of the versions saw it; None where a version does not have it."""

    name: str
    before: CaseResult | None
    after: CaseResult | None

    @property
    def is_moved(self) -> bool:
        """Whether the versions differ about it."""
        seen = [None if case is None else (case.verdict, case.points) for case in (self.before, self.after)]
        return seen[0] != seen[1]


@blueprint.get("/c/<course_slug>/staff/regrades/<int(max=2147483647):regrade_id>/<int(max=2147483647):submission_id>/")
def regrade_pair(course_slug: str, regrade_id: int, submission_id: int) -> ResponseReturnValue:
    """The cases that moved first."""
    course, found = regrade_for(course_slug, regrade_id)
    require(Verb.VIEW_ANY, course.id)
    row = reading().get(RegradeRun, (found.id, submission_id))
    if row is None:
        abort(404)
    given = reading().get_one(Submission, submission_id, options=[undefer(Submission.source)])
    verbs = held_verbs(reading(), current_person(), course.id)
    audience = audience_for(reading(), current_person(), given.version.question_id, verbs)
    runs = [_run(run_id) for run_id in (row.old_run_id, row.run_id)]
    reports = [None if run is None else shown_report(run, audience) for run in runs]
    pairs = _pairs(*reports)
    return render_template(
        "staff/regrade_pair.html",
        course=course,
        regrade=found,
        item=found.item,
        submission=given,
        sides=list(zip(("Before", "After"), runs, reports, strict=True)),
        moved=[pair for pair in pairs if pair.is_moved],
        same=[pair for pair in pairs if not pair.is_moved],
        source=given.source.decode("utf-8", "replace"),
        is_applied=row.applied_at,
    )


def _run(run_id: int | None) -> GradingRun | None:
    return None if run_id is None else reading().get(GradingRun, run_id, options=[undefer(GradingRun.report)])


def _pairs(before: RunReport | None, after: RunReport | None) -> list[Pair]:
    of = [{} if report is None else {case.name: case for case in report.cases} for report in (before, after)]
    return [Pair(name, of[0].get(name), of[1].get(name)) for name in {**of[1], **of[0]}]
