"""The pictures of the bank: drawn by their programs, readable to all, and silent about answers."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from grader.spec import Bank
from grader.spec.pictures import PICTURE_NAME, pictures_in
from grader.spec.question import STATEMENT_FILE
from pictures.draw import drawn_by, programs_of_bank

ROOT = Path(__file__).parents[2]
BANK = Bank(ROOT / "tasks", ROOT / "reference")
PICTURES = sorted(path for path in (ROOT / "tasks").rglob("*") if PICTURE_NAME.fullmatch(path.name))
DRAWINGS = [path for path in PICTURES if path.suffix == ".svg"]
PROGRAMS = programs_of_bank()


@pytest.mark.parametrize("question", sorted(PROGRAMS))
def test_a_picture_is_what_its_program_draws(question: str) -> None:
    for name, drawing in drawn_by(PROGRAMS[question]).items():
        assert (ROOT / "tasks" / question / name).read_text("utf-8") == drawing, f"./dev pictures {question}"


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_picture_is_shown_by_its_statement(path: Path) -> None:
    statement = (path.parent / STATEMENT_FILE).read_text("utf-8")
    (shown,) = [picture for picture in pictures_in(statement) if picture.name == path.name]
    assert len(shown.alt) > 60, "who cannot see it needs to know what it shows"


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_drawing_runs_nothing_and_loads_nothing(path: Path) -> None:
    assert path.stat().st_size < 100_000
    for element in ET.fromstring(path.read_text("utf-8")).iter():
        assert element.tag.rpartition("}")[2] not in {"script", "foreignObject", "image", "a", "iframe"}
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on")
            assert not name.endswith("href") or value.startswith("#")
            assert "url(" not in value.replace("url(#", "")


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_drawing_has_a_dark_twin_for_every_colour(path: Path) -> None:
    text = path.read_text("utf-8")
    head, _, drawing = text.partition("</style>")
    assert "prefers-color-scheme: dark" in head
    assert not re.search(r"#[0-9a-f]{6}", drawing), "a colour that pictures/style.py does not have"


def test_no_drawing_names_the_right_option() -> None:
    for path in DRAWINGS:
        question = BANK.get(path.parent.relative_to(ROOT / "tasks").as_posix())
        words = " ".join(ET.fromstring(path.read_text("utf-8")).itertext())
        assert not [option.text for option in question.spec.options if option.text in words]
        assert not [option.name for option in question.spec.options if re.search(rf"\b{option.name}\b", words)]
