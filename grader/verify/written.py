"""Whether a written question may be published: its key accepts what is right, and nothing that is easily wrong."""

from __future__ import annotations

from collections.abc import Iterator

from grader.pipeline.order import RunReport
from grader.pipeline.written import Answer, NotAnAnswer, decide, read_answer
from grader.spec import AnswerKey, Question, answer_key_of
from grader.spec.question import ANSWER_FILE, STATEMENT_FILE
from grader.verify.result import Finding
from grader.vocab import Verdict

# A slip by one of these must not pass: the bounds would be too wide to tell anything.
SLIPS = (-1.0, 0.1, 10.0, 0.5, 2.0)


def written_findings(question: Question) -> Iterator[Finding]:
    """Every check of a question of kind numeric, choice or text."""
    key = answer_key_of(question.files)
    if key is None:
        yield Finding("reference", False, f"{ANSWER_FILE} is missing: without it nothing can be marked")
        return
    if question.spec.kind != "text":
        yield from (_numeric if question.spec.kind == "numeric" else _choice)(question, key)
    if question.spec.is_marked:
        yield from _text(question, key)


def _decided(question: Question, key: AnswerKey, answer: Answer) -> RunReport:
    return decide(question.id, question.version, question.spec, key, read_answer(question.spec, answer))


def _numeric(question: Question, key: AnswerKey) -> Iterator[Finding]:
    middle = key.value
    if middle is None:
        assert key.low is not None
        assert key.high is not None
        middle = (key.low + key.high) / 2
    model = {"number": repr(middle)}
    accepted = _decided(question, key, model).verdict is Verdict.ACCEPTED
    yield Finding("reference", accepted, f"{middle:g} {'gets' if accepted else 'does not get'} full marks")
    passing = [middle * slip for slip in SLIPS if middle and key.accepts(middle * slip)]
    text = "bounds are narrow enough to tell a sign, a half, a double or a power of ten"
    if passing:
        text = (
            f"{', '.join(f'{number:g}' for number in passing)} would be right as well as {middle:g}: narrow the bounds"
        )
    yield Finding("degenerate", not passing, text)
    fallen = [f"{trap.value:g}" for trap in key.traps if key.accepts(trap.value)]
    yield Finding(
        "samples", not fallen, f"{len(key.traps)} usual mistakes are told apart" if not fallen else str(fallen)
    )


def _choice(question: Question, key: AnswerKey) -> Iterator[Finding]:
    reason = {"text": key.model_answer} if question.spec.is_marked else {}
    try:
        right = _decided(question, key, {"choices": sorted(key.right_options), **reason})
    except NotAnAnswer:
        return  # what is wrong with the model answer is said where texts are checked
    accepted = right.verdict is Verdict.ACCEPTED
    yield Finding(
        "reference", accepted, f"{' + '.join(sorted(key.right_options))} gets {right.score:g} of {right.max_score:g}"
    )
    wrong = [option.name for option in question.spec.options if option.name not in key.right_options]
    passing = [name for name in wrong if _decided(question, key, {"choices": [name], **reason}).score > 0]
    if question.spec.answer is not None and question.spec.answer.multiple:
        everything = [option.name for option in question.spec.options]
        if _decided(question, key, {"choices": everything, **reason}).verdict is Verdict.ACCEPTED:
            passing.append("choosing everything")
    text = f"{len(wrong)} wrong options earn nothing" if not passing else f"{', '.join(passing)} earns points"
    yield Finding("degenerate", not passing, text)


def _text(question: Question, key: AnswerKey) -> Iterator[Finding]:
    try:
        read_answer(question.spec, {"choices": sorted(key.right_options), "text": key.model_answer})
    except NotAnAnswer as refused:
        yield Finding("reference", False, f"the model answer would be refused: {refused}")
    else:
        yield Finding("reference", True, f"the model answer can be handed in; {len(key.rubric)} items to mark by")
    public = " ".join(question.text(STATEMENT_FILE).split())
    leaked = [item.name for item in key.rubric if " ".join(item.text.split()) in public]
    text = "the statement gives no item of the rubric away"
    yield Finding(
        "degenerate", not leaked, text if not leaked else f"the statement holds {', '.join(leaked)} word for word"
    )
