"""Mutants of a reference solution: the same text with one small mistake each."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from grader.verify.changes import LOOSE, UNSEEN_KEYWORDS, Change, changes_of, deletion_of, without_sign


@dataclass(frozen=True, slots=True)
class Mutant:
    """`id` is stable while its line stays where it is: `line 12: / n -> * n`."""

    id: str
    line: int
    source: bytes
    diff: str


@dataclass(frozen=True, slots=True)
class _Edit:
    """Bytes `start` to `end` of the source become `text`."""

    line: int
    start: int
    end: int
    text: str
    label: str


def mutants_of(source: bytes, interchangeable: frozenset[str] = frozenset()) -> list[Mutant]:
    """All mutants in the order of their lines; those whose syntax tree is the original's or another's are left out.

    Calls of `interchangeable`, such as `float` where numbers may be tensors, are not left out: no answer shows them.
    """
    text = source.decode("utf-8-sig")
    tree = ast.parse(text)
    original = text.encode()
    seen = {ast.dump(tree)}
    names: dict[str, int] = {}
    mutants: list[Mutant] = []
    for edit in sorted(_edits(tree, original, interchangeable), key=lambda edit: edit.line):
        changed = original[: edit.start] + edit.text.encode() + original[edit.end :]
        try:
            shape = ast.dump(ast.parse(changed))
        except SyntaxError:
            continue
        if shape in seen:
            continue
        seen.add(shape)
        names[edit.label] = names.get(edit.label, 0) + 1
        again = f" ({names[edit.label]})" if names[edit.label] > 1 else ""
        mutants.append(Mutant(edit.label + again, edit.line, changed, _diff(text, changed.decode())))
    return mutants


def _edits(tree: ast.Module, source: bytes, interchangeable: frozenset[str]) -> Iterator[_Edit]:
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    modules = frozenset(_imported(tree))
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    unsigned = {id(node) for node in without_sign(tree)}
    for node, bound in _code(tree, frozenset()):
        for change in changes_of(node, modules):
            # A statement without its call is the statement left out, which is a mutant anyway.
            is_deletion = id(node) in alone and _drops_call(node, change)
            is_unseen = id(node) in unsigned and _is_negation(node, change)
            is_conversion = _called(node) in interchangeable and _drops_call(node, change)
            if not (is_deletion or is_unseen or is_conversion):
                yield _edit(change, starts, source)
        if isinstance(node, ast.stmt):
            deletion = deletion_of(node, rebinds=not bound.isdisjoint(_targets(node)))
            if deletion is not None:
                yield _edit(deletion, starts, source)
        if isinstance(node, ast.With):
            yield _without_context(node, starts)


def _called(node: ast.AST) -> str | None:
    """The last name of what a call calls."""
    if isinstance(node, ast.Call):
        return ast.unparse(node.func).rpartition(".")[2]
    return None


def _drops_call(node: ast.AST, change: Change) -> bool:
    """`x` for `f(x)` or `x.f()`."""
    if not isinstance(node, ast.Call):
        return False
    inner = [*node.args, *([node.func.value] if isinstance(node.func, ast.Attribute) else [])]
    return any(change.new is item for item in inner)


def _is_negation(node: ast.AST, change: Change) -> bool:
    """`b - a` for `a - b`, or `a` for `-a`."""
    match node, change.new:
        case ast.BinOp(op=ast.Sub()) as old, ast.BinOp(op=ast.Sub()) as new:
            return new.left is old.right and new.right is old.left
        case ast.UnaryOp(op=ast.USub(), operand=inner), new:
            return new is inner
    return False


def _edit(change: Change, starts: list[int], source: bytes) -> _Edit:
    start, end = _span(change.node, starts)
    text = change.new if isinstance(change.new, str) else ast.unparse(change.new)
    enclosed = source[start - 1 : start] == b"(" and source[end : end + 1] == b")"
    if isinstance(change.new, LOOSE) and not enclosed:
        text = f"({text})"
    line = change.node.lineno
    return _Edit(line, start, end, text, f"line {line}: {change.before} -> {change.after}")


def _without_context(node: ast.With, starts: list[int]) -> _Edit:
    """`with torch.no_grad():` as `if True:`: the block runs without it."""
    start, _ = _span(node, starts)
    last = node.items[-1]
    _, end = _span(last.optional_vars or last.context_expr, starts)
    label = f"line {node.lineno}: with {', '.join(ast.unparse(item) for item in node.items)} -> nothing"
    return _Edit(node.lineno, start, end, "if True", label)


def _span(node: ast.expr | ast.stmt, starts: list[int]) -> tuple[int, int]:
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    return starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset


def _code(node: ast.AST, bound: frozenset[str]) -> Iterator[tuple[ast.AST, frozenset[str]]]:
    """Nodes that compute something, each with the names bound before it in its function.

    Annotations, decorators, docstrings, imports and the texts of errors are passed over: no answer shows them.
    """
    yield node, bound
    match node:
        case ast.Import() | ast.ImportFrom() | ast.JoinedStr() | ast.Raise():
            return
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            arguments = node.args
            own = frozenset(
                argument.arg for argument in (*arguments.args, *arguments.kwonlyargs, *arguments.posonlyargs)
            )
            for default in (*arguments.defaults, *arguments.kw_defaults):
                if default is not None:
                    yield from _code(default, bound)
            yield from _block(node.body, own)
        case ast.keyword(arg=str(name)) if name in UNSEEN_KEYWORDS:
            return
        case ast.ClassDef() | ast.Module():
            yield from _block(node.body, frozenset())
        case ast.AnnAssign():
            if node.value is not None:
                yield from _code(node.value, bound)
        case _:
            for field, value in ast.iter_fields(node):
                if isinstance(value, list) and field in {"body", "orelse", "finalbody"} and isinstance(node, ast.stmt):
                    yield from _block(value, bound)
                else:
                    for child in value if isinstance(value, list) else [value]:
                        if isinstance(child, ast.AST):
                            yield from _code(child, bound)


def _block(body: list[ast.stmt], bound: frozenset[str]) -> Iterator[tuple[ast.AST, frozenset[str]]]:
    for statement in body:
        if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)):
            yield from _code(statement, bound)
        bound |= _targets(statement)


def _targets(statement: ast.stmt) -> frozenset[str]:
    """Names that an assignment binds."""
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    return frozenset(node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name))


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                yield alias.asname or alias.name.partition(".")[0]


def _diff(before: str, after: str) -> str:
    """The changed lines alone, as a unified diff shows them."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))
