"""Requests that nobody should send: each gets a sensible answer soon, and nothing of it is kept."""

from __future__ import annotations

import gzip
import io
import json
import os
import select as waiting
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from grader.store.database import Database
from grader.store.models import Submission
from tests.servers import free_port
from tests.web.api_world import SOURCE, Api, open_api

MIB = 1024 * 1024
HUGE = 200 * MIB
ITEM = "/c/ml/a/t3/tensor_add"
# What a site may take on for a body that it refuses: buffers of the connection, and what the allocator keeps.
ROOM_MIB = 48


@pytest.fixture
def api(tmp_path: Path, sqlite_url: str) -> Iterator[Api]:
    database = Database(sqlite_url)
    with open_api(tmp_path, database, sqlite_url) as opened:
        opened.client.application.config["WTF_CSRF_ENABLED"] = False  # its own tests are elsewhere
        yield opened
    database.close()


def log_in(api: Api) -> str:
    """Ada's session; the cookie's value, for clients of other processes with the same key."""
    with api.client.session_transaction() as cookie:
        cookie["_user_id"] = f"{api.world.people['ada']}:key-ada"
        cookie["_fresh"] = True
    held = api.client.get_cookie("grader")
    assert held is not None
    return held.value


def post(api: Api, body: bytes, **headers: str) -> TestResponse:
    """Any bytes to the API."""
    sent = {"Content-Type": "application/json", **{name.replace("_", "-"): text for name, text in headers.items()}}
    return api.client.post("/api/v1/submissions", data=body, headers=api.headers("ada") | sent)


def upload(api: Api, content: bytes, name: str, **form: str) -> TestResponse:
    """A file through the form of the question's page."""
    log_in(api)
    boundary, body = encode_multipart({"file": FileStorage(io.BytesIO(content), name), **form})
    return api.client.post(f"{ITEM}/submit", data=body, content_type=f"multipart/form-data; boundary={boundary}")


def kept(api: Api) -> list[Submission]:
    with api.database.reading() as session:
        rows = list(session.scalars(select(Submission)))
        for row in rows:
            assert row.source is not None  # loaded while the session lasts
        return rows


def as_json(**body: Any) -> bytes:
    return json.dumps({"question": "tensor_add", "source": SOURCE, **body}).encode()


def notebook_of(cells: int, size: int = 20) -> bytes:
    listed = [
        {"cell_type": "code", "source": f"x_{number} = '{'y' * size}'", "outputs": [], "metadata": {}}
        for number in range(cells - 1)
    ]
    listed.insert(cells // 2, {"cell_type": "code", "source": SOURCE, "outputs": [], "metadata": {}})
    return json.dumps({"cells": listed, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def zip_bomb() -> bytes:
    """A few hundred kB that are 200 MB unpacked."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", b"\0" * HUGE)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("body", "status", "hint"),
    [
        (b"", 400, "empty"),
        (b" \n", 400, "empty"),
        (b"\0\0\0", 400, "not JSON"),
        (b"question=tensor_add", 400, "not JSON"),
        (b"[]", 422, "object"),
        (b"null", 422, "object"),
        (b'{"question": "tensor_add", "source": "\xff"}', 422, "UTF-8"),
        (b'{"question": "tensor_add", "source": "\\ud800"}', 400, "not JSON"),
        (b'{"question": "tensor_add", "source": "x = 1\\u0000"}', 422, "NUL"),
        (b'{"question": "tensor\\u0000add", "source": "x = 1"}', 404, "no question"),
        (b"\xef\xbb\xbf{}", 400, "not JSON"),
        (b"[" * 2_000_000, 422, "object"),
        (b'{"question": "q", "notebook": ' + b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"}", 400, "not JSON"),
        (b'{"question": "q", "notebook": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", 422, "object"),
        (as_json(source="x" * 8 * MIB), 413, "8 MB"),
        (as_json(source="\u20ac" * 100_000), 413, "256 kB"),
    ],
)
def test_an_odd_body_is_answered_with_what_is_wrong(api: Api, body: bytes, status: int, hint: str) -> None:
    response = post(api, body)
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert response.json is not None
    assert hint in response.json["detail"]
    assert kept(api) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Content_Type": "text/plain"},
        {"Content_Type": "application/x-www-form-urlencoded"},
        {"Content_Type": "multipart/form-data; boundary=x"},
        {"Content_Type": ""},
        {"Content_Encoding": "gzip"},
        {"Content_Encoding": "br, gzip"},
    ],
)
def test_another_content_type_or_encoding_is_refused_with_the_one_that_is_taken(
    api: Api, headers: dict[str, str]
) -> None:
    response = post(api, gzip.compress(as_json()), **headers)
    assert response.json is not None
    assert (response.status_code, response.json["reason"]) == (415, "unsupported_media_type")
    assert kept(api) == []


@pytest.mark.parametrize("key", ["k" * 101, " ", "tab\tkey", "\u00a0"])
def test_an_odd_idempotency_key_is_refused_or_works(api: Api, key: str) -> None:
    answers = [api.submit(key=key) for _ in range(2)]
    statuses = {answer.status_code for answer in answers}
    assert statuses in ({422}, {202})
    assert len({row.id for row in kept(api)}) == (1 if statuses == {202} else 0)


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.py",
        "/etc/passwd.py",
        "C:\\x\\y.py",
        "a" * 10_000 + ".py",
        "x\r\nSet-Cookie: a=b.py",
        "\x1b[31m.py",
        "\u202eyp.py",
    ],
)
def test_a_file_name_is_only_ever_a_label(api: Api, name: str) -> None:
    assert post(api, as_json(file_name=name)).status_code == 202
    (row,) = kept(api)
    assert row.file_name is not None
    assert len(row.file_name) <= 200
    assert row.file_name.isprintable()
    page = api.get(f"/submissions/{row.id}")
    assert page.status_code == 200
    assert "Set-Cookie" not in page.headers


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.py", "a" * 10_000 + ".py", "x\u0007y.py", "<script>alert(1)</script>.py"]
)
def test_an_uploaded_files_name_is_a_label_too(api: Api, name: str) -> None:
    response = upload(api, SOURCE.encode(), name)
    assert response.status_code == 303
    (row,) = kept(api)
    assert row.file_name is not None
    assert len(row.file_name) <= 200
    page = api.client.get(response.headers["Location"])
    assert page.status_code == 200
    assert "<script>alert" not in page.text


@pytest.mark.parametrize(
    ("content", "name", "hint"),
    [
        (b"", "mine.py", "empty"),
        (b"x = 1\0", "mine.py", "NUL"),
        (b"x = '\xff'", "mine.py", "UTF-8"),
        (b"#" * 300_000, "mine.py", "256 kB"),
        (b"", "mine.ipynb", "notebook"),
        (b"\0" * 1000, "mine.ipynb", "notebook"),
        (b"{" * 1_000_000, "mine.ipynb", "notebook"),
        (b'{"cells": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "mine.ipynb", "notebook"),
        (b'{"cells": 4}', "mine.ipynb", "notebook"),
        (SOURCE.encode(), "mine.zip", ".py"),
        (SOURCE.encode(), "mine", ".py"),
    ],
)
def test_an_odd_file_is_refused_on_the_page_with_what_to_do(api: Api, content: bytes, name: str, hint: str) -> None:
    response = upload(api, content, name)
    assert 400 <= response.status_code < 500
    assert hint in response.text
    assert kept(api) == []


@pytest.mark.parametrize("name", ["bomb.py", "bomb.ipynb"])
def test_a_zip_bomb_is_not_unpacked(api: Api, name: str) -> None:
    bomb = zip_bomb()
    began_s = time.monotonic()
    response = upload(api, bomb, name)
    assert 400 <= response.status_code < 500
    assert time.monotonic() - began_s < 10
    assert kept(api) == []


def test_a_notebook_of_five_thousand_cells_is_read(api: Api) -> None:
    assert upload(api, notebook_of(5000), "mine.ipynb").status_code == 303
    again = as_json(source=notebook_of(5000).decode(), file_name="again.ipynb", precheck=True)
    assert post(api, again).status_code == 202
    assert [b"def tensor_add" in row.source and b"x_17 =" not in row.source for row in kept(api)] == [True, True]


def test_a_notebook_with_too_much_in_it_says_what_to_leave_out(api: Api) -> None:
    response = upload(api, notebook_of(5000, 400), "mine.ipynb")
    assert (response.status_code, "cells" in response.text) == (413, True)
    assert kept(api) == []


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b"])
def test_a_form_of_a_hundred_thousand_fields_is_answered_soon(api: Api, content_type: str) -> None:
    log_in(api)
    if "multipart" in content_type:
        part = b'--b\r\nContent-Disposition: form-data; name="f"\r\n\r\nx\r\n'
        body = part * 100_000 + b"--b--\r\n"
    else:
        body = b"&".join(b"f%d=x" % number for number in range(100_000))
    began_s = time.monotonic()
    response = api.client.post(f"{ITEM}/submit", data=body, content_type=content_type)
    assert 400 <= response.status_code < 500
    assert time.monotonic() - began_s < 20
    assert kept(api) == []


# Through a real socket, with the server that a deployment uses.


@dataclass
class Gunicorn:
    """A site of its own process."""

    port: int
    process: subprocess.Popen[bytes]

    def memory_mib(self) -> float:
        """What its worker holds at most ever."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        (worker,) = children
        status = Path(f"/proc/{worker}/status").read_text()
        peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(peak.split()[1]) / 1024

    def send(self, path: str, headers: dict[str, str], chunks: Iterator[bytes]) -> tuple[bytes, int]:
        """The whole answer, and how many bytes of the body could be sent before it came."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as client:
            lines = [f"POST {path} HTTP/1.1", "Host: grader", "Connection: close"]
            lines += [f"{name}: {text}" for name, text in headers.items()]
            client.sendall("\r\n".join([*lines, "", ""]).encode())
            sent = 0
            try:
                for chunk in chunks:
                    readable, _, _ = waiting.select([client], [], [], 0)
                    if readable:
                        break
                    client.sendall(chunk)
                    sent += len(chunk)
            except OSError:
                pass  # it does not want more
            answer = b""
            while part := client.recv(65536):
                answer += part
            return answer, sent


@pytest.fixture
def gunicorn(api: Api, tmp_path: Path, sqlite_url: str) -> Iterator[Gunicorn]:
    port = free_port()
    with (tmp_path / "said").open("wb") as said:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "--config", "python:web.server", "--threads", "4"),
                *("--bind", f"127.0.0.1:{port}", "web:create_app()"),
            ],
            cwd=Path(__file__).parents[2],
            env={
                **os.environ,
                "GRADER_DATA": str(tmp_path),
                "GRADER_DATABASE_URL": sqlite_url,
                "GRADER_SECRET_KEY": "only for tests",
                "WEB_CONCURRENCY": "1",
            },
            stdout=said,
            stderr=said,
        )
    try:
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield Gunicorn(port, process)
    finally:
        process.terminate()
        process.wait(20)


def pieces(total: int) -> Iterator[bytes]:
    piece = b"x" * 65536
    for _ in range(total // len(piece)):
        yield piece


def chunked(total: int) -> Iterator[bytes]:
    for piece in pieces(total):
        yield b"%x\r\n%s\r\n" % (len(piece), piece)
    yield b"0\r\n\r\n"


@pytest.mark.parametrize("form", ["length", "chunked"])
@pytest.mark.parametrize("target", ["api", "page"])
def test_two_hundred_megabytes_are_refused_soon_and_never_held(
    api: Api, gunicorn: Gunicorn, target: str, form: str
) -> None:
    headers = {"Authorization": f"Bearer {api.tokens['ada']}", "Content-Type": "application/json"}
    path = "/api/v1/submissions"
    if target == "page":
        headers = {"Cookie": f"grader={log_in(api)}", "Content-Type": "application/x-www-form-urlencoded"}
        path = f"{ITEM}/submit"
    headers |= {"Content-Length": str(HUGE)} if form == "length" else {"Transfer-Encoding": "chunked"}
    gunicorn.send(path, headers | {"Content-Length": "0"} if form == "length" else headers, iter([b"0\r\n\r\n"]))
    before_mib = gunicorn.memory_mib()
    began_s = time.monotonic()
    answer, sent = gunicorn.send(path, headers, pieces(HUGE) if form == "length" else chunked(HUGE))
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"256 kB" in answer
    assert sent < HUGE / 2
    assert time.monotonic() - began_s < 20
    assert gunicorn.memory_mib() - before_mib < ROOM_MIB
    alive, _ = gunicorn.send("/nowhere", {"Content-Length": "0"}, iter(()))
    assert alive.startswith(b"HTTP/1.1 404 ")


def test_a_chunked_body_without_a_length_is_taken(api: Api, gunicorn: Gunicorn) -> None:
    body = as_json()
    headers = {"Authorization": f"Bearer {api.tokens['ada']}", "Content-Type": "application/json"}
    answer, _ = gunicorn.send(
        "/api/v1/submissions",
        headers | {"Transfer-Encoding": "chunked"},
        iter([b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)]),
    )
    assert answer.startswith(b"HTTP/1.1 202 ")
    with api.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Submission)) == 1


@pytest.mark.parametrize(
    "header", ["Content-Length: 17\r\nContent-Length: 4", "Content-Length: -1", "Content-Length: x"]
)
def test_a_length_that_cannot_be_is_refused(gunicorn: Gunicorn, header: str) -> None:
    name, _, text = header.partition(": ")
    answer, _ = gunicorn.send("/api/v1/submissions", {name: text}, iter([b"x" * 17]))
    assert answer.startswith(b"HTTP/1.1 400 ")


def test_a_body_that_never_comes_holds_nobody_else_up(api: Api, gunicorn: Gunicorn) -> None:
    with socket.create_connection(("127.0.0.1", gunicorn.port), timeout=30) as client:
        client.sendall(b"POST /login HTTP/1.1\r\nHost: grader\r\nContent-Length: 1000\r\n\r\nlogin=")
        answer, _ = gunicorn.send("/nowhere", {"Content-Length": "0"}, iter(()))
        assert answer.startswith(b"HTTP/1.1 404 ")
