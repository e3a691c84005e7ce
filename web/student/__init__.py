"""Pages: see the modules beside this one."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("student", __name__)

from web.student import courses, earlier_result, history, line_comments, live, marking, question, requests, submissions  # noqa: E402, F401  they register their routes
