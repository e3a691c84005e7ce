"""Flask's factory: settings in, a site out."""

from __future__ import annotations

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

from grader.settings import ServiceSettings
from web import database, errors, health, login, nudges, protection, rendering, standings
from web.api import blueprint as api
from web.auth import blueprint as auth
from web.bodies import LimitPieces, SiteRequest
from web.staff import blueprint as staff
from web.student import blueprint as student
from web.ta import blueprint as ta

# A source is at most 256 kB and a notebook some MB with its pictures; more is refused before it is read.
MAX_BODY_BYTES = 8 * 1024 * 1024
MAX_ROW_NUMBER = 2**31 - 1


class RowNumber(IntegerConverter):
    """What stands for a number in an address: PostgreSQL knows no larger ids, so a larger one is no page."""

    def __init__(self, map: Map, max: int = MAX_ROW_NUMBER) -> None:  # noqa: A002 - Werkzeug's names
        super().__init__(map, max=max)


def create_app(settings: ServiceSettings | None = None) -> Flask:
    """The site for these settings, or for those of the environment."""
    settings = settings or ServiceSettings.from_environment()
    app = Flask(__name__)
    app.request_class = SiteRequest
    app.url_map.converters["int"] = RowNumber
    app.wsgi_app = LimitPieces(app.wsgi_app, MAX_BODY_BYTES)  # type: ignore[method-assign]
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_BODY_BYTES,
        SESSION_COOKIE_NAME="grader",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=(settings.site_url or "").startswith("https://"),
    )
    app.extensions["grader.settings"] = settings
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    for part in (health, database, nudges, login, protection, rendering, standings, errors):
        part.install(app)
    for blueprint in (health.blueprint, auth, student, ta, staff, api):
        app.register_blueprint(blueprint)
    return app
