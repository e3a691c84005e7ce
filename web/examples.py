"""The visible cases of a question in a form to read: names beside short Python, in the way that PyTorch prints it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Json = Any  # what stands in expected.json, in the form of grader.wire.text

MOST_ENTRIES = 120  # of one tensor or list; beyond it the middle is left out
EDGE_ROWS = 3
_WIDTH = 68
_PLAIN_DTYPES = {"tensor": ("float32", "int64", "bool"), "array": ("float64", "int64", "bool")}


@dataclass(frozen=True, slots=True)
class Line:
    """One name and its value."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Example:
    """One visible case; `points` and `group` are where it counts."""

    name: str
    group: str
    inputs: tuple[Line, ...]
    expected: tuple[Line, ...]
    raises: str | None


def examples_of(spec: dict[str, Any], cases: dict[str, Json]) -> list[Example]:
    """The visible cases in the question's order."""
    groups = {case["name"]: case["group"] for case in spec.get("case", ())}
    in_order = [name for name in groups if name in cases]
    return [_example(name, groups[name], cases[name]) for name in in_order]


def _example(name: str, group: str, case: Json) -> Example:
    return Example(
        name=name,
        group=group,
        inputs=tuple(line for key, value in case["inputs"].items() for line in _lines(key, value)),
        expected=tuple(_expected(case["expected"])),
        raises=_raised(case.get("raises")),
    )


def literal(value: Json, indent: int = 0) -> str:
    """The value as short Python; `indent` is the column at which it starts."""
    if isinstance(value, list):
        return _sequence("[", "]", value, indent)
    if not isinstance(value, dict):
        return repr(value)
    if len(value) == 1:
        [(kind, content)] = value.items()
        if kind in _KINDS:
            return _KINDS[kind](content, indent)
    return _mapping(list(value.items()), indent)


def _lines(name: str, value: Json) -> Iterator[Line]:
    """A value by its name; a module also by the tensors in it."""
    kind, fields = _tag(value)
    if kind == "module":
        yield Line(name, _call(fields["kind"], fields.get("params", {}), 0))
        for part, tensor in fields.get("state", {}).items():
            yield Line(f"{name}.{part}", literal(tensor))
    else:
        yield Line(name, literal(value))


def _expected(expected: dict[str, Json]) -> Iterator[Line]:
    if expected and all(key.startswith("input:") for key in expected):
        yield Line(", ".join(key.partition(":")[2] for key in expected), "unchanged")
    for key, value in expected.items():
        what, _, name = key.partition(":")
        if what == "value":
            yield from _lines("result", value)
        elif what == "gradient":
            yield from (Line(f"{of}.grad", literal(gradient)) for of, gradient in value.items())
        elif what == "parameter_gradient":
            yield from (Line(f"{name}.{of}.grad", literal(gradient)) for of, gradient in value.items())
        elif what == "state":
            seen = _tag(value)[1]
            for part in (*seen.get("parameters", ()), *seen.get("buffers", ())):
                yield Line(f"{name}.{part['name']} afterwards", literal(part["value"]))
        elif what == "operators":
            yield Line("operators used", literal(value))
        elif what not in {"input", "instance"}:  # unchanged inputs and kinds of objects are said in the statement
            yield Line(key.replace("_", " "), literal(value))


def _tag(value: Json) -> tuple[str | None, dict[str, Json]]:
    if isinstance(value, dict) and len(value) == 1 and "tagged" in value:
        kind, fields = value["tagged"]
        return kind, fields
    return None, {}


def _tagged(content: Json, indent: int) -> str:
    kind, fields = content
    if kind == "tensor":
        name = "Parameter" if fields.get("parameter") else "tensor"
        wants_gradient = fields.get("requires_grad") and not fields.get("parameter")
        return _tensor(fields["data"]["tensor"], indent, name, ", requires_grad=True" if wants_gradient else "")
    if kind in {"ndarray", "numpy_scalar"} and "data" in fields:
        return _tensor(fields["data"]["tensor"], indent, "array", "")
    if kind == "callable":
        return _call(fields["name"], fields.get("params", {}), indent)
    if kind == "module":
        return _call(fields["kind"], fields.get("params", {}), indent)
    if kind in {"dtype", "device"}:
        return f"torch.{fields['name']}" if kind == "dtype" else repr(fields["name"])
    return _call(kind, fields, indent)


def _tensor(content: Json, indent: int, name: str = "tensor", suffix: str = "") -> str:
    dtype, shape = content["dtype"], content["shape"]
    plain = _PLAIN_DTYPES["array" if name == "array" else "tensor"]
    if dtype not in plain:
        suffix = f", dtype={'np' if name == 'array' else 'torch'}.{dtype}{suffix}"
    if 0 in shape:
        suffix = f", size={tuple(shape)}{suffix}"
    body = _entries(content["data"], indent + len(name) + 1)
    return f"{name}({body}{suffix})"


def _entries(data: Json, indent: int) -> str:
    """Nested numbers with their columns in line; far too many are left out in the middle."""
    if not isinstance(data, list):
        return _number(data)
    texts = _texts(data, _count(data) > MOST_ENTRIES)
    width = max((len(text) for text in _flat(texts)), default=0)
    one_line = _joined(texts, 0, " ")
    if "\n" not in one_line and indent + len(one_line) <= _WIDTH:
        return one_line
    return _joined(_aligned(texts, width), indent, "\n")


def _texts(data: Json, is_long: bool) -> Json:
    if not isinstance(data, list):
        return _number(data)
    kept: list[Json] = data
    if is_long and len(data) > 2 * EDGE_ROWS:
        head, tail = data[:EDGE_ROWS], data[-EDGE_ROWS:]
        return [*(_texts(row, is_long) for row in head), "…", *(_texts(row, is_long) for row in tail)]
    return [_texts(row, is_long) for row in kept]


def _aligned(texts: Json, width: int) -> Json:
    if isinstance(texts, str):
        return texts if texts == "…" else texts.rjust(width)
    return [_aligned(text, width) for text in texts]


def _joined(texts: Json, indent: int, between_rows: str) -> str:
    if isinstance(texts, str):
        return texts
    if not any(isinstance(text, list) for text in texts):
        return _wrapped(texts, indent) if between_rows == "\n" else f"[{', '.join(texts)}]"
    pad = " " * (indent + 1) if between_rows == "\n" else ""
    rows = [_joined(text, indent + 1, between_rows) for text in texts]
    return "[" + f",{between_rows}{pad}".join(rows) + "]"


def _wrapped(texts: list[str], indent: int) -> str:
    """One row of numbers, over several lines where it is long."""
    lines: list[str] = []
    line = ""
    for text in texts:
        added = f"{line}, {text}" if line else text
        if line and indent + len(added) > _WIDTH:
            lines.append(line)
            added = text
        line = added
    pad = ",\n" + " " * (indent + 1)
    return "[" + pad.join([*lines, line]) + "]"


def _sequence(opened: str, closed: str, items: list[Json], indent: int) -> str:
    if items and _is_numbers(items):
        return opened + _entries(items, indent)[1:-1] + closed
    if len(items) > MOST_ENTRIES:
        items = [*items[:EDGE_ROWS], {"shown": "…"}, *items[-EDGE_ROWS:]]
    one_line = f"{opened}{', '.join(literal(item) for item in items)}{closed}"
    if "\n" not in one_line and indent + len(one_line) <= _WIDTH:
        return one_line
    pad = ",\n" + " " * (indent + 1)
    return opened + pad.join(literal(item, indent + 1) for item in items) + closed


def _mapping(pairs: list[tuple[Json, Json]], indent: int) -> str:
    shown = [f"{key!r}: {literal(value, indent + len(repr(key)) + 3)}" for key, value in pairs]
    one_line = "{" + ", ".join(shown) + "}"
    if "\n" not in one_line and indent + len(one_line) <= _WIDTH:
        return one_line
    return "{" + (",\n" + " " * (indent + 1)).join(shown) + "}"


def _call(name: str, params: dict[str, Json], indent: int) -> str:
    shown = [f"{key}={literal(value)}" for key, value in params.items()]
    one_line = f"{name}({', '.join(shown)})"
    if "\n" not in one_line and indent + len(one_line) <= _WIDTH:
        return one_line
    pad = indent + len(name) + 1
    parts = [f"{key}={literal(value, pad + len(key) + 1)}" for key, value in params.items()]
    return f"{name}(" + (",\n" + " " * pad).join(parts) + ")"


def _tuple(items: list[Json], indent: int) -> str:
    if len(items) == 1:
        return f"({literal(items[0], indent + 1)},)"
    return _sequence("(", ")", items, indent)


def _number(value: Json) -> str:
    if isinstance(value, dict):
        return literal(value)
    if isinstance(value, float):
        return repr(value).removesuffix("0") if value.is_integer() and abs(value) < 1e15 else repr(value)
    return repr(value)


def _is_numbers(items: list[Json]) -> bool:
    """Whether these are numbers in nested lists of one length each, as a tensor's would be."""
    if all(isinstance(item, list) for item in items):
        return len({len(item) for item in items}) == 1 and all(item and _is_numbers(item) for item in items)
    return all(isinstance(item, int | float) for item in items)


def _count(data: Json) -> int:
    return sum(_count(row) for row in data) if isinstance(data, list) else 1


def _flat(texts: Json) -> Iterator[str]:
    if isinstance(texts, str):
        yield texts
        return
    for text in texts:
        yield from _flat(text)


def _raised(raises: Json) -> str | None:
    if raises is None:
        return None
    return str(raises.get("type", "an exception")) if isinstance(raises, dict) else str(raises)


_KINDS: dict[str, Callable[[Json, int], str]] = {
    "tagged": _tagged,
    "tensor": _tensor,
    "tuple": _tuple,
    "dict": lambda content, indent: _mapping([(key, value) for key, value in content], indent),
    "bytes": lambda content, _indent: f"bytes of base64 {content!r}",
    "complex": lambda content, _indent: f"complex({literal(content[0])}, {literal(content[1])})",
    "float": lambda content, _indent: f"float({content!r})",
    "shown": lambda content, _indent: str(content),
}
