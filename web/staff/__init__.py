"""What course staff do: assignments, questions, extensions, the roster; see the modules beside this one."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("staff", __name__)

from web.staff import (  # noqa: E402  they register their routes
    assignments,  # noqa: F401
    course_copy,  # noqa: F401
    extensions,  # noqa: F401
    items,  # noqa: F401
    questions,  # noqa: F401
    regrade,  # noqa: F401
    regrade_pair,  # noqa: F401
    regrades,  # noqa: F401
    roster,  # noqa: F401
    roster_import,  # noqa: F401
    windows,  # noqa: F401
    workshop,  # noqa: F401
    workshop_draft,  # noqa: F401
    workshop_publish,  # noqa: F401
    workshop_verify,  # noqa: F401
)
