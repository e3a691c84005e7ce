"""Pages: see the modules beside this one."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("student", __name__)
