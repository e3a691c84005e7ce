"""Who gets in where: every address × every kind of person. An address that the table lacks fails."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from grader.clock import utc_now
from grader.services.grades import overrides
from grader.services.handing_in.submit import hand_in
from grader.services.mistakes import line_comments
from grader.services.people import invitations
from grader.services.people.tokens import Scope, create_token
from grader.services.questions import workshop
from grader.services.questions.publish import publish
from grader.spec import load_question
from grader.store.database import Database
from grader.store.marks import SavedComment
from grader.store.models import Course, Extension, Person, Question, RegradeRequest, Submission
from grader.store.regrades import Regrade, RegradeRun
from grader.store.similarity import SimilarityCheck, SimilarPair
from grader.store.words import CourseRole, Origin, Purpose, RegradeScope, RunState, SimilarityState
from grader.vocab import Verdict
from tests.web.visitor import site_of
from tests.world import ROOT, TENSOR_ADD, World, bank_question, enrol, make_world, person


class Answer(StrEnum):
    """What a person gets. `IN` is past the rights: done, or told what is wrong with the request itself."""

    IN = "in"
    LOG_IN = "log in first"
    FORBIDDEN = "forbidden"
    MISSING = "missing"


IN, LOG_IN, FORBIDDEN, MISSING = Answer.IN, Answer.LOG_IN, Answer.FORBIDDEN, Answer.MISSING

# Everything asked for belongs to the course "ml": its assignment t3, and ada's submissions, token and so on. eve is in
# no course; olga, otto and oona are student, TA and staff of another one; root administers all.
PEOPLE = ("nobody", "eve", "olga", "otto", "oona", "ada", "bob", "tina", "sam", "root")
Row = Mapping[str, Answer]


def row(outside: Answer, ada: Answer, bob: Answer, tina: Answer, sam: Answer, nobody: Answer = LOG_IN) -> Row:
    """What each gets; whoever is outside the course gets the same, and administrators what staff get."""
    strangers = dict.fromkeys(("eve", "olga", "otto", "oona"), outside)
    return {"nobody": nobody, **strangers, "ada": ada, "bob": bob, "tina": tina, "sam": sam, "root": sam}


EVERYBODY = row(IN, IN, IN, IN, IN, nobody=IN)
LOGGED_IN = row(IN, IN, IN, IN, IN)
MEMBERS = row(MISSING, IN, IN, IN, IN)
OWNER_AND_TEACHERS = row(MISSING, IN, MISSING, IN, IN)
TEACHERS = row(MISSING, FORBIDDEN, FORBIDDEN, IN, IN)
STAFF = row(MISSING, FORBIDDEN, FORBIDDEN, FORBIDDEN, IN)
RERUN = row(MISSING, FORBIDDEN, MISSING, IN, IN)
ADMINISTRATORS = dict.fromkeys(PEOPLE, MISSING) | {"nobody": LOG_IN, "root": IN}
ONLY_ADA = row(MISSING, IN, MISSING, MISSING, MISSING)
# Of somebody's request: those who teach may read it, and the request itself is its student's alone.
ONLY_ADA_OF_THE_COURSE = row(MISSING, IN, MISSING, MISSING, MISSING)
# What an answer is called is another for each marker: see test_marking.
NOBODYS_CODE = row(MISSING, FORBIDDEN, FORBIDDEN, MISSING, MISSING)

TABLE: dict[str, Row] = {
    "static": EVERYBODY,
    "health.healthz": EVERYBODY,
    "health.readyz": EVERYBODY,
    "health.metrics": EVERYBODY,
    "auth.login": EVERYBODY,
    "auth.log_in": row(LOG_IN, LOG_IN, LOG_IN, LOG_IN, LOG_IN),  # no password is sent
    "auth.logout": row(LOG_IN, LOG_IN, LOG_IN, LOG_IN, LOG_IN, nobody=LOG_IN),  # it leads to the login
    "auth.invite": EVERYBODY,  # who has the link
    "auth.accept_invite": dict.fromkeys(PEOPLE, MISSING) | {"nobody": IN, "eve": IN},  # nobody chose no password; once
    "auth.account": LOGGED_IN,
    "auth.edit_account": LOGGED_IN,
    "auth.change_password": LOGGED_IN,
    "auth.log_out_everywhere": LOGGED_IN,
    "auth.create_token": LOGGED_IN,
    "auth.revoke_token": ONLY_ADA,
    "student.home": LOGGED_IN,
    "student.course": MEMBERS,
    "student.assignment": MEMBERS,
    "student.question": MEMBERS,
    "student.picture": MEMBERS,
    "student.submit": MEMBERS,
    "student.precheck": MEMBERS,
    "student.answer": MEMBERS,
    "student.draft": MEMBERS,
    "student.history": MEMBERS,
    "student.submission": OWNER_AND_TEACHERS,
    "student.submission_run": OWNER_AND_TEACHERS,
    "student.submission_state": OWNER_AND_TEACHERS,
    "student.submission_events": OWNER_AND_TEACHERS,
    "student.submission_source": OWNER_AND_TEACHERS,
    "student.choose_diff": OWNER_AND_TEACHERS,
    "student.diff": OWNER_AND_TEACHERS,
    "student.rerun": RERUN,
    "student.comment": RERUN,
    "student.edit_comment": {**RERUN, "sam": FORBIDDEN, "root": FORBIDDEN},  # only its author
    "student.remove_comment": RERUN,
    "student.mark": {**RERUN, "tina": MISSING, "sam": MISSING, "root": MISSING},  # a program grades it
    "ta.course": TEACHERS,
    "ta.assignment": TEACHERS,
    "ta.scores_csv": TEACHERS,
    "ta.item": TEACHERS,
    "ta.cell": TEACHERS,
    "ta.person": TEACHERS,
    "ta.course_mistakes": TEACHERS,
    "ta.assignment_mistakes": TEACHERS,
    "ta.item_mistakes": TEACHERS,
    "ta.mistake": TEACHERS,
    "ta.comment_mistake": TEACHERS,
    "ta.marking": TEACHERS,
    "ta.marking_assignment": TEACHERS,
    "ta.marking_rules": STAFF,
    "ta.marking_mean": TEACHERS,
    "ta.marking_item": TEACHERS,
    "ta.marking_next": TEACHERS,
    "ta.marking_answer": NOBODYS_CODE,
    "ta.save_mark": NOBODYS_CODE,
    "ta.saved_comments_page": TEACHERS,
    "ta.add_saved_comment": TEACHERS,
    "ta.change_saved_comment": TEACHERS,
    "ta.remove_saved_comment": {**TEACHERS, "sam": MISSING, "root": MISSING},  # tina has removed it
    "ta.similarity_overview": TEACHERS,
    "ta.similarity_item": TEACHERS,
    "ta.ask_similarity": TEACHERS,
    "ta.similar_pair": TEACHERS,
    "ta.judge_pair": TEACHERS,
    "ta.preview": TEACHERS,
    "ta.questions": TEACHERS,
    "ta.watch_list": TEACHERS,
    "ta.watch_list_of": TEACHERS,
    "ta.health": TEACHERS,
    "student.ask_again": ONLY_ADA_OF_THE_COURSE,
    "student.withdraw_request": ONLY_ADA_OF_THE_COURSE,
    "ta.overrides": TEACHERS,
    "ta.overrides_csv": TEACHERS,
    "ta.plan_overrides": TEACHERS,
    "ta.apply_overrides": TEACHERS,
    "ta.override": TEACHERS,
    "ta.set_override": TEACHERS,
    "ta.revoke_override": TEACHERS,
    "ta.release": TEACHERS,
    "ta.change_release": TEACHERS,
    "ta.requests": TEACHERS,
    "ta.one_request": TEACHERS,
    "ta.answer_request": TEACHERS,
    "ta.audit": TEACHERS,
    "ta.audit_csv": TEACHERS,
    "ta.replays": TEACHERS,
    "ta.replay": TEACHERS,
    "ta.appeal": TEACHERS,
    "ta.open_inputs": TEACHERS,
    "ta.close_inputs": TEACHERS,
    "staff.extensions_csv": TEACHERS,
    "staff.plan_extensions": TEACHERS,
    "staff.apply_extensions": TEACHERS,
    "staff.assignments": STAFF,
    "staff.new_assignment": STAFF,
    "staff.create_assignment": STAFF,
    "staff.edit_assignment": STAFF,
    "staff.save_assignment": STAFF,
    "staff.windows": STAFF,
    "staff.save_windows": STAFF,
    "staff.items": STAFF,
    "staff.save_items": STAFF,
    "staff.add_item": STAFF,
    "staff.extensions": TEACHERS,
    "staff.grant_extension": TEACHERS,
    "staff.revoke_extension": TEACHERS,
    "staff.questions": TEACHERS,
    "staff.question": TEACHERS,
    "staff.picture": TEACHERS,
    "staff.new_question": STAFF,
    "staff.create_draft": STAFF,
    "staff.upload_draft": STAFF,
    "staff.question_folder": STAFF,
    "staff.pull_draft": STAFF,
    "staff.edit_version": STAFF,
    "staff.compare_versions": TEACHERS,
    "staff.retire_question": STAFF,
    "staff.draft": STAFF,
    "staff.save_draft_file": STAFF,
    "staff.keep_draft_file": STAFF,
    "staff.add_draft_file": STAFF,
    "staff.rename_draft_file": STAFF,
    "staff.remove_draft_file": STAFF,
    "staff.discard_draft": {**STAFF, "root": MISSING},  # sam has thrown it away
    "staff.preview_draft": STAFF,
    "staff.check_draft": STAFF,
    "staff.draft_picture": STAFF,
    "staff.draft_zip": STAFF,
    "staff.verification": STAFF,
    "staff.verify_draft": STAFF,
    "staff.cancel_verification": STAFF,
    "staff.publish_page": STAFF,
    "staff.publish_draft": STAFF,
    "staff.compare_draft": STAFF,
    "staff.course_copy": STAFF,
    "staff.make_copy": STAFF,
    "staff.export_course": STAFF,
    "staff.import_page": ADMINISTRATORS,
    "staff.import_archive": ADMINISTRATORS,
    "staff.regrades": STAFF,
    "staff.new_regrade": STAFF,
    "staff.begin_regrade": STAFF,
    "staff.regrade": STAFF,
    "staff.confirm_regrade": STAFF,
    "staff.decide_regrade": STAFF,
    "staff.join_regrade": STAFF,
    "staff.regrade_csv": STAFF,
    "staff.regrade_pair": STAFF,
    "staff.roster": TEACHERS,
    "staff.member": STAFF,
    "staff.change_member": STAFF,
    "staff.end_member": STAFF,
    "staff.member_link": STAFF,
    "staff.invite": STAFF,
    "staff.revoke_invitation": STAFF,
    "staff.add_section": STAFF,
    "staff.edit_section": STAFF,
    "staff.roster_import": STAFF,
    "staff.plan_roster_import": STAFF,
    "staff.apply_roster_import": STAFF,
    # With a token instead of a cookie.
    "api.openapi": EVERYBODY,
    "api.overview": EVERYBODY,
    "api.questions": LOGGED_IN,
    "api.submit": {**MEMBERS, "root": MISSING},  # it finds the questions of one's own courses
    "api.submission": OWNER_AND_TEACHERS,
}

# What an address needs besides its path to name anything.
QUERIES = {"student.choose_diff": "with=2", "staff.confirm_regrade": "how=drop"}

# Questions are in one bank for all courses; nothing else of one course is found under another's address.
SHARED_BETWEEN_COURSES = {
    "staff.question",
    "staff.picture",
    "staff.edit_version",
    "staff.compare_versions",
    "staff.retire_question",
    "staff.question_folder",
    "staff.pull_draft",
}


@dataclass(frozen=True)
class Filled:
    """Two courses with something of everything, on disk, and what stands for the variables in addresses."""

    file: Path
    values: dict[str, str | int]
    cookies: dict[str, str]
    tokens: dict[str, str]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, blank_sqlite: Path) -> Filled:
    """Made once; every test works on a copy."""
    file = tmp_path_factory.mktemp("rights") / "filled.db"
    shutil.copy(blank_sqlite, file)
    database = Database(f"sqlite:///{file}")
    made = fill(database, file)
    database.close()
    return made


def fill(database: Database, file: Path) -> Filled:
    """Put something of everything into this database, which holds nothing yet."""
    with database.transaction() as session:
        world = make_world(session, questions=(TENSOR_ADD,))
        _publish_with_a_picture(session)
        other = Course(slug="other", title="Other", created_at=utc_now())
        session.add(other)
        session.flush()
        people = dict(world.people)
        for login, role in (("olga", CourseRole.STUDENT), ("otto", CourseRole.TA), ("oona", CourseRole.STAFF)):
            people[login] = person(session, login).id
            enrol(session, other.id, people[login], role)
        extension = Extension(
            assignment_id=world.assignment_id,
            person_id=people["ada"],
            extra_attempts=1,
            reason="ill",
            granted_by=people["sam"],
            created_at=utc_now(),
        )
        session.add(extension)
        first, second = (_handed(session, world, people["ada"], f"# {n}\n") for n in range(2))
        mistake = _went_wrong(session, second)
        remark = line_comments.add(
            session, first, line=1, text="here", lines=1, written_by=people["tina"], now=utc_now()
        )
        role = CourseRole.STUDENT
        invitation, link = invitations.invite(session, world.course_id, role, actor_id=people["sam"])
        tokens = {login: create_token(session, person_id, "t", list(Scope))[1] for login, person_id in people.items()}
        token, _ = create_token(session, people["ada"], "to revoke", [Scope.READ])
        submission = session.get_one(Submission, first)
        sam = session.get_one(Person, people["sam"])
        draft = workshop.from_version(session, world.course_id, _live_version(session), actor=sam)
        values: dict[str, str | int] = {
            "filename": "site.css",
            "token": link,
            "token_id": token.id,
            "course_slug": "ml",
            "assignment_slug": "t3",
            "item_slug": "tensor_add",
            "submission_id": first,
            "other_id": second,
            "mistake": mistake,
            "comment_id": remark.id,
            "person_id": people["ada"],
            "extension_id": extension.id,
            "question_id": submission.version.question_id,
            "invitation_id": invitation.id,
            "section_id": world.section_id,
            "number": 2,
            "name": "rows.svg",
            "code": "0123456789",
            "saved_id": _saved_comment(session, world),
            "similar_id": _similar_pair(session, world, first, second),
            "folder": "bank",
            "draft_id": draft.id,
            "regrade_id": _regrade(session, submission),
            "override_id": _override(session, world, people),
            "request_id": _request(session, submission),
            "run_id": submission.runs[0].id,
        }
        cookies = {
            login: f"{person_id}:{session.get_one(Person, person_id).session_key}"
            for login, person_id in people.items()
        }
    return Filled(file, values, cookies, tokens)


@pytest.fixture
def app(filled: Filled, tmp_path: Path) -> Flask:
    """The site over a copy. Forged requests have tests of their own."""
    file = tmp_path / "copy.db"
    shutil.copy(filled.file, file)
    app = site_of(tmp_path, f"sqlite:///{file}", question_folders={"bank": ROOT})
    app.config["WTF_CSRF_ENABLED"] = False
    return app


def test_every_address_stands_in_the_table(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(TABLE)


@pytest.mark.parametrize("endpoint", TABLE)
def test_each_gets_in_where_they_may_and_nowhere_else(app: Flask, filled: Filled, endpoint: str) -> None:
    for path, method in addresses(app, endpoint, filled.values):
        got = {login: _answer(_asked(app, filled, login, method, path)) for login in PEOPLE}
        assert got == dict(TABLE[endpoint]), (method, path)


@pytest.mark.parametrize("endpoint", [name for name in TABLE if name not in SHARED_BETWEEN_COURSES])
def test_nothing_of_one_course_is_found_under_the_address_of_another(app: Flask, filled: Filled, endpoint: str) -> None:
    elsewhere = {**filled.values, "course_slug": "other"}
    for rule in app.url_map.iter_rules(endpoint):
        if "course_slug" not in rule.arguments or len(rule.arguments) == 1:
            continue
        for path, method in addresses(app, endpoint, elsewhere):
            for login in ("oona", "root"):
                assert _answer(_asked(app, filled, login, method, path)) is MISSING, (login, method, path)


@pytest.mark.parametrize("endpoint", TABLE)
def test_what_does_not_exist_is_missing_for_administrators_too(app: Flask, filled: Filled, endpoint: str) -> None:
    absent = {name: 2**31 - 1 if isinstance(value, int) else "absent" for name, value in filled.values.items()}
    for rule in app.url_map.iter_rules(endpoint):
        if rule.arguments:
            for path, method in addresses(app, endpoint, absent):
                assert _answer(_asked(app, filled, "root", method, path)) is MISSING, (method, path)


@pytest.mark.parametrize("role", [CourseRole.STUDENT, CourseRole.TA, CourseRole.STAFF])
def test_an_ended_enrolment_opens_nothing(app: Flask, filled: Filled, role: CourseRole) -> None:
    database: Database = app.extensions["grader.database"]
    login = {"student": "ada", "ta": "tina", "staff": "sam"}[role]
    with database.transaction() as session:
        gone = session.get_one(Person, int(filled.cookies[login].partition(":")[0]))
        session.connection().exec_driver_sql(
            "UPDATE enrolment SET ended_at = created_at WHERE person_id = ?", (gone.id,)
        )
    for endpoint, expected in TABLE.items():
        if expected["eve"] is MISSING and endpoint != "auth.revoke_token":
            for path, method in addresses(app, endpoint, filled.values):
                assert _answer(_asked(app, filled, login, method, path)) is MISSING, (method, path)


def _override(session: Session, world: World, people: Mapping[str, int]) -> int:
    values = {"points": 1.0, "reason": "kind", "set_by": people["sam"]}
    return overrides.set_points(session, world.item_id, people["ada"], **values).id  # type: ignore[arg-type]


def _request(session: Session, submission: Submission) -> int:
    request = RegradeRequest(
        course_id=submission.course_id, submission_id=submission.id, text="look again", created_at=utc_now()
    )
    session.add(request)
    session.flush()
    return request.id


def _saved_comment(session: Session, world: World) -> int:
    saved = SavedComment(course_id=world.course_id, text="Why?", written_by=world.people["tina"], created_at=utc_now())
    session.add(saved)
    session.flush()
    return saved.id


def _similar_pair(session: Session, world: World, first: int, second: int) -> int:
    check = SimilarityCheck(
        course_id=world.course_id, item_id=world.item_id, state=SimilarityState.FINISHED, queued_at=utc_now()
    )
    session.add(check)
    session.flush()
    shares = {"share": 0.9, "share_a": 0.9, "share_b": 0.8, "tokens": 40, "spans": [[1, 1, 1, 1]]}
    pair = SimilarPair(check_id=check.id, a_id=first, b_id=second, note="", **shares)
    session.add(pair)
    session.flush()
    return pair.id


def _publish_with_a_picture(session: Session) -> None:
    """The second version of tensor_add."""
    files = bank_question(TENSOR_ADD).files
    drawn = {"statement.md": b"![rows](rows.svg)", "rows.svg": b"<svg/>"}
    publish(session, load_question({**files, **drawn}, TENSOR_ADD))


def _live_version(session: Session) -> int:
    return int(session.scalars(select(Question.live_version_id).where(Question.name == TENSOR_ADD)).one() or 0)


def _went_wrong(session: Session, submission_id: int) -> str:
    """Its run is over, with a mistake that has this signature."""
    run = session.get_one(Submission, submission_id).runs[0]
    run.state, run.verdict, run.mistake = RunState.FINISHED, Verdict.WRONG_ANSWER, "signature"
    session.flush()
    return "signature"


def _handed(session: object, world: World, person_id: int, source: str) -> int:
    return hand_in(
        session,  # type: ignore[arg-type]
        person_id=person_id,
        item_id=world.item_id,
        source=source.encode(),
        purpose=Purpose.SUBMIT,
        origin=Origin.EDITOR,
    ).submission_id


def addresses(app: Flask, endpoint: str, values: Mapping[str, str | int]) -> list[tuple[str, str]]:
    found = []
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        for rule in app.url_map.iter_rules(endpoint):
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                given = {name: values[name] for name in rule.arguments}
                path = adapter.build(endpoint, given, method=method)
                found.append((f"{path}?{QUERIES[endpoint]}" if endpoint in QUERIES else path, method))
    return found


def _asked(app: Flask, filled: Filled, login: str, method: str, path: str) -> TestResponse:
    client = app.test_client()
    headers = {"Accept": "text/html"}
    if login in filled.cookies and path.startswith("/api/"):
        headers = {"Authorization": f"Bearer {filled.tokens[login]}"}
    elif login in filled.cookies:
        log_in(client, filled.cookies[login])
    is_sent = method == "POST"
    if path.startswith("/api/"):
        body = {"question": "tensor_add", "source": "x = 1\n"} if is_sent else None
        answer = client.open(path, method=method, headers=headers, json=body)
    else:
        answer = client.open(path, method=method, headers=headers, data={"role": "student"} if is_sent else None)
    answer.close()  # the stream of events goes on for as long as somebody listens
    return answer


def log_in(client: FlaskClient, cookie: str) -> None:
    with client.session_transaction() as kept:
        kept["_user_id"], kept["_fresh"] = cookie, True


def _answer(answer: TestResponse) -> Answer:
    status = answer.status_code
    if status == 401 or (status == 303 and answer.location.split("?")[0] == "/login"):
        return LOG_IN
    if status in {403, 404}:
        return FORBIDDEN if status == 403 else MISSING
    assert status < 500, answer.status
    return IN


def _regrade(session: Session, submission: Submission) -> int:
    """One that is begun; its id."""
    regrade = Regrade(
        course_id=submission.course_id,
        item_id=submission.item_id,
        version_id=submission.version_id,
        scope=RegradeScope.ALL,
        reason="why",
        created_by=submission.person_id,
        created_at=utc_now(),
    )
    session.add(regrade)
    session.flush()
    session.add(RegradeRun(regrade_id=regrade.id, submission_id=submission.id, old_run_id=submission.runs[0].id))
    return regrade.id
