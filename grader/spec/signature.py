"""What a new question asks for, in one line: `loss(samples: float["n d"], mu: float["d"], var_: float)`."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Literal

from grader.errors import UsageError

ParameterKind = Literal["float", "int", "sign"]
KINDS: tuple[ParameterKind, ...] = ("float", "int", "sign")
DEFAULT_DIMENSIONS = ("n",)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A tensor with these dimensions, or a Python number where `dimensions` is None. `sign` holds +1 and -1."""

    name: str
    kind: ParameterKind = "float"
    dimensions: tuple[str, ...] | None = DEFAULT_DIMENSIONS

    @property
    def shape(self) -> str:
        """As people write it: `(n, d)`, `(n,)` or `()`; nothing for a Python number."""
        if self.dimensions is None:
            return ""
        return f"({self.dimensions[0]},)" if len(self.dimensions) == 1 else f"({', '.join(self.dimensions)})"


@dataclass(frozen=True, slots=True)
class Signature:
    """A name and its parameters, at least one."""

    name: str
    parameters: tuple[Parameter, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Of the parameters."""
        return tuple(parameter.name for parameter in self.parameters)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Of all tensors, each once, in the order in which they are read."""
        tensors = (parameter.dimensions or () for parameter in self.parameters)
        return tuple(dict.fromkeys(name for dimensions in tensors for name in dimensions))


def parse_signature(entry: str) -> Signature:
    """`f(x: float["n d"], k: int)`; a parameter without a type is a vector. Raises UsageError for anything else."""
    try:
        tree = ast.parse(f"def {entry}: pass")
    except SyntaxError as error:
        raise _refused(entry) from error
    match tree.body:
        case [ast.FunctionDef(name=name, args=ast.arguments(args=arguments))] if arguments:
            return Signature(name, tuple(_parameter(argument) for argument in arguments))
    raise _refused(entry)


def _parameter(argument: ast.arg) -> Parameter:
    """One argument with its type."""
    match argument.annotation:
        case None:
            return Parameter(argument.arg)
        case ast.Name(id="float" | "int" as kind):
            return Parameter(argument.arg, kind, None)
        case ast.Subscript(value=ast.Name(id="float" | "int" | "sign" as kind), slice=ast.Constant(value=str(shape))):
            dimensions = tuple(shape.replace(",", " ").split())
            if all(name.isidentifier() for name in dimensions):
                return Parameter(argument.arg, kind, dimensions)
    written = ast.unparse(argument.annotation)
    raise UsageError(
        f'{argument.arg}: {written} is no type; write a tensor as float["n d"], int["n"] or sign["n"] '
        'with the names of its dimensions (float[""] for a scalar), a Python number as float or int'
    )


def _refused(entry: str) -> UsageError:
    return UsageError(f'{entry!r} is no entry point: write it as "name(first, second)" with at least one argument')
