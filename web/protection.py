"""Headers, forged requests and floods."""

from __future__ import annotations

import secrets

from flask import Flask, Response, g
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf import CSRFProtect

from grader.settings import ServiceSettings

csrf = CSRFProtect()
limiter = Limiter(key_func=get_remote_address, default_limits=[], headers_enabled=True)


def install(app: Flask) -> None:
    """CSRF tokens on every form, limits where a route declares them, and a strict content policy."""
    settings: ServiceSettings = app.extensions["grader.settings"]
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)  # a form left open over night must still be taken
    app.config.setdefault("RATELIMIT_STORAGE_URI", "memory://" if settings.is_embedded else settings.broker_url)
    app.config.setdefault("RATELIMIT_IN_MEMORY_FALLBACK_ENABLED", True)
    csrf.init_app(app)
    limiter.init_app(app)
    app.before_request(_make_nonce)
    app.after_request(_add_headers)
    app.jinja_env.globals["csp_nonce"] = lambda: g.csp_nonce


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
