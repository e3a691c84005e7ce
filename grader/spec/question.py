"""One question with everything it consists of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.spec.model import QuestionSpec

SPEC_FILE = "question.toml"
STATEMENT_FILE = "statement.md"
STARTER_FILE = "starter.py"
CASES_FILE = "cases.py"
PROBE_FILE = "probe.py"
EXPECTED_FILE = "expected.json"
REFERENCE = "reference/"
SOLUTION_FILE = REFERENCE + "solution.py"
ANSWER_FILE = REFERENCE + "answer.toml"
CHECK_FILE = REFERENCE + "check.py"
SAMPLES = REFERENCE + "samples/"


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the bank: immutable, known by its version.

    `files` holds the public folder under its own names and, where it is kept, the secret one under `reference/…`.
    """

    id: str
    spec: QuestionSpec
    files: Mapping[str, bytes] = field(repr=False)
    version: str

    @property
    def has_reference(self) -> bool:
        """Whether the secret half is here; without it nothing can be graded."""
        return (SOLUTION_FILE if self.spec.kind == "code" else ANSWER_FILE) in self.files

    def text(self, name: str) -> str:
        """A file as text; KeyError when the question has none of that name."""
        return self.files[name].decode("utf-8-sig")
