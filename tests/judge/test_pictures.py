from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.judge.pictures import MOST_CELLS, error_grid, read_graph
from tests.judge.driver import Desk
from tests.judge.questions import function, nll

DRAWS = "def make(rng, k):\n    return {'x': torch.randn(k, 3, generator=rng).requires_grad_()}\n"
SQUARES = "def f(x):\n    return x * x\n"


def graded(source: str, **how: Any) -> dict[str, Any]:
    desk = Desk(function(SQUARES, DRAWS, "x", grade='gradients = ["x"]'))
    report = desk.grade("import torch\n" + source, **how)
    return {case["name"]: case for case in report["cases"]}


def labels(graph: dict[str, Any], kind: str) -> list[str]:
    return [node["label"] for node in graph["nodes"] if node["kind"] == kind]


def test_a_wrong_matrix_comes_with_where_its_errors_stand() -> None:
    grid = graded("def f(x):\n    y = x * x\n    return y + torch.eye(4, 3)\n")["four"]["details"]["error_grid"]
    assert grid["shape"] == [4, 3]
    assert grid["wrong"] == np.eye(4, 3, dtype=bool).tolist()
    assert [round(row[at], 2) for at, row in enumerate(grid["errors"][:3])] == [1.0, 1.0, 1.0]


def test_of_hidden_cases_no_grid_and_no_graph_are_kept() -> None:
    details = graded("def f(x):\n    return -x * x\n")["five"]["details"]
    assert details["error_grid"] is None
    assert details["graph"] is None


def test_a_large_matrix_is_told_in_few_cells_and_no_error_is_lost() -> None:
    expected = np.zeros((100, 7))
    given = expected.copy()
    given[99, 6], given[0, 0] = 5.0, np.nan
    grid = error_grid("the result", expected, given, given != expected)
    assert grid is not None
    assert len(grid["errors"]) <= MOST_CELLS
    assert grid["errors"][-1][-1] == 5.0
    assert grid["errors"][0][0] is None
    assert sum(flag for row in grid["wrong"] for flag in row) == 2


def test_nan_where_nan_is_expected_is_no_error() -> None:
    expected, given = np.array([np.nan, np.inf, 1.0, 3.0]), np.array([np.nan, np.inf, 2.0, 3.0])
    grid = error_grid("the result", expected, given, np.array([False, False, True, False]))
    assert grid is not None
    assert grid["errors"] == [[0.0, 0.0, 1.0, 0.0]]


@pytest.mark.parametrize("shape", [(), (3,), (2, 2, 2), (0, 3)])
def test_other_shapes_have_no_grid(shape: tuple[int, ...]) -> None:
    assert error_grid("the result", np.zeros(shape), np.ones(shape), np.ones(shape, dtype=bool)) is None


def test_the_graph_of_a_wrong_function_leads_from_its_result_to_its_inputs() -> None:
    graph = graded("def f(x):\n    return torch.exp(x) * x\n")["four"]["details"]["graph"]
    assert graph["nodes"][0] == {"kind": "result", "label": "result"}
    assert sorted(labels(graph, "operation")) == ["ExpBackward0", "MulBackward0"]
    assert labels(graph, "input") == ["x"]
    x = [node["kind"] for node in graph["nodes"]].index("input")
    assert sum(end == x for _, end in graph["edges"]) == 2


def test_an_input_that_nothing_leads_to_stands_alone() -> None:
    graph = graded("def f(x):\n    return x.detach() * x.detach()\n")["four"]["details"]["graph"]
    assert graph["nodes"] == [{"kind": "result", "label": "result"}, {"kind": "input", "label": "x"}]
    assert graph["edges"] == []


def test_functions_of_the_students_own_are_drawn_with_their_names() -> None:
    text = """
class Twice(torch.autograd.Function):
    next_functions = property(lambda self: 1 / 0)
    @staticmethod
    def forward(ctx, x): return x * 2
    @staticmethod
    def backward(ctx, grad): return grad
def f(x): return Twice.apply(x)
"""
    graph = graded(text)["four"]["details"]["graph"]
    assert labels(graph, "operation") == ["TwiceBackward"]
    assert labels(graph, "input") == ["x"]


def test_a_graph_of_thousands_of_nodes_is_cut() -> None:
    graph = graded("def f(x):\n    for _ in range(5000):\n        x = x + 1\n    return x\n")["four"]["details"][
        "graph"
    ]
    assert graph["cut"]
    assert len(graph["nodes"]) <= 62


def test_a_right_answer_is_drawn_only_where_nothing_but_public_cases_is_run() -> None:
    assert graded(SQUARES)["four"]["details"]["graph"] is None
    assert labels(graded(SQUARES, only_public=True)["four"]["details"]["graph"], "operation") == ["MulBackward0"]


def test_inputs_are_named_as_in_the_question() -> None:
    report = Desk(nll()).grade("def neg_log_likelihood(samples, mu, var_):\n    return -mu.sum()\n")
    graph = report["cases"][0]["details"]["graph"]
    assert labels(graph, "input") == ["mu"]
    assert labels(graph, "operation") == ["NegBackward0", "SumBackward0"]


@pytest.mark.parametrize(
    "forged",
    [
        None,
        7,
        {"nodes": [["result", "result"]], "edges": []},
        {"nodes": [["result", "result"]], "edges": [[0, 1]], "cut": False},
        {"nodes": [["result", "result"]], "edges": [[0, -1]], "cut": False},
        {"nodes": [["<script>", "x"]], "edges": [], "cut": False},
        {"nodes": [["leaf", 3]], "edges": [], "cut": False},
        {"nodes": [["leaf", "x"]] * 1000, "edges": [], "cut": False},
        {"nodes": [["leaf", "x"]], "edges": [[0, 0]] * 1000, "cut": False},
        {"nodes": [["leaf", "x"]], "edges": [[0, 0, 0]], "cut": False},
        {"nodes": [["leaf", "x"]], "edges": [0], "cut": False},
    ],
)
def test_a_graph_of_another_form_is_dropped(forged: Any) -> None:
    assert read_graph(forged) is None


def test_labels_of_a_graph_are_cut() -> None:
    graph = read_graph({"nodes": [["leaf", "x" * 10_000]], "edges": [], "cut": False})
    assert graph is not None
    assert len(graph["nodes"][0]["label"]) <= 61
