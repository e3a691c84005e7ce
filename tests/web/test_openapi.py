from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from grader.services.refusals import Reason
from grader.store.database import Database
from tests.web.api_world import NUMERIC, TEXT, Api, grade_next, open_api
from web.problems import STATUS, TITLES


@pytest.fixture
def api(tmp_path: Path, sqlite_url: str) -> Iterator[Api]:
    database = Database(sqlite_url)
    with open_api(tmp_path, database, sqlite_url, attempts_allowed=2) as opened:
        yield opened
    database.close()


@pytest.fixture
def document(api: Api) -> dict[str, Any]:
    response = api.client.get("/api/v1/openapi.json")
    assert isinstance(response.json, dict)
    return response.json


def conforms(document: dict[str, Any], operation: tuple[str, str], response: Any) -> None:
    """The response's status and content are what the document says of the operation."""
    path, method = operation
    described = document["paths"][path][method]["responses"][str(response.status_code)]
    schema = described["content"][response.mimetype]["schema"]
    OAS31Validator({**schema, "components": document["components"]}).validate(response.json)


def test_the_document_is_valid(document: dict[str, Any]) -> None:
    OpenAPIV31SpecValidator(document).validate()
    assert document["openapi"].startswith("3.1")


def test_every_address_of_the_api_is_described_and_no_other(api: Api, document: dict[str, Any]) -> None:
    described = {
        (path.replace("{", "<").replace("}", ">"), method.upper())
        for path, methods in document["paths"].items()
        for method in methods
    }
    served = {
        (rule.rule.removeprefix("/api/v1").replace("int:", ""), method)
        for rule in api.client.application.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert served - described == {("/", "GET"), ("/openapi.json", "GET")}
    assert described <= served


def test_real_answers_are_what_the_document_says(api: Api, document: dict[str, Any]) -> None:
    submit, submission, questions = (
        ("/submissions", "post"),
        ("/submissions/{submission_id}", "get"),
        ("/questions", "get"),
    )
    taken = api.submit()
    conforms(document, submit, taken)
    assert taken.json is not None
    address = f"/submissions/{taken.json['id']}"
    conforms(document, submission, api.get(address))
    grade_next(api.database)
    conforms(document, submission, api.get(address))
    conforms(document, submission, api.get(address, "tina"))
    conforms(document, submission, api.get(address, "bob"))
    conforms(document, submission, api.get(address, None))
    for question, source in ((NUMERIC, "6"), (TEXT, "Because.")):
        answered = api.submit(question=question, source=source)
        assert answered.json is not None
        conforms(document, submission, api.get(f"/submissions/{answered.json['id']}"))
    conforms(document, questions, api.get("/questions"))
    conforms(document, questions, api.get("/questions", None))
    refusals = [
        api.submit(question="nothing"),
        api.submit(source=""),
        api.submit(source="x" * 300_000),
        api.submit(source=3),
        api.client.post("/api/v1/submissions", data="{", headers=api.headers("ada"), content_type="application/json"),
        api.client.post("/api/v1/submissions", data="{}", headers=api.headers("ada"), content_type="text/plain"),
        *(api.submit(source=f"x = {number}") for number in range(2)),
    ]
    for refused in refusals:
        conforms(document, submit, refused)
    assert {refused.status_code for refused in refusals} == {202, 400, 403, 404, 413, 415, 422}


def test_the_examples_of_the_request_are_what_it_says(api: Api, document: dict[str, Any]) -> None:
    schema = {"$ref": "#/components/schemas/NewSubmission", "components": document["components"]}
    accepted = OAS31Validator(schema)
    assert accepted.is_valid({"question": "tensor_add", "source": "x = 1"})
    assert not accepted.is_valid({"question": "tensor_add", "sourse": "x = 1"})
    assert not accepted.is_valid({"source": "x = 1"})


def test_every_reason_has_a_title_and_a_status() -> None:
    assert set(TITLES) == set(STATUS)
    assert {reason.value for reason in Reason} <= set(TITLES)


def test_people_read_the_same_as_a_page(api: Api, document: dict[str, Any]) -> None:
    page = api.client.get("/api/v1/")
    assert page.status_code == 200
    for path in document["paths"]:
        assert f"/api/v1{path}" in page.text
    for reason in TITLES:
        assert f'id="{reason}"' in page.text
