"""Pages: see the modules beside this one."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("staff", __name__)

from web.staff import roster, roster_import  # noqa: E402, F401  they register their routes
