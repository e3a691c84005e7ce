"""A submission while it is graded: server-sent events, and the same state as JSON for those who ask again and again."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from threading import Event, Lock
from typing import Any, cast

from flask import Response, current_app
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.clock import monotonic_s
from grader.pipeline.feedback import Audience
from grader.services.grading import results
from grader.store.database import Database
from grader.store.runs import GradingRun
from grader.store.words import RunState
from web.database import database, forget_reading, reading
from web.login import current_person
from web.rendering import verdict_look
from web.student import blueprint
from web.student.access import Seen, submission_for
from web.student.wording import wait_words, waiting_title

ENDED = frozenset({"finished", "failed", "awaiting_marking", "marked"})

# A browser comes back by itself when a stream ends, so none needs to hold a thread for long.
STREAM_S = 55.0
HEARTBEAT_S = 15.0
RETRY_MS = 1000
# The site answers other requests too: streams take at most this many threads, one person's tabs at most some of them.
MOST_STREAMS = 24
MOST_STREAMS_EACH = 3
# How long to sleep between looks, by how long the stream has been open: verdicts mostly come within the first second.
_SLEEPS_S = ((1.5, 0.012), (5.0, 0.05), (15.0, 0.25), (STREAM_S, 0.75))
# With so many before it, nothing comes at once, and in a rush every look is taken from somebody's grading.
_FAR_AHEAD = 4
_FAR_SLEEP_S = 0.25
_PLACE_S = 1.0  # how often the place in the queue is counted again

# A result page waits this long for a verdict that is about to come, so that it appears without a second request.
PATIENCE_S = 0.15
_LOOK_S = 0.004


class Streams:
    """The streams that are open in this process."""

    def __init__(self, most: int = MOST_STREAMS, most_each: int = MOST_STREAMS_EACH) -> None:
        self._most = most
        self._most_each = most_each
        self._open: Counter[int] = Counter()
        self._lock = Lock()

    def take(self, person_id: int) -> bool:
        """Whether there is room for one more; then `give_back` must follow."""
        with self._lock:
            if self._open.total() >= self._most or self._open[person_id] >= self._most_each:
                return False
            self._open[person_id] += 1
            return True

    def give_back(self, person_id: int) -> None:
        """One of theirs has ended."""
        with self._lock:
            self._open[person_id] -= 1


@blueprint.record_once
def _prepare(state: Any) -> None:
    state.app.extensions["grader.streams"] = Streams(state.app.config.get("LIVE_STREAMS", MOST_STREAMS))


@blueprint.get("/submissions/<int:submission_id>/state")
def submission_state(submission_id: int) -> ResponseReturnValue:
    """Where it stands, and when to ask again."""
    seen = submission_for(submission_id)
    state = told_state(reading(), submission_id, seen.audience)
    headers = {} if state["state"] in ENDED else {"Retry-After": str(retry_after_s(state.get("ahead")))}
    return state, headers


@blueprint.get("/submissions/<int:submission_id>/events")
def submission_events(submission_id: int) -> ResponseReturnValue:
    """The same, pushed at every change until it is over; 204 where no more streams can be held open."""
    seen = submission_for(submission_id)
    streams = cast(Streams, current_app.extensions["grader.streams"])
    person_id = current_person().id
    if not streams.take(person_id):
        return "", 204
    told = _told(database(), submission_id, seen.audience)
    forget_reading()  # nothing of the request stays open while the stream does
    response = Response(told, mimetype="text/event-stream")
    response.headers["Cache-Control"] = "no-cache"
    response.headers["X-Accel-Buffering"] = "no"
    response.call_on_close(lambda: streams.give_back(person_id))
    return response


def told_state(session: Session, submission_id: int, audience: Audience) -> dict[str, Any]:
    """The state with the words and looks that the page shows."""
    state = results.state_json(session, submission_id, audience)
    said = "Your code is running."
    if state["state"] == "queued":
        said = wait_words(state["ahead"] or 0, state["wait_s"])
    cases = [{**case, "look": asdict(verdict_look(case["verdict"]))} for case in state["cases"]]
    title = waiting_title(state["state"])
    return {**state, "title": title, "said": said, "cases": cases}


def retry_after_s(ahead: int | None) -> int:
    """When to ask again: the longer the queue, the later."""
    return 1 + min(14, (ahead or 0) // 20)


def await_verdict(seen: Seen, ahead: int) -> bool:
    """Wait a moment for a fresh run; whether it ended meanwhile.

    Only with next to nobody before it: in a rush every thread is needed for somebody else.
    """
    if ahead > 1:
        return False
    until_s = monotonic_s() + PATIENCE_S
    while monotonic_s() < until_s:
        Event().wait(_LOOK_S)
        with database().reading() as session:
            state = _live_state(session, seen.submission.id)
        if state not in (RunState.QUEUED, RunState.RUNNING):
            return True
    return False


def _live_state(session: Session, submission_id: int) -> RunState | None:
    return session.scalar(select(GradingRun.state).where(GradingRun.submission_id == submission_id, GradingRun.is_live))


def _told(store: Database, submission_id: int, audience: Audience) -> Iterator[str]:
    """The stream. Every look is a reading of its own, so that no snapshot and no connection is held in between."""
    began_s = said_s = counted_s = monotonic_s()
    yield f"retry: {RETRY_MS}\n\n"
    before: tuple[Any, ...] | None = None
    told: dict[str, Any] | None = None
    while True:
        now_s = monotonic_s()
        with store.reading() as session:
            mark = _mark(session, submission_id)
            is_due = mark[0] is RunState.QUEUED and now_s - counted_s >= _PLACE_S
            state = None
            if mark != before or is_due:
                state = told_state(session, submission_id, audience)
                before, counted_s = mark, now_s
        if state is not None and state != told:
            told, said_s = state, now_s
            yield f"event: state\ndata: {json.dumps(state)}\n\n"
            if state["state"] in ENDED:
                return
        elif now_s - said_s >= HEARTBEAT_S:
            said_s = now_s
            yield ": still here\n\n"
        if now_s - began_s >= STREAM_S:
            return
        sleep_s = next(sleep_s for until_s, sleep_s in _SLEEPS_S if now_s - began_s < until_s)
        is_far = told is not None and (told["ahead"] or 0) >= _FAR_AHEAD
        Event().wait(max(sleep_s, _FAR_SLEEP_S) if is_far else sleep_s)


def _mark(session: Session, submission_id: int) -> tuple[Any, ...]:
    """What changes whenever there is something new to tell; cheap to look at."""
    row = session.execute(
        select(GradingRun.state, GradingRun.id, GradingRun.tries, GradingRun.progress).where(
            GradingRun.submission_id == submission_id, GradingRun.is_live
        )
    ).one_or_none()
    return (None,) if row is None else (row.state, row.id, row.tries, row.progress)
