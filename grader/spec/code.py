"""What a question's Python files define, read from their text; nothing is imported or run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from grader.errors import AuthorFault

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Code:
    """One parsed file."""

    where: str
    tree: ast.Module

    @classmethod
    def parse(cls, source: bytes, where: str) -> Code:
        """Raises AuthorFault, with the line, for what is not Python."""
        try:
            return cls(where, ast.parse(source, filename=where))
        except SyntaxError as error:
            raise AuthorFault(f"not valid Python: {error.msg}", where=where, line=error.lineno) from error
        except ValueError as error:
            raise AuthorFault(f"not valid Python: {error}", where=where) from error

    def names(self) -> dict[str, int]:
        """Names bound at the top level, with the line of their binding."""
        return {name: statement.lineno for statement in _top_level(self.tree.body) for name in _bound(statement)}

    def function(self, name: str) -> Function | None:
        """The function defined under that name at the top level; the last one counts, as in Python."""
        found = [node for node in _top_level(self.tree.body) if isinstance(node, Function) and node.name == name]
        return found[-1] if found else None

    def method(self, class_name: str, name: str) -> Function | None:
        """A method written in the class itself; None where it is inherited or the class is unknown."""
        for node in _top_level(self.tree.body):
            if isinstance(node, ast.ClassDef) and node.name == class_name:
                return next((item for item in node.body if isinstance(item, Function) and item.name == name), None)
        return None

    def calls_of(self, function: str) -> Iterator[ast.Call]:
        """Every call written as `function(…)` or `….function(…)`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and _last_name(node.func) == function:
                yield node


@dataclass(frozen=True, slots=True)
class Signature:
    """How a function may be called."""

    positional: tuple[str, ...]
    keyword_only: tuple[str, ...]
    required: frozenset[str]
    any_positional: bool
    any_keyword: bool

    @classmethod
    def of(cls, function: Function, *, bound: bool = False) -> Signature:
        """`bound` leaves out the first parameter, as for a method called on its object."""
        arguments = function.args
        positional = [*arguments.posonlyargs, *arguments.args]
        without_default = positional[: len(positional) - len(arguments.defaults)]
        required = {argument.arg for argument in without_default[1 if bound else 0 :]}
        pairs = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
        required |= {argument.arg for argument, default in pairs if default is None}
        return cls(
            positional=tuple(argument.arg for argument in positional[1 if bound else 0 :]),
            keyword_only=tuple(argument.arg for argument in arguments.kwonlyargs),
            required=frozenset(required),
            any_positional=arguments.vararg is not None,
            any_keyword=arguments.kwarg is not None,
        )

    def refuses(self, count: int, keywords: frozenset[str]) -> str | None:
        """Why a call with `count` positional arguments and these keywords fails; None when it does not."""
        if count > len(self.positional) and not self.any_positional:
            return f"takes {len(self.positional)} positional arguments, {count} are given"
        given = set(self.positional[:count])
        free = {*self.positional[count:], *self.keyword_only}
        unknown = sorted(keywords - free)
        if unknown and not self.any_keyword:
            return f"has no argument {unknown[0]!r}"
        missing = sorted(self.required - given - keywords)
        if missing:
            return f"needs the argument {missing[0]!r}"
        return None


def returned_keys(function: Function) -> frozenset[str] | None:
    """Keys of the dict that a maker returns; None where the text alone does not tell."""
    found: frozenset[str] | None = None
    for node in _own_nodes(function.body):
        if not isinstance(node, ast.Return):
            continue
        keys = _literal_keys(node.value)
        if keys is None or (found is not None and keys != found):
            return None
        found = keys
    return found


def _literal_keys(value: ast.expr | None) -> frozenset[str] | None:
    if isinstance(value, ast.Dict):
        keys = [key.value for key in value.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]
        return frozenset(keys) if len(keys) == len(value.keys) else None
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "dict" and not value.args:
        names = [keyword.arg for keyword in value.keywords if keyword.arg is not None]
        return frozenset(names) if len(names) == len(value.keywords) else None
    return None


def _own_nodes(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """Nodes of a function's own body, not of functions and classes inside it."""
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, Function | ast.ClassDef | ast.Lambda):
            waiting.extend(ast.iter_child_nodes(node))


def _top_level(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Statements that run when the file is imported, looking into `if`, `try` and `with`."""
    for statement in body:
        yield statement
        for name in ("body", "orelse", "finalbody"):
            if isinstance(statement, ast.If | ast.Try | ast.With):
                yield from _top_level(getattr(statement, name, []))


def _bound(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield statement.name
        case ast.Import() | ast.ImportFrom():
            for alias in statement.names:
                yield alias.asname or alias.name.split(".")[0]
        case ast.Assign() | ast.AnnAssign():
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            for target in targets:
                yield from (node.id for node in ast.walk(target) if isinstance(node, ast.Name))
        case _:
            return


def _last_name(node: ast.expr) -> str | None:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else None
