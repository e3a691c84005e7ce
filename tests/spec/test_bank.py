"""Folders become questions, and only what belongs to a question is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.errors import AuthorFault, UsageError
from grader.settings import Settings
from grader.spec import Bank
from grader.spec.find import MAX_FILE_BYTES
from tests.spec.conftest import SOUND

ID = "course/tutorial/mse"


def test_questions_are_found_by_their_folders(bank: Bank) -> None:
    assert bank.ids() == [ID]
    question = bank.get(ID)
    assert question.id == ID
    assert question.files == SOUND


def test_an_edited_file_makes_another_version(bank: Bank) -> None:
    before = bank.get(ID).version
    statement = bank.tasks_dir / ID / "statement.md"
    statement.write_text("# Another\n")
    assert bank.get(ID).version != before


def test_caches_and_hidden_files_are_not_part_of_a_question(bank: Bank) -> None:
    before = bank.get(ID).version
    folder = bank.tasks_dir / ID
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__/cases.cpython-311.pyc").write_bytes(b"x")
    (folder / ".cases.py.swp").write_bytes(b"x")
    assert bank.get(ID).version == before


@pytest.mark.parametrize("target", ["statement.md", "../", "/etc/hostname", "nowhere"])
def test_links_are_refused(bank: Bank, target: str) -> None:
    (bank.tasks_dir / ID / "linked.md").symlink_to(target)
    with pytest.raises(AuthorFault, match="no links") as caught:
        bank.get(ID)
    assert caught.value.where == "linked.md"


def test_a_file_that_is_too_big_is_refused(bank: Bank) -> None:
    with (bank.tasks_dir / ID / "big.bin").open("wb") as stream:
        stream.truncate(MAX_FILE_BYTES + 1)
    with pytest.raises(AuthorFault, match="larger than 2 MiB"):
        bank.get(ID)


def test_a_reference_in_the_public_folder_is_refused(bank: Bank) -> None:
    (bank.tasks_dir / ID / "reference").mkdir()
    (bank.tasks_dir / ID / "reference/solution.py").write_bytes(b"")
    with pytest.raises(AuthorFault, match="must not hold a reference"):
        bank.get(ID)


def test_without_the_secret_folder_there_is_no_reference(bank: Bank) -> None:
    assert not Bank(bank.tasks_dir, None).get(ID).has_reference


@pytest.mark.parametrize(
    "question_id", ["course/tutorial/mes", "../../etc", "course/tutorial/../tutorial/mse", "", "mse"]
)
def test_an_id_that_is_none_is_wrong_usage(bank: Bank, question_id: str) -> None:
    with pytest.raises(UsageError, match="no question"):
        bank.get(question_id)


def test_a_question_is_found_by_the_end_of_its_id_or_by_its_folder(bank: Bank) -> None:
    assert bank.resolve(ID) == ID
    assert bank.resolve("mse") == ID
    assert bank.resolve("tutorial/mse") == ID
    assert bank.resolve(str(bank.tasks_dir / ID)) == ID
    assert bank.reference_dir is not None
    assert bank.resolve(str(bank.reference_dir / ID)) == ID


def test_a_name_that_could_be_two_questions_is_not_guessed(bank: Bank) -> None:
    other = bank.tasks_dir / "course/other/mse"
    other.mkdir(parents=True)
    (other / "question.toml").write_bytes(b"")
    with pytest.raises(UsageError, match="could be course/other/mse or course/tutorial/mse"):
        bank.resolve("mse")
    with pytest.raises(UsageError, match="did you mean"):
        bank.resolve("course/tutorial/mze")


def test_a_faulty_question_is_listed_and_its_faults_are_told(bank: Bank) -> None:
    (bank.tasks_dir / ID / "statement.md").write_bytes(b"")
    assert bank.ids() == [ID]
    assert [fault.where for fault in bank.faults(ID)] == ["statement.md"]


def test_folders_come_from_the_environment_then_from_the_current_folder(tmp_path: Path, bank: Bank) -> None:
    named = Settings.from_environment({"GRADER_TASKS": str(bank.tasks_dir)}, current=tmp_path / "elsewhere")
    assert (named.tasks_dir, named.reference_dir) == (bank.tasks_dir, bank.reference_dir)
    found = Settings.from_environment({}, current=tmp_path)
    assert (found.tasks_dir, found.reference_dir) == (bank.tasks_dir, bank.reference_dir)


def test_questions_that_were_copied_alone_bring_no_reference_from_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "copied" / "tasks").mkdir(parents=True)
    assert Settings.from_environment({}, current=tmp_path / "copied").reference_dir is None
    assert Settings.from_environment({"GRADER_TASKS": str(tmp_path / "copied" / "tasks")}).reference_dir is None


@pytest.mark.parametrize(
    "environment",
    [
        {"GRADER_SANDBOX": "vm"},
        {"GRADER_LANES": "0"},
        {"GRADER_LANES": "two"},
        {"GRADER_CONTAINERS": "many"},
        {"GRADER_TASKS": "/nowhere/at/all"},
    ],
)
def test_an_environment_that_cannot_be_is_wrong_usage(environment: dict[str, str]) -> None:
    with pytest.raises(UsageError, match=next(iter(environment))):
        Settings.from_environment(environment)
