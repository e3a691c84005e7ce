"""Non-solutions are shaped like solutions, so that nothing but what they lack gives them away."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from grader.spec import load_question
from grader.spec.skeleton import skeleton
from grader.verify.audit import in_double_precision, with_tolerance_divided
from grader.verify.degenerate import degenerate_sources
from tests.spec.conftest import SOUND
from tests.spec.test_faults_of_the_files import CLASS


def run(source: bytes) -> dict[str, Any]:
    scope: dict[str, Any] = {}
    exec(compile(source, "submission", "exec"), scope)
    return scope


def function_sources() -> dict[str, bytes]:
    files = skeleton("course/tutorial/new", "squares(a, b)").files
    return degenerate_sources(load_question(files, "course/tutorial/new"))


def class_sources() -> dict[str, bytes]:
    files = skeleton("course/tutorial/new", "Squares(x)", is_class=True).files
    return degenerate_sources(load_question(files, "course/tutorial/new"))


def test_a_function_has_every_non_solution() -> None:
    names = ["the starter", "empty", "nothing but None", "the first input handed back"]
    assert list(function_sources()) == [*names, "zeros shaped like the answer", "ones shaped like the answer"]


def test_none_and_the_first_input_come_back() -> None:
    sources = function_sources()
    assert run(sources["nothing but None"])["squares"](1, 2) is None
    assert run(sources["the first input handed back"])["squares"](1, 2) == 1


def test_zeros_keep_shape_dtype_and_graph() -> None:
    a = torch.ones(3, dtype=torch.float64, requires_grad=True)
    answer = run(function_sources()["zeros shaped like the answer"])["squares"](a, a)
    assert answer.item() == 0
    assert (answer.dtype, answer.shape) == (torch.float64, ())
    assert answer.requires_grad


def test_zeros_of_containers_are_containers_of_zeros() -> None:
    like = run(function_sources()["ones shaped like the answer"])["_like"]
    answer = like(([torch.tensor([5, 6]), 7], {"a": 2.5, "b": True}, "text", None))
    assert answer[0][0].tolist() == [1, 1]
    assert answer[0][0].dtype == torch.int64
    assert answer[0][1:] == [1]
    assert answer[1:] == ({"a": 1.0, "b": True}, "", None)


def test_a_class_answers_through_the_method_that_is_called() -> None:
    sources = class_sources()
    x = torch.ones(3)
    assert run(sources["nothing but None"])["Squares"]()(x) is None
    assert run(sources["the first input handed back"])["Squares"]()(x) is x
    assert run(sources["zeros shaped like the answer"])["Squares"]()(x).item() == 0


def test_a_named_method_is_wrapped_too() -> None:
    solution = (
        b"class Layer:\n    def __init__(self, width):\n        ...\n    def forward(self, x):\n        return x + 1\n"
    )
    question = load_question(CLASS | {"reference/solution.py": solution}, "course/tutorial/layer")
    sources = degenerate_sources(question)
    assert run(sources["zeros shaped like the answer"])["Layer"](3).forward(4) == 0
    assert run(sources["nothing but None"])["Layer"](3).forward(4) is None


def test_the_solution_in_double_precision_rounds_at_the_end() -> None:
    source = in_double_precision(load_question(SOUND, "course/tutorial/mse"))
    assert source is not None
    function = run(source)["mean_squared_error"]
    given = torch.tensor([1.0, 2.0], requires_grad=True)
    answer = function(given, torch.tensor([0.0, 1e-5]))
    assert answer.dtype == torch.float32
    exact = (1.0 + (2.0 - float(torch.tensor(1e-5))) ** 2) / 2
    assert answer.item() == torch.tensor(exact, dtype=torch.float64).float().item()
    answer.backward()
    assert given.grad is not None
    assert given.grad.dtype == torch.float32
    assert torch.get_default_dtype() == torch.float32


def test_double_precision_inputs_are_left_as_they_are() -> None:
    source = in_double_precision(load_question(SOUND, "course/tutorial/mse"))
    assert source is not None
    one = torch.ones(2, dtype=torch.float64)
    assert run(source)["mean_squared_error"](one, one).dtype == torch.float64


def test_the_parameters_of_a_module_are_raised_and_put_back() -> None:
    files = skeleton("course/tutorial/new", "Net(x)", is_class=True).files
    files["reference/solution.py"] = (
        b"import torch\nclass Net(torch.nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        b"        self.w = torch.nn.Parameter(torch.ones(2))\n"
        b"    def forward(self, x):\n        self.seen = self.w.dtype\n        return (self.w * x).sum()\n"
    )
    source = in_double_precision(load_question(files, "course/tutorial/new"))
    assert source is not None
    net = run(source)["Net"]()
    answer = net(torch.ones(2))
    assert (net.seen, net.w.dtype, answer.dtype) == (torch.float64, torch.float32, torch.float32)
    answer.backward()
    assert net.w.grad.tolist() == [1, 1]


def test_a_variant_has_smaller_tolerances_and_nothing_else() -> None:
    question = load_question(SOUND, "course/tutorial/mse")
    variant = with_tolerance_divided(question, 10)
    again = load_question(variant.files, question.id)
    assert again.spec.tolerance.float64.rtol == 1e-9
    assert again.spec.tolerance.float32.rtol == 1e-5
    assert again.spec.tolerance.float32.atol_scale == pytest.approx(1e-6)
    assert (again.spec.cases, again.spec.grade) == (question.spec.cases, question.spec.grade)
    assert variant.version == again.version != question.version


def test_tolerances_written_as_dotted_keys_are_replaced_too() -> None:
    spec = b"tolerance.float64.rtol = 1e-3\n" + SOUND["question.toml"].replace(
        b"[tolerance]\nfloat64 = { rtol = 1e-8, atol = 1e-10 }\n", b""
    )
    question = load_question(SOUND | {"question.toml": spec}, "course/tutorial/mse")
    assert load_question(with_tolerance_divided(question, 10).files, question.id).spec.tolerance.float64.rtol == 1e-4
