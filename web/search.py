"""What people type into a search field."""

from __future__ import annotations


def sought(text: str) -> str:
    """What somebody searches for; no row holds a NUL, and PostgreSQL does not compare with one."""
    return text.replace("\0", "").strip()
