"""Mistakes of habit that students make around a right computation, made in a reference solution.

The small mistakes within the computation are its mutants (`mutate.py`).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slip:
    """`name` is a word for a file's name, `about` says what is wrong."""

    name: str
    about: str
    source: bytes


# What becomes of `return {value}`.
OF_RETURN = (
    ("printed", "prints the answer and returns nothing", "print({value})"),
    ("detached", "cuts the graph", "return ({value}).detach()"),
    ("number", "returns a Python number, which has no gradient", "return ({value}).item()"),
    ("sign", "has the sign the wrong way round", "return -({value})"),
    ("single_precision", "computes in single precision, whatever the inputs are", "return ({value}).float()"),
    ("extra_dimension", "has one dimension too many", "return ({value}).unsqueeze(-1)"),
    ("summed", "adds everything up at the end", "return ({value}).sum()"),
)


def slips_of(source: bytes, entry: str, tensors: Sequence[str]) -> list[Slip]:
    """Each in a copy of its own; `tensors` are parameters that hold floating-point tensors. Empty for a class."""
    text = source.decode("utf-8-sig")
    function = next((n for n in ast.parse(text).body if isinstance(n, ast.FunctionDef) and n.name == entry), None)
    if function is None:
        return []
    slips = [Slip(name, about, _returning(text, function, form)) for name, about, form in OF_RETURN]
    for parameter in tensors:
        about = f"asks for gradients of {parameter} itself, and leaves it so"
        slips.append(Slip("flag_left_behind", about, _beginning(text, function, f"{parameter}.requires_grad_()")))
        about = f"changes {parameter} in place"
        slips.append(Slip("in_place", about, _beginning(text, function, f"{parameter}.data.add_(1)")))
    return slips


def _returning(text: str, function: ast.FunctionDef, form: str) -> bytes:
    """Every `return` of the function itself in another form."""
    lines = text.encode().splitlines(keepends=True)
    for node in sorted(_returns(function), key=lambda node: -node.lineno):
        assert node.value is not None
        assert node.end_lineno is not None
        head = lines[node.lineno - 1][: node.col_offset]
        written = form.format(value=ast.get_source_segment(text, node.value) or "")
        lines[node.lineno - 1 : node.end_lineno] = [head + written.encode() + b"\n"]
    return b"".join(lines)


def _beginning(text: str, function: ast.FunctionDef, statement: str) -> bytes:
    """The function with one more statement before all others but its docstring."""
    lines = text.splitlines(keepends=True)
    body = function.body[1:] if ast.get_docstring(function) is not None and function.body[1:] else function.body
    first = body[0]
    lines.insert(first.lineno - 1, " " * first.col_offset + statement + "\n")
    return "".join(lines).encode()


def _returns(node: ast.AST) -> Iterator[ast.Return]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Return) and child.value is not None:
            yield child
        elif not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            yield from _returns(child)
