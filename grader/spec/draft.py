"""The files of a new question whose reference solution exists: everything that a signature and a solution can tell.

What only its author can tell is marked with TODO in the statement; `grader question verify` asks for it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.errors import UsageError
from grader.spec.question import CASES_FILE, SOLUTION_FILE, SPEC_FILE, STARTER_FILE, STATEMENT_FILE
from grader.spec.signature import Parameter, Signature
from grader.spec.skeleton import Skeleton, checked_id, listed, title_of

# Every dimension of a case has its own size, so that no two can be taken for one another unseen.
SIZES = ((3, 2, 4), (5, 3, 2), (7, 4, 5), (6, 5, 3), (4, 3, 5), (5, 4, 2))
FLOATS = (0.5, 1.5, 2.5, 0.75, 3.0, 1.25)
INTS = (2, 3, 4, 5, 1, 3)
EDGE_SIZE = 4
UNSAID = "TODO"  # marks what only the author can say; a question with one left is not published


@dataclass(frozen=True, slots=True)
class _Case:
    """One `[[case]]`; `turn` chooses sizes and numbers, `single` is a dimension of size 1."""

    name: str
    group: str
    turn: int
    dtype: str = "float32"
    seed: int | None = None
    make: str = "drawn"
    single: str | None = None


def draft(
    question_id: str, signature: Signature, solution: bytes, *, gradients: Sequence[str] = (), pure: bool = False
) -> Skeleton:
    """Spec, cases, statement and starter around a reference solution; without samples.

    Raises UsageError when the id is none, the solution defines no such function, or a gradient is of no float tensor.
    """
    checked_id(question_id)
    function = _function(solution, signature)
    for name in gradients:
        if not any(
            one.name == name and one.kind == "float" and one.dimensions is not None for one in signature.parameters
        ):
            raise UsageError(f"--gradients {name}: not one of the tensors of floats in the signature")
    title = title_of(question_id)
    files = {
        SPEC_FILE: _spec(title, signature, gradients, pure),
        CASES_FILE: _cases(signature, gradients),
        STATEMENT_FILE: _statement(title, signature, function, gradients, pure),
        STARTER_FILE: _starter(solution.decode("utf-8-sig"), function),
    }
    made = {path: text.encode() for path, text in files.items()}
    return Skeleton(question_id, made | {SOLUTION_FILE: solution})


def _function(solution: bytes, signature: Signature) -> ast.FunctionDef:
    """The definition of the entry point."""
    try:
        tree = ast.parse(solution)
    except (SyntaxError, ValueError) as error:
        raise UsageError(f"--solution: this is no Python: {error}") from error
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == signature.name:
            names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
            if len(names) != len(signature.parameters):
                raise UsageError(f"{signature.name} takes {len(names)} arguments in --solution, others in --entry")
            return node
    raise UsageError(f"--solution: it defines no function {signature.name}")


def _planned(signature: Signature, gradients: Sequence[str]) -> Iterator[_Case]:
    """The cases, by what can be told from the signature."""
    has_floats = any(one.kind == "float" and one.dimensions is not None for one in signature.parameters)
    yield _Case("worked example", "value", 0, seed=1)
    yield _Case("another example", "value", 1, seed=2)
    yield _Case("fresh numbers", "value", 2)
    if has_floats:
        yield _Case("double precision", "value", 3, "float64")
    if gradients:
        yield _Case("gradients", "gradients", 4, seed=3)
        yield _Case("gradients in double precision", "gradients", 5, "float64")
    for turn, dimension in enumerate(signature.dimensions):
        yield _Case(f"{dimension} = 1", "edges", turn + 2, single=dimension)
    if has_floats and signature.dimensions:
        yield _Case("gaps in memory", "edges", 1, make="drawn_with_gaps")


def _spec(title: str, signature: Signature, gradients: Sequence[str], pure: bool) -> str:
    cases = list(_planned(signature, gradients))
    points = {"value": 4, "gradients": 4, "edges": 2}
    grade = [*(['scalar = "tensor"         # a Python number has no gradient'] if gradients else [])]
    grade += ["pure = true               # inputs must come back as they were"] if pure else []
    lines = [
        f'title = "{title}"',
        'kind = "code"',
        'source = "where the exercise comes from: course, tutorial, section, equation"',
        *(
            "",
            "[entry]",
            'kind = "function"',
            f'name = "{signature.name}"',
            f"parameters = [{_quoted(signature.names)}]",
        ),
        *(
            ["", "# What is compared. `docs/authoring.md` lists everything that can be.", "[grade]", *grade]
            if grade
            else []
        ),
    ]
    for group in dict.fromkeys(case.group for case in cases):
        lines += ["", "[[group]]", f'name = "{group}"', f"points = {points[group]}"]
    for case in cases:
        lines += ["", "[[case]]", f'name = "{case.name}"', f'group = "{case.group}"']
        lines += [f'visibility = "{"hidden" if case.seed is None else "public"}"', f'make = "{case.make}"']
        lines += [f"args = {{ {', '.join(f'{name} = {value}' for name, value in _arguments(signature, case))} }}"]
        if case.seed is not None:
            lines += [f"seed = {case.seed}"]
        elif case.single is None and signature.dimensions:
            lines += [f"shrink = {{ {', '.join(f'{name} = 1' for name in signature.dimensions)} }}"]
        if case.group == "gradients":
            lines += ["[case.grade]", "value = false", f"gradients = [{_quoted(gradients)}]"]
    return "\n".join(lines) + "\n"


def _arguments(signature: Signature, case: _Case) -> Iterator[tuple[str, str]]:
    """Of the case's maker."""
    sizes = SIZES[case.turn % len(SIZES)]
    for place, dimension in enumerate(signature.dimensions):
        size = 1 if dimension == case.single else sizes[place] if place < len(sizes) else place + EDGE_SIZE
        yield dimension, str(size)
    for place, parameter in enumerate(_numbers(signature)):
        values = FLOATS if parameter.kind == "float" else INTS
        yield parameter.name, str(values[(case.turn + place) % len(values)])
    if _has_dtype(signature):
        yield "dtype", f'"{case.dtype}"'


def _cases(signature: Signature, gradients: Sequence[str]) -> str:
    typed = [f"{dimension}: int" for dimension in signature.dimensions]
    typed += [f"{parameter.name}: {parameter.kind}" for parameter in _numbers(signature)]
    typed += ["dtype: torch.dtype"] if _has_dtype(signature) else []
    has_gaps = any(case.make != "drawn" for case in _planned(signature, gradients))
    made = {parameter.name: _made(parameter, parameter.name in gradients) for parameter in signature.parameters}
    heads = ["from __future__ import annotations", "", "from typing import Any", "", "import torch"]
    heads += ["", "from grader.author import noncontiguous"] if has_gaps else []
    lines = [f'"""Inputs for {signature.name}: `rng` is seeded anew for every call."""', "", *heads, "", ""]
    lines += [
        f"def drawn(rng: torch.Generator, {', '.join(typed)}) -> dict[str, Any]:"
        if typed
        else "def drawn(rng: torch.Generator) -> dict[str, Any]:"
    ]
    lines += [
        '    """Fresh numbers around 1/2, so that neither a zero mean nor a sign goes unnoticed."""',
        "    return {",
    ]
    lines += [f'        "{name}": {value},' for name, value in made.items()] + ["    }"]
    if has_gaps:
        names = ", ".join(argument.partition(":")[0] for argument in typed)
        first = next(one for one in signature.parameters if one.kind == "float" and one.dimensions)
        lines += ["", "", f"def drawn_with_gaps(rng: torch.Generator, {', '.join(typed)}) -> dict[str, Any]:"]
        lines += [
            f'    """The same with {first.name} not contiguous in memory."""',
            f"    inputs = drawn(rng, {names})",
        ]
        lines += [f'    return inputs | {{"{first.name}": noncontiguous(inputs["{first.name}"])}}']
    return "\n".join(lines) + "\n"


def _made(parameter: Parameter, is_leaf: bool) -> str:
    """The expression for one input."""
    if parameter.dimensions is None:
        return parameter.name
    if parameter.kind == "int":
        return f"torch.randint(0, 3, {parameter.shape}, generator=rng)"
    if parameter.kind == "sign":
        return f"2 * torch.randint(0, 2, {parameter.shape}, generator=rng) - 1"
    drawn = f"0.5 + torch.randn({parameter.shape}, generator=rng, dtype=dtype)"
    return f"({drawn}).requires_grad_()" if is_leaf else drawn


def _statement(
    title: str, signature: Signature, function: ast.FunctionDef, gradients: Sequence[str], pure: bool
) -> str:
    summary = (ast.get_docstring(function) or "").partition("\n\n")[0].replace("\n", " ")
    arguments = ", ".join(signature.names)
    rows = [f"| `{one.name}` | {_described(one)} |" for one in signature.parameters]
    graded = ["The value"]
    if gradients:
        names = listed([f"`{name}`" for name in gradients])
        graded += [f"the gradient with respect to {names}, so the result must stay attached to the graph"]
    graded += ["that the inputs come back unchanged"] if pure else []
    if signature.dimensions:
        graded += [f"small sizes ({', '.join(f'`{name}` = 1' for name in signature.dimensions)})"]
    return "\n".join(
        [
            *(
                f"# {title}",
                "",
                f"{UNSAID}: what it is and what it is good for, in two or three sentences. " + summary,
                "",
            ),
            *(f"{UNSAID}: the formula", "", "```python", f"def {signature.name}({arguments})", "```", ""),
            *("| | |", "|---|---|", *rows, f"| result | {UNSAID}: what it is, and its shape |", ""),
            *(f"**Example.** {UNSAID}: numbers that can be worked out by hand; make them the first case.", ""),
            *(f"**What is graded.** {'; '.join(graded)}.", "", f"*Source: {UNSAID}.*", ""),
        ]
    )


def _described(parameter: Parameter) -> str:
    """A cell of the statement's table."""
    if parameter.dimensions is None:
        return f"a Python {parameter.kind}"
    words = {"float": "", "int": ", integers", "sign": ", entries +1 and -1"}
    return f"`{parameter.shape}`{words[parameter.kind]}"


def _starter(solution: str, function: ast.FunctionDef) -> str:
    """The solution's imports, and its signature and docstring without the rest."""
    lines = solution.splitlines()
    imports = [node for node in ast.parse(solution).body if isinstance(node, ast.Import | ast.ImportFrom)]
    kept = [
        ast.unparse(node) for node in imports if not (isinstance(node, ast.ImportFrom) and node.module == "__future__")
    ]
    has_docstring = ast.get_docstring(function) is not None
    last = (function.body[0].end_lineno or function.lineno) if has_docstring else function.body[0].lineno - 1
    head = lines[function.lineno - 1 : last]
    return "\n".join([*kept, "", "", *head, "    raise NotImplementedError", ""])


def _numbers(signature: Signature) -> list[Parameter]:
    return [parameter for parameter in signature.parameters if parameter.dimensions is None]


def _has_dtype(signature: Signature) -> bool:
    return any(one.kind == "float" and one.dimensions is not None for one in signature.parameters)


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
