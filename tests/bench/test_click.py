"""The measurement from click to verdict runs, and its figures hang together."""

from __future__ import annotations

import pytest

from grader.bench.click_to_verdict import SMALL_QUESTION, measure
from tests.world import bank_question


@pytest.mark.slow
def test_every_hop_comes_before_the_verdict() -> None:
    clicks = measure(bank_question(SMALL_QUESTION), 5, "local")
    assert 0 < clicks.begun_ms < clicks.written_ms < clicks.median_ms * 1.5
    assert 0 < clicks.bare_ms < clicks.median_ms * 1.5
    assert clicks.answered_ms < clicks.median_ms
