"""Figures for Prometheus: what stands in the database, and how long requests take."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grader.clock import monotonic_s, utc_now
from grader.store.database import Database
from grader.store.runs import GradingRun
from grader.store.submissions import Submission
from grader.store.words import RunState

# The aims are 50 ms for a page and 300 ms in a rush.
BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.5, 5.0, 10.0)
_REGISTRY = "grader.metrics"


def install_timing(app: Flask, shared_dir: Path | None) -> None:
    """Time every request by endpoint. `shared_dir`: prometheus-client's folder, where several processes add up."""
    own = CollectorRegistry()
    seconds = Histogram(
        "grader_request_seconds",
        "Time to answer, by endpoint, method and status.",
        ["endpoint", "method", "status"],
        buckets=BUCKETS_S,
        registry=own,
    )
    shown = own
    if shared_dir is not None:
        shown = CollectorRegistry()
        shared_dir.mkdir(parents=True, exist_ok=True)
        MultiProcessCollector(shown, path=str(shared_dir))  # type: ignore[no-untyped-call]
    app.extensions[_REGISTRY] = shown

    def begin() -> None:
        g.began_s = monotonic_s()

    def end(response: Response) -> Response:
        if "began_s" in g:
            # Streams are timed until their first byte. An endpoint, not a path: there are as many paths as submissions.
            labels = (
                request.endpoint or "none",
                request.method if request.url_rule else "any",
                str(response.status_code),
            )
            seconds.labels(*labels).observe(monotonic_s() - g.began_s)
        return response

    app.before_request(begin)
    app.after_request(end)


def figures(database: Database, app: Flask) -> bytes:
    """Everything as Prometheus reads it, counted now."""
    registry = CollectorRegistry()
    registry.register(_Rows(database))
    shown: CollectorRegistry = app.extensions[_REGISTRY]
    return generate_latest(registry) + generate_latest(shown)


class _Rows(Collector):
    """What the database says: the same whichever process is asked."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def collect(self) -> Iterable[Metric]:
        """Called by the registry."""
        with self._database.reading() as session:
            yield from _runs(session)
            yield from _queue(session)
            submissions = CounterMetricFamily("grader_submissions", "Submissions ever taken.", labels=["purpose"])
            by_purpose = select(Submission.purpose, func.count()).group_by(Submission.purpose)
            for purpose, count in session.execute(by_purpose):
                submissions.add_metric([purpose.value], count)
            yield submissions


def _runs(session: Session) -> Iterable[Metric]:
    runs = GaugeMetricFamily("grader_runs", "Grading runs as they stand.", labels=["state", "device", "lane"])
    failed = 0
    columns = GradingRun.state, GradingRun.device, GradingRun.lane
    for state, device, lane, count in session.execute(select(*columns, func.count()).group_by(*columns)):
        runs.add_metric([state.value, device.value, lane.value], count)
        failed += count if state is RunState.FAILED else 0
    yield runs
    yield GaugeMetricFamily("grader_runs_failed", "Runs that could not be graded and wait for staff.", failed)


def _queue(session: Session) -> Iterable[Metric]:
    now = utc_now()
    age = GaugeMetricFamily(
        "grader_oldest_queued_seconds", "How long the oldest waiting run has waited.", labels=["device", "lane"]
    )
    columns = GradingRun.device, GradingRun.lane
    oldest = (
        select(*columns, func.min(GradingRun.queued_at)).where(GradingRun.state == RunState.QUEUED).group_by(*columns)
    )
    for device, lane, queued_at in session.execute(oldest):
        age.add_metric([device.value, lane.value], max(0.0, (now - queued_at).total_seconds()))
    yield age
    held = select(func.count()).select_from(GradingRun).where(GradingRun.state == RunState.RUNNING)
    expired = held.where(GradingRun.lease_expires_at < now)
    yield GaugeMetricFamily("grader_leases", "Runs in the hands of a worker.", session.scalar(held) or 0)
    yield GaugeMetricFamily(
        "grader_leases_expired",
        "Runs whose worker has disappeared and that nobody took back yet.",
        session.scalar(expired) or 0,
    )
