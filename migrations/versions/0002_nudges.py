"""A message to the workers is called a nudge: a hint is what the author of a question says."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step forward."""
    op.execute("ALTER TABLE grading_run RENAME COLUMN hinted_at TO nudged_at")


def downgrade() -> None:
    """And back."""
    op.execute("ALTER TABLE grading_run RENAME COLUMN nudged_at TO hinted_at")
