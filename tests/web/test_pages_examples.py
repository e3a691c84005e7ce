"""The visible cases as people read them: short Python, whatever stands in expected.json."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.world import ROOT
from web.examples import examples_of, literal

EXPECTED = sorted((ROOT / "tasks").rglob("expected.json"))


def tensor(data: Any, shape: list[int], dtype: str = "float32", **fields: Any) -> dict[str, Any]:
    return {"tagged": ["tensor", {"data": {"tensor": {"dtype": dtype, "shape": shape, "data": data}}, **fields}]}


@pytest.mark.parametrize("file", EXPECTED, ids=lambda file: file.parent.name)
def test_every_visible_case_of_the_bank_can_be_read(file: Path) -> None:
    spec = tomllib.loads((file.parent / "question.toml").read_text("utf-8"))
    cases = json.loads(file.read_text("utf-8"))
    shown = examples_of(spec, cases)
    assert [example.name for example in shown] == [case["name"] for case in spec["case"] if case["name"] in cases]
    for example in shown:
        assert example.inputs
        assert example.expected or example.raises
        for line in (*example.inputs, *example.expected):
            assert "tagged" not in line.value
            assert max(map(len, line.value.split("\n"))) < 110


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "3"),
        ("a'b", '"a\'b"'),
        (None, "None"),
        ([1, 2.5], "[1, 2.5]"),
        ([], "[]"),
        ({"tuple": [False]}, "(False,)"),
        ({"tuple": [1, [2]]}, "(1, [2])"),
        ({"float": "nan"}, "float('nan')"),
        ({"complex": [1.0, -2.0]}, "complex(1.0, -2.0)"),
        ({"a": 1}, "{'a': 1}"),
        ({"dict": [[1, "x"]]}, "{1: 'x'}"),
        (tensor(1.5, []), "tensor(1.5)"),
        (tensor([1.0, -2.0], [2]), "tensor([1., -2.])"),
        (tensor([1.0], [1], requires_grad=True), "tensor([1.], requires_grad=True)"),
        (tensor([1.0], [1], requires_grad=True, parameter=True), "Parameter([1.])"),
        (tensor([1.0], [1], "float64"), "tensor([1.], dtype=torch.float64)"),
        (tensor([True], [1], "bool"), "tensor([True])"),
        (tensor([], [0, 3]), "tensor([], size=(0, 3))"),
        (tensor([{"float": "inf"}], [1]), "tensor([float('inf')])"),
        ({"tagged": ["dtype", {"name": "float32"}]}, "torch.float32"),
        ({"tagged": ["callable", {"name": "cubic", "params": {"w": [1.0]}}]}, "cubic(w=[1.])"),
        ({"tagged": ["generator", {"seed": 3}]}, "generator(seed=3)"),
    ],
)
def test_a_value_is_written_as_python(value: Any, text: str) -> None:
    assert literal(value) == text


def test_rows_of_a_matrix_stand_under_each_other() -> None:
    rows = [[-1.25, 10.5, 3.0, 100.125, 7.5, 8.5], [2.0, -3.25, 40.75, 5.0, 6.5, 9.5]]
    assert literal(tensor([*rows, *rows], [4, 6])).split("\n")[:2] == [
        "tensor([[  -1.25,    10.5,      3., 100.125,     7.5,     8.5],",
        "        [     2.,   -3.25,   40.75,      5.,     6.5,     9.5],",
    ]


def test_a_large_tensor_is_shown_by_its_edges() -> None:
    text = literal(tensor([[float(row)] * 50 for row in range(1000)], [1000, 50]))
    assert len(text) < 2_000
    assert "…" in text
    assert "999." in text
