from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader.errors import AuthorFault
from grader.spec import answer_key_of, load_question, read_question
from tests.spec.conftest import SOUND
from tests.spec.test_command import folder, grader

__all__ = ["folder"]

ID = "course/tutorial/why"
HEAD = 'title = "Why"\nsource = "made for these tests"\n'

NUMERIC = {
    "question.toml": f'{HEAD}kind = "numeric"\n\n[answer]\npoints = 2\nunit = "steps"\n',
    "statement.md": "How many?",
    "reference/answer.toml": 'value = 0.2\nexplanation = "so"\n\n[[trap]]\nvalue = 2\ntext = "ten times too much"\n',
}
CHOICE = {
    "question.toml": f'{HEAD}kind = "choice"\n\n[answer]\npoints = 2\n\n'
    '[[option]]\nname = "yes"\ntext = "Yes."\n\n[[option]]\nname = "no"\ntext = "No."\n',
    "statement.md": "Is it?",
    "reference/answer.toml": '[[option]]\nname = "yes"\nright = true\ntext = "It is."\n\n'
    '[[option]]\nname = "no"\nright = false\ntext = "It is."\n',
}
TEXT = {
    "question.toml": f'{HEAD}kind = "text"\n\n[answer]\npoints = 3\nmax_words = 50\n',
    "statement.md": "Why?",
    "reference/answer.toml": 'model_answer = "Because."\n\n[[rubric]]\nname = "cause"\npoints = 2\n'
    'text = "names it"\n\n[[rubric]]\nname = "effect"\npoints = 1\ntext = "names it too"\n',
}

WITH_REASON = {
    "question.toml": f'{HEAD}kind = "choice"\n\n[answer]\npoints = 3\nreason = 2\nmax_words = 50\n\n'
    '[[option]]\nname = "yes"\ntext = "Yes."\n\n[[option]]\nname = "no"\ntext = "No."\n',
    "statement.md": "Is it, and why?",
    "reference/answer.toml": 'model_answer = "Because."\n\n[[option]]\nname = "yes"\nright = true\n'
    'text = "That is why it is."\n\n[[option]]\nname = "no"\nright = false\ntext = "Look again."\n\n'
    '[[rubric]]\nname = "cause"\npoints = 2\ntext = "names it"\n',
}


def faults(
    files: dict[str, str], old: str = "", new: str = "", *, file: str = "reference/answer.toml"
) -> list[AuthorFault]:
    """What is wrong once one place is changed."""
    assert not old or files[file].count(old) == 1, f"{old!r} must be there once"
    changed = files | {file: files[file].replace(old, new) if old else files[file] + new}
    return read_question({name: text.encode() for name, text in changed.items()}, ID)[1]


@pytest.mark.parametrize("files", [NUMERIC, CHOICE, TEXT, WITH_REASON])
def test_a_sound_written_question_has_points_and_a_key(files: dict[str, str]) -> None:
    whole = {name: text.encode() for name, text in files.items()}
    question = load_question(whole, ID)
    assert question.has_reference
    assert question.spec.max_score in {2.0, 3.0}
    assert answer_key_of(question.files) is not None
    public = load_question({name: text for name, text in whole.items() if not name.startswith("reference/")}, ID)
    assert not public.has_reference
    assert answer_key_of(public.files) is None


def test_another_key_is_another_version() -> None:
    first = load_question({name: text.encode() for name, text in NUMERIC.items()}, ID)
    changed = NUMERIC | {"reference/answer.toml": NUMERIC["reference/answer.toml"].replace("0.2", "0.3")}
    assert load_question({name: text.encode() for name, text in changed.items()}, ID).version != first.version


@pytest.mark.parametrize(
    ("files", "old", "new", "key", "line", "hint"),
    [
        (NUMERIC, "value = 0.2", "", None, None, "either 'value'"),
        (NUMERIC, "value = 0.2", "low = 0.1", "low", 1, "go together"),
        (NUMERIC, "value = 0.2", "low = 0.3\nhigh = 0.1", "low", 1, "below"),
        (NUMERIC, "value = 0.2", "value = 0.2\nhigh = 1", None, None, "either 'value'"),
        (NUMERIC, "value = 0.2", "value = inf", "value", 1, "finite"),
        (NUMERIC, "value = 0.2", "value = 0.2\ntolerance = -1", "tolerance", 2, "0 or above"),
        (NUMERIC, "value = 0.2", 'value = "0.2"', "value", 1, "a number"),
        (NUMERIC, "value = 2\n", "value = 0.2\n", "trap[0].value", 5, "accepted as right"),
        (NUMERIC, 'explanation = "so"', "", "explanation", None, "how the number comes about"),
        (NUMERIC, "value = 0.2", "value = 0.2\nmodel_answer = 'x'", "model_answer", 2, "'numeric' has no"),
        (NUMERIC, "explanation", "explanaton", "explanaton", 2, "did you mean 'explanation'"),
        (CHOICE, "right = true", "right = false", None, None, "0 options are right"),
        (CHOICE, "right = false", "right = true", None, None, "2 options are right"),
        (CHOICE, 'name = "no"', 'name = "know"', "option[1].name", 7, "did you mean 'no'"),
        (CHOICE, 'name = "no"', 'name = "yes"', "option[1].name", 7, "a second key"),
        (CHOICE, 'true\ntext = "It is."', 'true\ntext = ""', "option[0].text", 4, "whoever chooses it"),
        (TEXT, "points = 2", "points = 4", "rubric", 3, "5 points"),
        (TEXT, "points = 2", "points = 0", "rubric[0].points", 5, "above 0"),
        (TEXT, '"Because."', '" "', "model_answer", 1, "must not be empty"),
        (TEXT, 'name = "effect"', 'name = "cause"', "rubric[1].name", 9, "a second item"),
        (WITH_REASON, "points = 2", "points = 3", "rubric", 13, "answer.reason says 2"),
        (WITH_REASON, 'model_answer = "Because."', "", "model_answer", None, "must not be empty"),
        (WITH_REASON, "right = true", "right = false", None, None, "0 options are right"),
        (CHOICE, "", '\n[[rubric]]\nname = "a"\npoints = 1\ntext = "b"\n', "rubric", 11, "'choice' has no"),
    ],
)
def test_a_fault_of_the_key_is_named_with_its_place(
    files: dict[str, str], old: str, new: str, key: str | None, line: int | None, hint: str
) -> None:
    found = [fault for fault in faults(files, old, new) if hint in str(fault)]
    assert found, [str(fault) for fault in faults(files, old, new)]
    assert found[0].where == "reference/answer.toml"
    assert (found[0].key, found[0].line) == (key, line)


@pytest.mark.parametrize(
    ("files", "old", "new", "key", "hint"),
    [
        (NUMERIC, "[answer]\npoints = 2\nunit = ", "notes = ", None, "[answer] is missing"),
        (NUMERIC, "points = 2", "points = 0", "answer.points", "above 0"),
        (NUMERIC, "unit", "max_words = 3\nunit", "answer.max_words", "'text'"),
        (TEXT, "max_words = 50", "max_words = 0", "answer.max_words", "above 0"),
        (TEXT, "max_words = 50", "multiple = true", "answer.multiple", "'choice'"),
        (TEXT, "max_words = 50", "reason = 1", "answer.reason", "'choice'"),
        (CHOICE, "points = 2", "points = 2\nmax_words = 9", "answer.max_words", "'text'"),
        (WITH_REASON, "reason = 2", "reason = 3", "answer.reason", "leave some"),
        (WITH_REASON, "reason = 2", "reason = -1", "answer.reason", "above 0"),
        (CHOICE, '"no"\n', '"yes"\n', "option[1].name", "a second option"),
        (CHOICE, '"no"\n', '"No way"\n', "option[1].name", "is no name"),
        (CHOICE, 'text = "No."', 'text = ""', "option[1].text", "must not be empty"),
        (CHOICE, '[[option]]\nname = "no"\ntext = "No."\n', "", None, "at least two"),
        (TEXT, "", '\n[[option]]\nname = "a"\ntext = "b"\n', "option", "has no [[option]]"),
        (TEXT, "", '\n[entry]\nkind = "function"\nname = "f"\n', "entry", "has no [entry]"),
    ],
)
def test_a_fault_of_the_spec_is_named_with_its_key(
    files: dict[str, str], old: str, new: str, key: str | None, hint: str
) -> None:
    found = [fault for fault in faults(files, old, new, file="question.toml") if hint in str(fault)]
    assert found, [str(fault) for fault in faults(files, old, new, file="question.toml")]
    assert (found[0].where, found[0].key) == ("question.toml", key)


def test_a_reference_without_a_key_is_a_fault() -> None:
    files = {name: text.encode() for name, text in TEXT.items() if name != "reference/answer.toml"}
    (fault,) = read_question(files | {"reference/notes.md": b"later"}, ID)[1]
    assert fault.where == "reference/answer.toml"


def test_a_program_has_no_answer_to_choose() -> None:
    spec = SOUND["question.toml"] + b"\n[answer]\npoints = 1\n"
    (fault,) = read_question(SOUND | {"question.toml": spec}, ID)[1]
    assert (fault.key, "only a written question" in str(fault)) == ("answer", True)


def test_the_command_makes_shows_and_lists_written_questions(folder: Path) -> None:
    made = grader("question", "new", "course/tutorial/count", "--written", "numeric", current=folder)
    assert (made.returncode, "answer.toml" in made.stdout) == (0, True)
    shown = grader("question", "show", "count", current=folder)
    assert [word in shown.stdout for word in ("2 points, counted in numbers", "42", "24: The digits")] == [True] * 3
    told = json.loads(grader("question", "show", "count", "--json", current=folder).stdout)
    assert (told["kind"], told["max_score"], told["answer"]["unit"], told["options"]) == ("numeric", 2, "numbers", [])
    assert "numeric" in grader("question", "list", current=folder).stdout
    undecided = grader("question", "new", "course/tutorial/other", current=folder)
    assert (undecided.returncode, "--written" in undecided.stderr) == (2, True)


def test_checking_a_written_question_says_what_to_do_instead(folder: Path) -> None:
    grader("question", "new", "course/tutorial/count", "--written", "numeric", current=folder)
    done = grader("check", "count", "tasks/course/tutorial/count/statement.md", current=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "grader submit" in done.stderr
