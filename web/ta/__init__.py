"""What TAs look at: the state of a course, the table of an assignment, one question, one student."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("ta", __name__)

from web.ta import assignment, course, item, person  # noqa: E402, F401  they register their routes
