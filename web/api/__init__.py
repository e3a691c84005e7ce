"""The HTTP interface for programs. Whoever changes something through it sends a token: a cookie is not enough."""

from __future__ import annotations

from flask import Blueprint

from web.protection import csrf

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
csrf.exempt(blueprint)  # forged requests come with a cookie; here only a token counts, which no other site can send

from web.api import documentation, questions, submissions  # noqa: E402, F401  their routes belong to the blueprint
