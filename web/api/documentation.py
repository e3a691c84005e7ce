"""The API described, for programs and for people."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, render_template
from flask.typing import ResponseReturnValue

from web.api import blueprint
from web.api.address import site_address
from web.api.openapi import document
from web.problems import STATUS, TITLES


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The OpenAPI document; anybody may read it."""
    response = jsonify(document())
    response.cache_control.max_age = 300
    return response


@blueprint.get("/")
def overview() -> ResponseReturnValue:
    """The same as a page."""
    described = document()
    reasons = [(reason, STATUS[reason], title) for reason, title in TITLES.items()]
    return render_template(
        "api/overview.html",
        site=site_address(),
        operations=_operations(described),
        schemas=_schemas(described),
        reasons=sorted(reasons, key=lambda row: row[1]),
    )


def _operations(described: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "method": method.upper(),
            "path": described["servers"][0]["url"] + path,
            "takes": _name_of(operation.get("requestBody")),
            "gives": [
                {"status": status, "description": answer["description"], "schema": _name_of(answer)}
                for status, answer in operation["responses"].items()
                if "x-reasons" not in answer
            ],
            "refusals": [
                (status, answer["x-reasons"])
                for status, answer in operation["responses"].items()
                if "x-reasons" in answer
            ],
            **{key: operation.get(key) for key in ("operationId", "summary", "description", "parameters")},
        }
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    ]


def _name_of(holder: dict[str, Any] | None) -> str | None:
    """The name of the schema that a body has."""
    if holder is None:
        return None
    (content,) = holder["content"].values()
    return str(content["schema"]["$ref"]).rpartition("/")[2]


def _schemas(described: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "description": schema.get("description", ""),
            "words": [str(value) for value in schema.get("enum", ())],
            "fields": [
                {
                    "name": field,
                    "type": _type_of(described_by),
                    "is_required": field in schema.get("required", ()),
                    "description": described_by.get("description", ""),
                }
                for field, described_by in schema.get("properties", {}).items()
            ],
        }
        for name, schema in described["components"]["schemas"].items()
    ]


def _type_of(schema: dict[str, Any]) -> str:
    """A schema in a word or two."""
    if "anyOf" in schema:
        return " or ".join(_type_of(one) for one in schema["anyOf"])
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_type_of(schema['items'])}"
    if schema.get("format") == "date-time":
        return "time"
    return str(schema.get("type", "anything"))
