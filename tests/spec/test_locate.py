"""Lines of keys, in TOML that is laid out in every way authors lay it out."""

from __future__ import annotations

import tomllib

import pytest

from grader.spec.locate import KeyPath, key_lines, line_of

TEXT = '''\
# a comment
title = "a"

[grade]   # another
gradients = [
  "a",    # [[case]]
  "b",
]
operators = { forbid = ["x"], max = { mul = 3 } }
text = """
[[case]]
name = "not this"
"""

[[case]]
name = "first"
  [case.args]
  n = 3
[[case]]
name = "second"
args.n = 4
args."odd key" = 5
[case.grade.operators]
max.mul = 2
'''

PLACES: dict[KeyPath, int] = {
    ("title",): 2,
    ("grade",): 4,
    ("grade", "gradients"): 5,
    ("grade", "gradients", 1): 5,
    ("grade", "operators", "max", "mul"): 9,
    ("grade", "text"): 10,
    ("case",): 15,
    ("case", 0): 15,
    ("case", 0, "name"): 16,
    ("case", 0, "args"): 17,
    ("case", 0, "args", "n"): 18,
    ("case", 1): 19,
    ("case", 1, "name"): 20,
    ("case", 1, "args", "n"): 21,
    ("case", 1, "args", "odd key"): 22,
    ("case", 1, "grade", "operators"): 23,
    ("case", 1, "grade", "operators", "max", "mul"): 24,
}


@pytest.mark.parametrize(("path", "line"), PLACES.items(), ids=str)
def test_a_key_is_found_on_its_line(path: KeyPath, line: int) -> None:
    assert line_of(TEXT, path) == line


def test_a_key_that_is_not_there_has_the_line_of_its_table() -> None:
    assert line_of(TEXT, ("case", 1, "seed")) == 19
    assert line_of(TEXT, ("grade", "operators", "min")) == 9


def test_a_table_that_is_not_there_has_no_line() -> None:
    assert line_of(TEXT, ("limits", "wall_s")) is None
    assert line_of(TEXT, ()) is None


def test_every_key_of_the_parsed_text_has_a_line() -> None:
    lines = key_lines(TEXT)

    def paths(value: object, path: KeyPath = ()) -> list[KeyPath]:
        pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        return [found for key, inner in pairs for found in ((*path, key), *paths(inner, (*path, key)))]

    assert [path for path in paths(tomllib.loads(TEXT)) if path not in lines] == [("case", 1, "grade")]
