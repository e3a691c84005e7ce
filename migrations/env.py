"""What Alembic runs: on the connection that grader.store.migrate gives it, or on the deployment's database."""

from __future__ import annotations

from alembic import context

from grader.settings import ServiceSettings
from grader.store.migrate import migrating, options

given = context.config.attributes.get("connection")
if given is not None:
    context.configure(connection=given, **options())
    context.run_migrations()
elif context.is_offline_mode():
    context.configure(url=ServiceSettings.from_environment().database_url, literal_binds=True, **options())
    with context.begin_transaction():
        context.run_migrations()
else:
    with migrating(ServiceSettings.from_environment().database_url) as connection:
        context.configure(connection=connection, **options())
        context.run_migrations()
