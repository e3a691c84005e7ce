"""Pictures of statements as answers: they run nothing, load nothing, and never change under their address."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Response, url_for

from grader.services.questions.pictures import picture_of
from grader.spec.pictures import CONTENT_TYPES
from grader.store.questions import QuestionVersion

# An SVG that somebody opens by itself is a page of this site: it may carry its own looks, and nothing else.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
KEPT_FOR = dt.timedelta(days=365)


def picture_answer(version: QuestionVersion, name: str) -> Response:
    """The picture of this very version; for who may read its statement, which the caller has asked."""
    answer = Response(picture_of(version, name), content_type=CONTENT_TYPES[name.rpartition(".")[2]])
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = f"private, max-age={int(KEPT_FOR.total_seconds())}, immutable"
    return answer


def folder_of(endpoint: str, **values: Any) -> str:
    """The address that a statement's pictures stand below, with its slash."""
    return url_for(endpoint, name="-", **values).removesuffix("-")
