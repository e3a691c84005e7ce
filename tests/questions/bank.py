"""The bank that these tests are about."""

from __future__ import annotations

from pathlib import Path

from grader.spec import Bank

ROOT = Path(__file__).parents[2]
BANK = Bank(ROOT / "tasks", ROOT / "reference")
CODE = [question_id for question_id in BANK.ids() if BANK.get(question_id).spec.kind == "code"]
