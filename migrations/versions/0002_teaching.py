"""Dashboards, marking, regrades, questions in the browser."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step forward."""
    op.create_table(
        "question_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("files", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=80), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("edited_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_question_draft_course_id")),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_question_draft_created_by")),
        sa.ForeignKeyConstraint(["edited_by"], ["person.id"], name=op.f("fk_question_draft_edited_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_draft")),
    )
    with op.batch_alter_table("question_draft", schema=None) as batch_op:
        batch_op.create_index("ix_question_draft_course_id", ["course_id", "name"], unique=False)

    op.create_table(
        "saved_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_saved_comment_course_id")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_saved_comment_question_id")),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_saved_comment_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_comment")),
    )
    with op.batch_alter_table("saved_comment", schema=None) as batch_op:
        batch_op.create_index("ix_saved_comment_course_id", ["course_id", "question_id"], unique=False)

    op.create_table(
        "grade_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("is_held", sa.Boolean(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_grade_hold_assignment_id")),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name=op.f("fk_grade_hold_changed_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_grade_hold_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grade_hold")),
    )
    with op.batch_alter_table("grade_hold", schema=None) as batch_op:
        batch_op.create_index(
            "uq_grade_hold_everybody",
            ["assignment_id"],
            unique=True,
            sqlite_where=sa.text("person_id IS NULL"),
            postgresql_where=sa.text("person_id IS NULL"),
        )
        batch_op.create_index(
            "uq_grade_hold_person",
            ["assignment_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("person_id IS NOT NULL"),
            postgresql_where=sa.text("person_id IS NOT NULL"),
        )

    op.create_table(
        "verification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=80), nullable=False),
        sa.Column("files", sa.LargeBinary(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "running",
                "passed",
                "refused",
                "failed",
                "cancelled",
                name="verificationstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("lease_token", sa.String(length=32), nullable=True),
        sa.Column("lease_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("progress", sa.JSON(), nullable=True),
        sa.Column("report", sa.JSON(), nullable=True),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_verification_asked_by")),
        sa.ForeignKeyConstraint(["draft_id"], ["question_draft.id"], name=op.f("fk_verification_draft_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification")),
    )
    with op.batch_alter_table("verification", schema=None) as batch_op:
        batch_op.create_index("ix_verification_draft_id", ["draft_id", "id"], unique=False)
        batch_op.create_index("ix_verification_name_digest", ["name", "digest"], unique=False)
        batch_op.create_index(
            "ix_verification_queue",
            ["id"],
            unique=False,
            sqlite_where=sa.text("state = 'queued'"),
            postgresql_where=sa.text("state = 'queued'"),
        )

    op.create_table(
        "item_figures",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("took_ms", sa.Integer(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["assignment_item.id"], name=op.f("fk_item_figures_item_id")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_item_figures")),
    )
    op.create_table(
        "mistake_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("mistake", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_hint", sa.Boolean(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["assignment_item.id"], name=op.f("fk_mistake_comment_item_id")),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_mistake_comment_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mistake_comment")),
    )
    with op.batch_alter_table("mistake_comment", schema=None) as batch_op:
        batch_op.create_index(
            "uq_mistake_comment_live",
            ["item_id", "mistake"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.create_table(
        "override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("points >= 0", name=op.f("ck_override_points_are_not_negative")),
        sa.ForeignKeyConstraint(["item_id"], ["assignment_item.id"], name=op.f("fk_override_item_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_override_person_id")),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_override_set_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_override")),
    )
    with op.batch_alter_table("override", schema=None) as batch_op:
        batch_op.create_index(
            "uq_override_live",
            ["item_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("revoked_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL"),
        )

    op.create_table(
        "regrade",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column(
            "scope",
            sa.Enum(
                "counting", "latest", "all", name="regradescope", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "grading",
                "ready",
                "applying",
                "applied",
                "applying_upwards",
                "applied_upwards",
                "dropped",
                name="regradestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_regrade_course_id")),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_regrade_created_by")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_regrade_decided_by")),
        sa.ForeignKeyConstraint(["item_id"], ["assignment_item.id"], name=op.f("fk_regrade_item_id")),
        sa.ForeignKeyConstraint(["version_id"], ["question_version.id"], name=op.f("fk_regrade_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regrade")),
    )
    with op.batch_alter_table("regrade", schema=None) as batch_op:
        batch_op.create_index("ix_regrade_course_id", ["course_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_regrade_item_id"), ["item_id"], unique=False)

    op.create_table(
        "similarity_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "running",
                "finished",
                "failed",
                name="similaritystate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("lease_token", sa.String(length=32), nullable=True),
        sa.Column("lease_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("compared", sa.Integer(), nullable=False),
        sa.Column("is_too_small", sa.Boolean(), nullable=False),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_similarity_check_asked_by")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_similarity_check_course_id")),
        sa.ForeignKeyConstraint(["item_id"], ["assignment_item.id"], name=op.f("fk_similarity_check_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_similarity_check")),
    )
    with op.batch_alter_table("similarity_check", schema=None) as batch_op:
        batch_op.create_index("ix_similarity_check_item_id", ["item_id", "id"], unique=False)

    op.create_table(
        "standing",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("computed_revision", sa.Integer(), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("raw_score", sa.Double(), nullable=True),
        sa.Column("max_score", sa.Double(), nullable=False),
        sa.Column("late_factor", sa.Double(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=True),
        sa.Column("attempts_used", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("first_share", sa.Double(), nullable=True),
        sa.Column("last_share", sa.Double(), nullable=True),
        sa.Column("best_share", sa.Double(), nullable=True),
        sa.Column("solved_on_attempt", sa.Integer(), nullable=True),
        sa.Column("attempts_since_better", sa.Integer(), nullable=False),
        sa.Column("largest_step", sa.Double(), nullable=False),
        sa.Column("first_submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_submission_id", sa.Integer(), nullable=True),
        sa.Column("last_mistake", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["assignment_item.id"], name=op.f("fk_standing_item_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_standing_person_id")),
        sa.PrimaryKeyConstraint("item_id", "person_id", name=op.f("pk_standing")),
    )
    with op.batch_alter_table("standing", schema=None) as batch_op:
        batch_op.create_index("ix_standing_person_id", ["person_id"], unique=False)
        batch_op.create_index(
            "ix_standing_stale",
            ["item_id", "person_id"],
            unique=False,
            sqlite_where=sa.text("revision <> computed_revision"),
            postgresql_where=sa.text("revision <> computed_revision"),
        )
        batch_op.create_index("ix_standing_touched", ["item_id", "touched_at"], unique=False)
    # Whoever reads one first derives it.
    op.execute(
        "INSERT INTO standing (item_id, person_id, revision, computed_revision, touched_at, state, max_score,"
        " late_factor, attempts_used, attempts, attempts_since_better, largest_step)"
        " SELECT item_id, person_id, 1, 0, max(submitted_at), 'none', 0, 1, 0, 0, 0, 0"
        " FROM submission WHERE purpose = 'submit' GROUP BY item_id, person_id"
    )

    op.create_table(
        "line_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("line IS NULL OR line > 0", name=op.f("ck_line_comment_line_is_positive")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_line_comment_submission_id")),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_line_comment_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_comment")),
    )
    with op.batch_alter_table("line_comment", schema=None) as batch_op:
        batch_op.create_index("ix_line_comment_submission_id", ["submission_id"], unique=False)

    op.create_table(
        "mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("marker_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.Column("ticked", sa.JSON(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("is_settled", sa.Boolean(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("points >= 0", name=op.f("ck_mark_points_are_not_negative")),
        sa.ForeignKeyConstraint(["marker_id"], ["person.id"], name=op.f("fk_mark_marker_id")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_mark_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark")),
        sa.UniqueConstraint(
            "submission_id", "marker_id", "is_settled", name=op.f("uq_mark_submission_id_marker_id_is_settled")
        ),
    )
    with op.batch_alter_table("mark", schema=None) as batch_op:
        batch_op.create_index("ix_mark_marker_id", ["marker_id"], unique=False)

    op.create_table(
        "opened_inputs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["opened_by"], ["person.id"], name=op.f("fk_opened_inputs_opened_by")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_opened_inputs_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opened_inputs")),
        sa.UniqueConstraint("submission_id", name=op.f("uq_opened_inputs_submission_id")),
    )
    op.create_table(
        "regrade_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("case_name", sa.String(length=200), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "granted",
                "declined",
                "withdrawn",
                name="requeststate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f("fk_regrade_request_answered_by")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_regrade_request_course_id")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_regrade_request_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regrade_request")),
    )
    with op.batch_alter_table("regrade_request", schema=None) as batch_op:
        batch_op.create_index("ix_regrade_request_course_id", ["course_id", "state", "id"], unique=False)
        batch_op.create_index(
            "uq_regrade_request_open",
            ["submission_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "similar_pair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("a_id", sa.Integer(), nullable=False),
        sa.Column("b_id", sa.Integer(), nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.Column("share_a", sa.Double(), nullable=False),
        sa.Column("share_b", sa.Double(), nullable=False),
        sa.Column("tokens", sa.Integer(), nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("judged_by", sa.Integer(), nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["a_id"], ["submission.id"], name=op.f("fk_similar_pair_a_id")),
        sa.ForeignKeyConstraint(["b_id"], ["submission.id"], name=op.f("fk_similar_pair_b_id")),
        sa.ForeignKeyConstraint(["check_id"], ["similarity_check.id"], name=op.f("fk_similar_pair_check_id")),
        sa.ForeignKeyConstraint(["judged_by"], ["person.id"], name=op.f("fk_similar_pair_judged_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_similar_pair")),
    )
    with op.batch_alter_table("similar_pair", schema=None) as batch_op:
        batch_op.create_index("ix_similar_pair_check_id", ["check_id", "share"], unique=False)

    op.create_table(
        "regrade_run",
        sa.Column("regrade_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("old_run_id", sa.Integer(), nullable=True),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["old_run_id"], ["grading_run.id"], name=op.f("fk_regrade_run_old_run_id")),
        sa.ForeignKeyConstraint(["regrade_id"], ["regrade.id"], name=op.f("fk_regrade_run_regrade_id")),
        sa.ForeignKeyConstraint(["run_id"], ["grading_run.id"], name=op.f("fk_regrade_run_run_id")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_regrade_run_submission_id")),
        sa.PrimaryKeyConstraint("regrade_id", "submission_id", name=op.f("pk_regrade_run")),
    )
    with op.batch_alter_table("regrade_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_regrade_run_run_id"), ["run_id"], unique=False)

    op.create_table(
        "replay",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("of_run_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_replay_asked_by")),
        sa.ForeignKeyConstraint(["of_run_id"], ["grading_run.id"], name=op.f("fk_replay_of_run_id")),
        sa.ForeignKeyConstraint(["run_id"], ["grading_run.id"], name=op.f("fk_replay_run_id")),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_replay")),
    )
    with op.batch_alter_table("replay", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_replay_of_run_id"), ["of_run_id"], unique=False)

    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("refill_attempts", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("refill_every_s", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("is_marked_blind", sa.Boolean(), server_default=sa.text("false"), nullable=False))
        batch_op.add_column(sa.Column("markers_wanted", sa.Integer(), server_default=sa.text("1"), nullable=False))
        batch_op.create_check_constraint(
            op.f("ck_assignment_refill_is_whole"), "(refill_attempts IS NULL) = (refill_every_s IS NULL)"
        )
        batch_op.create_check_constraint(op.f("ck_assignment_one_or_two_markers"), "markers_wanted IN (1, 2)")

    with op.batch_alter_table("case_outcome", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_unstable", sa.Boolean(), server_default=sa.text("false"), nullable=False))
        batch_op.create_index(
            "ix_case_outcome_unstable",
            ["run_id"],
            unique=False,
            sqlite_where=sa.text("is_unstable"),
            postgresql_where=sa.text("is_unstable"),
        )

    with op.batch_alter_table("written_answer", schema=None) as batch_op:
        batch_op.create_index(
            "ix_written_answer_unmarked",
            ["submission_id"],
            unique=False,
            sqlite_where=sa.text("points IS NULL"),
            postgresql_where=sa.text("points IS NULL"),
        )

    with op.batch_alter_table("grading_run", schema=None) as batch_op:
        batch_op.create_index(
            "ix_grading_run_failed",
            ["course_id", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'failed'"),
            postgresql_where=sa.text("state = 'failed'"),
        )
        batch_op.add_column(sa.Column("mistake", sa.String(length=32), nullable=True))
        batch_op.create_index(
            "ix_grading_run_mistake",
            ["mistake", "submission_id"],
            unique=False,
            sqlite_where=sa.text("is_live AND mistake IS NOT NULL"),
            postgresql_where=sa.text("is_live AND mistake IS NOT NULL"),
        )


def downgrade() -> None:
    """One step back."""
    with op.batch_alter_table("grading_run", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_grading_run_mistake",
            sqlite_where=sa.text("is_live AND mistake IS NOT NULL"),
            postgresql_where=sa.text("is_live AND mistake IS NOT NULL"),
        )
        batch_op.drop_column("mistake")
        batch_op.drop_index(
            "ix_grading_run_failed",
            sqlite_where=sa.text("state = 'failed'"),
            postgresql_where=sa.text("state = 'failed'"),
        )

    with op.batch_alter_table("written_answer", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_written_answer_unmarked",
            sqlite_where=sa.text("points IS NULL"),
            postgresql_where=sa.text("points IS NULL"),
        )

    with op.batch_alter_table("case_outcome", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_case_outcome_unstable",
            sqlite_where=sa.text("is_unstable"),
            postgresql_where=sa.text("is_unstable"),
        )
        batch_op.drop_column("is_unstable")

    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_assignment_refill_is_whole"), type_="check")
        batch_op.drop_constraint(op.f("ck_assignment_one_or_two_markers"), type_="check")
        batch_op.drop_column("markers_wanted")
        batch_op.drop_column("is_marked_blind")
        batch_op.drop_column("refill_every_s")
        batch_op.drop_column("refill_attempts")

    with op.batch_alter_table("replay", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_replay_of_run_id"))

    op.drop_table("replay")
    with op.batch_alter_table("regrade_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_regrade_run_run_id"))

    op.drop_table("regrade_run")
    with op.batch_alter_table("similar_pair", schema=None) as batch_op:
        batch_op.drop_index("ix_similar_pair_check_id")

    op.drop_table("similar_pair")
    with op.batch_alter_table("regrade_request", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_regrade_request_open",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.drop_index("ix_regrade_request_course_id")

    op.drop_table("regrade_request")
    op.drop_table("opened_inputs")
    with op.batch_alter_table("mark", schema=None) as batch_op:
        batch_op.drop_index("ix_mark_marker_id")

    op.drop_table("mark")
    with op.batch_alter_table("line_comment", schema=None) as batch_op:
        batch_op.drop_index("ix_line_comment_submission_id")

    op.drop_table("line_comment")
    with op.batch_alter_table("standing", schema=None) as batch_op:
        batch_op.drop_index("ix_standing_touched")
        batch_op.drop_index(
            "ix_standing_stale",
            sqlite_where=sa.text("revision <> computed_revision"),
            postgresql_where=sa.text("revision <> computed_revision"),
        )
        batch_op.drop_index("ix_standing_person_id")

    op.drop_table("standing")
    with op.batch_alter_table("similarity_check", schema=None) as batch_op:
        batch_op.drop_index("ix_similarity_check_item_id")

    op.drop_table("similarity_check")
    with op.batch_alter_table("regrade", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_regrade_item_id"))
        batch_op.drop_index("ix_regrade_course_id")

    op.drop_table("regrade")
    with op.batch_alter_table("override", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_override_live",
            sqlite_where=sa.text("revoked_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL"),
        )

    op.drop_table("override")
    with op.batch_alter_table("mistake_comment", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_mistake_comment_live",
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.drop_table("mistake_comment")
    op.drop_table("item_figures")
    with op.batch_alter_table("verification", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_verification_queue",
            sqlite_where=sa.text("state = 'queued'"),
            postgresql_where=sa.text("state = 'queued'"),
        )
        batch_op.drop_index("ix_verification_name_digest")
        batch_op.drop_index("ix_verification_draft_id")

    op.drop_table("verification")
    with op.batch_alter_table("grade_hold", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_grade_hold_person",
            sqlite_where=sa.text("person_id IS NOT NULL"),
            postgresql_where=sa.text("person_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "uq_grade_hold_everybody",
            sqlite_where=sa.text("person_id IS NULL"),
            postgresql_where=sa.text("person_id IS NULL"),
        )

    op.drop_table("grade_hold")
    with op.batch_alter_table("saved_comment", schema=None) as batch_op:
        batch_op.drop_index("ix_saved_comment_course_id")

    op.drop_table("saved_comment")
    with op.batch_alter_table("question_draft", schema=None) as batch_op:
        batch_op.drop_index("ix_question_draft_course_id")

    op.drop_table("question_draft")
