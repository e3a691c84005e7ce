"""Handing in, and asking what became of it."""

from __future__ import annotations

from typing import Any

import msgspec
from flask import Response, abort, request, url_for

from grader.clock import utc_now
from grader.pipeline.feedback import Audience
from grader.pipeline.order import report_json
from grader.pipeline.written import answer_of_text
from grader.services.access import Verb
from grader.services.courses.open_items import item_named
from grader.services.grading.results import live_run, shown_report, state_json
from grader.services.handing_in.notebook import is_notebook, source_from_notebook
from grader.services.handing_in.submit import Handed, hand_in
from grader.services.handing_in.written import hand_in_answer, spec_of
from grader.services.people.tokens import Scope
from grader.services.questions.question_bank import audience_for
from grader.services.refusals import Reason, Refused
from grader.store.questions import QuestionVersion
from grader.store.submissions import Submission as Row
from grader.store.words import Origin, Purpose, RunState
from web.api import blueprint
from web.api.address import site_address
from web.api.caller import READING_LIMIT, SUBMITTING_LIMIT, caller, limit_key
from web.api.messages import Accepted, Case, NewSubmission, Queue, Submission
from web.arrival import counted_from
from web.database import reading, transaction
from web.login import held_verbs
from web.nudges import nudges
from web.problems import problem
from web.protection import limiter

JSON = "application/json"


@blueprint.post("/submissions")
@limiter.limit(SUBMITTING_LIMIT, key_func=limit_key)
def submit() -> Response:
    """Hand something in. With an Idempotency-Key, doing it again does it once."""
    arrived_at = utc_now()
    person_id = caller(Scope.SUBMIT).id
    wanted = _body()
    arrived_at = counted_from(arrived_at)
    item = item_named(reading(), person_id, wanted.question, course=wanted.course, assignment=wanted.assignment)
    version = item.question.live_version
    assert version is not None  # open_items finds published ones only
    key = request.headers.get("Idempotency-Key")
    if version.kind == "code":
        source, origin = _source(wanted, version)
        with transaction() as session:
            handed = hand_in(
                session,
                person_id=person_id,
                item_id=item.id,
                source=source,
                purpose=Purpose.PRECHECK if wanted.precheck else Purpose.SUBMIT,
                origin=origin,
                file_name=wanted.file_name,
                idempotency_key=key,
                now=arrived_at,
            )
    else:
        answer = _answer(wanted, version)
        with transaction() as session:
            handed = hand_in_answer(
                session,
                person_id=person_id,
                item_id=item.id,
                answer=answer,
                origin=Origin.API,
                idempotency_key=key,
                now=arrived_at,
            )
    return _accepted(handed)


@blueprint.get("/submissions/<int:submission_id>")
@limiter.limit(READING_LIMIT, key_func=limit_key)
def submission(submission_id: int) -> Response:
    """Its state and, once it is graded, its result."""
    person = caller(Scope.READ)
    session = reading()
    row = session.get(Row, submission_id)
    if row is None:
        abort(404)
    verbs = held_verbs(session, person, row.course_id)
    is_own = row.person_id == person.id and Verb.VIEW_OWN in verbs
    if not is_own and Verb.VIEW_ANY not in verbs:
        abort(404)
    return _json(_described(row, audience_for(session, person, row.version.question_id, verbs)))


def _described(row: Row, audience: Audience) -> Submission:
    session = reading()
    state = state_json(session, row.id, audience)
    run = live_run(session, row.id)
    report = None if run is None or run.state is not RunState.FINISHED else shown_report(run, audience)
    result: dict[str, Any] = {
        "question": row.version.question.name,
        "file": row.file_name,
        "verdict": state["verdict"],
        "score": state["score"],
        "max_score": state["max_score"],
        "duration_ms": None,
        "sandbox": None,
        "device": None,
        "cases": state["cases"],
    }
    if report is not None:
        # While a grade is held back its student gets no verdict and no score, whatever the report says.
        shown_of = {"verdict": state["verdict"], "score": state["score"]}
        result = report_json(report, row.file_name) | shown_of
    cases = [msgspec.convert(case, Case) for case in result.pop("cases")]
    is_waiting = state["state"] == RunState.QUEUED and state["ahead"] is not None
    return Submission(
        id=row.id,
        state=state["state"],
        cases=cases,
        queue=Queue(state["ahead"], state["wait_s"]) if is_waiting else None,
        **result,
    )


def _body() -> NewSubmission:
    """The request's message; whatever it is not ends with a sentence that says what it should be."""
    if request.mimetype != JSON:
        abort(problem("unsupported_media_type", f"Send JSON with `Content-Type: {JSON}`."))
    if request.headers.get("Content-Encoding", "identity") != "identity":
        abort(problem("unsupported_media_type", "Send the body as it is, without Content-Encoding."))
    raw = request.get_data(cache=False)
    if not raw.strip():
        abort(problem("bad_request", 'The body is empty. Send JSON such as {"question": "…", "source": "…"}.'))
    try:
        return msgspec.json.decode(raw, type=NewSubmission)
    except msgspec.ValidationError as error:
        raise Refused(Reason.INVALID, f"{error}.") from error
    except UnicodeDecodeError as error:
        raise Refused(Reason.NOT_TEXT, "The body is not UTF-8. JSON is UTF-8 text.") from error
    except (msgspec.DecodeError, RecursionError) as error:
        abort(problem("bad_request", f"The body is not JSON that can be read: {error}."))


def _source(wanted: NewSubmission, version: QuestionVersion) -> tuple[bytes, Origin]:
    if (wanted.source is None) == (wanted.notebook is None):
        raise Refused(Reason.INVALID, "Send either 'source' or 'notebook'.")
    if wanted.notebook is not None:
        raw = msgspec.json.encode(wanted.notebook)
    else:
        raw = (wanted.source or "").encode()
        if not is_notebook(wanted.file_name or ""):
            return raw, Origin.API
    return source_from_notebook(raw, version.entry_name or "").encode(), Origin.NOTEBOOK


def _answer(wanted: NewSubmission, version: QuestionVersion) -> dict[str, Any]:
    if wanted.precheck:
        raise Refused(Reason.INVALID, "A written answer cannot be checked before it is handed in.")
    if wanted.source is None:
        raise Refused(Reason.INVALID, "Send the answer as text in 'source'.")
    return answer_of_text(spec_of(version), wanted.source)


def _accepted(handed: Handed) -> Response:
    if handed.device is not None and not handed.is_repeat:
        nudges().publish(handed.device)
    url = site_address() + url_for("api.submission", submission_id=handed.submission_id)
    response = _json(Accepted(handed.submission_id, url), 202)
    response.headers["Location"] = url
    return response


def _json(message: msgspec.Struct, status: int = 200) -> Response:
    return Response(msgspec.json.encode(message), status, content_type=JSON)
