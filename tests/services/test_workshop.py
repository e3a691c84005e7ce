"""Drafts that several people edit, and what may become a version of a question that everybody is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.clock import utc_now
from grader.services.questions import verifications, workshop, workshop_publish
from grader.services.questions.packing import unpacked
from grader.services.questions.publish import publish
from grader.services.questions.question_health import health_of
from grader.services.questions.workshop import Saved
from grader.services.questions.workshop_faults import faults_of_draft
from grader.services.questions.workshop_files import in_order, mark_of
from grader.services.questions.workshop_folders import bank_in, checkout_of, files_in, found_in
from grader.services.refusals import Reason, Refused
from grader.spec import load_question
from grader.spec.skeleton import skeleton
from grader.spec.version import version_of
from grader.store.audit import AuditEvent
from grader.store.database import Database
from grader.store.models import Course, Person, Question, QuestionVersion
from grader.store.words import CourseRole, VerificationState
from grader.store.workshop import QuestionDraft, Verification
from tests.world import TENSOR_ADD, World, bank_question, enrol, make_world, person

NAME = "ml/one/squares"
FILES = dict(skeleton(NAME, "squares(a, b)").files)


@dataclass
class Made:
    """One transaction, with the world in it."""

    session: Session
    world: World

    def who(self, login: str) -> Person:
        return self.session.get_one(Person, self.world.people[login])

    def draft(self, name: str = NAME, files: dict[str, bytes] | None = None) -> QuestionDraft:
        given = FILES if files is None else files
        return workshop.create(
            self.session, self.world.course_id, name, given, origin="skeleton", actor=self.who("sam")
        )

    def pass_(self, draft: QuestionDraft, state: str = "passed") -> Verification:
        """As if a worker had checked the draft as it stands."""
        row = verifications.ask(self.session, draft.id, actor_id=self.world.people["sam"])
        row.state, row.finished_at = VerificationState(state), utc_now()
        self.session.flush()
        return row

    def publish(self, draft: QuestionDraft, login: str = "sam", course_id: int | None = None) -> int:
        published, _ = workshop_publish.publish_draft(
            self.session, course_id or draft.course_id, draft.id, digest=draft.digest, actor=self.who(login)
        )
        return published.number

    def acts(self, subject: str = "") -> list[str]:
        query = select(AuditEvent.act).order_by(AuditEvent.id)
        return list(self.session.scalars(query.where(AuditEvent.subject.startswith(subject))))


@pytest.fixture
def made(database: Database) -> Iterator[Made]:
    with database.transaction() as session:
        yield Made(session, make_world(session, questions=(TENSOR_ADD,)))


def save(made: Made, draft: QuestionDraft, path: str, text: bytes, *, base: bytes | None, login: str = "sam") -> Saved:
    return workshop.save_file(made.session, draft, path, text, base=mark_of(base), actor_id=made.world.people[login])


def test_a_saved_file_is_there_and_the_digest_is_that_of_the_files(made: Made) -> None:
    draft = made.draft()
    saved = save(made, draft, "statement.md", b"# New\n", base=FILES["statement.md"])
    files = workshop.files_of_draft(draft)
    assert not saved.is_conflict
    assert files == FILES | {"statement.md": b"# New\n"}
    assert (draft.digest, draft.revision) == (version_of(files), 2)


def test_two_who_edit_one_file_lose_nothing(made: Made) -> None:
    draft = made.draft()
    old = FILES["statement.md"]
    save(made, draft, "statement.md", b"# Mine\n", base=old)
    theirs = save(made, draft, "statement.md", b"# Theirs\n", base=old, login="root")
    assert theirs.is_conflict
    assert theirs.content == b"# Mine\n"
    assert workshop.files_of_draft(draft)["statement.md"] == b"# Mine\n"
    again = save(made, draft, "statement.md", b"# Both\n", base=b"# Mine\n", login="root")
    assert not again.is_conflict


def test_two_who_edit_different_files_do_not_meet(made: Made) -> None:
    draft = made.draft()
    save(made, draft, "statement.md", b"# Mine\n", base=FILES["statement.md"])
    assert not save(made, draft, "cases.py", b"x = 1\n", base=FILES["cases.py"], login="root").is_conflict
    assert workshop.files_of_draft(draft)["statement.md"] == b"# Mine\n"


def test_the_same_text_twice_is_no_conflict_and_no_change(made: Made) -> None:
    draft = made.draft()
    save(made, draft, "statement.md", b"# New\n", base=FILES["statement.md"])
    again = save(made, draft, "statement.md", b"# New\n", base=FILES["statement.md"])
    assert (again.is_conflict, draft.revision) == (False, 2)


def test_saves_of_one_sitting_are_one_line_of_the_audit_log(made: Made) -> None:
    draft = made.draft()
    text = FILES["statement.md"]
    for number in range(3):
        new = b"# %d\n" % number
        save(made, draft, "statement.md", new, base=text)
        text = new
    save(made, draft, "statement.md", b"# root\n", base=text, login="root")
    assert made.acts(f"draft:{draft.id}") == ["draft.created", "draft.edited", "draft.edited"]


def test_files_are_renamed_and_removed_but_the_spec_stays(made: Made) -> None:
    draft, sam = made.draft(), made.world.people["sam"]
    workshop.rename_file(
        made.session, draft, "reference/samples/wrong_mean.py", "reference/samples/wrong_average.py", actor_id=sam
    )
    workshop.remove_file(made.session, draft, "reference/samples/wrong_detached.py", actor_id=sam)
    paths = in_order(workshop.files_of_draft(draft))
    assert "reference/samples/wrong_average.py" in paths
    assert "reference/samples/wrong_detached.py" not in paths
    assert paths[0] == "question.toml"
    with pytest.raises(Refused, match="cannot be removed"):
        workshop.remove_file(made.session, draft, "question.toml", actor_id=sam)
    with pytest.raises(Refused, match="already"):
        workshop.rename_file(made.session, draft, "cases.py", "starter.py", actor_id=sam)
    with pytest.raises(Refused, match="written when"):
        save(made, draft, "expected.json", b"{}\n", base=None)


@pytest.mark.parametrize("name", ["x", "a/b", "A/b/c", "../b/c", "a/b/c/d", "a/b/" + "<script>", ""])
def test_a_draft_has_the_name_of_a_question(made: Made, name: str) -> None:
    with pytest.raises(Refused, match="no id"):
        made.draft(name)


def test_a_question_is_edited_in_one_draft_of_a_course_at_a_time(made: Made) -> None:
    first = made.draft()
    with pytest.raises(Refused, match="being edited"):
        made.draft()
    workshop.discard(made.session, first, actor_id=made.world.people["sam"])
    assert made.draft().id != first.id


def test_a_draft_is_no_draft_of_another_course_nor_after_its_end(made: Made) -> None:
    draft = made.draft()
    other = Course(slug="other", title="Other", created_at=utc_now())
    made.session.add(other)
    made.session.flush()
    with pytest.raises(Refused) as refused:
        workshop.draft_of(made.session, other.id, draft.id)
    assert refused.value.reason is Reason.NOT_FOUND
    workshop.discard(made.session, draft, actor_id=made.world.people["sam"])
    with pytest.raises(Refused):
        workshop.draft_of(made.session, made.world.course_id, draft.id)
    with pytest.raises(Refused):
        save(made, draft, "statement.md", b"# New\n", base=FILES["statement.md"])


def test_only_verified_bytes_are_published(made: Made) -> None:
    draft = made.draft()
    for state in ("refused", "failed", "cancelled"):
        made.pass_(draft, state)
        with pytest.raises(Refused, match="no verification"):
            made.publish(draft)
    made.pass_(draft)
    save(made, draft, "statement.md", b"# Other bytes\n", base=FILES["statement.md"])
    with pytest.raises(Refused, match="no verification"):
        made.publish(draft)
    save(made, draft, "statement.md", FILES["statement.md"], base=b"# Other bytes\n")
    assert made.publish(draft) == 1
    assert "question.published" in made.acts(f"question:{NAME}")
    assert draft.closed_at is not None


def test_a_verification_of_the_same_bytes_under_another_name_does_not_count(made: Made) -> None:
    other = made.draft("ml/one/other")
    made.pass_(other)
    draft = made.draft()
    assert draft.digest == other.digest
    with pytest.raises(Refused, match="no verification"):
        made.publish(draft)


def test_what_is_published_is_what_the_person_looked_at(made: Made) -> None:
    draft = made.draft()
    made.pass_(draft)
    with pytest.raises(Refused, match="edited this draft"):
        workshop_publish.publish_draft(made.session, draft.course_id, draft.id, digest="0" * 64, actor=made.who("sam"))


def test_a_row_whose_digest_is_not_that_of_its_files_is_not_published(made: Made) -> None:
    draft = made.draft()
    made.pass_(draft)
    draft.files = made.draft("ml/one/forged", FILES | {"statement.md": b"# Forged\n"}).files
    made.session.flush()
    with pytest.raises(Refused):
        made.publish(draft)


def test_publishing_twice_at_once_makes_one_version(made: Made) -> None:
    draft = made.draft()
    made.pass_(draft)
    digest = draft.digest
    made.publish(draft)
    with pytest.raises(Refused, match="was published"):
        made.publish(draft)
    versions = made.session.scalars(select(QuestionVersion).where(QuestionVersion.digest == digest)).all()
    assert len(versions) == 1


@pytest.fixture
def oona(made: Made) -> tuple[Person, int]:
    """Staff of another course, and its id."""
    course = Course(slug="other", title="Other", created_at=utc_now())
    made.session.add(course)
    made.session.flush()
    oona = person(made.session, "oona")
    enrol(made.session, course.id, oona.id, CourseRole.STAFF)
    return oona, course.id


def test_staff_do_not_publish_over_a_question_that_only_another_course_asks(
    made: Made, oona: tuple[Person, int]
) -> None:
    who, course_id = oona
    live = made.session.scalars(select(Question).where(Question.name == TENSOR_ADD)).one().live_version_id
    assert live is not None
    draft = workshop.from_version(made.session, course_id, live, actor=who)
    changed = b"# Mine now\n"
    workshop.save_file(
        made.session, draft, "statement.md", changed,
        base=mark_of(workshop.files_of_draft(draft)["statement.md"]), actor_id=who.id,
    )  # fmt: skip
    made.pass_(draft)
    with pytest.raises(Refused, match="whose staff you do not belong to"):
        workshop_publish.publish_draft(made.session, course_id, draft.id, digest=draft.digest, actor=who)
    assert workshop_publish.publish_draft(
        made.session, course_id, draft.id, digest=draft.digest, actor=made.who("root")
    )[0].is_new


def test_a_question_that_nobody_asks_may_be_published_by_staff_of_any_course(
    made: Made, oona: tuple[Person, int]
) -> None:
    draft = made.draft()
    made.pass_(draft)
    made.publish(draft)
    assert workshop_publish.why_not(made.session, oona[0], NAME) is None
    assert workshop_publish.why_not(made.session, oona[0], TENSOR_ADD) is not None
    assert workshop_publish.why_not(made.session, made.who("sam"), TENSOR_ADD) is None
    assert workshop_publish.why_not(made.session, made.who("tina"), TENSOR_ADD) is not None


def test_retiring_and_taking_back_are_for_the_staff_of_who_asks_it(made: Made, oona: tuple[Person, int]) -> None:
    question = made.session.scalars(select(Question).where(Question.name == TENSOR_ADD)).one()
    course_id = made.world.course_id
    with pytest.raises(Refused):
        workshop_publish.set_retired(made.session, oona[1], question.id, is_retired=True, actor=oona[0])
    for is_retired in (True, True, False):
        workshop_publish.set_retired(made.session, course_id, question.id, is_retired=is_retired, actor=made.who("sam"))
        assert (question.retired_at is not None) == is_retired
    assert made.acts(f"question:{TENSOR_ADD}") == ["question.retired", "question.taken_back"]


def test_whoever_is_asked_it_as_a_student_elsewhere_does_not_get_its_solution(
    made: Made, oona: tuple[Person, int]
) -> None:
    who, course_id = oona
    enrol(made.session, made.world.course_id, who.id, CourseRole.STUDENT)
    live = made.session.scalars(select(Question).where(Question.name == TENSOR_ADD)).one().live_version_id
    assert live is not None
    with pytest.raises(Refused) as refused:
        workshop.from_version(made.session, course_id, live, actor=who)
    assert refused.value.reason is Reason.FORBIDDEN


def test_publishing_says_who_asks_it(made: Made) -> None:
    (use,) = workshop_publish.uses(made.session, TENSOR_ADD, made.world.course_id)
    assert (use.assignment.slug, use.submissions, use.is_here) == ("t3", 0, True)
    assert use.is_open(utc_now())
    assert not use.is_open(utc_now() + dt.timedelta(days=30))
    assert workshop_publish.uses(made.session, NAME, made.world.course_id) == []


def test_asking_twice_is_one_check_and_other_bytes_end_the_first(made: Made) -> None:
    draft, sam = made.draft(), made.world.people["sam"]
    first = verifications.ask(made.session, draft.id, actor_id=sam)
    assert verifications.ask(made.session, draft.id, actor_id=sam).id == first.id
    save(made, draft, "statement.md", b"# New\n", base=FILES["statement.md"])
    second = verifications.ask(made.session, draft.id, actor_id=sam)
    made.session.refresh(first)
    assert (first.state, second.state) == (VerificationState.CANCELLED, VerificationState.QUEUED)
    assert unpacked(second.files)["statement.md"] == b"# New\n"
    workshop.discard(made.session, draft, actor_id=sam)
    made.session.refresh(second)
    assert second.state is VerificationState.CANCELLED


def test_expected_values_reach_a_draft_only_while_it_is_what_was_checked(made: Made) -> None:
    draft = made.draft()
    fresh = FILES | {"expected.json": b"{}\n"}
    digest = draft.digest
    save(made, draft, "statement.md", b"# New\n", base=FILES["statement.md"])
    assert not verifications.note_expected(made.session, draft.id, digest, fresh, version_of(fresh))
    save(made, draft, "statement.md", FILES["statement.md"], base=b"# New\n")
    assert verifications.note_expected(made.session, draft.id, digest, fresh, version_of(fresh))
    made.session.expire_all()
    assert workshop.files_of_draft(draft) == fresh


def test_the_list_knows_how_a_version_was_verified(made: Made) -> None:
    draft = made.draft()
    made.pass_(draft).report = {"mutants": {"total": 12, "caught": 9, "survivors": ["x"], "explained": 3}}
    made.publish(draft)
    question = made.session.scalars(select(Question).where(Question.name == NAME)).one()
    health = health_of(made.session, made.world.course_id)
    assert health[question.id].mutation_score == 1.0
    assert health[question.id].flake_rate is None
    others = [one for question_id, one in health.items() if question_id != question.id]
    assert [one.mutation_score for one in others] == [None]


def test_faults_are_found_by_reading_at_their_line() -> None:
    assert faults_of_draft(FILES, NAME) == []
    broken = FILES | {"question.toml": b'colour = "red"\n' + FILES["question.toml"]}
    (fault,) = faults_of_draft(broken, NAME)
    assert (fault.where, fault.line, fault.key) == ("question.toml", 1, "colour")
    lies = FILES | {"reference/samples/wrong_mean.py": b"# verdict: splendid\n"}
    assert any(one.where.endswith("wrong_mean.py") for one in faults_of_draft(lies, NAME))


@pytest.mark.parametrize(
    "text",
    [b"a = " + b"[" * 50_000, b"a = {" * 30_000, b"a = 1" + b"0" * 10_000, b"\xff\xfe", b"[" * 10_000, b"x" * 300_000],
)  # fmt: skip
def test_files_that_no_parser_gets_through_are_faults_like_others(text: bytes) -> None:
    assert faults_of_draft(FILES | {"question.toml": text}, NAME)


@pytest.mark.parametrize(
    "text", [b"(" * 50_000, b"x = " + b"-" * 100_000 + b"1", b"x = " + b"a." * 40_000 + b"b", b"\xff\xfe"]
)
def test_python_that_no_parser_gets_through_is_a_fault_like_others(text: bytes) -> None:
    assert faults_of_draft(FILES | {"cases.py": text, "reference/solution.py": text}, NAME)


def test_a_folder_says_what_differs_and_where_it_stands(made: Made, tmp_path: Path) -> None:
    question = bank_question(TENSOR_ADD)
    _write(tmp_path, TENSOR_ADD, dict(question.files))
    _write(tmp_path, NAME, FILES)
    (tmp_path / ".git" / "refs" / "heads").mkdir(parents=True)
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    (tmp_path / ".git" / "refs" / "heads" / "main").write_text("c0ffee" + "0" * 34 + "\n")
    bank, root = bank_in({"bank": tmp_path}, "bank")
    assert str(checkout_of(root)) == "main at c0ffee0000"
    assert {one.name: one.state for one in found_in(made.session, bank, root)} == {TENSOR_ADD: "same", NAME: "new"}
    (tmp_path / "tasks" / TENSOR_ADD / "statement.md").write_text("# Other\n")
    states = {one.name: (one.state, one.number) for one in found_in(made.session, bank, root)}
    assert states[TENSOR_ADD] == ("differs", 1)
    assert files_in(bank, root, NAME) == FILES
    (tmp_path / ".git" / "refs" / "heads" / "main").unlink()
    (tmp_path / ".git" / "packed-refs").write_text("# pack-refs\n" + "b" * 40 + " refs/heads/main\n")
    assert checkout_of(root).commit == "b" * 40


@pytest.mark.parametrize("head", ["ref: ../../secret", "ref: refs/../../secret", "ref: /etc/passwd", "", "x" * 9000])
def test_what_a_checkout_says_leads_nowhere_else(tmp_path: Path, head: str) -> None:
    (tmp_path / "git").mkdir()
    (tmp_path / "secret").write_text("a" * 40)
    (tmp_path / "git" / ".git").mkdir()
    (tmp_path / "git" / ".git" / "HEAD").write_text(head)
    assert checkout_of(tmp_path / "git").commit == ""


def test_nothing_outside_of_a_folder_is_read(made: Made, tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    _write(outside, NAME, FILES)
    (inside / "tasks" / "ml").mkdir(parents=True)
    (inside / "tasks" / "ml" / "one").symlink_to(outside / "tasks" / "ml" / "one")
    bank, root = bank_in({"inside": inside}, "inside")
    assert [one.state for one in found_in(made.session, bank, root)] in ([], ["faulty"])
    with pytest.raises(Refused, match="leads out"):
        files_in(bank, root, NAME)
    for name in ("../../outside/tasks/ml/one/squares", "ml/one/../one/squares", "/etc", "", "a/b/c"):
        with pytest.raises(Refused):
            files_in(bank, root, name)
    with pytest.raises(Refused, match="named no such folder"):
        bank_in({"inside": inside}, "../inside")


def test_a_link_in_place_of_a_file_is_not_followed(tmp_path: Path) -> None:
    _write(tmp_path, NAME, FILES)
    statement = tmp_path / "tasks" / NAME / "statement.md"
    statement.unlink()
    statement.symlink_to("/etc/passwd")
    bank, root = bank_in({"bank": tmp_path}, "bank")
    with pytest.raises(Refused, match="no links"):
        files_in(bank, root, NAME)


def test_an_earlier_version_is_made_live_again_without_another_check(made: Made) -> None:
    session = made.session
    question = session.scalars(select(Question).where(Question.name == TENSOR_ADD)).one()
    first = question.live_version_id
    assert first is not None
    files = dict(bank_question(TENSOR_ADD).files) | {"statement.md": b"# Two\n"}
    publish(session, load_question(files, TENSOR_ADD))
    assert question.live_version_id != first
    draft = workshop.from_version(session, made.world.course_id, first, actor=made.who("sam"))
    assert made.publish(draft) == 1
    assert question.live_version_id == first


def _write(root: Path, name: str, files: dict[str, bytes]) -> None:
    for path, content in files.items():
        half, inside = ("reference", path[10:]) if path.startswith("reference/") else ("tasks", path)
        file = root / half / name / inside
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
