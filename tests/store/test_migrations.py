"""The steps in `migrations` make exactly the tables that the models describe, on both databases."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, inspect, text

from grader.cli.main import cli
from grader.errors import UsageError
from grader.services.grades.standings import refresh
from grader.services.handing_in.submit import hand_in
from grader.store import migrate
from grader.store.database import Database
from grader.store.models import Person, Standing
from tests.databases import BACKENDS
from tests.servers import Postgres
from tests.world import make_world


@pytest.fixture(params=BACKENDS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.db"
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = f"empty_{uuid4().hex}"
    with server.connect() as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield server.url(name)
    with server.connect() as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_the_steps_lead_to_the_tables_of_the_models(empty_url: str, database_url: str) -> None:
    migrate.upgrade(empty_url)
    assert migrate.differences(empty_url) == []
    if empty_url.startswith("sqlite") == database_url.startswith("sqlite"):
        assert _definitions(empty_url) == _definitions(database_url)


def test_a_course_fits_into_migrated_tables(empty_url: str) -> None:
    migrate.upgrade(empty_url)
    database = Database(empty_url)
    with database.transaction() as session:
        ada = make_world(session).people["ada"]
    with database.reading() as session:
        assert session.get_one(Person, ada).login == "ada"
    database.close()


def test_every_step_can_be_undone(empty_url: str) -> None:
    migrate.upgrade(empty_url)
    migrate.downgrade(empty_url)
    engine = create_engine(empty_url)
    assert inspect(engine).get_table_names() == ["alembic_version"]
    engine.dispose()
    migrate.upgrade(empty_url)
    assert migrate.differences(empty_url) == []


def test_two_that_migrate_at_once_do_it_once(empty_url: str) -> None:
    errors: list[BaseException] = []

    def upgrade() -> None:
        try:
            migrate.upgrade(empty_url)
        except Exception as error:  # noqa: BLE001  # whatever it is, the test must hear of it
            errors.append(error)

    threads = [threading.Thread(target=upgrade) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert migrate.current(empty_url) == migrate.newest()


def test_a_database_of_a_newer_grader_is_left_alone(empty_url: str) -> None:
    migrate.upgrade(empty_url)
    engine = create_engine(empty_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(UsageError, match="newer"):
        migrate.upgrade(empty_url)


def test_the_command_says_where_the_database_stands(tmp_path: Path) -> None:
    data = str(tmp_path / "data")

    def run(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(cli, ["migrate", "--data", data, *arguments])
        return result.exit_code, result.output

    assert "no tables" in run("current")[1]
    assert run("check")[0] == 1
    assert run()[0] == 0
    assert run("check") == (0, "")
    assert "up to date" in run("upgrade")[1]


def _definitions(url: str) -> set[str]:
    """Columns, indexes and constraints as the database itself describes them, checks too."""
    engine = create_engine(url)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            rows = connection.execute(
                text("SELECT sql FROM sqlite_master WHERE name NOT LIKE '%alembic%' AND sql > ''")
            )
            found = {line for row in rows for line in _lines(row[0])}
        else:
            constraints = text(
                "SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint"
                " WHERE connamespace = 'public'::regnamespace"
            )
            indexes = text("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'")
            columns = text(
                "SELECT table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' ||"
                " coalesce(column_default, '') || ' ' || coalesce(character_maximum_length, 0)"
                " FROM information_schema.columns WHERE table_schema = 'public'"
            )
            found = {row[0] for query in (constraints, indexes, columns) for row in connection.execute(query)}
    engine.dispose()
    return {line for line in found if "alembic_version" not in line}


def _lines(statement: str) -> set[str]:
    """The parts of a CREATE statement with the table's name; their order means nothing."""
    name = re.split(r"\s*\(", statement, maxsplit=1)[0].replace('"', "")
    # SQLite writes a column that was added into the line of the last one.
    body = re.sub(r", (?=\w+ [A-Z]+(?:\(\d+\))?(?: |,|$))", ",\n", statement, flags=re.MULTILINE)
    return {f"{name}: {' '.join(line.strip().rstrip(',').split())}" for line in body.splitlines()[1:]} or {statement}


def test_who_handed_in_before_there_were_standings_has_one_to_be_derived(empty_url: str) -> None:
    migrate.upgrade(empty_url)
    database = Database(empty_url)
    with database.transaction() as session:
        world = make_world(session)
        hand_in(session, person_id=world.people["ada"], item_id=world.item_id, source=b"x = 1")
    database.close()
    migrate.downgrade(empty_url, "0001")
    migrate.upgrade(empty_url)
    database = Database(empty_url)
    with database.transaction() as session:
        assert refresh(session, world.assignment_id) == 1
        standing = session.get_one(Standing, (world.item_id, world.people["ada"]))
        assert (standing.state, standing.attempts) == ("queued", 1)
    database.close()
