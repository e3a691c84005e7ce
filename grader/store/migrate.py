"""Bringing a database's tables up to date, with Alembic and the steps in the folder `migrations`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.autogenerate.api import AutogenContext
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, NullPool, create_engine, event, text
from sqlalchemy.engine import make_url

from grader.errors import GraderError, UsageError
from grader.settings import PROJECT
from grader.store.base import UtcDateTime
from grader.store.database import BUSY_S
from grader.store.models import Base

# Any number: whoever migrates a PostgreSQL database holds the lock of this name meanwhile.
_LOCK = 4_711_086


def upgrade(database_url: str) -> None:
    """Make all tables, or change them to what this version of the grader needs. Two at once do it once.

    Raises UsageError where the database is newer than this grader.
    """
    with migrating(database_url) as connection:
        _refuse_unknown(connection)
        command.upgrade(_config(connection), "head")


def downgrade(database_url: str, revision: str = "base") -> None:
    """Undo steps down to `revision`. What only newer tables hold is lost."""
    with migrating(database_url) as connection:
        command.downgrade(_config(connection), revision)


def current(database_url: str) -> str | None:
    """The step that the database stands at; None for one without tables."""
    with migrating(database_url) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The step that this version of the grader needs."""
    return ScriptDirectory.from_config(_config(None)).get_current_head()


def differences(database_url: str) -> list[str]:
    """How the database's tables differ from what the models say, a line each; empty for one that is up to date."""
    with migrating(database_url) as connection:
        found = MigrationContext.configure(connection, opts={**options(), "target_metadata": Base.metadata})
        return [str(difference) for difference in compare_metadata(found, Base.metadata)]


def write_step(database_url: str, message: str) -> list[Path]:
    """Write the step from the database's tables to what the models say, for a developer to read over."""
    with migrating(database_url) as connection:
        written = command.revision(_config(connection), message, autogenerate=True)
    steps = written if isinstance(written, list) else [written]
    return [Path(step.path) for step in steps if step is not None]


@contextmanager
def migrating(database_url: str) -> Iterator[Connection]:
    """A connection in one transaction, with everybody else who wants to migrate kept waiting."""
    is_sqlite = make_url(database_url).get_backend_name() == "sqlite"
    engine = create_engine(database_url, poolclass=NullPool, connect_args={"timeout": BUSY_S} if is_sqlite else {})
    if is_sqlite:
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    try:
        with engine.begin() as connection:
            if not is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            yield connection
            if is_sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
                raise GraderError(f"the step would leave {broken[0]} pointing at rows that do not exist")
    finally:
        engine.dispose()


def options() -> dict[str, Any]:
    """How every migration context is set up."""
    return {
        "target_metadata": Base.metadata,
        "render_as_batch": True,  # SQLite changes a table by copying it
        "render_item": _render,
        "compare_type": True,
        "compare_server_default": True,
    }


def _config(connection: Connection | None) -> Config:
    config = Config(str(_folder() / "alembic.ini"))
    config.attributes["connection"] = connection
    return config


def _folder() -> Path:
    for place in (PROJECT, Path.cwd()):
        if (place / "migrations" / "env.py").is_file():
            return place / "migrations"
    raise UsageError(f"there is no folder `migrations` beside the package (in {PROJECT}): install it there")


def _refuse_unknown(connection: Connection) -> None:
    at = MigrationContext.configure(connection).get_current_revision()
    known = {step.revision for step in ScriptDirectory.from_config(_config(None)).walk_revisions()}
    if at is not None and at not in known:
        raise UsageError(
            f"the database stands at step {at}, which this grader does not know: it was made by a newer one"
        )


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    # A table that is copied is dropped for a moment, which must not take with it what points there.
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA journal_mode = WAL")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _render(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """Steps must not change when the models' own types do."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False
