"""Whether a failing case is asked again before it is charged, and with what.

Two kinds of failure may be chance: an answer that would be right with a little more tolerance, and a test of random
draws. They are asked twice more, hidden cases with fresh inputs, and are charged when either fails again
(`docs/adr/0013-asked-again-before-it-is-charged.md` has the figures).
"""

from __future__ import annotations

from dataclasses import replace

from grader.errors import AuthorFault
from grader.judge.answers import Answer
from grader.judge.cases import MadeCase, derived_seed
from grader.judge.decide import RIGHT, Decision, Judgement
from grader.judge.messages import cut
from grader.judge.open_question import OpenQuestion
from grader.judge.reference import Expected
from grader.vocab import BY_CHANCE, Verdict, Visibility

TIMES = 2
# An answer that is further off than this many tolerances is not wrong by rounding.
NEARLY = 100.0


def is_doubtful(judgement: Judgement, decision: Decision, expected: Expected, answer: Answer) -> bool:
    """Whether a failure may be chance."""
    finding = decision.finding
    if finding is None or answer.observed is None or expected.raises is not None:
        return False
    if finding.diagnosis in BY_CHANCE and decision.made is not None and decision.made.grade.checks:
        return True
    if finding.worst is None and not judgement.made.grade.checks:
        return False  # nothing that a tolerance decides about
    try:
        return replace(judgement, slack=NEARLY).decide(expected, answer).verdict is Verdict.ACCEPTED
    except AuthorFault:
        return False


def made_again(question: OpenQuestion, made: MadeCase, run_seed: int) -> list[MadeCase]:
    """What is asked again: of public cases the same inputs, of hidden ones others that follow from the run's seed."""
    if made.case.visibility is Visibility.PUBLIC:
        return [made] * TIMES
    seeds = [derived_seed(f"inputs again {time}", run_seed, made.case.name) for time in range(TIMES)]
    return [question.remade(made.case, seed, {}) for seed in seeds]


def settled(failed: Decision, again: list[Decision | None]) -> Decision:
    """The decision that counts: without repeats that one. A repeat without an answer is no proof of anything."""
    if not again:
        return replace(failed, is_doubtful=False)
    first = f"{failed.ruling.said.public}" + (f" ({failed.ruling.note})" if failed.ruling.note else "")
    seed = f"with the inputs of seed {failed.made.seed}" if failed.made is not None else "at first"
    if all(decision is not None and decision.verdict is Verdict.ACCEPTED for decision in again):
        note = cut(f"Unstable: it failed {seed}, and passed {len(again)} times when asked again. At first: {first}")
        ruling = replace(RIGHT, note=note)
        return replace(failed, ruling=ruling, finding=None, has_value=False, is_doubtful=False, is_unstable=True)
    failures = sum(decision is not None and decision.verdict is not Verdict.ACCEPTED for decision in again)
    note = f"asked again {len(again)} times before it was charged: failed {failures} of them"
    whole = f"{failed.ruling.note}\n{note}" if failed.ruling.note else note
    return replace(failed, ruling=replace(failed.ruling, note=whole), is_doubtful=False)
