"""What differs between two versions of a question, as text and nothing else."""

from __future__ import annotations

from web.staff.file_diffs import changes_between

BEFORE = {"question.toml": b"points = 1\n", "statement.md": b"# One\n", "rows.svg": b"<svg/>", "same.py": b"x = 1\n"}


def test_files_that_differ_are_listed_in_the_editors_order_with_what_was_done() -> None:
    after = {
        "question.toml": b"points = 2\n",
        "cases.py": b"new = 1\n",
        "rows.svg": b"<svg></svg>",
        "same.py": b"x = 1\n",
    }
    changes = changes_between(BEFORE, after)
    assert [(one.path, one.kind) for one in changes] == [
        ("question.toml", "changed"),
        ("statement.md", "removed"),
        ("cases.py", "added"),
        ("rows.svg", "changed"),
    ]
    assert (changes[0].added, changes[0].removed) == (1, 1)
    assert changes[3].hunks is None, "a picture is not compared line by line"


def test_what_stands_in_a_file_is_escaped() -> None:
    (change,) = changes_between({"statement.md": b"a\n"}, {"statement.md": b"<script>alert(1)</script>\n"})
    assert change.hunks is not None
    shown = "".join(str(line.code) for hunk in change.hunks for _, line in hunk.unified)
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


def test_the_same_files_differ_in_nothing() -> None:
    assert changes_between(BEFORE, dict(BEFORE)) == []
