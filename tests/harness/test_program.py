from __future__ import annotations

import sys
from typing import Any

import pytest
import torch

from grader.errors import AuthorFault
from grader.harness.convert import from_wire
from tests.harness.running import VALUE, error, load, observed, result

LINEAR = """
import torch
class Linear(torch.nn.Module):
    def __init__(self, x_dim, y_dim):
        super().__init__()
        self.W = torch.nn.Parameter(torch.randn(y_dim, x_dim))
        self.b = torch.nn.Parameter(torch.randn(y_dim))
    def forward(self, x):
        return self.W @ x + self.b
"""
CALL: list[dict[str, Any]] = [
    {"call": "submission", "args": ["x_dim", "y_dim"], "as": "module"},
    {"to": "module", "dtype": "float64"},
    {"load": "module", "from": "state", "by": "name"},
    {"call": "module", "args": ["x"], "as": "result"},
]
STATE = {"W": torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), "b": torch.tensor([0.5, 0.5, 0.5])}


def run_linear(text: str = LINEAR, state: Any = None, by: str = "name", observe: Any = None) -> Any:
    inputs = {"x_dim": 2, "y_dim": 3, "state": state or STATE, "x": torch.ones(2, dtype=torch.float64)}
    steps = [*CALL[:2], {"load": "module", "from": "state", "by": by}, CALL[3]]
    return from_wire(observed(text, inputs, observe, steps=steps, entry="Linear", kind="class"))


@pytest.mark.parametrize(
    ("by", "state"),
    [("name", STATE), ("order", STATE), ("order", list(STATE.values())), ("shape", list(STATE.values())[::-1])],
    ids=["name", "order of a dict", "order of a list", "shape"],
)
def test_a_module_is_made_converted_loaded_and_called(by: str, state: Any) -> None:
    spec = {"what": "parameter_gradient", "of": "result", "module": "module"}
    value, gradients = run_linear(by=by, state=state, observe=[VALUE, spec])
    assert value.dtype == torch.float64
    assert value.tolist() == [3.5, 7.5, 11.5]
    assert gradients["W"].tolist() == [[1.0, 1.0]] * 3
    assert gradients["b"].tolist() == [1.0] * 3


def _linear_error(text: str, by: str = "name") -> dict[str, Any]:
    inputs = {"x_dim": 2, "y_dim": 3, "state": STATE, "x": torch.ones(2)}
    steps = [CALL[0], {"load": "module", "from": "state", "by": by}]
    return error(text, inputs, steps=steps, entry="Linear", kind="class")


@pytest.mark.parametrize("by", ["name", "order", "shape"])
@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ("self.W = torch.nn.Parameter(torch.randn(y_dim, x_dim))", "self.W = torch.randn(y_dim, x_dim)",
         {"name": "MissingParameter", "order": "WrongParameterCount", "shape": "WrongParameterCount"}),
        ("randn(y_dim, x_dim)", "randn(x_dim, y_dim)",
         {"name": "WrongParameterShape", "order": "WrongParameterShape", "shape": "WrongParameterShape"}),
        ("torch.nn.Module", "object", dict.fromkeys(("name", "order", "shape"), "NotAModule")),
    ],
    ids=["plain tensor", "transposed", "no module"],
)  # fmt: skip
def test_parameters_that_cannot_be_loaded_are_named_to_the_student(
    old: str, new: str, kinds: dict[str, str], by: str
) -> None:
    text = LINEAR.replace(old, new).replace("super().__init__()", "" if new == "object" else "super().__init__()")
    raised = _linear_error(text, by)
    assert (raised["stage"], raised["step"], raised["type"]) == ("step", 1, kinds[by])
    assert raised["frames"] == []


def test_a_missing_parameter_is_named_beside_those_there_are() -> None:
    assert _linear_error(LINEAR.replace("self.W", "self.weight"))["message"] == (
        "The module has no registered parameter `W`; there are `weight` (3, 2), `b` (3,)."
    )


def test_methods_are_called_in_sequence_and_may_return_the_object() -> None:
    text = """
    class f:
        def __init__(self, n): self.calls = [n]
        def fit(self, x, *, lr):
            self.calls.append((x, lr))
            return self
    """
    steps: list[dict[str, Any]] = [
        {"call": "submission", "args": ["n"], "as": "model"},
        {"call": "model.fit", "args": ["x"], "kwargs": {"lr": "rate"}, "as": "fitted"},
        {"call": "fitted.fit", "args": ["n"], "kwargs": {"lr": "x"}},
    ]
    observe = [{"what": "attribute", "of": "model", "name": "calls"}, {"what": "same", "a": "model", "b": "fitted"}]
    calls, same = observed(text, {"n": 1, "x": 2, "rate": 3}, observe, steps=steps, kind="class")
    assert calls == [1, (2, 3), (1, 2)]
    assert same is True


def test_a_probe_calls_the_submission_its_own_way() -> None:
    probe = """
    import torch
    def gradcheck(submission, x):
        return torch.autograd.gradcheck(submission.apply, (x,))
    """
    text = """
    import torch
    class MyExp(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            y = x.exp()
            ctx.save_for_backward(y)
            return y
        @staticmethod
        def backward(ctx, g):
            return g * ctx.saved_tensors[0]
    """
    inputs = {"x": torch.tensor([0.5], dtype=torch.float64, requires_grad=True)}
    steps: list[dict[str, Any]] = [
        {"probe": "gradcheck", "args": ["x"], "as": "passes"},
        {"call": "submission.apply", "args": ["x"], "as": "result"},
    ]
    observe: list[dict[str, Any]] = [
        {"what": "value", "of": "passes"},
        {"what": "gradient", "of": "result", "wrt": ["x"]},
    ]
    passes, gradient = observed(text, inputs, observe, steps=steps, probe=probe, entry="MyExp", kind="class")
    assert passes is True
    assert from_wire(gradient)["x"].item() == pytest.approx(1.6487, abs=1e-4)


def test_an_error_in_a_step_says_which() -> None:
    steps = [{"call": "submission", "as": "a"}, {"call": "a.nothing"}]
    raised = error("def f(): return 1", {}, steps=steps)
    assert (raised["stage"], raised["step"], raised["type"], raised["line"]) == ("step", 1, "AttributeError", None)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("exit(3)", "SystemExit"), ("raise KeyboardInterrupt", "KeyboardInterrupt"), ("raise GeneratorExit", None),
     ("import grader.errors as e; raise e.AuthorFault('not me')", "AuthorFault"), ("x = [0] * 10**15", "MemoryError"),
     ("import grader.harness.tracebacks as t; raise t.SubmissionFault(3, 4)", "SubmissionFault")],
)  # fmt: skip
def test_whatever_a_submission_raises_is_its_own_error(text: str, kind: str | None) -> None:
    assert error(f"def f(): {text}")["type"] == kind or kind is None


def test_a_seed_makes_draws_repeat_whoever_draws() -> None:
    text = """
    import torch, random
    import numpy as np
    def f(): return torch.rand(1).item(), np.random.rand(), random.random()
    """
    entry = load(text)
    first, again, other = (observed(entry, {}, seed=seed) for seed in (3, 3, 4))
    assert first == again
    assert first != other
    assert observed(entry, {}, seed=None) != observed(entry, {}, seed=None)


def test_what_one_call_leaves_behind_does_not_reach_the_next() -> None:
    text = """
    import builtins, sys, torch
    from torch.overrides import TorchFunctionMode
    from torch.utils._python_dispatch import TorchDispatchMode
    class Mode(TorchDispatchMode):
        def __torch_dispatch__(self, func, types, args=(), kwargs=None): return 7
    class Other(TorchFunctionMode):
        def __torch_function__(self, func, types, args=(), kwargs=None): return 8
    def f(x):
        found = x * 2, torch.ones(1), len([1])
        torch.set_grad_enabled(False)
        torch.set_default_dtype(torch.float64)
        torch.set_default_device("meta")
        torch.use_deterministic_algorithms(True)
        torch.set_anomaly_enabled(True, False)
        torch.set_num_threads(2 if torch.get_num_threads() == 1 else 1)
        builtins.len = builtins.isinstance = None
        sys.setrecursionlimit(100)
        Mode().__enter__()
        Other().__enter__()
        return found
    """
    before = torch.get_num_threads(), torch.are_deterministic_algorithms_enabled()
    entry = load(text)
    spec = {"what": "gradient", "of": "result", "wrt": ["x"]}
    for _ in range(2):
        value, gradient = observed(entry, {"x": torch.ones(1, requires_grad=True)}, [VALUE, spec])
        doubled, ones, length = from_wire(value)
        assert (doubled.item(), ones.dtype, ones.device.type, length) == (2.0, torch.float32, "cpu", 1)
        assert from_wire(gradient)["x"].tolist() == [2.0]
    assert (torch.get_num_threads(), torch.are_deterministic_algorithms_enabled()) == before
    assert not torch.is_anomaly_enabled()
    assert sys.getrecursionlimit() >= 1000


def test_patched_torch_functions_do_not_change_what_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("detach", "cpu", "numpy", "clone", "contiguous", "requires_grad_", "numel", "is_floating_point"):
        monkeypatch.setattr(torch.Tensor, name, lambda *_: 1 / 0)
    for name in ("ones_like", "no_grad", "empty", "frombuffer"):
        monkeypatch.setattr(torch, name, lambda *_: 1 / 0)
    monkeypatch.setattr(torch.autograd, "grad", lambda *_: 1 / 0)
    spec = {"what": "gradient", "of": "result", "wrt": ["x"]}
    value, gradient = observed("def f(x): return x * 3", {"x": torch.ones(2, requires_grad=True)}, [VALUE, spec])
    monkeypatch.undo()
    assert from_wire(value).tolist() == [3.0, 3.0]
    assert from_wire(gradient)["x"].tolist() == [3.0, 3.0]


def test_inputs_are_fresh_in_every_call() -> None:
    entry = load("def f(x):\n x.add_(1)\n return x")
    assert result(entry, x=torch.zeros(1)).item() == result(entry, x=torch.zeros(1)).item() == 1.0


def test_demo_code_and_printing_do_no_harm(capsys: pytest.CaptureFixture[str]) -> None:
    assert result("print('hello')\ndef f(): print('there'); return 1") == 1
    assert capsys.readouterr().out == "hello\nthere\n"


def test_a_long_chain_of_operations_has_a_gradient() -> None:
    text = "def f(x):\n for _ in range(5000): x = x + 1\n return x"
    (value,) = observed(
        text, {"x": torch.ones(1, requires_grad=True)}, [{"what": "gradient", "of": "result", "wrt": ["x"]}]
    )
    assert from_wire(value)["x"].tolist() == [1.0]


@pytest.mark.parametrize(
    "step",
    [
        {"call": "nobody"}, {"call": "submission", "args": ["nobody"]}, {"probe": "missing"}, {"dance": "x"},
        {"load": "x", "from": "x", "by": "luck"}, {"load": "x", "from": "nobody", "by": "name"},
        {"to": "nobody", "dtype": "float64"},
    ],
    ids=str,
)  # fmt: skip
def test_a_step_that_cannot_be_run_is_the_authors_fault(step: dict[str, Any]) -> None:
    with pytest.raises(AuthorFault):
        observed("def f(x=1): return x", {"x": 1}, steps=[step])
