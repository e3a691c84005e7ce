"""The site's own address, for answers that name it whole."""

from __future__ import annotations

from flask import current_app, request

from grader.settings import ServiceSettings


def site_address() -> str:
    """As the deployment says, else as the request came; without a slash at its end."""
    settings: ServiceSettings = current_app.extensions["grader.settings"]
    return (settings.site_url or request.url_root).rstrip("/")
