"""Pictures in statements: what is one, and what an author is told of one that cannot be shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.errors import AuthorFault
from grader.spec import load_question, read_question
from grader.spec.pictures import pictures_in, pictures_told
from tests.spec.conftest import SOUND
from tests.spec.test_command import ID, folder, grader

__all__ = ["folder"]

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0L4 4"/></svg>'
PNG = b"\x89PNG\r\n\x1a\n"


def faults(statement: str, **pictures: bytes) -> list[AuthorFault]:
    """Of a question with this statement and these files, `.` written as `_` in their names."""
    files = {name.replace("_", "."): content for name, content in pictures.items()}
    return read_question(SOUND | {"statement.md": statement.encode()} | files, ID)[1]


def test_a_picture_has_a_name_a_description_and_a_line() -> None:
    (found,) = pictures_in("# T\n\nLook:\n![The loss\nfalls.]( loss.svg )\n")
    assert (found.name, found.alt, found.line) == ("loss.svg", "The loss falls.", 4)


@pytest.mark.parametrize("code", ["`![a](b.svg)`", "```\n![a](b.svg)\n```", "~~~md\n![a](b.svg)\n~~~"])
def test_what_stands_in_code_is_no_picture(code: str) -> None:
    assert list(pictures_in(f"Write\n{code}\n")) == []
    assert pictures_told(f"Write\n{code}\n") == f"Write\n{code}\n"


def test_a_terminal_is_told_what_a_picture_shows() -> None:
    assert pictures_told("See\n![two curves](a.svg)\nabove.") == "See\n[picture: two curves]\nabove."


def test_a_question_may_have_drawings_and_images() -> None:
    statement = "![a falling curve](curve.svg) ![a photograph](photo.png)"
    assert faults(statement, curve_svg=SVG, photo_png=PNG) == []


@pytest.mark.parametrize(
    ("statement", "hint"),
    [
        ("![a](crve.svg)", "did you mean 'curve.svg'"),
        ("![](curve.svg)", "has no description"),
        ("![ ](curve.svg)", "has no description"),
        ("![a](https://elsewhere.example/curve.svg)", "is no picture"),
        ("![a](../other/curve.svg)", "is no picture"),
        ("![a](/curve.svg)", "is no picture"),
        ("![a](reference/curve.svg)", "is no picture"),
        ("![a](.curve.svg)", "is no picture"),
        ("![a](curve.gif)", "is no picture"),
        ('![a](curve.svg "title")', "is no picture"),
        ("![a]()", "is no picture"),
        ("![a](broken.svg)", "does not hold what its name says"),
        ("![a](broken.png)", "does not hold what its name says"),
    ],
)
def test_a_picture_that_cannot_be_shown_is_a_fault_with_its_line(statement: str, hint: str) -> None:
    (fault,) = faults(f"# T\n\n{statement}\n", curve_svg=SVG, broken_svg=PNG, broken_png=SVG)
    assert (fault.where, fault.line) == ("statement.md", 3)
    assert hint in str(fault)


def test_a_changed_picture_is_another_version() -> None:
    files = SOUND | {"statement.md": b"![a](b.svg)", "b.svg": SVG}
    assert load_question(files, ID).version != load_question(files | {"b.svg": SVG + b"\n"}, ID).version


def test_a_written_question_may_have_pictures_too(folder: Path) -> None:
    grader("question", "new", "course/tutorial/count", "--written", "numeric", current=folder)
    place = folder / "tasks/course/tutorial/count"
    with (place / "statement.md").open("a") as statement:
        statement.write("\n![Three dots in a row](dots.svg)\n")
    refused = grader("question", "verify", "count", "--sandbox", "local", current=folder)
    assert "dots.svg" in refused.stdout + refused.stderr
    assert refused.returncode != 0
    (place / "dots.svg").write_bytes(SVG)
    assert grader("question", "verify", "count", "--sandbox", "local", current=folder).returncode == 0
    assert "[picture: Three dots in a row]" in grader("question", "show", "count", current=folder).stdout
