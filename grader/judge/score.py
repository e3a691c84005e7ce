"""From the verdicts of cases to points and the verdict of a run."""

from __future__ import annotations

from dataclasses import dataclass

from grader.spec.model import QuestionSpec
from grader.vocab import Verdict

_DIGITS = 6  # thirds of a point add up


@dataclass(frozen=True, slots=True)
class Score:
    """Points of each case by its name, and of the run."""

    points: dict[str, float]
    max_points: dict[str, float]
    score: float
    max_score: float
    verdict: Verdict


def score(spec: QuestionSpec, verdicts: dict[str, Verdict]) -> Score:
    """Points of a run. A group shares its points by weight; an all-or-nothing group gives all or none.

    What was not run is neither won nor lost: `score`, `max_score` and the verdict speak of the other cases.
    """
    shares = {case.name: spec.points_of(case) for case in spec.cases}
    run = {name for name, verdict in verdicts.items() if verdict is not Verdict.SKIPPED}
    right = {name for name, verdict in verdicts.items() if verdict is Verdict.ACCEPTED}
    wrong = run - right
    lost = {case.group for case in spec.cases if spec.group(case.group).all_or_nothing and case.name in wrong}
    points = {
        case.name: shares[case.name] if case.name in right and case.group not in lost else 0.0 for case in spec.cases
    }
    total = round(sum(points.values()), _DIGITS)
    whole = round(sum(shares[name] for name in run), _DIGITS)
    return Score(
        points={name: round(value, _DIGITS) for name, value in points.items()},
        max_points={name: round(value, _DIGITS) for name, value in shares.items()},
        score=total,
        max_score=whole,
        verdict=_verdict([verdicts[name] for name in run], total, whole),
    )


def _verdict(verdicts: list[Verdict], total: float, whole: float) -> Verdict:
    worst = min(verdicts, key=lambda verdict: verdict.severity, default=Verdict.SKIPPED)
    if worst is Verdict.JUDGE_ERROR:
        return worst  # a run in which the grader failed is no result at all
    if total >= whole and (whole > 0 or worst is Verdict.ACCEPTED):
        return Verdict.ACCEPTED
    return Verdict.PARTIAL if total > 0 else worst
