"""Whatever anybody types into whichever field or address: no page fails, no markup comes back, no formula goes out."""

from __future__ import annotations

import csv
import io
import random
import re
from pathlib import Path
from urllib.parse import quote_from_bytes

from flask import Flask
from sqlalchemy import text
from werkzeug.test import TestResponse

from grader.store.database import Database
from tests.web.test_rights import TABLE, Filled, addresses, fill, log_in
from tests.web.visitor import site_of
from tests.world import ROOT

MARKUP = '"><img src=x onerror=alert(7)>'
LINK = "[k](javascript:alert(7)) ![x](javascript:alert(7)) <script>alert(7)</script>"
NASTY = (
    *(
        MARKUP,
        LINK,
        "=1+1",
        "",
        "\0",
        "-1",
        "99999999999999999999",
        "2147483648",
        "nan",
        "inf",
        "1e400",
        "²",
        "\N{ARABIC-INDIC DIGIT ONE}",
    ),
    *("x" * 100_000, "2026-02-30T25:61", "9999-12-31T23:59", "0001-01-01T00:00", "[]", "null", "%", "a,b\n\0,1"),
)
BYTES = (*(value.encode() for value in NASTY), b"\xff", b"\xed\xa0\x80")
# Streams, and what ends the visit.
LEFT_OUT = {"student.submission_events", "staff.discard_draft"}
# What people named, wrote or gave as a reason, and what files and cases are called.
TYPED = {
    "person": ("name",),
    "course": ("title", "term"),
    "assignment": ("title", "intro"),
    "section": ("name",),
    "question_version": ("title", "statement"),
    "submission": ("file_name",),
    "line_comment": ("text",),
    "saved_comment": ("text",),
    "regrade_request": ("text", "case_name"),
    "override": ("reason",),
    "extension": ("reason",),
    "regrade": ("reason",),
    "similar_pair": ("note",),
}


def test_no_address_fails_by_what_is_sent_to_it_and_nothing_comes_back_as_markup(
    tmp_path: Path, database: Database, database_url: str
) -> None:
    filled = fill(database, tmp_path)
    with database.transaction() as session:
        for table, columns in TYPED.items():
            for column in columns:
                session.execute(text(f"UPDATE {table} SET {column} = :markup"), {"markup": MARKUP})
    app = site_of(tmp_path, database_url, question_folders={"bank": ROOT})
    app.config["WTF_CSRF_ENABLED"] = False
    chosen, fields = random.Random(20261121), fields_of_the_site()
    assert len(fields) > 60
    try:
        wrong = [said for way in ways(app, filled) if (said := faults(*way, asked(app, filled, *way, fields, chosen)))]
    finally:
        app.extensions["grader.database"].close()
    assert wrong == []


def fields_of_the_site() -> list[str]:
    """Every name that a page or a handler gives a field."""
    found: set[str] = set()
    for file in (*(ROOT / "web").glob("*/*.py"), *(ROOT / "web" / "templates").rglob("*.html")):
        written = file.read_text()
        found.update(re.findall(r'(?:form|args|values)\.\w+\(\s*"([a-z_]+)"', written))
        found.update(re.findall(r'name="([a-z_]+)"', written))
    return sorted(found - {"csrf_token"})


def ways(app: Flask, filled: Filled) -> list[tuple[str, str]]:
    """Every address with what it takes, of all pages that have something of a course on them."""
    names = [name for name in TABLE if name.partition(".")[0] in {"student", "ta", "staff"} and name not in LEFT_OUT]
    return [way for name in names for way in addresses(app, name, filled.values)]


def asked(app: Flask, filled: Filled, path: str, method: str, fields: list[str], chosen: random.Random) -> TestResponse:
    """Some of the fields, each with something else, by somebody who may do everything."""
    client = app.test_client()
    log_in(client, filled.cookies["root"])
    some = [name for name in fields if chosen.random() < 0.7]
    sent = [f"{name}={quote_from_bytes(chosen.choice(BYTES))}" for name in some]
    if method == "GET":
        query = "&".join(part for part in sent if len(part) < 1000)
        return client.get(f"{path.partition('?')[0]}?{query}", headers={"Accept": "text/html"})
    return client.open(
        path, method=method, data="&".join(sent).encode(), content_type="application/x-www-form-urlencoded"
    )


def faults(path: str, method: str, answer: TestResponse) -> str | None:
    """What is wrong with an answer, in words."""
    with answer:
        if answer.status_code >= 500:
            return f"{method} {path}: {answer.status}"
        if answer.mimetype == "text/html" and re.search(r"<img src=x|<script>alert|=\"javascript:", answer.text):
            return f"{method} {path}: markup came back"
        if answer.mimetype == "text/csv":
            cells = [cell for line in csv.reader(io.StringIO(answer.text.lstrip("\ufeff"))) for cell in line]
            if any(cell.startswith(("=", "@", "\t")) for cell in cells):
                return f"{method} {path}: a formula goes out"
    return None
