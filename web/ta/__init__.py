"""What TAs look at: the state of a course, the table of an assignment, one question, one student."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("ta", __name__)

# Importing them registers their routes, and is all that is wanted of them.
# ruff: noqa: F401
from web.ta import (  # noqa: E402
    assignment,
    audit,
    course,
    health,
    item,
    marking,
    marking_answer,
    mistake,
    mistakes,
    overrides,
    person,
    provenance,
    questions,
    releases,
    requests,
    saved_comments,
    similarity,
    watch_list,
)
