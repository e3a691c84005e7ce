"""`grader course export`, `import` and `copy`, as whoever runs the machine types them."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from grader.cli.course import course
from grader.errors import UsageError
from grader.settings import ServiceSettings
from grader.store.database import Database
from grader.store.migrate import upgrade
from grader.store.models import Course, Submission
from tests.services.full_course import make_full_course


def database_in(folder: Path) -> Database:
    """A migrated database in a folder of `grader serve`."""
    folder.mkdir()
    url = ServiceSettings.from_environment({}, data_dir=folder).database_url
    upgrade(url)
    return Database(url)


def run(*arguments: object) -> str:
    """What the command says."""
    done = CliRunner().invoke(course, [str(argument) for argument in arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_course_goes_from_one_folder_to_another_and_is_copied_there(tmp_path: Path) -> None:
    here, there, file = tmp_path / "here", tmp_path / "there", tmp_path / "class.zip"
    database = database_in(here)
    with database.transaction() as session:
        room = make_full_course(session)
        handed = session.scalar(
            select(func.count()).select_from(Submission).where(Submission.course_id == room.course_id)
        )
    database.close()
    database_in(there).close()
    assert f"{handed} submissions" in run("export", "class", file, "--data", here)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600, "it holds reference solutions and grades"
    assert "made next" in run("import", file, "--as", "next", "--data", there)
    assert "made later: 1 assignments, 4 questions" in run("copy", "next", "later", "--data", there)
    with pytest.raises(UsageError, match="is a course next already"):
        run("import", file, "--as", "next", "--data", there)
    opened = Database(ServiceSettings.from_environment({}, data_dir=there).database_url)
    with opened.reading() as session:
        assert set(session.scalars(select(Course.slug))) == {"next", "later"}
        assert session.scalar(select(func.count()).select_from(Submission)) == handed
    opened.close()


def test_a_file_that_is_no_archive_changes_nothing_and_leaves_no_part_behind(tmp_path: Path) -> None:
    here = tmp_path / "here"
    database_in(here).close()
    (tmp_path / "broken.zip").write_bytes(b"no zip")
    with pytest.raises(UsageError, match="no archive of a course"):
        run("import", tmp_path / "broken.zip", "--data", here)
    with pytest.raises(UsageError, match="there is no course"):
        run("export", "nothing", tmp_path / "out.zip", "--data", here)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken.zip", "here"]
