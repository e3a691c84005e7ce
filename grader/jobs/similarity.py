"""Comparing the submissions of a question in the background: text against text, nothing of them runs."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from grader.clock import monotonic_s
from grader.jobs.chore import Chore, Context
from grader.services.grading.chores import Claim
from grader.services.similarity import similarity
from grader.services.similarity.likeness import Alike, Given, boilerplate_of, compare
from grader.store.courses import AssignmentItem
from grader.store.similarity import SimilarityCheck, SimilarPair

# Sources come in parts: a class's are not all asked for in one query.
PART = 200
TELL_S = 1.0


@dataclass(frozen=True, slots=True)
class _Asked:
    item_id: int
    given: list[Given]
    boilerplate: frozenset[int]


def _work(claim: Claim, context: Context) -> None:
    asked = _read(context, claim.row_id)
    told_s = monotonic_s()

    def on_step(done: int) -> None:
        nonlocal told_s
        context.check()
        if monotonic_s() - told_s > TELL_S:
            told_s = monotonic_s()
            context.tell(compared=done)

    comparison = compare(asked.given, asked.boilerplate, on_step)

    def write(session: Session) -> None:
        similarity.keep_pairs(session, claim.row_id, asked.item_id, [_row(one) for one in comparison.pairs])

    context.finish("finished", write, compared=comparison.compared, is_too_small=comparison.is_too_small, fault=None)


SIMILARITY = Chore("similarity", SimilarityCheck, _work)


def _read(context: Context, check_id: int) -> _Asked:
    with context.database.reading() as session:
        item = session.get_one(AssignmentItem, session.get_one(SimilarityCheck, check_id).item_id)
        chosen = similarity.chosen(session, item)
        texts: dict[int, bytes] = {}
        for start in range(0, len(chosen), PART):
            context.check()
            texts |= similarity.sources(session, [one.submission_id for one in chosen[start : start + PART]])
        boilerplate = frozenset[int]().union(
            *(
                boilerplate_of(starter, statement)
                for starter, statement in similarity.given_to_everybody(session, item.question_id)
            )
        )
        given = [
            Given(one.submission_id, one.person_id, texts[one.submission_id], one.item_id == item.id)
            for one in chosen
            if one.submission_id in texts
        ]
        return _Asked(item.id, given, boilerplate)


def _row(one: Alike) -> SimilarPair:
    return SimilarPair(
        a_id=one.a_id,
        b_id=one.b_id,
        share=one.share,
        share_a=one.share_a,
        share_b=one.share_b,
        tokens=one.tokens,
        spans=one.spans,
        note="",
    )
