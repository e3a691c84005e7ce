from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator

import pytest

from grader.bench.processes import memory_by_role


@pytest.fixture
def outer_and_inner() -> Iterator[tuple[int, int]]:
    """A process and its child, both asleep."""
    with subprocess.Popen(
        ["sh", "-c", "sleep 60 & echo $!; wait"], stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as outer:
        assert outer.stdout is not None
        inner = int(outer.stdout.readline())
        yield outer.pid, inner
        os.killpg(outer.pid, 9)


def test_a_process_counts_for_its_nearest_root_only(outer_and_inner: tuple[int, int]) -> None:
    outer, inner = outer_and_inner
    together = memory_by_role({"both": [outer]})["both"]
    apart = memory_by_role({"engine": [outer], "sandboxes": [inner]})
    assert 0 < apart["engine"] < together
    assert 0 < apart["sandboxes"] < together
