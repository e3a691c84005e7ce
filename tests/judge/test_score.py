"""Points and the verdict of a run."""

from __future__ import annotations

from grader.judge.score import score
from grader.spec.model import Case, Entry, Group, QuestionSpec
from grader.vocab import Verdict, Visibility

A, W, T, S = Verdict.ACCEPTED, Verdict.WRONG_ANSWER, Verdict.TIME_LIMIT, Verdict.SKIPPED


def case(name: str, group: str, weight: float = 1.0) -> Case:
    return Case(name, group, Visibility.PUBLIC, "make", weight=weight)


SPEC = QuestionSpec(
    title="t",
    kind="code",
    source="tests",
    entry=Entry("function", "f"),
    groups=(Group("thirds", 1), Group("all", 2, all_or_nothing=True)),
    cases=(case("a", "thirds"), case("b", "thirds"), case("c", "thirds"), case("d", "all"), case("e", "all", 3)),
)


def test_a_group_is_shared_and_thirds_add_up() -> None:
    scored = score(SPEC, dict(zip("abcde", (A, A, A, A, A), strict=True)))
    assert (scored.score, scored.max_score, scored.verdict) == (3.0, 3.0, A)
    assert scored.points["a"] == 0.333333


def test_some_points_are_partial() -> None:
    scored = score(SPEC, dict(zip("abcde", (A, W, T, A, A), strict=True)))
    assert (scored.score, scored.verdict) == (2.333333, Verdict.PARTIAL)


def test_all_or_nothing_gives_nothing_for_one_mistake() -> None:
    scored = score(SPEC, dict(zip("abcde", (W, W, W, W, A), strict=True)))
    assert (scored.score, scored.verdict) == (0.0, W)


def test_weights_share_a_group() -> None:
    scored = score(SPEC, dict(zip("abcde", (W, W, W, A, A), strict=True)))
    assert (scored.points["d"], scored.points["e"]) == (0.5, 1.5)


def test_no_points_give_the_worst_verdict() -> None:
    assert score(SPEC, dict(zip("abcde", (W, T, W, W, W), strict=True))).verdict is T


def test_a_failure_of_the_grader_outweighs_everything() -> None:
    verdicts = dict(zip("abcde", (A, A, A, A, Verdict.JUDGE_ERROR), strict=True))
    assert score(SPEC, verdicts).verdict is Verdict.JUDGE_ERROR


def test_what_was_not_run_is_neither_won_nor_lost() -> None:
    scored = score(SPEC, dict(zip("abcde", (A, A, A, S, S), strict=True)))
    assert (scored.score, scored.max_score, scored.verdict) == (1.0, 1.0, Verdict.ACCEPTED)
    assert scored.max_points["e"] == 1.5


def test_what_was_not_run_spoils_no_all_or_nothing_group() -> None:
    scored = score(SPEC, dict(zip("abcde", (A, A, A, A, S), strict=True)))
    assert scored.points["d"] == 0.5


def test_a_run_of_nothing_is_skipped() -> None:
    assert score(SPEC, dict.fromkeys("abcde", S)).verdict is S
