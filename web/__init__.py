"""The site. It runs no course code and imports neither torch nor Docker nor what grades."""

from __future__ import annotations

from web.app import create_app

__all__ = ["create_app"]
