"""How grading itself is doing."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from grader.clock import utc_now
from grader.services.grading.queue_health import Health, health_of
from grader.store.words import Device, Lane
from web.charts import Chart, Kind, Row, counted
from web.database import reading
from web.rendering import current_zone
from web.ta import blueprint
from web.ta.find import course_for_scores
from web.ta.live import AT_NEAR_S, Live, clock_time

LANES = {Lane.NORMAL: "What students hand in", Lane.REGRADE: "Regrades and other bulk work"}
DEVICES = {Device.CPU: "CPU", Device.GPU: "GPU"}


@blueprint.get("/c/<course_slug>/ta/health")
def health(course_slug: str) -> ResponseReturnValue:
    """What waits, who works, and what could not be graded; it looks again by itself."""
    course = course_for_scores(course_slug)
    now = utc_now()
    found = health_of(reading(), course.id, now)
    return render_template(
        "ta/health.html",
        course=course,
        health=found,
        chart=_chart(found),
        lanes=LANES,
        devices=DEVICES,
        live=Live(clock_time(now), AT_NEAR_S),
    )


def _chart(found: Health) -> Chart:
    most = max(count for _, count in found.minutes)
    zone = current_zone()
    return Chart(
        kind=Kind.STEPS,
        title="Verdicts a minute",
        says=f"Runs that ended in each minute of the last hour: {found.ended} in all, at most {most} in one minute, "
        f"{found.last_minutes:.3g} a minute over the last five.",
        head="Minute",
        series=("Verdicts",),
        rows=tuple(Row(f"{at.astimezone(zone):%H:%M}", (counted(count),)) for at, count in found.minutes),
    )
