"""For machines that watch the service: is it alive, is it ready, how is it doing."""

from __future__ import annotations

import hmac
import ipaddress
from functools import cache

import redis
from flask import Blueprint, Flask, Response, abort, current_app, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy import inspect, text
from sqlalchemy.exc import SQLAlchemyError

from grader.errors import GraderError
from grader.settings import ServiceSettings
from grader.store.migrate import newest
from web.database import database
from web.metrics import figures, install_timing

blueprint = Blueprint("health", __name__)
BROKER_WAIT_S = 0.5


def install(app: Flask) -> None:
    """Time every request."""
    install_timing(app, _settings(app).metrics_dir)


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """The process answers."""
    return {"status": "ok"}


@blueprint.get("/readyz")
def readyz() -> ResponseReturnValue:
    """Whether requests may come: 503 with what is missing, in words without addresses or passwords.

    Without its broker the site is degraded and ready: submissions are kept, and workers find them in the database.
    """
    checks = {"database": _why_no_database(), "broker": _why_no_broker()}
    is_ready = checks["database"] is None
    status = "not ready" if not is_ready else "ready" if checks["broker"] is None else "degraded"
    told = {name: why or "ok" for name, why in checks.items()}
    return {"status": status, "checks": told}, 200 if is_ready else 503


@blueprint.get("/metrics")
def metrics() -> ResponseReturnValue:
    """Figures for Prometheus: to this machine itself, or to whoever has the token for it."""
    if not _may_watch():
        abort(404)
    return Response(figures(database(), current_app), content_type=CONTENT_TYPE_LATEST)


def _may_watch() -> bool:
    wanted = _settings(current_app).metrics_token
    given = request.headers.get("Authorization", "")
    if wanted is not None and hmac.compare_digest(given.encode(), f"Bearer {wanted}".encode()):
        return True
    # What a proxy passes on looks as if it came from here; it says so in a header.
    is_passed_on = any(name in request.headers for name in ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"))
    return not is_passed_on and _is_loopback(request.remote_addr)


def _is_loopback(address: str | None) -> bool:
    try:
        return ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return False


def _why_no_database() -> str | None:
    try:
        with database().reading() as session:
            if not inspect(session.connection()).has_table("alembic_version"):
                # Tables that no migration made: a test's, or a newcomer's.
                session.execute(text("SELECT 1 FROM grading_run LIMIT 1"))
                return None
            at = session.scalar(text("SELECT version_num FROM alembic_version"))
    except SQLAlchemyError as error:
        return (
            "it has no tables yet: run `grader migrate`"
            if _answers()
            else f"it does not answer ({type(error).__name__})"
        )
    wanted = _newest()
    if wanted is not None and at != wanted:
        return f"it stands at migration {at} and this version needs {wanted}: run `grader migrate`"
    return None


def _answers() -> bool:
    try:
        with database().reading() as session:
            session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True


@cache
def _newest() -> str | None:
    """The step that this version needs; None where its steps are not installed."""
    try:
        return newest()
    except GraderError:
        return None


def _why_no_broker() -> str | None:
    settings = _settings(current_app)
    if not settings.broker_url.startswith(("redis://", "rediss://")):
        return None
    try:
        with redis.Redis.from_url(
            settings.broker_url, socket_timeout=BROKER_WAIT_S, socket_connect_timeout=BROKER_WAIT_S
        ) as broker:
            broker.ping()
    except (redis.RedisError, OSError, ValueError) as error:
        return f"it does not answer ({type(error).__name__}); submissions are kept and graded, but later"
    return None


def _settings(app: Flask) -> ServiceSettings:
    settings: ServiceSettings = app.extensions["grader.settings"]
    return settings
