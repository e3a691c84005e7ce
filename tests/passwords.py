"""Hashing that costs next to nothing; a test file that makes passwords imports the fixture."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST

from grader.services.people import accounts

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> PasswordHasher:
    """The same algorithm with the least parameters."""
    cheap = PasswordHasher.from_parameters(CHEAPEST)
    monkeypatch.setattr(accounts, "hasher", cheap)
    return cheap
