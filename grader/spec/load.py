"""From the files of a question to a question that makes sense."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

import msgspec

from grader.errors import AuthorFault
from grader.spec.agreement import disagreements
from grader.spec.contradictions import contradictions
from grader.spec.locate import KeyPath
from grader.spec.model import Grade, QuestionSpec
from grader.spec.question import SPEC_FILE, Question
from grader.spec.shape import Mistake, mistakes_of_shape
from grader.spec.text import SpecText
from grader.spec.version import version_of

# Finding where each stands takes its time; whoever has made so many will look again anyway.
MAX_MISTAKES = 50


def load_question(files: Mapping[str, bytes], question_id: str) -> Question:
    """The question made of these files; the public ones under their names, the secret ones under `reference/…`.

    Raises AuthorFault with the first fault, naming file, key and line. Reads nothing but `files`.
    """
    question, faults = read_question(files, question_id)
    if question is None or faults:
        raise faults[0]
    return question


def read_question(files: Mapping[str, bytes], question_id: str) -> tuple[Question | None, list[AuthorFault]]:
    """The question and every fault found; None when it is not even possible to say what the question is."""
    if SPEC_FILE not in files:
        return None, [AuthorFault("the file is missing: it says what is graded", where=SPEC_FILE)]
    try:
        text = SpecText.parse(files[SPEC_FILE])
    except AuthorFault as fault:
        return None, [fault]
    mistakes = _mistakes_of_shape(text)
    if mistakes:
        return None, [text.fault(path, message) for path, message in mistakes]
    spec = msgspec.convert(text.data, QuestionSpec)
    faults = [text.fault(path, message) for path, message in contradictions(spec)]
    if not faults:
        faults = list(disagreements(spec, text, files))
    return Question(id=question_id, spec=spec, files=dict(files), version=version_of(files)), faults


def _mistakes_of_shape(text: SpecText) -> list[Mistake]:
    """Also of the overrides in `[case.grade]`, which the model holds as written."""
    mistakes = list(islice(mistakes_of_shape(text.data, QuestionSpec), MAX_MISTAKES))
    if mistakes:
        return mistakes
    for index, case in enumerate(text.data.get("case", ())):
        path: KeyPath = ("case", index, "grade")
        mistakes.extend(islice(mistakes_of_shape(case.get("grade", {}), Grade, path), MAX_MISTAKES))
        if len(mistakes) >= MAX_MISTAKES:
            break
    return mistakes
