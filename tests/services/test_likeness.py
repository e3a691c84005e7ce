"""Copies are found whatever was renamed; what everybody was given or writes is no copy."""

from __future__ import annotations

import random
import re
import time

import pytest

from grader.services.similarity.likeness import Comparison, Given, boilerplate_of, compare, tokens_of
from tests.world import ROOT

SOLUTION = ROOT / "reference" / "comp90051/workshop6/logistic_regression/solution.py"
LINES = (
    "x{0} = x{1} + {2}",
    "y{0} = torch.exp(z{1}) * {2}",
    "if a{0} > {2}: b = {1} - c",
    "q{0} = [i ** {2} for i in range({1})]",
    "w{0} = torch.clamp(v, min={1}, max={2})",
    "t{0} = r[{1}:{2}].sum(dim=0)",
    "assert u{0}.shape[{1}] == {2}",
    "d{0} = {{{1}: {2}}}",
)


def one_way(seed: int, lines: int = 20) -> str:
    """A solution of somebody's own: the steps that all take, with lines between them that few have."""
    draw = random.Random(seed)
    own = [f"    {draw.choice(LINES).format(*(draw.randint(1, 99) for _ in range(3)))}" for _ in range(lines)]
    return "\n".join(["def solve(data):", *own, "    return data.sum() / len(data)", ""])


def compared(sources: list[str], boilerplate: frozenset[int] = frozenset()) -> Comparison:
    given = [Given(number, number, source.encode()) for number, source in enumerate(sources)]
    return compare(given, boilerplate)


def pairs(comparison: Comparison) -> list[tuple[int, int]]:
    return [(one.a_id, one.b_id) for one in comparison.pairs]


def test_people_who_worked_alone_are_no_pair() -> None:
    assert pairs(compared([one_way(seed) for seed in range(60)])) == []


@pytest.mark.parametrize(
    "disguise",
    [
        lambda text: text,
        lambda text: re.sub(r"\b([a-z])(\d+)\b", r"renamed_\1_\2", text).replace("data", "samples"),
        lambda text: re.sub(r"\n    ", "\n        # why not\n\n    ", text),
        lambda text: "# by me\n'''My own work.'''\n" + text.replace("    ", "  "),
        lambda text: "\n".join([text.splitlines()[0], *text.splitlines()[11:21], *text.splitlines()[1:11]]) + "\n",
    ],
    ids=["as it is", "renamed", "with comments", "laid out anew", "halves exchanged"],
)
def test_a_copy_is_found_whatever_was_done_to_names_comments_and_order(disguise: object) -> None:
    sources = [one_way(seed) for seed in range(40)]
    sources.append(disguise(sources[7]))  # type: ignore[operator]
    (pair,) = compared(sources).pairs
    assert (pair.a_id, pair.b_id) == (7, 40)
    assert pair.share > 0.9
    assert pair.tokens > 60


def test_part_of_a_copy_is_found_with_the_lines_where_it_stands() -> None:
    sources = [one_way(seed) for seed in range(40)]
    theirs = sources[7].splitlines()
    sources.append("\n".join(["def solve(data):", *theirs[1:13], *one_way(99).splitlines()[1:9], "    return 0\n"]))
    (pair,) = compared(sources).pairs
    assert 0.5 < pair.share < 0.9
    assert pair.spans[0][1] >= 11
    first_a, last_a, first_b, last_b = pair.spans[0]
    assert theirs[first_a - 1 : last_a] == sources[40].splitlines()[first_b - 1 : last_b]


def test_what_everybody_was_given_does_not_count() -> None:
    starter, statement = one_way(1, 30), f"Use this:\n\n```python\n{one_way(2, 30)}```\n"
    sources = [starter + one_way(2, 30) + f"\nz = {number}\n" for number in range(2)]
    sources += [one_way(seed) for seed in range(10, 15)]
    assert pairs(compared(sources)) == [(0, 1)]
    assert pairs(compared(sources, boilerplate_of(starter, statement))) == []


def test_what_many_write_does_not_count() -> None:
    usual = one_way(5, 30)
    sources = [usual + f"y{number} = {number}\n" for number in range(12)] + [one_way(seed) for seed in range(30)]
    assert pairs(compared(sources)) == []


def test_of_tiny_solutions_it_says_that_nothing_can_be_told() -> None:
    tiny = [f"def add(a, b):\n    return a + b  # {number % 3}\n" for number in range(200)]
    comparison = compared(tiny)
    assert (comparison.is_too_small, comparison.pairs, comparison.compared) == (True, [], 200)
    assert not compared([one_way(seed) for seed in range(10)]).is_too_small


def test_ones_own_attempts_and_earlier_years_among_themselves_are_no_pairs() -> None:
    own = [Given(number, number, one_way(number).encode()) for number in range(20)]
    again = Given(100, 3, one_way(3).encode())
    before = [Given(number, number, one_way(50).encode(), is_asked=False) for number in (200, 201)]
    assert compare([*own, again, *before], frozenset()).pairs == []
    asked = Given(300, 300, one_way(50).encode())
    found = compare([*own, *before, asked], frozenset())
    assert pairs(found) == [(200, 300), (201, 300)]


def test_the_banks_own_different_solutions_of_a_question_are_rarely_a_pair() -> None:
    folders = sorted((ROOT / "reference").glob("*/*/*"))
    with_pairs = 0
    for folder in folders:
        files = [*sorted((folder / "samples").glob("right*.py")), folder / "solution.py"]
        given = [Given(n, n, file.read_bytes()) for n, file in enumerate(files) if file.exists()]
        task = ROOT / "tasks" / folder.relative_to(ROOT / "reference")
        starter = (task / "starter.py").read_text("utf-8") if (task / "starter.py").exists() else ""
        statement = (task / "statement.md").read_text("utf-8")
        with_pairs += bool(compare(given, boilerplate_of(starter, statement)).pairs)
    assert with_pairs <= len(folders) // 10, "of one hand, and yet mostly told apart"


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"\xff\xfe\x00\x01" * 1000,
        b"(" * 200_000,
        b'"""' + b"\n" * 200_000,
        b"x = '" + b"a" * 200_000,
        b"".join(b" " * depth + b"if x:\n" for depth in range(600)),
        b"\\\n" * 100_000,
        b"0" * 200_000,
        b"a" * 250_000,
        b"a\n" * 120_000,
    ],
)
def test_no_source_takes_long_or_breaks_it(source: bytes) -> None:
    before = time.monotonic()
    tokens_of(source)
    alike = [Given(number, number, source + str(number).encode()) for number in range(6)]
    compare(alike, frozenset())
    assert time.monotonic() - before < 20


def test_a_thousand_submissions_take_less_than_a_minute() -> None:
    base = SOLUTION.read_text("utf-8")
    sources = [base + one_way(seed, 25) for seed in range(1000)]
    sources.append(sources[500].replace("x", "renamed"))
    before = time.monotonic()
    found = compared(sources)
    assert time.monotonic() - before < 60
    assert (500, 1000) in pairs(found)
    assert len(found.pairs) < 10
