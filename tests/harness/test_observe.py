from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from grader.author import described
from grader.errors import AuthorFault
from grader.harness.convert import from_wire
from grader.wire import Tagged, Value
from tests.harness.running import VALUE, error, observed, result


def leaf(*numbers: float, dtype: torch.dtype = torch.float32) -> torch.Tensor:
    return torch.tensor(numbers, dtype=dtype, requires_grad=True)


def one(text: str, inputs: dict[str, Any], spec: dict[str, Any], **more: Any) -> Any:
    """The one thing that was observed, as a live value."""
    (value,) = observed(text, inputs, [spec], **more)
    return from_wire(value)


def gradient(text: str, inputs: dict[str, Any], *wrt: str, weights: str | None = None) -> Any:
    return one(text, inputs, {"what": "gradient", "of": "result", "wrt": list(wrt), "weights": weights})


def kind(value: Any) -> str | None:
    return value.kind if isinstance(value, Tagged) else None


def test_the_result_is_observed() -> None:
    assert result("def f(a, b): return a + b", a=torch.ones(2), b=1).tolist() == [2.0, 2.0]


def test_gradients_are_those_of_the_summed_result() -> None:
    found = gradient("def f(x, y, z): return x * y", {"x": leaf(1, 2), "y": leaf(3, 4), "z": leaf(5)}, "x", "y", "z")
    assert found["x"].tolist() == [3.0, 4.0]
    assert found["y"].tolist() == [1.0, 2.0]
    assert found["z"] is None


def test_the_result_may_be_weighted_before_it_is_summed() -> None:
    inputs = {"x": leaf(1, 2), "v": torch.tensor([10, 100])}
    assert gradient("def f(x, v): return x * x", inputs, "x", weights="v")["x"].tolist() == [20.0, 400.0]
    assert gradient("def f(x, v): return (x * x)[:, None]", inputs, "x", weights="v")["x"].tolist() == [20.0, 400.0]


def test_a_result_that_does_not_go_with_the_weights_is_said_so() -> None:
    inputs = {"x": leaf(1, 2), "v": torch.tensor([1.0, 2.0, 3.0])}
    assert kind(gradient("def f(x, v): return x", inputs, "x", weights="v")) == "unsupported"


def test_all_floating_tensors_of_a_structure_count() -> None:
    text = "def f(x): return {'a': [x * 2, 1.5, (x.long(), None)], 'b': x.detach()}, x * 3"
    assert gradient(text, {"x": leaf(1, 2)}, "x")["x"].tolist() == [5.0, 5.0]


def test_an_input_returned_as_it_came_has_gradient_one() -> None:
    assert gradient("def f(x): return x", {"x": leaf(1, 2)}, "x")["x"].tolist() == [1.0, 1.0]


@pytest.mark.parametrize("body", ["x.detach() * 2", "x.sum().item()", "x.tolist()", "None", "torch.tensor(x.tolist())"])
def test_a_result_without_a_graph_is_detached(body: str) -> None:
    assert kind(gradient(f"import torch\ndef f(x): return {body}", {"x": leaf(1, 2)}, "x")) == "detached"


def test_a_result_computed_without_grad_is_detached_even_if_grad_mode_is_left_off() -> None:
    text = "import torch\ndef f(x):\n torch.set_grad_enabled(False)\n return x * 2"
    assert kind(gradient(text, {"x": leaf(1)}, "x")) == "detached"
    assert torch.is_grad_enabled()


def test_the_graph_serves_several_gradients_and_is_not_accumulated() -> None:
    spec = {"what": "gradient", "of": "result", "wrt": ["x"]}
    first, second, after = observed("def f(x): return (x ** 3).sum()", {"x": leaf(2)}, [spec, spec, _input("x")])
    assert from_wire(first)["x"].tolist() == from_wire(second)["x"].tolist() == [12.0]
    assert isinstance(after, dict)
    assert after["grad"] is None


def test_a_graph_freed_by_the_submission_is_named() -> None:
    text = "def f(x):\n y = (x * x).sum()\n y.backward()\n return y"
    spec = {"what": "gradient", "of": "result", "wrt": ["x"]}
    raised = error(text, {"x": leaf(2)}, [VALUE, spec])
    assert (raised["stage"], raised["type"]) == ("observe", "GraphAlreadyFreed")
    assert ".backward()" in raised["message"]


def test_an_error_in_a_handwritten_backward_has_the_students_line() -> None:
    text = """
    import torch
    class F(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x): return x.clone()
        @staticmethod
        def backward(ctx, g): raise SystemExit(3)
    f = F.apply
    """
    raised = error(text, {"x": leaf(2)}, [{"what": "gradient", "of": "result", "wrt": ["x"]}])
    assert (raised["stage"], raised["type"], raised["line"]) == ("observe", "SystemExit", 7)


def test_gradients_of_inputs_that_need_none_are_none() -> None:
    assert gradient("def f(x, n): return x * n", {"x": leaf(2), "n": 3}, "x", "n")["n"] is None


def test_parameters_of_a_module_handed_in_have_gradients() -> None:
    layer = nn.Linear(2, 1)
    spec = {"what": "parameter_gradient", "of": "result", "module": "layer"}
    found = one("def f(layer, x): return layer(x)", {"layer": layer, "x": torch.tensor([1.0, 2.0])}, spec)
    assert found["weight"].tolist() == [[1.0, 2.0]]
    assert found["bias"].tolist() == [1.0]
    found = one("def f(layer, x): return x @ layer.weight.T", {"layer": layer, "x": torch.ones(2)}, spec)
    assert found["bias"] is None


def test_a_module_is_seen_with_parameters_buffers_and_flag() -> None:
    text = """
    import torch
    class f(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.w = torch.nn.Parameter(torch.ones(2), requires_grad=False)
            self.plain = torch.ones(3)
            self.inner = torch.nn.Sequential(torch.nn.Linear(1, 1), torch.nn.BatchNorm1d(1))
            self.again = self.inner[0]
            self.eval()
        def named_parameters(self, *a, **k): raise RuntimeError
        parameters = buffers = state_dict = named_parameters
    """
    (value,) = observed(text, {}, [{"what": "state", "of": "result"}], kind="class")
    assert isinstance(value, Tagged)
    assert value.kind == "module_seen"
    assert (value.fields["type"], value.fields["training"]) == ("f", False)
    parameters: Any = value.fields["parameters"]
    names = ["w", "inner.0.weight", "inner.0.bias", "inner.1.weight", "inner.1.bias"]
    assert [p["name"] for p in parameters] == names
    assert [p["requires_grad"] for p in parameters] == [False, True, True, True, True]
    assert list(from_wire(value))[5:] == ["inner.1.running_mean", "inner.1.running_var", "inner.1.num_batches_tracked"]


@pytest.mark.parametrize("what", ["state", "training"])
def test_what_is_no_module_is_unsupported_where_a_module_was_expected(what: str) -> None:
    assert kind(one("def f(): return 3", {}, {"what": what, "of": "result"})) == "unsupported"
    assert kind(one("def f(): return 3", {}, {"what": "parameter_gradient", "of": "result", "module": "result"}))


def test_a_module_without_its_super_init_has_no_parameters() -> None:
    text = "import torch\nclass f(torch.nn.Module):\n def __init__(self): pass"
    assert one(text, {}, {"what": "state", "of": "result"}, kind="class") == {}


def test_attributes_are_read() -> None:
    text = "class f:\n def __init__(self): self.w = [1, 2]\n @property\n def bad(self): raise KeyError('x')"
    assert one(text, {}, {"what": "attribute", "of": "result", "name": "w"}, kind="class") == [1, 2]
    for name, expected in (("missing", "AttributeError"), ("bad", "KeyError")):
        raised = error(text, {}, [{"what": "attribute", "of": "result", "name": name}], kind="class")
        assert (raised["stage"], raised["type"]) == ("observe", expected)


def _input(name: str) -> dict[str, Any]:
    return {"what": "input", "of": name}


def test_an_input_is_seen_as_the_submission_left_it() -> None:
    text = "def f(x, items):\n (x * x).sum().backward()\n items.append(1)"
    x, items = observed(text, {"x": leaf(3), "items": []}, [_input("x"), _input("items")])
    assert isinstance(x, dict)
    assert from_wire(x["value"]).tolist() == [3.0]
    assert from_wire(x["grad"]).tolist() == [6.0]
    assert x["requires_grad"] is True
    assert items == {"value": [1]}


def test_an_input_drawn_into_a_graph_in_place_is_seen_without_a_warning() -> None:
    (x,) = observed("def f(x, w): x.mul_(w)", {"x": torch.ones(1), "w": leaf(2)}, [_input("x")])
    assert isinstance(x, dict)
    assert (x["grad"], x["requires_grad"]) == (None, True)


def test_callables_and_modules_among_the_inputs_can_be_looked_at() -> None:
    inputs = {"layer": nn.Linear(1, 1), "g": described("g")}
    layer, g = observed("def f(layer, g): pass", inputs, [_input("layer"), _input("g")], probe="def g(): return abs")
    assert isinstance(layer, dict)
    assert set(from_wire(layer["value"])) == {"weight", "bias"}
    assert isinstance(g, dict)
    assert kind(g["value"]) == "callable"


def operators(body: str, **inputs: Any) -> dict[str, int]:
    text = f"import torch\ndef f({', '.join(inputs)}): return {body}"
    counts = one(text, inputs, {"what": "operators"})
    assert isinstance(counts, dict)
    return counts


def test_operators_are_counted_by_name() -> None:
    counts = operators("(x * y + x.mul(2)).mul_(y).sum()", x=torch.ones(3), y=torch.ones(3))
    assert (counts["mul"], counts["add"], counts["sum"]) == (3, 1, 1)


@pytest.mark.parametrize(
    ("body", "name"),
    [("torch.cdist(x, x)", "cdist"), ("x.norm()", "norm"), ("torch.linalg.matrix_norm(x)", "norm"),
     ("torch.softmax(x, 0)", "softmax"), ("torch.nn.functional.pairwise_distance(x, x)", "norm")],
)  # fmt: skip
def test_inner_operators_are_counted_under_the_names_people_know(body: str, name: str) -> None:
    assert operators(body, x=torch.ones(2, 3))[name] == 1


@pytest.mark.parametrize(
    ("body", "products"),
    [
        ("(x * x).sum()", 4), ("x.prod()", 3), ("x.prod() * 2", 4), ("x @ x", 4), ("torch.outer(x, x)", 16),
        ("x.reshape(2, 2) @ x.reshape(2, 2)", 8), ("x.reshape(2, 2) @ x[:2]", 4), ("x ** 3", 8), ("x.square()", 4),
        ("x.cumprod(0)", 3), ("torch.einsum('i,i->', x, x)", 4), ("x + x", 0), ("x[0] * x[1]", 1),
        ("torch.addmm(x, x.reshape(2, 2).repeat(2, 1), x.reshape(2, 2).repeat(1, 2))", 32),
        ("torch._foreach_mul([x, x], 2)", 8),
    ],
)  # fmt: skip
def test_scalar_products_are_counted_wherever_they_are_made(body: str, products: int) -> None:
    assert operators(body, x=torch.ones(4)).get("products", 0) == products


def test_only_the_steps_are_counted_and_not_what_the_grader_does() -> None:
    text = "def f(g, x): return g(x)"
    specs = [{"what": "operators"}, {"what": "log", "of": "g"}, VALUE]
    inputs = {"g": described("g"), "x": torch.ones(2, dtype=torch.bfloat16)}
    counts, log, _ = observed(text, inputs, specs, probe="def g(): return lambda x: x + 1")
    assert counts == {"add": 1}
    assert isinstance(log, list)
    assert from_wire(log)[0]["args"][0].tolist() == [1.0, 1.0]


@pytest.mark.parametrize(
    ("draw", "changed"),
    [("torch.rand(1)", "torch"), ("np.random.rand()", "numpy"), ("random.random()", "python"), ("0", None),
     ("torch.rand(1, generator=torch.Generator())", None), ("np.random.default_rng(0).random()", None)],
)  # fmt: skip
def test_disturbed_global_generators_are_noticed(draw: str, changed: str | None) -> None:
    found = one(f"import torch, random\nimport numpy as np\ndef f(): {draw}", {}, {"what": "random_state"})
    assert found == {name: name != changed for name in ("torch", "numpy", "python")}


def test_calls_of_a_callable_are_logged() -> None:
    text = "def f(objective, grid):\n for g in grid: objective(**g)\n return objective(1, b=2)"
    inputs = {"objective": described("make"), "grid": [{"a": 1}, {"a": 2}]}
    value, log = observed(
        text, inputs, [VALUE, {"what": "log", "of": "objective"}], probe="def make(): return lambda a, b=0: a + b"
    )
    assert value == 3
    assert log == [
        {"args": [], "kwargs": {"a": 1}}, {"args": [], "kwargs": {"a": 2}}, {"args": [1], "kwargs": {"b": 2}},
    ]  # fmt: skip


def test_the_same_object_is_told_from_an_equal_one() -> None:
    spec = {"what": "same", "a": "result", "b": "x"}
    assert one("def f(x): return x", {"x": torch.ones(1)}, spec) is True
    assert one("def f(x): return x.clone()", {"x": torch.ones(1)}, spec) is False


@pytest.mark.parametrize(
    ("body", "expected"),
    [("x[1:]", True), ("x.detach()", True), ("x.numpy()", True), ("{'a': [x.T]}", True), ("x.clone()", False),
     ("x + 0", False), ("3", False), ("[x.tolist()]", False), ("x.to_sparse()", False)],
)  # fmt: skip
def test_shared_memory_is_noticed(body: str, expected: bool) -> None:
    spec = {"what": "alias", "a": "result", "b": "x"}
    assert one(f"def f(x): return {body}", {"x": torch.eye(3)}, spec) is expected


def test_arrays_that_share_memory_are_noticed() -> None:
    spec = {"what": "alias", "a": "result", "b": "x"}
    assert one("def f(x): return x[::2]", {"x": np.ones(4)}, spec) is True
    assert one("def f(x): return x[::2].copy()", {"x": np.ones(4)}, spec) is False


def test_the_training_flag_is_read() -> None:
    spec = {"what": "training", "of": "m"}
    assert one("def f(m): pass", {"m": nn.Linear(1, 1)}, spec) is True
    assert one("def f(m): m.eval()", {"m": nn.Linear(1, 1)}, spec) is False


def test_instances_are_told_apart_whatever_they_claim() -> None:
    spec = {"what": "isinstance", "of": "result", "class": "torch.nn.Module"}
    assert one("import torch\ndef f(): return torch.nn.ReLU()", {}, spec) is True
    liar = "import torch\nclass f:\n __class__ = property(lambda self: torch.nn.Module)"
    assert one(liar, {}, spec, kind="class") is False
    of_class = {"what": "isinstance", "of": "submission", "class": "torch.autograd.Function"}
    call = [{"call": "submission.apply", "args": ["x"], "as": "result"}]
    text = "import torch\nclass f(torch.autograd.Function):\n forward = staticmethod(lambda ctx, x: x + 1)"
    assert one(text, {"x": torch.ones(1)}, of_class, kind="class", steps=call) is True


@pytest.mark.parametrize(
    "spec",
    [
        {"what": "telepathy"}, {"what": "value", "of": "nobody"}, {"what": "log", "of": "x"},
        {"what": "isinstance", "of": "x", "class": "torch.Spaceship"},
        {"what": "gradient", "of": "result", "wrt": ["x"], "weights": "n"},
    ],
    ids=lambda spec: str(spec["what"]),
)  # fmt: skip
def test_what_cannot_be_observed_is_the_authors_fault(spec: dict[str, Value]) -> None:
    with pytest.raises(AuthorFault):
        observed("def f(x, n): return x", {"x": leaf(1), "n": 2}, [spec])
