"""The pages on which staff make a question: drafts, files, previews, faults, reports, versions; and attacks on them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from grader.clock import utc_now
from grader.services.questions import verifications, workshop
from grader.spec.skeleton import skeleton
from grader.store.database import Database
from grader.store.models import Course, Enrolment, Person, Question, QuestionVersion
from grader.store.words import CourseRole, VerificationState
from grader.store.workshop import QuestionDraft, Verification
from tests.web.visitor import OUR_PAGE, Visitor, form_to, populated, site_of
from tests.world import TENSOR_ADD, World, enrol

NAME = "ml/one/squares"
FILES = dict(skeleton(NAME, "squares(a, b)").files)
NEW = "/c/ml/staff/questions/new"


@pytest.fixture
def site(sqlite_url: str, tmp_path: Path) -> Iterator[Flask]:
    folder = tmp_path / "bank"
    for path, content in FILES.items():
        half, inside = ("reference", path[10:]) if path.startswith("reference/") else ("tasks", path)
        file = folder / half / NAME / inside
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    app = site_of(tmp_path, sqlite_url, question_folders={"bank": folder, "gone": tmp_path / "gone"})
    yield app
    base_of(app).close()


@pytest.fixture
def world(site: Flask) -> World:
    return populated(site, questions=(TENSOR_ADD,))


def base_of(site: Flask) -> Database:
    database: Database = site.extensions["grader.database"]
    return database


@pytest.fixture
def sam(site: Flask, world: World) -> Visitor:
    browser = Visitor(site)
    browser.log_in("sam")
    return browser


@pytest.fixture
def draft(sam: Visitor) -> str:
    """The address of a draft from the skeleton."""
    answer = sam.post(NEW, name=NAME, kind="function", entry="squares(a, b)")
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def the_draft(site: Flask) -> QuestionDraft:
    with base_of(site).reading() as session:
        found = session.scalars(select(QuestionDraft).order_by(QuestionDraft.id.desc()).limit(1)).one()
        found.files  # noqa: B018  loads them
        session.expunge(found)
        return found


def pass_verification(site: Flask, state: VerificationState = VerificationState.PASSED, **given: object) -> None:
    with base_of(site).transaction() as session:
        row = session.scalars(select(Verification).order_by(Verification.id.desc()).limit(1)).one()
        row.state, row.finished_at = state, utc_now()
        for name, value in given.items():
            setattr(row, name, value)


def test_a_question_comes_from_nothing_to_published_without_leaving_the_site(
    site: Flask, sam: Visitor, draft: str
) -> None:
    page = sam.get(draft)
    assert page.status_code == 200
    assert "The files make a question that can be read." in page.text
    verify = form_to(page, f"{draft}verification")
    assert sam.get(f"{draft}publish").text.count("passed no verification yet") == 1
    assert sam.send(verify).location == f"{draft}verification"
    watching = sam.get(f"{draft}verification", Accept="application/json")
    assert watching.json is not None
    assert (watching.json["state"], watching.json["is_over"]) == ("queued", False)
    pass_verification(site, report={"ok": True, "findings": [{"check": "reference", "ok": True, "text": "full marks"}]})
    assert "It may be published" in sam.get(f"{draft}verification").text
    publish = form_to(sam.get(f"{draft}publish"), f"{draft}publish")
    answer = sam.send(publish)
    assert answer.status_code == 303
    shown = sam.get(answer.location)
    assert "version 1 is live" in shown.text
    assert sam.get(draft).status_code == 404
    assert NAME.rpartition("/")[2] in sam.get("/c/ml/staff/questions/").text
    with base_of(site).reading() as session:
        version = session.scalars(
            select(QuestionVersion)
            .join(Question, Question.id == QuestionVersion.question_id)
            .where(Question.name == NAME)
        ).one()
        assert version.published_by == session.scalars(select(Person.id).where(Person.login == "sam")).one()


@pytest.mark.parametrize("kind", ["function", "class", "numeric", "choice", "text"])
def test_every_kind_of_question_has_an_example(sam: Visitor, kind: str) -> None:
    answer = sam.post(NEW, name=f"ml/one/{kind}", kind=kind, entry="Thing(x)")
    assert answer.status_code == 303, answer.text
    assert "The files make a question that can be read." in sam.get(answer.location).text


def test_a_solution_is_drafted_around_and_not_run(sam: Visitor, site: Flask, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    solution = f"import torch\nopen({str(ran)!r}, 'w')\n\n\ndef f(x, k):\n    return k * x.sum()\n"
    answer = sam.post(
        NEW, name=NAME, kind="function", entry='f(x: float["n d"], k: int)', solution=solution, gradients="x"
    )
    assert answer.status_code == 303, answer.text
    files = workshop.files_of_draft(the_draft(site))
    assert files["reference/solution.py"].decode() == solution
    assert b"gradients in double precision" in files["question.toml"]
    sam.get(answer.location)
    assert not ran.exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "no", "kind": "function", "entry": "f(a)"},
        {"name": NAME, "kind": "function", "entry": "no entry"},
        {"name": NAME, "kind": "nothing", "entry": "f(a)"},
        {"name": NAME, "kind": "function", "entry": "f(a)", "solution": "def g(:"},
        {"name": NAME, "kind": "function", "entry": "f(a)", "solution": "(" * 5000},
    ],
)
def test_what_cannot_be_a_question_comes_back_with_what_was_typed(sam: Visitor, typed: dict[str, str]) -> None:
    answer = sam.post(NEW, **typed)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert f'value="{typed["name"]}"' in answer.text


def test_a_file_is_saved_from_the_form_and_from_the_script(site: Flask, sam: Visitor, draft: str) -> None:
    form = form_to(sam.get(f"{draft}?file=statement.md"), f"{draft}file")
    assert sam.send(form, source="# From the form\r\n").status_code == 303
    assert workshop.files_of_draft(the_draft(site))["statement.md"] == b"# From the form\n"
    mark = int(form_to(sam.get(f"{draft}?file=statement.md"), f"{draft}file").fields["revision"])
    kept = put(sam, f"{draft}file?file=statement.md", source="# From the script\n", revision=mark)
    assert kept.status_code == 200
    assert kept.json is not None
    again = put(sam, f"{draft}file?file=statement.md", source="# Over it\n", revision=mark)
    assert again.status_code == 409
    assert again.json is not None
    assert again.json["source"] == "# From the script\n"
    assert again.json["revision"] == kept.json["revision"]


def test_two_who_save_from_forms_see_each_others_change(site: Flask, sam: Visitor, draft: str) -> None:
    root = Visitor(site)
    root.log_in("root")
    both = [form_to(browser.get(f"{draft}?file=statement.md"), f"{draft}file") for browser in (sam, root)]
    assert sam.send(both[0], source="# Sam's\n").status_code == 303
    answer = root.send(both[1], source="# Root's\n")
    assert answer.status_code == 409
    assert "Somebody else has changed statement.md" in answer.text
    assert "Root&#39;s" in answer.text
    assert "Sam&#39;s" in answer.text
    assert root.send(form_to(answer, f"{draft}file"), source="# Both\n").status_code == 303
    assert workshop.files_of_draft(the_draft(site))["statement.md"] == b"# Both\n"


def test_faults_are_told_at_their_line_and_nothing_is_saved(site: Flask, sam: Visitor, draft: str) -> None:
    broken = FILES["question.toml"].decode().replace("points = 3", "points = 'three'")
    answer = ask(sam, f"{draft}check", file="question.toml", source=broken)
    assert answer.json is not None
    (fault,) = answer.json["faults"]
    line = broken.splitlines().index("points = 'three'") + 1
    assert (fault["where"], fault["line"]) == ("question.toml", line)
    assert ask(sam, f"{draft}check", file="question.toml", source=FILES["question.toml"].decode()).json == {
        "faults": []
    }
    assert workshop.files_of_draft(the_draft(site))["question.toml"] != broken.encode()


HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1)) ![x](javascript:alert(1)) "
    "$\\href{javascript:x}{y}$"
)


def test_a_statement_cannot_run_anything_in_a_preview(sam: Visitor, draft: str) -> None:
    shown = ask(sam, f"{draft}preview", source=HOSTILE).text
    assert "&lt;script&gt;" in shown
    for forbidden in ("<script", "<img", 'href="javascript', "href='javascript"):
        assert forbidden not in shown


def test_names_of_files_and_words_of_a_report_are_shown_as_text(site: Flask, sam: Visitor, draft: str) -> None:
    assert sam.post(f"{draft}files", name="<script>x.py").location == draft
    sam.post(f"{draft}files", upload=(io.BytesIO(b"x = 1\n"), '"><script>alert(1)</script>.py'))
    assert all("script" not in path for path in workshop.files_of_draft(the_draft(site)))
    sam.post(f"{draft}verification")
    evil = {"check": "mutants", "ok": False, "text": HOSTILE, "subject": "<script>", "diff": "-<script>\n+<b>"}
    pass_verification(
        site,
        VerificationState.REFUSED,
        report={
            "ok": False,
            "findings": [evil],
            "survivors": [{"mutant": "<script>", "diff": "+<script>", "reason": "<script>"}],
            "samples": [
                {"name": "<script>", "verdict": "<script>", "diagnosis": None, "about": "<script>", "wrong": "<script>"}
            ],
        },
    )
    page = sam.get(f"{draft}verification").text
    assert "<script>" not in page.replace('<script type="module"', "")
    assert "Add a case that catches the mistake" in page


def test_a_drawing_of_a_draft_runs_nothing(sam: Visitor, draft: str) -> None:
    evil = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    added = sam.post(f"{draft}files", upload=(io.BytesIO(evil), "rows.svg"))
    assert added.location.endswith("file=rows.svg")
    picture = sam.get(f"{draft}pictures/rows.svg")
    assert "sandbox" in picture.headers["Content-Security-Policy"]
    assert "script-src" not in picture.headers["Content-Security-Policy"]
    for name in ("question.toml", "..%2Fquestion.toml", "reference%2Fsolution.py"):
        assert sam.get(f"{draft}pictures/{name}").status_code == 404


def test_a_zip_is_taken_and_given_back(site: Flask, sam: Visitor) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path, content in FILES.items():
            archive.writestr(f"squares/{path}", content)
    answer = sam.post("/c/ml/staff/questions/upload", zip_name=NAME, file=(io.BytesIO(packed.getvalue()), "<b>.zip"))
    assert answer.status_code == 303
    given = sam.get(f"{answer.location}zip")
    with zipfile.ZipFile(io.BytesIO(given.data)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == FILES
    assert "<b>.zip" not in sam.get(answer.location).text


def test_a_zip_that_leads_out_is_refused_on_the_page(sam: Visitor) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("question.toml", "")
        archive.writestr("../../evil.py", "")
    packed.seek(0)
    answer = sam.post("/c/ml/staff/questions/upload", zip_name=NAME, file=(packed, "q.zip"))
    assert answer.status_code == 422
    assert "leads out of the question" in answer.text


def test_a_question_is_pulled_from_a_folder(site: Flask, sam: Visitor) -> None:
    folder = "/c/ml/staff/questions/folders/bank"
    page = sam.get(folder)
    assert NAME in page.text
    assert "Not published" in page.text
    answer = sam.post(f"{folder}/pull", name=NAME)
    assert answer.status_code == 303
    assert workshop.files_of_draft(the_draft(site)) == FILES
    seen = form_to(sam.get(folder), f"{folder}/pull")
    edit = form_to(sam.get(f"{answer.location}?file=statement.md"), f"{answer.location}file")
    sam.send(edit, source="# Typed meanwhile\n")
    assert sam.send(seen, name=NAME).location == folder
    assert workshop.files_of_draft(the_draft(site))["statement.md"] == b"# Typed meanwhile\n"
    assert sam.send(form_to(sam.get(folder), f"{folder}/pull"), name=NAME).location == answer.location
    assert workshop.files_of_draft(the_draft(site)) == FILES
    assert sam.get("/c/ml/staff/questions/folders/gone").status_code == 404
    assert sam.post(f"{folder}/pull", name="../../../etc").location == folder
    assert sam.post(f"{folder}/pull", name="ml/one/nothing").status_code == 404
    with base_of(site).reading() as session:
        assert session.scalars(select(QuestionDraft.name)).all() == [NAME]


def test_a_published_version_is_edited_compared_and_retired(site: Flask, world: World, sam: Visitor) -> None:
    with base_of(site).reading() as session:
        question_id = session.scalars(select(Question.id).where(Question.name == TENSOR_ADD)).one()
    at = f"/c/ml/staff/questions/{question_id}/"
    answer = sam.post(f"{at}edit", version="1")
    draft = str(answer.location)
    assert "Nothing would change" in sam.get(f"{draft}publish").text
    form = form_to(sam.get(f"{draft}?file=statement.md"), f"{draft}file")
    sam.send(form, source="# Another statement\n")
    page = sam.get(f"{draft}publish").text
    assert "Tutorial 3" in page
    assert "Open: students work on it" in page
    assert "Another statement" in page
    assert "Another statement" in sam.get(f"{draft}compare").text
    assert sam.post(f"{at}edit", version="1").location == draft
    assert sam.get(f"{at}compare").status_code == 200
    sam.post(f"{at}retire")
    assert "Retired" in sam.get(at).text
    sam.post(f"{at}retire", back="1")
    assert "Take back" not in sam.get(at).text


def test_a_draft_is_of_its_course_alone(site: Flask, world: World, sam: Visitor, draft: str) -> None:
    with base_of(site).transaction() as session:
        other = Course(slug="other", title="Other", created_at=utc_now())
        session.add(other)
        session.flush()
        enrol(session, other.id, world.people["eve"], CourseRole.STAFF)
        enrol(session, other.id, world.people["sam"], CourseRole.STAFF)
    eve = Visitor(site)
    eve.log_in("eve")
    for path in ("", "verification", "publish", "zip", "?file=reference/solution.py"):
        assert eve.get(draft + path).status_code == 404
        for browser in (eve, sam):
            assert browser.get(draft.replace("/c/ml/", "/c/other/") + path).status_code == 404
    assert eve.post(draft.replace("/c/ml/", "/c/other/") + "publish").status_code == 404
    assert (
        put(eve, draft.replace("/c/ml/", "/c/other/") + "file?file=cases.py", source="", revision=0).status_code == 404
    )


def test_a_ta_reads_and_changes_nothing(site: Flask, world: World, draft: str) -> None:
    tina = Visitor(site)
    tina.log_in("tina")
    page = tina.get("/c/ml/staff/questions/")
    assert page.status_code == 200
    assert "New question" not in page.text
    assert NAME not in page.text
    for path in (draft, f"{draft}verification", f"{draft}publish", f"{draft}zip", NEW):
        assert tina.get(path).status_code == 403
    for path in (
        f"{draft}publish",
        f"{draft}verification",
        f"{draft}discard",
        NEW,
        "/c/ml/staff/questions/1/retire",
        "/c/ml/staff/questions/1/edit",
    ):
        assert tina.post(path).status_code == 403


def test_staff_who_are_students_of_it_elsewhere_see_no_difference_of_versions(
    site: Flask, world: World, sam: Visitor
) -> None:
    with base_of(site).transaction() as session:
        other = Course(slug="other", title="Other", created_at=utc_now())
        session.add(other)
        session.flush()
        enrol(session, other.id, world.people["ada"], CourseRole.STAFF)
        assert session.scalars(select(Enrolment).where(Enrolment.person_id == world.people["ada"])).all()
        question_id = session.scalars(select(Question.id).where(Question.name == TENSOR_ADD)).one()
    ada = Visitor(site)
    ada.log_in("ada")
    assert ada.get(f"/c/other/staff/questions/{question_id}/compare").status_code == 403
    assert ada.post(f"/c/other/staff/questions/{question_id}/edit", version="1").status_code == 403
    assert 'id="solution"' not in ada.get(f"/c/other/staff/questions/{question_id}/").text


def test_a_cancelled_check_is_over(site: Flask, sam: Visitor, draft: str) -> None:
    sam.post(f"{draft}verification")
    sam.post(f"{draft}verification/cancel")
    with base_of(site).reading() as session:
        row = verifications.newest(session, the_draft(site).id)
        assert row is not None
        assert row.state is VerificationState.CANCELLED
    assert "It was cancelled" in sam.get(f"{draft}verification").text


def put(browser: Visitor, path: str, **sent: object) -> TestResponse:
    headers = {**OUR_PAGE, "Accept": "application/json", "X-CSRFToken": browser.token()}
    return browser.client.put(path, json=sent, headers=headers)


def ask(browser: Visitor, path: str, **sent: object) -> TestResponse:
    headers = {**OUR_PAGE, "Accept": "application/json", "X-CSRFToken": browser.token()}
    return browser.client.post(path, json=sent, headers=headers)
