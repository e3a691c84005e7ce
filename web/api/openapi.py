"""The OpenAPI document. Its schemas are made of the types that requests are read into and answers are written from."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import Any

import msgspec

from web.api.messages import Accepted, NewSubmission, QuestionList, Submission
from web.problems import MEDIA_TYPE, STATUS, TITLES, Problem

JSON = "application/json"
_SHARED = ("unauthenticated", "insufficient_scope", "too_many", "internal")

Schema = dict[str, Any]


@cache
def document() -> dict[str, Any]:
    """The whole document; the server's address is relative, so that it holds wherever it is read."""
    messages = (NewSubmission, Accepted, Submission, QuestionList, Problem)
    schemas, components = msgspec.json.schema_components(messages, ref_template="#/components/schemas/{name}")
    taken, accepted, submission, questions, problem = schemas
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Grader",
            "version": version("grader"),
            "description": "Hand in programs and answers, and read what they came to.",
        },
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}],
        "paths": {
            "/submissions": {"post": _submit(taken, accepted, problem)},
            "/submissions/{submission_id}": {"get": _submission(submission, problem)},
            "/questions": {"get": _questions(questions, problem)},
        },
        "components": {
            "schemas": components,
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A token of the account page, with the scope `submit` for handing in and `read` for "
                    "the rest. Somebody logged in on the site may read without one.",
                }
            },
        },
    }


def _submit(taken: Schema, accepted: Schema, problem: Schema) -> Schema:
    reasons = ("bad_request", "unsupported_media_type", "invalid", "empty", "not_text", "too_large")
    refusals = ("not_found", "forbidden", "conflict", "not_open", "closed", "no_attempts_left")
    return {
        "operationId": "submit",
        "summary": "Hand something in",
        "description": "Answers at once; grading goes on behind. Poll `url` for the result. Repeating a request with "
        "its Idempotency-Key hands nothing in twice, so do so when an answer is lost. With other contents the key is "
        "refused.",
        "parameters": [
            {
                "name": "Idempotency-Key",
                "in": "header",
                "description": "Any text that you choose anew for each submission, such as a UUID.",
                "schema": {"type": "string", "minLength": 1, "maxLength": 100},
            }
        ],
        "requestBody": {"required": True, "content": {JSON: {"schema": taken}}},
        "responses": {
            "202": {
                "description": "It is kept. `Location` is where its state and result are.",
                "headers": {"Location": {"schema": {"type": "string"}}},
                "content": {JSON: {"schema": accepted}},
            },
            **_problems(problem, *_SHARED, *reasons, *refusals),
        },
    }


def _submission(submission: Schema, problem: Schema) -> Schema:
    return {
        "operationId": "submission",
        "summary": "State and result of a submission",
        "description": "While `state` is `queued` or `running`, ask again, at first after half a second and then less "
        "often. `failed` means that we could not grade it: it cost no attempt.",
        "parameters": [{"name": "submission_id", "in": "path", "required": True, "schema": {"type": "integer"}}],
        "responses": {
            "200": {"description": "As it stands.", "content": {JSON: {"schema": submission}}},
            **_problems(problem, *_SHARED, "not_found"),
        },
    }


def _questions(questions: Schema, problem: Schema) -> Schema:
    return {
        "operationId": "questions",
        "summary": "The questions that you can hand in",
        "parameters": [
            {"name": name, "in": "query", "description": f"Only of this {name}.", "schema": {"type": "string"}}
            for name in ("course", "assignment")
        ],
        "responses": {
            "200": {"description": "With windows, attempts and scores.", "content": {JSON: {"schema": questions}}},
            **_problems(problem, *_SHARED),
        },
    }


def _problems(problem: Schema, *reasons: str) -> Schema:
    """Responses by status; reasons that share one are listed in it."""
    by_status: dict[str, list[str]] = {}
    for reason in reasons:
        by_status.setdefault(str(STATUS[reason]), []).append(reason)
    return {
        status: {
            "description": "; ".join(f"`{reason}`: {TITLES[reason].lower()}" for reason in sorted(named)),
            "content": {MEDIA_TYPE: {"schema": problem}},
            "x-reasons": sorted(named),
        }
        for status, named in sorted(by_status.items())
    }
