"""Headers, forged requests and floods."""

from __future__ import annotations

import datetime as dt
import math
import secrets
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from flask import Flask, Response, g, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf import CSRFProtect

from grader.settings import ServiceSettings
from web.login import current_person, is_somebody

P = ParamSpec("P")
R = TypeVar("R")

STAYS_LOGGED_IN = dt.timedelta(days=30)
BROKER_TIMEOUT_S = 0.5

csrf = CSRFProtect()
limiter = Limiter(key_func=get_remote_address, default_limits=[], headers_enabled=True)


def caller() -> str:
    """Whose requests are counted together: a person's wherever they are, else an address's."""
    return f"person:{current_person().id}" if is_somebody() else f"address:{get_remote_address()}"


def submit_limit(handler: Callable[P, R]) -> Callable[P, R]:
    """For every handler that takes work to be graded: together 30 a minute from one person."""
    return limiter.shared_limit("30 per minute", scope="submit", key_func=caller)(handler)


def draft_limit(handler: Callable[P, R]) -> Callable[P, R]:
    """For what an editor saves by itself, at most every second or so: several windows fit, a script gone wild not."""
    return limiter.limit("240 per minute", key_func=caller)(handler)


def login_limits(handler: Callable[P, R]) -> Callable[P, R]:
    """Only failures count: 10 a minute for one login, and 60 from one address, behind which a whole class may sit."""
    by_login = limiter.limit("10 per minute", key_func=_login_tried, deduct_when=_has_failed)
    by_address = limiter.limit("60 per minute", key_func=get_remote_address, deduct_when=_has_failed)
    return by_address(by_login(handler))


def install(app: Flask) -> None:
    """CSRF tokens on every form, limits where a route declares them, and a strict content policy."""
    settings: ServiceSettings = app.extensions["grader.settings"]
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)  # a form left open over night must still be taken
    app.config["PERMANENT_SESSION_LIFETIME"] = STAYS_LOGGED_IN
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False  # a cookie with every picture, for nothing
    if settings.broker_url.startswith(("redis://", "rediss://")):
        timeouts = {"socket_connect_timeout": BROKER_TIMEOUT_S, "socket_timeout": BROKER_TIMEOUT_S}
        app.config.setdefault("RATELIMIT_STORAGE_URI", settings.broker_url)
        app.config.setdefault("RATELIMIT_STORAGE_OPTIONS", timeouts)
        app.config.setdefault("RATELIMIT_IN_MEMORY_FALLBACK_ENABLED", True)
    else:
        app.config.setdefault("RATELIMIT_STORAGE_URI", "memory://")
    app.before_request(_make_nonce)  # first: the pages of what the others refuse need it
    csrf.init_app(app)
    limiter.init_app(app)
    app.after_request(_add_headers)
    app.jinja_env.globals["csp_nonce"] = lambda: g.csp_nonce


def retry_after_s() -> int:
    """How long to wait after the limit that this request hit, at least a second."""
    hit = limiter.current_limit
    return 60 if hit is None else max(1, math.ceil(hit.reset_at - time.time()))


def _make_nonce() -> None:
    g.csp_nonce = secrets.token_urlsafe(16)


def _add_headers(response: Response) -> Response:
    nonce = g.get("csp_nonce", "")
    response.headers.setdefault(
        "Content-Security-Policy",
        f"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
        "img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    )
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    if not response.cache_control.max_age and "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response


def _login_tried() -> str:
    return f"login:{request.form.get('login', '').strip().lower()[:64]}"


def _has_failed(response: Response) -> bool:
    return response.status_code >= 400
