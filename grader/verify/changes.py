"""The small mistakes that a mutant of a reference solution may hold, one family a function."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

Node = TypeVar("Node", bound=ast.AST)


@dataclass(frozen=True, slots=True)
class Change:
    """`node` is to be replaced by `new`; an expression, or the text of a statement. The rest is for people."""

    node: ast.expr | ast.stmt
    new: ast.expr | str
    before: str
    after: str


OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Div,),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
}
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
SYMBOLS: dict[type[ast.operator | ast.cmpop], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.MatMult: "@",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Is: "is",
    ast.IsNot: "is not",
    ast.In: "in",
    ast.NotIn: "not in",
}
# Functions and methods that students take for one another; both ways round.
CONFUSED = (
    *(("mean", "sum"), ("max", "min"), ("amax", "amin"), ("argmax", "argmin"), ("maximum", "minimum")),
    *(("exp", "expm1"), ("log", "log1p"), ("sin", "cos"), ("var", "std"), ("zeros", "ones")),
    *(("zeros_like", "ones_like"), ("randn", "rand"), ("randn_like", "rand_like"), ("softmax", "log_softmax")),
    *(("tanh", "sigmoid"), ("floor", "ceil"), ("all", "any"), ("cumsum", "cumprod"), ("square", "abs")),
    *(("add_", "sub_"), ("mul_", "div_"), ("sqrt", "square"), ("triu", "tril")),
)
# What these say shows in no answer: not without a card, not with sound inputs.
UNSEEN_KEYWORDS = frozenset({"device", "non_blocking", "strict"})
# The order of these functions' first two arguments does not matter.
SYMMETRIC = frozenset({"logaddexp", "maximum", "minimum", "max", "min", "add", "mul", "dot", "hypot", "mse_loss"})
# These forget the sign of what they are called on, or of their first argument.
EVEN = frozenset({"square", "abs", "absolute", "norm", "vector_norm", "cos", "cosh"})
COMMUTATIVE = (ast.Add, ast.Mult)
# Within another expression these need parentheses.
LOOSE = (ast.BinOp, ast.BoolOp, ast.UnaryOp, ast.Compare, ast.IfExp, ast.Lambda)


def changes_of(node: ast.AST, modules: frozenset[str]) -> Iterator[Change]:
    """Every change of this one node. `modules` are imported names: `torch.log(x)` calls no method of an object."""
    match node:
        case ast.BinOp():
            yield from _of_arithmetic(node)
        case ast.AugAssign():
            yield from _of_augmented(node)
        case ast.Compare():
            yield from _of_comparison(node)
        case ast.BoolOp():
            yield from _of_logic(node)
        case ast.UnaryOp():
            yield from _of_sign(node)
        case ast.Constant():
            yield from _of_constant(node, node.value)
        case ast.Call():
            yield from _of_call(node, modules)
        case ast.Attribute(value=inner, attr="T" | "mT" | "H") if isinstance(node.ctx, ast.Load):
            yield Change(node, inner, f".{node.attr}", "nothing")
        case ast.Slice():
            return  # has no place of its own; see its subscript
        case ast.Subscript():
            yield from _of_subscript(node)
        case ast.Return(value=ast.Tuple() as values):
            yield from _swapped_elements(values)
        case ast.Assign(targets=[ast.Tuple() as values]):
            yield from _swapped_elements(values)
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
            negated = ast.UnaryOp(ast.Not(), test)
            yield Change(test, negated, ast.unparse(test), ast.unparse(negated))
        case _:
            return


def without_sign(tree: ast.Module) -> Iterator[ast.expr]:
    """Expressions of whose value only the size matters: `(a - b).square()` is `(b - a).square()`."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=inner, attr=name)) if name in EVEN:
                yield inner
                yield from node.args[:1]
            case ast.Call(func=ast.Name(id=name)) if name in EVEN:
                yield from node.args[:1]
            case ast.BinOp(left=inner, op=ast.Pow(), right=ast.Constant(value=int(power))) if power % 2 == 0:
                yield inner
            case _:
                continue


def deletion_of(statement: ast.stmt, rebinds: bool) -> Change | None:
    """Leaving a statement out; None where that only gives a NameError. `rebinds`: its name has a value already."""
    if isinstance(statement, ast.Expr) and not isinstance(statement.value, ast.Constant):
        return _deleted(statement)
    if isinstance(statement, ast.AugAssign | ast.Raise | ast.Break | ast.Continue):
        return _deleted(statement)
    if isinstance(statement, ast.Assign) and (rebinds or not isinstance(statement.targets[0], ast.Name | ast.Tuple)):
        return _deleted(statement)
    return None


def _of_arithmetic(node: ast.BinOp) -> Iterator[Change]:
    right = _operand_text(node.right)
    before = f"{SYMBOLS[type(node.op)]} {right}" if type(node.op) in SYMBOLS else ast.unparse(node)
    for other in OPERATORS.get(type(node.op), ()):
        yield Change(node, _with(node, op=other()), before, f"{SYMBOLS[other]} {right}")
    yield Change(node, node.left, before, "nothing")
    if isinstance(node.op, COMMUTATIVE):
        yield Change(node, node.right, f"{_operand_text(node.left)} {SYMBOLS[type(node.op)]}", "nothing")
    else:
        swapped = _with(node, left=node.right, right=node.left)
        yield Change(node, swapped, ast.unparse(node), ast.unparse(swapped))


def _of_augmented(node: ast.AugAssign) -> Iterator[Change]:
    for other in OPERATORS.get(type(node.op), ()):
        changed = ast.unparse(_with(node, op=other()))
        yield Change(node, changed, ast.unparse(node), changed)


def _of_comparison(node: ast.Compare) -> Iterator[Change]:
    for place, operator in enumerate(node.ops):
        right = ast.unparse(node.comparators[place])
        for other in COMPARISONS[type(operator)]:
            changed = _with(node, ops=[*node.ops[:place], other(), *node.ops[place + 1 :]])
            yield Change(node, changed, f"{SYMBOLS[type(operator)]} {right}", f"{SYMBOLS[other]} {right}")


def _of_logic(node: ast.BoolOp) -> Iterator[Change]:
    other: ast.boolop = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    changed = _with(node, op=other)
    yield Change(node, changed, ast.unparse(node), ast.unparse(changed))


def _of_sign(node: ast.UnaryOp) -> Iterator[Change]:
    if isinstance(node.op, ast.USub | ast.Not | ast.Invert):
        yield Change(node, node.operand, ast.unparse(node), ast.unparse(node.operand))


def _of_constant(node: ast.Constant, value: object) -> Iterator[Change]:
    others: tuple[complex, ...] = ()
    if isinstance(value, bool):
        others = (not value,)
    elif isinstance(value, int | float):
        others = (value + 1, value - 1, type(value)(0))
    for other in dict.fromkeys(others):
        if other != value or isinstance(value, bool):
            yield Change(node, ast.Constant(other), ast.unparse(node), repr(other))


def _of_call(node: ast.Call, modules: frozenset[str]) -> Iterator[Change]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    written = _call_text(node)
    for pair in CONFUSED:
        if name in pair:
            other = pair[1 - pair.index(name)]
            field = "attr" if isinstance(node.func, ast.Attribute) else "id"
            yield Change(
                node, _with(node, func=_with(node.func, **{field: other})), written, written.replace(name, other)
            )
    if isinstance(node.func, ast.Attribute) and not _is_module(node.func.value, modules):
        yield Change(node, node.func.value, f".{written}", "nothing")
    elif len(node.args) == 1 and not isinstance(node.args[0], ast.Starred) and name != "range":
        yield Change(node, node.args[0], written, ast.unparse(node.args[0]))
    for place, keyword in enumerate(node.keywords):
        if keyword.arg is not None and keyword.arg not in UNSEEN_KEYWORDS:
            fewer = _with(node, keywords=[*node.keywords[:place], *node.keywords[place + 1 :]])
            yield Change(node, fewer, f"{keyword.arg}={ast.unparse(keyword.value)}", "nothing")
            if keyword.arg in {"dim", "axis"}:
                yield from _other_dimensions(node, place, keyword)
    for place in range(1 if name in SYMMETRIC else 0, len(node.args) - 1):
        swapped = _with(node, args=_swapped(node.args, place))
        if not any(isinstance(argument, ast.Starred) for argument in node.args):
            yield Change(node, swapped, ast.unparse(node), ast.unparse(swapped))
    if name == "range" and len(node.args) == 1:
        for operator in (ast.Add(), ast.Sub()):
            bound = ast.BinOp(node.args[0], operator, ast.Constant(1))
            yield Change(node.args[0], bound, ast.unparse(node), f"range({ast.unparse(bound)})")


def _other_dimensions(node: ast.Call, place: int, keyword: ast.keyword) -> Iterator[Change]:
    """Steps by one are made of the constant itself; what is left is the other end."""
    for other in (0, -1):
        value = ast.Constant(other)
        if ast.unparse(keyword.value) != str(other):
            keywords = [*node.keywords[:place], ast.keyword(keyword.arg, value), *node.keywords[place + 1 :]]
            before = f"{keyword.arg}={ast.unparse(keyword.value)}"
            yield Change(node, _with(node, keywords=keywords), before, f"{keyword.arg}={other}")


def _of_subscript(node: ast.Subscript) -> Iterator[Change]:
    """Slices begin one later, end one earlier, or lose a bound."""
    places = list(node.slice.elts) if isinstance(node.slice, ast.Tuple) else [node.slice]
    for index, place in enumerate(places):
        if not isinstance(place, ast.Slice):
            continue
        others = (
            _with(place, lower=None if place.lower is not None else ast.Constant(1)),
            _with(place, upper=None if place.upper is not None else ast.Constant(-1)),
            *([_with(place, step=None)] if place.step is not None else []),
        )
        for other in others:
            elements = [*places[:index], other, *places[index + 1 :]]
            inside = ast.Tuple(elements, ast.Load()) if isinstance(node.slice, ast.Tuple) else other
            changed = _with(node, slice=inside)
            yield Change(node, changed, ast.unparse(node), ast.unparse(changed))


def _swapped_elements(values: ast.Tuple) -> Iterator[Change]:
    for place in range(len(values.elts) - 1):
        swapped = ast.Tuple(_swapped(values.elts, place), values.ctx)
        yield Change(values, swapped, ast.unparse(values), ast.unparse(swapped))


def _swapped(elements: list[ast.expr], place: int) -> list[ast.expr]:
    return [*elements[:place], elements[place + 1], elements[place], *elements[place + 2 :]]


def _deleted(statement: ast.stmt) -> Change:
    return Change(statement, "pass", ast.unparse(statement).partition("\n")[0], "nothing")


def _with(node: Node, **fields: object) -> Node:
    """A shallow copy with other fields."""
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _is_module(node: ast.expr, modules: frozenset[str]) -> bool:
    """`torch` or `torch.nn.functional`, where `torch` was imported."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name) and node.id in modules


def _operand_text(node: ast.expr) -> str:
    """An operand as it reads beside its operator."""
    return f"({ast.unparse(node)})" if isinstance(node, LOOSE) else ast.unparse(node)


def _call_text(node: ast.Call) -> str:
    """`mean()` or `mean(…)`: short, for names of mutants."""
    name = ast.unparse(node.func).rpartition(".")[2]
    return f"{name}(…)" if node.args or node.keywords else f"{name}()"
