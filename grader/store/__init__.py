"""What stands in the database: models and named queries. SQLite embedded, PostgreSQL in production."""
