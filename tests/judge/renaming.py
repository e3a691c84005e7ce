"""Makes a mechanical copy of a program: other names of locals, other layout, more comments, the same mistakes."""

from __future__ import annotations

import ast
import symtable


def renamed(source: bytes) -> bytes:
    """The program as a student who copied it would hand it in; as it is where it does not parse."""
    text = source.decode()
    try:
        tree = ast.parse(text)
        tables = list(_functions(symtable.symtable(text, "copied", "exec")))
    except SyntaxError:
        return source
    names: dict[str, set[str]] = {}
    for table in tables:
        own = {
            s.get_name() for s in table.get_symbols() if s.is_local() and not s.is_parameter() and not s.is_imported()
        }
        own -= {s.get_name() for s in table.get_symbols() if s.is_namespace() or s.is_nonlocal() or s.is_global()}
        names.setdefault(table.get_name(), set()).update(own)
    everywhere_local = set().union(*names.values()) if names else set()
    taken = {name for name in everywhere_local if _is_used_otherwise(tree, name)}
    new = {name: f"copied_{index}" for index, name in enumerate(sorted(everywhere_local - taken))}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in new:
            node.id = new[node.id]
    lines = ast.unparse(tree).splitlines()
    return ("# handed in late\n\n\n" + "\n".join(_spread(lines)) + "\n# the end\n").encode()


def _functions(table: symtable.SymbolTable) -> list[symtable.SymbolTable]:
    found = [table] if table.get_type() == "function" else []
    for child in table.get_children():
        found += _functions(child)
    return found


def _is_used_otherwise(tree: ast.AST, name: str) -> bool:
    """Whether a name is also a parameter, an import, a definition or something of the module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.arg) and node.arg == name:
            return True
        if isinstance(node, ast.alias) and (node.asname or node.name.partition(".")[0]) == name:
            return True
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
            return True
        if isinstance(node, ast.Global | ast.Nonlocal) and name in node.names:
            return True
    module = tree.body if isinstance(tree, ast.Module) else []
    return any(
        isinstance(node, ast.Name) and node.id == name
        for top in module
        if not isinstance(top, ast.FunctionDef | ast.ClassDef)
        for node in ast.walk(top)
    )


def _spread(lines: list[str]) -> list[str]:
    """With a blank line and a remark after each third line that ends a statement."""
    spread: list[str] = []
    quoted = any('"""' in line or "'''" in line for line in lines)
    for number, line in enumerate(lines):
        spread.append(line)
        if not quoted and number % 3 == 2:
            spread += ["", "# as it was said in the lecture"]
    return spread
