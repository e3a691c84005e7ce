"""What templates may use besides their arguments."""

from __future__ import annotations

from flask import Flask

from grader.services.access import Verb
from web.login import allowed


def install(app: Flask) -> None:
    """Filters and globals."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(allowed=allowed, Verb=Verb)
