"""Getting in, and one's own account: see the modules beside this one."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("auth", __name__)

from web.auth import account, invite, login  # noqa: E402, F401  they register their routes
