"""Mutants hold exactly one small mistake, have names that stay, and cover the mistakes that students make."""

from __future__ import annotations

import ast

import pytest

from grader.verify.mutate import Mutant, mutants_of

SOLUTION = b'''\
"""A solution; this text is no code."""
from __future__ import annotations

import torch


def loss(samples: torch.Tensor, mu: float = 1.0, *, keep: bool = True) -> torch.Tensor:
    """Text again, with 3 numbers."""
    n, d = samples.shape
    if n < 1:
        raise ValueError(f"{n + 1} is too few")
    centred = samples[1:n] - mu
    squared = centred.square().sum(dim=0, keepdim=True)
    with torch.no_grad():
        mu += 2
    total = -torch.log(squared) / n
    return total.mean(), squared.T
'''


def named(source: bytes) -> dict[str, Mutant]:
    return {mutant.id: mutant for mutant in mutants_of(source)}


@pytest.mark.parametrize(
    "name",
    [
        "line 9: (n, d) -> (d, n)",
        "line 10: < 1 -> <= 1",
        "line 10: n < 1 -> not n < 1",
        "line 12: - mu -> + mu",
        "line 12: - mu -> nothing",
        "line 12: samples[1:n] - mu -> mu - samples[1:n]",
        "line 12: samples[1:n] -> samples[:n]",
        "line 12: samples[1:n] -> samples[1:]",
        "line 13: sum(…) -> mean(…)",
        "line 13: .sum(…) -> nothing",
        "line 13: .square() -> nothing",
        "line 13: dim=0 -> nothing",
        "line 13: dim=0 -> dim=-1",
        "line 13: keepdim=True -> nothing",
        "line 13: True -> False",
        "line 14: with torch.no_grad() -> nothing",
        "line 15: mu += 2 -> mu -= 2",
        "line 15: mu += 2 -> nothing",
        "line 15: 2 -> 3",
        "line 16: -torch.log(squared) -> torch.log(squared)",
        "line 16: log(…) -> log1p(…)",
        "line 16: log(…) -> squared",
        "line 16: / n -> * n",
        "line 17: mean() -> sum()",
        "line 17: (total.mean(), squared.T) -> (squared.T, total.mean())",
        "line 17: .T -> nothing",
    ],
)
def test_a_mistake_that_students_make_is_among_the_mutants(name: str) -> None:
    assert name in named(SOLUTION)


def test_what_no_answer_shows_is_left_alone() -> None:
    text = SOLUTION.decode().splitlines()
    for mutant in mutants_of(SOLUTION):
        changed = mutant.source.decode().splitlines()
        for line in (1, 2, 4, 8):
            assert changed[line - 1] == text[line - 1]
        assert "def loss(samples: torch.Tensor, mu: float" in mutant.source.decode()
        if mutant.line == 11:
            assert "is too few" not in mutant.source.decode(), "only the whole statement may go"


def test_every_mutant_is_another_program() -> None:
    mutants = mutants_of(SOLUTION)
    shapes = {ast.dump(ast.parse(mutant.source)) for mutant in mutants}
    assert len(shapes) == len(mutants)
    assert ast.dump(ast.parse(SOLUTION)) not in shapes


def test_names_are_unique_and_say_the_line() -> None:
    mutants = mutants_of(SOLUTION)
    assert len({mutant.id for mutant in mutants}) == len(mutants)
    assert all(mutant.id.startswith(f"line {mutant.line}: ") for mutant in mutants)
    assert [mutant.line for mutant in mutants] == sorted(mutant.line for mutant in mutants)


def test_names_do_not_depend_on_other_lines() -> None:
    after = SOLUTION + b"\n\ndef other(x):\n    return x + 1\n"
    assert [mutant.id for mutant in mutants_of(SOLUTION)] == [
        mutant.id for mutant in mutants_of(after) if mutant.line <= 17
    ]


def test_the_diff_shows_the_line_before_and_after() -> None:
    assert named(SOLUTION)["line 16: / n -> * n"].diff.splitlines() == [
        "-    total = -torch.log(squared) / n",
        "+    total = (-torch.log(squared) * n)",
    ]


@pytest.mark.parametrize(
    ("source", "name", "value"),
    [
        ("X = 10 - 2 * 3", "line 1: * 3 -> / 3", 10 - 2 / 3),
        ("X = 10 - 2 - 3", "line 1: - 3 -> + 3", 11),
        ("X = 2 ** (1 - 3)", "line 1: 1 - 3 -> 3 - 1", 4),
        ("X = 2 * (3 - 1)", "line 1: 3 - 1 -> 1 - 3", -4),
        ("X = [1, 2, 3][0:2]", "line 1: [1, 2, 3][0:2] -> [1, 2, 3][:2]", [1, 2]),
        ("X = [1, 2, 3][::-1]", "line 1: [1, 2, 3][::-1] -> [1, 2, 3][:]", [1, 2, 3]),
        ("X = min(4, 5)", "line 1: min(…) -> max(…)", 5),
        ("X = 1 if True else 2", "line 1: True -> False", 2),
        ("X = not (1 and 0)", "line 1: 1 and 0 -> 1 or 0", False),
        ("X = list(range(2))", "line 1: range(2) -> range(2 + 1)", [0, 1, 2]),
        ("X = pow(2, 3)", "line 1: pow(2, 3) -> pow(3, 2)", 9),
        ("X = 'ü'.upper(); Y = 1 - 2; X = Y", "line 1: - 2 -> + 2", 3),
    ],
)
def test_the_mistake_binds_as_it_reads(source: str, name: str, value: object) -> None:
    scope: dict[str, object] = {}
    exec(compile(named(source.encode())[name].source, "mutant", "exec"), scope)
    assert scope["X"] == value


def test_a_name_is_only_left_unbound_where_it_has_a_value_already() -> None:
    source = b"def f(x):\n    y = x + 1\n    x = y\n    y = y * x\n    return y\n"
    deletions = [mutant.id for mutant in mutants_of(source) if mutant.id.endswith("-> nothing") and "=" in mutant.id]
    assert deletions == ["line 3: x = y -> nothing", "line 4: y = y * x -> nothing"]


def test_two_equal_mistakes_on_one_line_are_counted() -> None:
    assert {"line 1: 2 -> 3", "line 1: 2 -> 3 (2)"} <= named(b"X = 2 + f(2)").keys()


def test_where_tensors_live_is_not_mutated() -> None:
    assert not [name for name in named(b"def f(x):\n    return g(x, device=x.device)\n") if "device" in name]


def test_a_solution_without_anything_to_change_has_no_mutants() -> None:
    assert mutants_of(b"") == []
    assert mutants_of(b'"""Text."""\nimport torch\n') == []


@pytest.mark.parametrize(
    "source",
    ["(a - b).square()", "(a - b) ** 2", "torch.abs(a - b)", "(a - b).norm()"],
)
def test_a_sign_that_is_forgotten_is_not_mutated(source: str) -> None:
    ids = [mutant.id for mutant in mutants_of(f"import torch\nX = {source}\n".encode())]
    assert "line 2: a - b -> b - a" not in ids
    assert "line 2: - b -> + b" in ids


def test_the_order_of_symmetric_arguments_is_not_mutated() -> None:
    assert not [name for name in named(b"X = max(a, b)") if "max(b, a)" in name]


def test_whether_zip_is_strict_is_not_mutated() -> None:
    assert list(named(b"X = zip(a, b, strict=True)")) == ["line 1: zip(a, b, strict=True) -> zip(b, a, strict=True)"]


def test_conversions_between_interchangeable_types_are_left_alone() -> None:
    source = b"X = float(f(a))\nY = a.item()\n"
    assert {"line 1: float(…) -> f(a)", "line 2: .item() -> nothing"} <= named(source).keys()
    kept = [mutant.id for mutant in mutants_of(source, frozenset({"float", "item"}))]
    assert kept == ["line 1: f(…) -> a"]
