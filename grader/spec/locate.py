"""Which line of a TOML text a key stands on; `tomllib` itself does not tell."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from typing import Any

KeyPath = tuple[str | int, ...]

# A statement of many lines is parsed again with every line: what this does not reach has no line, and costs no minutes.
MAX_PARSED_CHARS = 300_000
AT_LINE = re.compile(r" \(at line (\d+), column \d+\)$")


def line_of(text: str, path: KeyPath) -> int | None:
    """The 1-based line of `path`, such as `("case", 2, "seed")`, or of the nearest table around it.

    None when nothing on the way there is in the text. `text` must be valid TOML.
    """
    lines = key_lines(text)
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return None


@lru_cache(maxsize=4)
def key_lines(text: str) -> dict[KeyPath, int]:
    """The line on which every table, key and element of an array of tables begins."""
    lines: dict[KeyPath, int] = {}
    counts: dict[KeyPath, int] = {}
    table: KeyPath = ()
    for number, statement in statements(text):
        data = tomllib.loads(statement)
        if statement.lstrip().startswith("["):
            table = _open_table(data, counts)
            lines.setdefault(table[:-1] if isinstance(table[-1], int) else table, number)
            lines.setdefault(table, number)
            continue
        for path in _paths(data, table):
            lines.setdefault(path, number)
    return lines


def statements(text: str) -> list[tuple[int, str]]:
    """Headers and assignments of a TOML text, each with its first line; one may span many lines.

    Lines are gathered until they parse, so that the quoting rules need not be known here.
    """
    found: list[tuple[int, str]] = []
    gathered: list[str] = []
    begun = 0
    left = MAX_PARSED_CHARS
    for number, line in enumerate(text.splitlines(), start=1):
        if not gathered and (not line.strip() or line.lstrip().startswith("#")):
            continue
        if not gathered:
            begun = number
        gathered.append(line)
        statement = "\n".join(gathered)
        left -= len(statement)
        if left < 0:
            break
        if _parses(statement):
            found.append((begun, statement))
            gathered = []
    return found


def split_syntax_error(error: tomllib.TOMLDecodeError) -> tuple[str, int | None]:
    """What is wrong and on which line, from the parser's one sentence."""
    text = str(error)
    place = AT_LINE.search(text)
    if place is None:
        return text, None
    return text[: place.start()], int(place[1])


def _parses(statement: str) -> bool:
    try:
        tomllib.loads(statement)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _open_table(data: dict[str, Any], counts: dict[KeyPath, int]) -> KeyPath:
    """The path of a header's table; `counts` remembers how many elements each array of tables has."""
    path: KeyPath = ()
    value: Any = data
    while isinstance(value, dict) and value:
        name, value = next(iter(value.items()))
        path += (name,)
        if isinstance(value, list):
            counts[path] = counts.get(path, 0) + 1
            return (*path, counts[path] - 1)
        if path in counts and value:
            path += (counts[path] - 1,)
    return path


def _paths(value: Any, path: KeyPath) -> list[KeyPath]:
    """Paths of everything inside a value, outermost first."""
    pairs: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = list(enumerate(value))
    return [found for key, inner in pairs for found in ((*path, key), *_paths(inner, (*path, key)))]
