from __future__ import annotations

import re
import time

import pytest
from markupsafe import Markup

from web.source_view import MOST_COMPARED_LINES, Hunk, difference, source_lines, text_lines


def plain(code: Markup) -> str:
    return re.sub(r"<[^>]+>", "", str(code))


def sides(hunks: list[Hunk] | None) -> list[tuple[str, str | None, str | None]]:
    assert hunks is not None
    return [
        (
            row.kind,
            None if row.before is None else plain(row.before.code),
            None if row.after is None else plain(row.after.code),
        )
        for hunk in hunks
        for row in hunk.rows
        if row.kind != "same"
    ]


def test_lines_are_numbered_as_python_numbers_them() -> None:
    source = b"\xef\xbb\xbfa = 1\r\nb = '''\n\n'''\rc = 2\x0cd\n"
    lines = source_lines(source, frozenset({2}))
    assert [line.number for line in lines] == [1, 2, 3, 4, 5]
    assert [line.is_failing for line in lines] == [False, True, False, False, False]
    assert plain(lines[0].code) == "a = 1"
    assert plain(lines[3].code) == "&#39;&#39;&#39;"


def test_keywords_have_a_colour_and_markup_is_text() -> None:
    (line,) = source_lines(b"return '<b>' # <i>")
    assert '<span class="k">return</span>' in line.code
    assert "<b>" not in line.code
    assert "&lt;b&gt;" in line.code


def test_text_that_would_be_shown_in_another_order_is_made_visible() -> None:
    (line,) = text_lines("a = '\u202egnp.exe' \x1b[31m".encode())
    assert "\u202e" not in line
    assert "\x1b" not in line


@pytest.mark.parametrize(
    "source", [b"x" * 250_000, b"'" * 250_000, b"(" * 250_000, b"a\n" * 125_000, b"\\\n" * 100_000]
)
def test_a_source_of_the_largest_size_is_shown_in_time(source: bytes) -> None:
    began_s = time.process_time()
    assert source_lines(source)
    assert time.process_time() - began_s < 2


def test_changed_removed_and_new_lines_stand_side_by_side() -> None:
    before = b"import torch\na = 1\nb = 2\nc = 3\n"
    after = b"import torch\na = 10\nb = 2\nc = 3\nd = 4\n"
    assert sides(difference(before, after)) == [("changed", "a = 1", "a = 10"), ("added", None, "d = 4")]
    assert sides(difference(after, before)) == [("changed", "a = 10", "a = 1"), ("removed", "d = 4", None)]


def test_far_apart_changes_leave_the_lines_between_them_out() -> None:
    before = [f"x{at} = {at}" for at in range(100)]
    after = ["x0 = None", *before[1:99], "x99 = None"]
    hunks = difference("\n".join(before).encode(), "\n".join(after).encode())
    assert hunks is not None
    assert [hunk.skipped for hunk in hunks] == [0, 92]


def test_one_under_the_other_what_goes_stands_before_what_comes() -> None:
    hunks = difference(b"a\nb\nz\n", b"c\nd\nz\n")
    assert hunks is not None
    assert [(kind, plain(line.code)) for kind, line in hunks[0].unified] == [
        ("gone", "a"),
        ("gone", "b"),
        ("come", "c"),
        ("come", "d"),
        ("", "z"),
    ]


def test_files_too_long_to_compare_are_said_to_be() -> None:
    assert difference(b"a\n" * (MOST_COMPARED_LINES + 1), b"b\n") is None


def test_the_hardest_files_are_compared_in_time() -> None:
    before = "\n".join(f"x{at % 90}" for at in range(MOST_COMPARED_LINES)).encode()
    after = "\n".join(f"x{at * 7 % 90}" for at in range(MOST_COMPARED_LINES)).encode()
    began_s = time.process_time()
    assert difference(before, after)
    assert time.process_time() - began_s < 5
