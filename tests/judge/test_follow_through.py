"""Later parts are graded with the reference's values where earlier ones are wrong; and with nothing else of it."""

from __future__ import annotations

from typing import Any

import pytest

from grader.errors import AuthorFault
from grader.spec import load_question
from grader.wire import decode
from tests.judge.driver import Desk
from tests.judge.parts import PARTS, SOLUTION, five_parts, with_part

PARTS_BEFORE = frozenset(PARTS[:-1])


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk(five_parts())


def points(report: dict[str, Any]) -> dict[str, float]:
    """Points of each part."""
    found = dict.fromkeys(PARTS, 0.0)
    for case in report["cases"]:
        found[case["group"]] += case["points"]
    return found


def followed(report: dict[str, Any]) -> list[str]:
    """The parts that were graded with the reference's values."""
    return sorted({case["group"] for case in report["cases"] if case["followed_through"]}, key=PARTS.index)


def case(report: dict[str, Any], name: str) -> dict[str, Any]:
    return next(case for case in report["cases"] if case["name"] == name)


def test_the_solution_has_full_marks_and_follows_nobody(desk: Desk) -> None:
    report = desk.grade(SOLUTION)
    assert [report["verdict"], report["score"], followed(report)] == ["accepted", 10, []]
    assert desk.calls == 10


def test_a_wrong_first_part_costs_its_own_points_only(desk: Desk) -> None:
    report = desk.grade(with_part("x.std(dim=0)", "x.var(dim=0)"))
    assert points(report) == {"inputs": 0, "scores": 2, "loss": 2, "gradient": 2, "updated": 2}
    assert followed(report) == ["scores", "loss", "gradient", "updated"]
    assert report["verdict"] == "partial"
    told = case(report, "scores, public")
    assert told["verdict"] == "accepted"
    assert "reference's value of `inputs`" in told["message"]
    assert "reference's values of `inputs` and `scores`" in case(report, "loss, public")["message"]


def test_only_what_is_wrong_is_replaced(desk: Desk) -> None:
    report = desk.grade(with_part("** 2).mean()", "** 2).sum()"))
    assert points(report) == {"inputs": 2, "scores": 2, "loss": 0, "gradient": 2, "updated": 2}
    assert followed(report) == ["updated"]
    assert "reference's value of `loss`" in case(report, "updated, hidden")["message"]


def test_two_wrong_parts_cost_two(desk: Desk) -> None:
    wrong = with_part("inputs @ w", "inputs @ (w + 1)").replace("w - 0.1", "w + 0.1")
    report = desk.grade(wrong)
    assert points(report) == {"inputs": 2, "scores": 0, "loss": 2, "gradient": 2, "updated": 0}
    told = case(report, "updated, public")
    assert [told["verdict"], told["followed_through"]] == ["wrong_answer", True]
    assert "reference's values of" in told["message"]


@pytest.mark.parametrize("body", ["raise ValueError('no idea')", "return None", "return [inputs]", "pass"])
def test_a_part_that_raises_or_answers_nonsense_costs_its_own_points_only(desk: Desk, body: str) -> None:
    report = desk.grade(with_part("return inputs @ w", body))
    assert points(report) == {"inputs": 2, "scores": 0, "loss": 2, "gradient": 2, "updated": 2}


def test_a_part_that_was_not_written_costs_its_own_points_only(desk: Desk) -> None:
    report = desk.grade(with_part("def scores(", "def something_else("))
    assert points(report) == {"inputs": 2, "scores": 0, "loss": 2, "gradient": 2, "updated": 2}


def test_an_exception_of_the_part_itself_is_not_put_down_to_earlier_ones(desk: Desk) -> None:
    wrong = with_part("x.std(dim=0)", "x.var(dim=0)").replace("** 2).mean()", "** 2).meen()")
    told = case(desk.grade(wrong), "loss, public")
    assert [told["verdict"], told["followed_through"]] == ["runtime_error", False]


def test_nothing_but_values_is_handed_on_and_only_when_everything_of_its_own_is_answered(desk: Desk) -> None:
    desk.grade(with_part("x.std(dim=0)", "x.var(dim=0)"), explain=False)
    sent: list[Any] = [decode(payload) for payload in desk.calls_seen]
    handed_on = [PARTS_BEFORE & call["inputs"].keys() for call in sent]
    assert handed_on[:5] == [set()] * 5  # public cases
    assert handed_on[5:9] == [
        {"inputs"},
        {"inputs", "scores"},
        {"inputs", "scores"},
        {"inputs", "scores", "loss", "gradient"},
    ]
    assert handed_on[9:14] == [set()] * 5  # hidden cases, before any value of theirs
    assert handed_on[14:] == handed_on[5:9]
    assert b"class Training" not in b"".join(desk.calls_seen)


def test_a_reference_that_hands_on_no_value_is_the_authors_fault() -> None:
    solution = SOLUTION.replace("return inputs @ w", "return (inputs[i] @ w for i in range(len(inputs)))").replace(
        "(scores, y):\n", "(scores, y):\n        scores = __import__('torch').stack(list(scores))\n"
    )
    files = {**five_parts(), "reference/solution.py": solution.encode()}
    report = Desk(files).grade("class Training:\n    pass\n")
    assert report["op"] == "author_fault"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('as = "updated"\n', 'as = "updated"\n[[step]]\ncall = "submission.a"\nfollow_through = true\n', "no name"),
        ('of = "loss"', 'of = "scores"', "no case grades 'loss'"),
        ('args = ["w", "gradient", "loss"]', 'args = ["w", "gradient"]', "no later step uses 'loss'"),
        ('of = "loss"', 'of = "loss"\ngradients = ["w"]', "its graph and its effects"),
        ('of = "loss"', 'of = "los"', "did you mean 'loss'"),
        ('call = "submission.loss"', 'call = "scores.loss"', "only a value can be replaced"),
    ],
)
def test_a_contradiction_is_refused_with_its_reason(old: str, new: str, said: str) -> None:
    files = five_parts()
    files["question.toml"] = files["question.toml"].replace(old.encode(), new.encode())
    with pytest.raises(AuthorFault, match=said):
        load_question(files, "a/b/c")
