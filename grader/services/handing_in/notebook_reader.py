"""The program that reads a notebook's cells, run by `grader.services.handing_in.notebook` in a process of its own.

Standard input: {"cells": [text, …], "entry_name"}. Standard output: {"source"} or {"refused"}. Runs no code of the
notebook. Imports nothing but the standard library, for it starts with every notebook handed in.
"""

from __future__ import annotations

import ast
import json
import re
import resource
import symtable
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

MEMORY_BYTES = 1 << 29
CPU_S = 4
_PYTHON_CELL_MAGICS = ("%%time", "%%timeit", "%%capture", "%%prun")
_MAGIC_LINE = re.compile(r"\s*(%|!|\?|[\w.]+\s*=\s*[%!])|.*\?\s*$")
_MOST_MAGICS = 200
_EAGER_SCOPES = frozenset(("listcomp", "setcomp", "dictcomp", "genexpr"))
_MOST_NAMES_SHOWN = 8
_SCOPES_AND_DELETIONS = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Delete)


class Refusal(Exception):
    """A sentence for the student."""


@dataclass
class Cell:
    """One code cell that could be read; `number` counts code cells from 1."""

    number: int
    lines: list[str]
    statements: list[ast.stmt]


@dataclass
class Statement:
    """One statement of the outermost level, with the names that it binds."""

    cell: Cell
    node: ast.stmt
    names: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.names = frozenset(_bound(self.node))

    @cached_property
    def text(self) -> str:
        """Its source, with the comments right above it and at its end."""
        first = min([self.node.lineno, *(mark.lineno for mark in getattr(self.node, "decorator_list", ()))])
        last = self.node.end_lineno or first
        lines = self.cell.lines[first - 1 : last]
        lines[-1] = _until(lines[-1], self.node.end_col_offset or 0)
        if first == self.node.lineno:
            lines[0] = lines[0].encode()[self.node.col_offset :].decode()
        above = first - 1
        while above > 0 and self.cell.lines[above - 1].startswith("#"):
            above -= 1
        return "\n".join([*self.cell.lines[above : first - 1], *lines])

    @cached_property
    def uses(self) -> tuple[frozenset[str], frozenset[str]]:
        """Global names needed while it is executed, and those needed when its functions are called."""
        eager: set[str] = set()
        lazy: set[str] = set()
        _collect(symtable.symtable(self.text, "cell", "exec"), eager, lazy, is_lazy=False)
        eager.update(_changed(self.node))
        return frozenset(eager), frozenset(lazy)

    @property
    def is_import(self) -> bool:
        """All imports of a needed name are kept: they add up."""
        return isinstance(self.node, ast.Import | ast.ImportFrom)


def source_of(cells: list[str], entry_name: str) -> str:
    """The definition of the entry point and all that it needs. Raises Refusal."""
    read, unread = _read(cells)
    statements = [Statement(cell, node) for cell in read for node in cell.statements]
    places: dict[str, list[int]] = {}
    for place, statement in enumerate(statements):
        for name in statement.names:
            places.setdefault(name, []).append(place)
    entry = _entry_place(statements, places, entry_name, unread)
    kept = _with_needs(entry, statements, places)
    return _written(kept, statements, places)


def _read(cells: list[str]) -> tuple[list[Cell], dict[int, tuple[str, str]]]:
    """Cells that are Python; and of those that are not, text and what is wrong."""
    read: list[Cell] = []
    unread: dict[int, tuple[str, str]] = {}
    for number, text in enumerate(cells, start=1):
        code = _without_cell_magic(text)
        try:
            lines, tree = _parsed(code)
        except SyntaxError as error:
            unread[number] = (text, f"line {error.lineno}: {error.msg}")
        except (ValueError, MemoryError, RecursionError):
            unread[number] = (text, "it is nested too deeply, or holds NUL characters")
        else:
            read.append(Cell(number, lines, tree.body))
    return read, unread


def _without_cell_magic(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", " ")
    if not text.lstrip().startswith("%%"):
        return text
    first, _, rest = text.lstrip().partition("\n")
    return rest if first.split()[0] in _PYTHON_CELL_MAGICS else ""


def _parsed(code: str) -> tuple[list[str], ast.Module]:
    """Python as it is; where that fails, without the line magics and shell lines that are in the way."""
    lines = code.split("\n")
    try:
        return lines, ast.parse(code)
    except SyntaxError as error:
        first = error
    for _ in range(_MOST_MAGICS):
        place = _magic_at(lines, first.lineno)
        if place is None:
            raise first
        line = lines[place]
        lines[place] = line[: len(line) - len(line.lstrip())] + "pass"
        try:
            return lines, ast.parse("\n".join(lines))
        except SyntaxError as error:
            first = error
    raise first


def _magic_at(lines: list[str], lineno: int | None) -> int | None:
    """The line that Python stumbled over, or one just above it, if it reads like a magic."""
    for place in range(min(lineno or 1, len(lines)) - 1, max((lineno or 1) - 4, -1), -1):
        if _MAGIC_LINE.match(lines[place]):
            return place
    return None


def _entry_place(
    statements: list[Statement],
    places: dict[str, list[int]],
    entry_name: str,
    unread: dict[int, tuple[str, str]],
) -> int:
    defined = [place for place in places.get(entry_name, ()) if not statements[place].is_import]
    if defined:
        return defined[-1]
    looks_defined = re.compile(rf"^\s*(async\s+def|def|class)\s+{re.escape(entry_name)}\b", re.MULTILINE)
    for number, (text, problem) in unread.items():
        if looks_defined.search(text):
            raise Refusal(
                f"Code cell {number}, which defines {entry_name}, is not valid Python: "
                f"{problem}. Run it in the notebook until it works, save, and hand it in again."
            )
    if entry_name in places:
        raise Refusal(f"The notebook imports {entry_name} from another file. Put its code into a cell.")
    found = sorted(
        {
            statement.node.name
            for statement in statements
            if isinstance(statement.node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        }
    )
    shown = ", ".join(found[:_MOST_NAMES_SHOWN]) + (", …" if len(found) > _MOST_NAMES_SHOWN else "")
    advice = f"It defines {shown}. Rename yours, or" if found else "It defines no functions at all;"
    broken = f" Code cell {min(unread)} could not be read as Python." if unread else ""
    raise Refusal(f"No code cell defines {entry_name}. {advice} check that this is the right notebook.{broken}")


def _with_needs(entry: int, statements: list[Statement], places: dict[str, list[int]]) -> set[int]:
    kept = {place for place, statement in enumerate(statements) if _is_always_kept(statement.node)}
    waiting = [entry, *kept]
    kept.add(entry)
    while waiting:
        place = waiting.pop()
        eager, lazy = statements[place].uses
        needed = {other for name in eager for other in _binding(name, place, statements, places)}
        needed |= {other for name in lazy for other in _binding(name, None, statements, places)}
        waiting.extend(needed - kept)
        kept |= needed
    return kept


def _binding(name: str, before: int | None, statements: list[Statement], places: dict[str, list[int]]) -> Iterator[int]:
    """Where a name comes from: its last binding (before a place, if one is asked for and there is any), and all its
    imports."""
    found = places.get(name, [])
    if not found:
        return
    earlier = [place for place in found if before is not None and place < before]
    last = (earlier or [place for place in found if place != before] or found)[-1]
    yield last
    if statements[last].is_import:
        yield from (place for place in found if statements[place].is_import)


def _written(kept: set[int], statements: list[Statement], places: dict[str, list[int]]) -> str:
    """The statements in the notebook's order, but what one needs at once before it."""
    order: list[int] = []
    begun: set[int] = set()
    for start in sorted(kept, key=lambda place: (not _is_future(statements[place].node), place)):
        stack = [(start, False)]
        while stack:
            place, are_needs_written = stack.pop()
            if are_needs_written:
                order.append(place)
            elif place not in begun:
                begun.add(place)
                stack.append((place, True))
                eager, _ = statements[place].uses
                needs = {other for name in eager for other in _binding(name, place, statements, places)}
                stack.extend((need, False) for need in sorted(needs & kept, reverse=True))
    parts: list[str] = []
    number = None
    for place in order:
        statement = statements[place]
        if statement.cell.number != number and not _is_future(statement.node):
            number = statement.cell.number
            parts.append(f"\n# code cell {number}")
        parts.append(statement.text)
        if isinstance(statement.node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            parts.append("")
    return "\n".join(parts).strip() + "\n"


def _bound(node: ast.AST) -> Iterator[str]:
    """Names that a statement binds or changes, without looking into functions."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Import | ast.ImportFrom):
        for alias in node.names:
            yield (alias.asname or alias.name.partition(".")[0])
    elif isinstance(node, ast.Name):
        if isinstance(node.ctx, ast.Store):
            yield node.id
    elif isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store):
        yield from _base(node)
    elif not isinstance(node, _SCOPES_AND_DELETIONS):
        for inner in ast.iter_child_nodes(node):
            yield from _bound(inner)


def _changed(node: ast.stmt) -> Iterator[str]:
    """Names of things that an assignment changes in place, and so needs."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AugAssign) else []
    for target in targets:
        yield from [target.id] if isinstance(node, ast.AugAssign) and isinstance(target, ast.Name) else _base(target)


def _base(node: ast.expr) -> Iterator[str]:
    """The name whose entry or attribute this is."""
    while isinstance(node, ast.Subscript | ast.Attribute):
        node = node.value
        if isinstance(node, ast.Name):
            yield node.id


def _collect(table: symtable.SymbolTable, eager: set[str], lazy: set[str], *, is_lazy: bool) -> None:
    is_top = table.get_type() == "module"
    for symbol in table.get_symbols():
        if symbol.is_referenced() if is_top else symbol.is_global():
            (lazy if is_lazy else eager).add(symbol.get_name())
    for child in table.get_children():
        is_called_later = child.get_type() == "function" and child.get_name() not in _EAGER_SCOPES
        _collect(child, eager, lazy, is_lazy=is_lazy or is_called_later)


def _is_always_kept(node: ast.stmt) -> bool:
    """Imports whose names cannot be seen, and those that change how Python reads the rest."""
    is_star = isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
    return is_star or _is_future(node)


def _is_future(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"


def _until(line: str, end_col: int) -> str:
    """The line up to a column in bytes, with a comment that follows."""
    raw = line.encode()
    rest = raw[end_col:].decode()
    return raw[:end_col].decode() + (rest if rest.lstrip().startswith("#") else "")


def main() -> None:
    """Read standard input, answer on standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    warnings.simplefilter("ignore")
    asked = json.load(sys.stdin)
    try:
        answer = {"source": source_of(asked["cells"], asked["entry_name"])}
    except Refusal as refusal:
        answer = {"refused": str(refusal)}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
