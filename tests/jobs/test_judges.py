"""Lanes are handed out by the question that their judge has open."""

from __future__ import annotations

from contextlib import ExitStack

from grader.jobs.judges import LanePool
from grader.sandbox.interface import Sandbox


def test_a_version_gets_the_lane_that_had_it_last(sandbox: Sandbox) -> None:
    pool = LanePool(sandbox)
    with pool.lane_for("a") as first, pool.lane_for("b") as second:
        assert first is not second
    with pool.lane_for("a") as again:
        assert again is first
    with pool.lane_for("b") as again:
        assert again is second


def test_the_longest_unused_judge_makes_room_for_one_too_many(sandbox: Sandbox) -> None:
    pool = LanePool(sandbox, spare=1)
    lanes = {}
    for version in ("a", "b", "c"):
        with pool.lane_for(version) as lane:
            lanes[version] = lane
    assert len(set(lanes.values())) == 3
    with pool.lane_for("d") as lane:
        assert lane is lanes["a"]


def test_every_place_of_the_sandbox_gets_a_lane_whatever_is_kept_open(sandbox: Sandbox) -> None:
    pool = LanePool(sandbox, spare=0)
    with pool.lane_for("a"), pool.lane_for("b"):
        pass
    with ExitStack() as stack:
        busy = [stack.enter_context(pool.lane_for("c")) for _ in range(sandbox.lanes)]
        assert len(set(busy)) == sandbox.lanes


def test_a_closed_lane_is_not_given_out_again(sandbox: Sandbox) -> None:
    pool = LanePool(sandbox, spare=0)
    with pool.lane_for("a") as lane:
        lane.close()
    with pool.lane_for("a") as fresh:
        assert fresh is not lane
        assert not fresh.is_closed
