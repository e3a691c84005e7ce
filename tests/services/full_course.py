"""A course with a row in every table that an archive has."""

from __future__ import annotations

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from grader.clock import utc_now
from grader.services.archive.archive_tables import archived_tables, belongs
from grader.services.auditing import audit
from grader.services.questions.packing import packed
from grader.store.models import (
    Allowance,
    Draft,
    Extension,
    GradeHold,
    GradingRun,
    LineComment,
    Mark,
    MistakeComment,
    OpenedInputs,
    Override,
    QuestionDraft,
    Regrade,
    RegradeRequest,
    RegradeRun,
    Replay,
    SavedComment,
    Section,
    SectionWindow,
    SimilarityCheck,
    SimilarPair,
    Submission,
    Verification,
    WrittenAnswer,
)
from grader.store.words import Lane, RegradeScope, RunState, SimilarityState, VerificationState
from tests.classroom import Classroom, make_classroom


def make_full_course(session: Session, slug: str = "class") -> Classroom:
    """Few people, and something of everything."""
    room = make_classroom(session, students=4, items=4, attempts=2, slug=slug)
    _count_on(session)
    now, ta, student, item = utc_now(), room.ta_id, room.student_ids[0], room.item_ids[0]
    handed = session.scalars(
        select(Submission).where(Submission.course_id == room.course_id).order_by(Submission.id)
    ).all()
    runs = session.scalars(
        select(GradingRun).where(GradingRun.course_id == room.course_id).order_by(GradingRun.id)
    ).all()
    first, run = handed[0], runs[0]
    first.source = b"\xff\xfe no text"
    section = session.scalars(select(Section).where(Section.course_id == room.course_id)).first()
    assert section is not None
    held = session.get_one(GradingRun, runs[1].id)
    held.state, held.lease_token, held.lease_expires_at = RunState.RUNNING, "token", now
    held.verdict = None
    shadow = GradingRun(
        submission_id=run.submission_id,
        version_id=run.version_id,
        course_id=room.course_id,
        is_live=False,
        device=run.device,
        lane=Lane.REGRADE,
        seed=2**62,
        state=RunState.FAILED,
        fault="why\u2028not",
        queued_at=now,
        progress=[{"name": "a"}],
    )
    regrade = Regrade(
        course_id=room.course_id,
        item_id=item,
        version_id=run.version_id,
        scope=RegradeScope.ALL,
        reason="Größe 10 → 5",
        created_by=room.staff_id,
        created_at=now,
    )
    draft = QuestionDraft(
        course_id=room.course_id,
        name="a/b/c",
        files=packed({"question.toml": b"x"}),
        digest="d",
        origin="",
        created_by=room.staff_id,
        edited_by=room.staff_id,
        created_at=now,
        edited_at=now,
    )
    check = SimilarityCheck(course_id=room.course_id, item_id=item, state=SimilarityState.FINISHED, queued_at=now)
    session.add_all([shadow, regrade, draft, check])
    session.flush()
    given = {"created_at": now, "submission_id": first.id}
    session.add_all(
        [
            Extension(assignment_id=room.assignment_id, person_id=student, reason="ill", granted_by=ta, created_at=now),
            GradeHold(assignment_id=room.assignment_id, is_held=True, changed_by=ta, changed_at=now),
            SectionWindow(assignment_id=room.assignment_id, section_id=section.id, due_at=now),
            Draft(item_id=item, person_id=student, source="x = 1", updated_at=now),
            Allowance(item_id=item, person_id=student, used=1, issued=2, allowed=3),
            MistakeComment(item_id=item, mistake="m", name="n", text="t", is_hint=True, written_by=ta, created_at=now),
            Override(item_id=item, person_id=student, points=1.1, reason="r", set_by=ta, created_at=now),
            RegradeRun(regrade_id=regrade.id, submission_id=run.submission_id, old_run_id=run.id, run_id=shadow.id),
            SimilarPair(
                check_id=check.id,
                a_id=handed[0].id,
                b_id=handed[1].id,
                share=0.5,
                share_a=0.5,
                share_b=0.4,
                tokens=9,
                spans=[[1, 2]],
            ),
            WrittenAnswer(submission_id=first.id, answer={"text": "because"}, marked_by=ta),
            LineComment(line=1, text="why?", written_by=ta, **given),
            Mark(submission_id=first.id, marker_id=ta, points=1.0, ticked=["a"], comment="", marked_at=now),
            OpenedInputs(submission_id=first.id, reason="r", opened_by=ta, opened_at=now),
            RegradeRequest(course_id=room.course_id, text="please", **given),
            Replay(run_id=shadow.id, of_run_id=run.id, asked_by=ta, created_at=now),
            SavedComment(course_id=room.course_id, title="t", text="x", uses=1, written_by=ta, created_at=now),
            Verification(
                draft_id=draft.id,
                name="a/b/c",
                digest="d",
                files=b"\x00\xff",
                state=VerificationState.PASSED,
                queued_at=now,
            ),
        ]
    )
    audit.record(
        session,
        "override.set",
        f"person:{student}",
        actor_id=ta,
        course_id=room.course_id,
        detail={"item": item, "points": 1.1},
    )
    session.flush()
    empty = [
        table.name
        for table in archived_tables()
        if not session.scalar(select(func.count()).select_from(table).where(belongs(table, room.course_id)))
    ]
    assert empty == [], f"nothing would show that these are lost: {empty}"
    return room


def _count_on(session: Session) -> None:
    """The classroom wrote ids of its own: PostgreSQL is to go on after them."""
    if session.get_bind().dialect.name == "postgresql":
        for table in ("submission", "grading_run"):
            session.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"))
