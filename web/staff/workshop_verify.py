"""Verifying a draft in the background: asked for, watched, read."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grader.services.questions import verifications
from grader.services.questions.verifications import UNDER_WAY
from grader.services.refusals import Reason, Refused
from grader.store.people import Person
from grader.store.words import Device, VerificationState
from grader.store.workshop import Verification
from web.database import reading, transaction
from web.login import current_person
from web.nudges import nudges
from web.protection import submit_limit
from web.staff import blueprint
from web.staff.report_words import CHECKS, STEPS, advice_for, diff_lines
from web.staff.workshop import draft_here

_PATH = "/c/<course_slug>/staff/drafts/<int:draft_id>/verification"


@blueprint.post(_PATH)
@submit_limit
def verify_draft(course_slug: str, draft_id: int) -> ResponseReturnValue:
    """Have the draft checked as it stands."""
    _, found = draft_here(course_slug, draft_id)
    with transaction() as session:
        verifications.ask(session, found.id, actor_id=current_person().id)
    nudges().publish(Device.CPU)
    return redirect(url_for("staff.verification", course_slug=course_slug, draft_id=draft_id), 303)


@blueprint.get(_PATH)
def verification(course_slug: str, draft_id: int) -> ResponseReturnValue:
    """The last check: how far it is, or what it found. As JSON, only how far it is."""
    course, found = draft_here(course_slug, draft_id)
    check = verifications.newest(reading(), found.id)
    if request.accept_mimetypes.best == "application/json":
        if check is None:
            raise Refused(Reason.NOT_FOUND, "This draft was never verified.")
        return _state(check)
    report = check.report or {} if check is not None else {}
    return render_template(
        "staff/workshop_verification.html",
        course=course,
        draft=found,
        check=check,
        state=_state(check) if check is not None else None,
        is_current=check is not None and check.digest == found.digest,
        is_under_way=check is not None and check.state in UNDER_WAY,
        report=report,
        groups=_groups(report),
        checks=CHECKS,
        advice=advice_for,
        diff_lines=diff_lines,
        asker=reading().get(Person, check.asked_by) if check is not None and check.asked_by else None,
    )


@blueprint.post(f"{_PATH}/cancel")
def cancel_verification(course_slug: str, draft_id: int) -> ResponseReturnValue:
    """End a check that waits or goes on."""
    _, found = draft_here(course_slug, draft_id)
    check = verifications.newest(reading(), found.id)
    if check is not None:
        with transaction() as session:
            verifications.cancel(session, check.id, actor_id=current_person().id)
    return redirect(url_for("staff.verification", course_slug=course_slug, draft_id=draft_id), 303)


def _state(check: Verification) -> dict[str, Any]:
    """For the script that watches."""
    progress = check.progress or {}
    step, done, total = str(progress.get("step", "")), progress.get("done"), progress.get("of")
    before = verifications.place_in_queue(reading(), check) if check.state is VerificationState.QUEUED else 0
    if check.state is VerificationState.QUEUED:
        others = (
            f"{before} other check{'' if before == 1 else 's'} first" if before else "It begins as soon as one is free"
        )
        said = f"{others}."
    else:
        said = STEPS.get(step, "It begins.")
    order = list(STEPS)
    return {
        "state": check.state.value,
        "is_over": check.state not in UNDER_WAY,
        "said": said,
        "step": order.index(step) + 1 if step in order else 0,
        "steps": len(order),
        "done": done if isinstance(done, int) else 0,
        "of": total if isinstance(total, int) else None,
    }


def _groups(report: dict[str, Any]) -> list[tuple[str, bool, list[dict[str, Any]]]]:
    """Findings by check: what must be mended first."""
    by_check: dict[str, list[dict[str, Any]]] = {}
    for finding in report.get("findings", ()):
        by_check.setdefault(str(finding.get("check", "")), []).append(finding)
    groups = [(check, all(one.get("ok") for one in found), found) for check, found in by_check.items()]
    return sorted(groups, key=lambda group: group[1])
