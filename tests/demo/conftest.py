"""Databases."""

from __future__ import annotations

from tests.databases import blank_sqlite, database, database_url, postgres, sqlite_url

__all__ = ["blank_sqlite", "database", "database_url", "postgres", "sqlite_url"]
