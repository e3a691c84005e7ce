"""The signature of what is wrong with a submission: equal for those that are wrong in the same way.

Hidden inputs are drawn anew for every run, so answers to them cannot be compared between submissions. What failed is
therefore asked once more with inputs that every submission gets. Nothing of this changes a verdict.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from grader.judge.answers import Answer, Error
from grader.judge.cases import MadeCase
from grader.judge.decide import Decision, Judgement
from grader.judge.fingerprint import fingerprint
from grader.judge.numeric_signature import error_words, hashed
from grader.judge.open_question import OpenQuestion
from grader.judge.outcomes import Ruling
from grader.vocab import Verdict, Visibility

LENGTH = 24
# What it may have cost so far, of `total_wall_s`, for one more call to be asked.
SHARE_OF_TIME = 0.6
MOST_TWICE = 3


@dataclass(slots=True)
class Signing:
    """A case with its answer to the inputs that everyone gets; without `made` it has none."""

    name: str
    decision: Decision
    made: MadeCase | None = None
    answer: Answer | None = None
    again: Answer | None = None  # to the same call a second time, where it was asked
    ended: Ruling | None = None

    @property
    def asks(self) -> bool:
        """Whether a further call is needed: the inputs of public cases are everyone's already."""
        return self.made is not None and self.answer is None


def signings(question: OpenQuestion, decided: Iterable[tuple[str, Decision]]) -> list[Signing]:
    """One for each case that may say something. Raises AuthorFault.

    Hidden cases that were right are among them: a case that fails with some inputs only must not be part of the
    mistake in one run and not in another.
    """
    found: list[Signing] = []
    for name, decision in decided:
        if decision.answer is None or decision.own_made is None:
            if not is_right(decision):
                found.append(Signing(name, decision))
        elif decision.own_made.case.visibility is Visibility.HIDDEN:
            found.append(Signing(name, decision, question.made_for_all(decision.own_made.case)))
        elif not is_right(decision) or decision.followed_through:
            found.append(Signing(name, decision, decision.own_made, decision.answer))
    return found


def signature(question: OpenQuestion, signed: list[Signing]) -> str | None:
    """The signature of the run; each case that failed gets its fingerprint.

    Where a second answer to the same call differs from the first, values say nothing.
    None where no case failed by its answer, or where time ran out: another machine would see another mistake.
    """
    by_answer = [signing for signing in signed if signing.made is not None]
    if not any(not is_right(signing.decision) for signing in by_answer):
        return None
    if any(signing.answer is None and not _says_something(signing.ended) for signing in by_answer):
        return None
    steady = all(
        _of(question, signing, signing.answer) == _of(question, signing, signing.again)
        for signing in by_answer
        if signing.answer is not None and signing.again is not None
    )
    words: list[list[str]] = []
    for signing in signed:
        decision = signing.decision
        if signing.answer is None:
            ruling = signing.ended or decision.ruling
            words.append([signing.name, ruling.verdict.value, str(ruling.diagnosis)])
            continue
        found = _of(question, signing, signing.answer, with_values=steady)
        if found is not None:
            words.append([signing.name, found])
            decision.fingerprint = None if is_right(decision) else found
    return hashed(words or _only_now_and_then(signed), LENGTH)


def asked_twice(signed: list[Signing]) -> list[Signing]:
    """Those that tell whether a submission answers the same when it is asked the same."""
    wrong = [signing for signing in signed if signing.made is not None and signing.decision.finding is not None]
    return [signing for signing in wrong if not is_right(signing.decision)][:MOST_TWICE]


def is_right(decision: Decision) -> bool:
    """Whether nothing is charged for a case."""
    return decision.verdict in (Verdict.ACCEPTED, Verdict.SKIPPED)


def signature_of_loading(error: Error) -> str | None:
    """Of a submission that was not loaded; what is wrong with a text that is no Python has no signature."""
    return None if error.stage == "compile" else hashed([error.stage, *error_words(error.type, error.message)], LENGTH)


def _only_now_and_then(signed: list[Signing]) -> list[list[str]]:
    """Of what is right with the inputs that everyone gets."""
    failed = [signing for signing in signed if not is_right(signing.decision)]
    return [["now and then", signing.name, str(signing.decision.ruling.diagnosis)] for signing in failed]


def _says_something(ended: Ruling | None) -> bool:
    """Whether how a call ended is the submission's doing and not the machine's."""
    return ended is not None and ended.verdict is Verdict.RUNTIME_ERROR


def _of(question: OpenQuestion, signing: Signing, answer: Answer, *, with_values: bool = True) -> str | None:
    assert signing.made is not None
    judgement = Judgement(question, signing.made)
    return fingerprint(judgement, question.expected(signing.made), answer, with_values=with_values)
