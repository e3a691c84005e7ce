"""Real servers for the tests: those of the deadline rush, on free ports and with nothing left behind."""

from __future__ import annotations

from grader.bench.servers import (
    Postgres,
    Redis,
    free_port,
    postgres_programs,
    running_postgres,
    running_redis,
    why_no_postgres,
    why_no_redis,
)

__all__ = [
    "Postgres",
    "Redis",
    "free_port",
    "postgres_programs",
    "running_postgres",
    "running_redis",
    "why_no_postgres",
    "why_no_redis",
]
