from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from grader.author import described, noncontiguous
from grader.errors import AuthorFault
from grader.harness.build import build, build_inputs
from grader.harness.convert import to_wire
from grader.harness.describe import describe, describe_inputs
from grader.harness.load_submission import load_probe
from grader.harness.modules import KINDS
from grader.wire import Tagged, decode, encode


def travelled(obj: Any) -> Any:
    """What the submission receives for an object that cases.py made."""
    return build(decode(encode(describe(obj))))


@pytest.mark.parametrize("obj", [1, 2.5, True, None, "a", b"b", 3j, [1, (2, {"a": 3.0})], {(1, 2): 3}], ids=str)
def test_plain_data_arrives_as_it_was_made(obj: object) -> None:
    assert travelled(obj) == obj
    assert type(travelled(obj)) is type(obj)


@pytest.mark.parametrize("requires_grad", [True, False])
def test_a_tensor_arrives_as_a_fresh_leaf(requires_grad: bool) -> None:
    made = torch.randn(2, 3, dtype=torch.float64, requires_grad=requires_grad)
    arrived = travelled(made)
    assert torch.equal(arrived, made)
    assert arrived.dtype == torch.float64
    assert arrived.is_leaf
    assert arrived.requires_grad is requires_grad
    assert arrived.grad is None
    assert arrived.data_ptr() != made.data_ptr()


def test_a_tensor_can_be_resized_and_written_to() -> None:
    travelled(torch.ones(2)).resize_(100).fill_(1.0)


def test_a_parameter_stays_a_parameter() -> None:
    arrived = travelled(nn.Parameter(torch.ones(2), requires_grad=False))
    assert type(arrived) is nn.Parameter
    assert not arrived.requires_grad


def test_what_a_step_made_arrives_behind_a_graph_so_that_it_may_be_changed_in_place() -> None:
    made = 2 * torch.randn(3, requires_grad=True)
    sent = to_wire(made)
    assert isinstance(sent, Tagged)
    arrived = build(sent)
    assert not arrived.is_leaf
    assert torch.equal(arrived.detach(), made.detach())
    arrived -= 1
    (gradient,) = torch.autograd.grad((arrived**2).sum(), arrived)
    assert torch.equal(gradient, 2 * (made.detach() - 1))


def test_a_noncontiguous_tensor_has_the_same_values_with_gaps() -> None:
    made = torch.randn(3, 2, requires_grad=True)
    arrived = travelled(noncontiguous(made))
    assert torch.equal(arrived, made)
    assert not arrived.is_contiguous()
    assert arrived.is_leaf
    assert arrived.requires_grad
    assert arrived._base is None


def test_a_meta_tensor_arrives_without_data() -> None:
    arrived = travelled(torch.empty(2, 3, device="meta", requires_grad=True))
    assert arrived.device.type == "meta"
    assert arrived.shape == (2, 3)
    assert arrived.requires_grad


@pytest.mark.parametrize("obj", [np.arange(6.0).reshape(2, 3), np.zeros((0, 2), dtype=np.int32)], ids=str)
def test_an_array_arrives_writable(obj: np.ndarray[Any, Any]) -> None:
    arrived = travelled(obj)
    assert arrived.dtype == obj.dtype
    assert np.array_equal(arrived, obj)
    arrived[...] = 0


def test_numpy_scalars_dtypes_devices_and_generators_arrive() -> None:
    assert type(travelled(np.float32(2))) is np.float32
    assert travelled(torch.bfloat16) is torch.bfloat16
    assert travelled(torch.device("meta")) == torch.device("meta")
    generator = torch.Generator().manual_seed(7)
    assert torch.equal(torch.rand(3, generator=travelled(generator)), torch.rand(3, generator=generator))


def _network() -> nn.Sequential:
    return nn.Sequential(
        nn.Conv1d(1, 2, 3, padding=1), nn.BatchNorm1d(2), nn.LeakyReLU(0.3), nn.Flatten(), nn.Dropout(0.25),
        nn.Linear(8, 3, bias=False), nn.LayerNorm(3), nn.Sequential(nn.GELU("tanh"), nn.Softmax(dim=1)),
    )  # fmt: skip


def test_a_network_arrives_with_its_state_and_flags() -> None:
    made = _network().double()
    made[5].weight.requires_grad_(False)
    made[1].running_mean = torch.full((2,), 0.5, dtype=torch.float64)
    made.eval()
    made[4].train()
    arrived = travelled(made)
    assert str(arrived) == str(made)
    assert [m.training for m in arrived.modules()] == [m.training for m in made.modules()]
    for (name, ours), (their_name, theirs) in zip(made.state_dict().items(), arrived.state_dict().items(), strict=True):
        assert name == their_name
        assert torch.equal(ours, theirs)
    assert [p.requires_grad for p in arrived.parameters()] == [p.requires_grad for p in made.parameters()]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_module_travels(kind: str) -> None:
    arguments: dict[str, tuple[Any, ...]] = {
        "Linear": (2, 3), "Embedding": (4, 2), "Conv1d": (1, 2, 3), "Conv2d": (1, 2, (3, 1)), "BatchNorm1d": (3,),
        "BatchNorm2d": (3,), "LayerNorm": ([2, 3],), "MaxPool2d": (2,),
    }  # fmt: skip
    made = KINDS[kind][0](*arguments.get(kind, ()))
    arrived = travelled(made)
    assert type(arrived) is type(made)
    assert str(arrived) == str(made)
    assert set(arrived.state_dict()) == set(made.state_dict())


def test_module_lists_and_dicts_travel() -> None:
    assert [type(m) for m in travelled(nn.ModuleList([nn.Tanh(), nn.Linear(1, 2)]))] == [nn.Tanh, nn.Linear]
    assert list(travelled(nn.ModuleDict({"a": nn.Sigmoid()})).keys()) == ["a"]


def test_what_was_shared_within_a_module_is_shared_again() -> None:
    layer = nn.Linear(2, 2)
    tied = nn.Linear(2, 2)
    tied.weight = layer.weight
    arrived = travelled(nn.Sequential(layer, nn.ReLU(), layer, tied))
    assert arrived[0].weight is arrived[2].weight is arrived[3].weight
    assert arrived[0].bias is not arrived[3].bias
    assert sum(p.numel() for p in arrived.parameters()) == 4 + 2 + 2


PROBE = """
import torch
def quadratic(centre, scale=1.0):
    def objective(x):
        "squared distance"
        return scale * ((x - centre) ** 2).sum()
    return objective
class Model(torch.nn.Module):
    def forward(self, x): return x
def model(): return Model()
def broken(): raise ValueError("no")
"""


def test_a_described_callable_is_made_by_the_probe() -> None:
    centre = torch.tensor([1.0, 2.0])
    inputs = describe_inputs({"objective": described("quadratic", centre=centre, scale=2.0)})
    built, logs = build_inputs(inputs, load_probe(PROBE))
    assert built["objective"](torch.zeros(2)).item() == 10.0
    assert logs == {}


def test_a_logged_callable_still_looks_like_a_function_and_keeps_what_it_was_given() -> None:
    inputs = describe_inputs({"objective": described("quadratic", centre=0.0)})
    built, logs = build_inputs(inputs, load_probe(PROBE), ["objective"])
    point = torch.ones(2, requires_grad=True)
    value = built["objective"](point)
    built["objective"](x=3 * point)
    with torch.no_grad():
        point.zero_()
    assert value.grad_fn is not None
    assert built["objective"].__name__ == "objective"
    assert built["objective"].__doc__ == "squared distance"
    first, second = logs["objective"].calls
    assert isinstance(first, dict)
    assert isinstance(second, dict)
    assert build(first["args"])[0].tolist() == [1.0, 1.0]
    assert build(second["kwargs"])["x"].tolist() == [3.0, 3.0]


def test_a_log_stops_growing() -> None:
    inputs = describe_inputs({"objective": described("quadratic", centre=0.0)})
    built, logs = build_inputs(
        inputs, load_probe(PROBE.replace("scale * ((x - centre) ** 2).sum()", "0")), ["objective"]
    )
    for _ in range(10_050):
        built["objective"](1)
    assert len(logs["objective"].calls) == 10_001
    assert isinstance(logs["objective"].calls[-1], Tagged)


def test_a_probe_may_make_a_module() -> None:
    built, _ = build_inputs(describe_inputs({"model": described("model")}), load_probe(PROBE), ["model"])
    assert isinstance(built["model"], nn.Module)


@pytest.mark.parametrize("name", ["broken", "missing"])
def test_a_factory_that_fails_is_the_authors_fault(name: str) -> None:
    with pytest.raises(AuthorFault) as fault:
        build_inputs({"f": describe(described(name))}, load_probe(PROBE))
    assert fault.value.where == "probe.py"


def test_a_probe_that_does_not_load_is_the_authors_fault() -> None:
    with pytest.raises(AuthorFault) as fault:
        load_probe("import torch\n1/0\n")
    assert fault.value.line == 2


def _with_gradient() -> torch.Tensor:
    x = torch.ones(2, requires_grad=True)
    x.sum().backward()  # type: ignore[no-untyped-call]
    return x


class _Own(nn.Module):
    pass


def _hooked() -> nn.Module:
    layer = nn.Linear(1, 1)
    layer.register_forward_hook(lambda *_: None)
    return layer


def _loop() -> list[Any]:
    loop: list[Any] = []
    loop.append(loop)
    return loop


@pytest.mark.parametrize(
    "obj",
    [
        object(), {1, 2}, torch.ones(2, requires_grad=True) * 2, _with_gradient(), _Own(), nn.Sequential(_Own()),
        _hooked(), _loop(), [random.random], {2**80: 1}, torch.eye(2).to_sparse(), torch.ones(1).expand(10**10),
    ],
    ids=lambda obj: type(obj).__name__,
)  # fmt: skip
def test_what_cannot_travel_is_the_authors_fault_and_the_input_is_named(obj: object) -> None:
    with pytest.raises(AuthorFault, match="`x`"):
        describe_inputs({"x": obj})


@pytest.mark.parametrize(
    "value",
    [
        Tagged("spaceship", {}),
        Tagged("tensor", {}),
        Tagged("module", {"kind": "Spaceship", "params": {}}),
        Tagged("module", {"kind": "Linear", "params": {"wings": 2}}),
    ],
    ids=str,
)
def test_a_value_that_is_no_input_is_the_authors_fault(value: Tagged) -> None:
    with pytest.raises(AuthorFault):
        build_inputs({"x": value}, None)
