from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from grader.services.local_times import HappensTwice, LocalTimeFault, local_of, moment_of

LONDON = ZoneInfo("Europe/London")


def test_a_time_is_taken_by_the_clocks_of_that_day() -> None:
    assert moment_of("2026-07-01T16:00", LONDON) == dt.datetime(2026, 7, 1, 15, 0, tzinfo=dt.UTC)
    assert moment_of("2026-12-01T16:00", LONDON) == dt.datetime(2026, 12, 1, 16, 0, tzinfo=dt.UTC)
    assert moment_of("  ", LONDON) is None


def test_a_time_that_clocks_skip_is_refused_with_the_one_that_is_meant() -> None:
    with pytest.raises(LocalTimeFault, match=r"does not exist.*02:30") as fault:
        moment_of("2026-03-29T01:30", LONDON)
    assert not isinstance(fault.value, HappensTwice)


def test_a_time_that_happens_twice_must_be_chosen() -> None:
    with pytest.raises(HappensTwice) as fault:
        moment_of("2026-10-25T01:30", LONDON)
    assert fault.value.choices == ("BST", "GMT")
    first, second = (moment_of("2026-10-25T01:30", LONDON, choice) for choice in ("first", "second"))
    assert first is not None
    assert second is not None
    assert second - first == dt.timedelta(hours=1)


@pytest.mark.parametrize("hour", range(5))
def test_what_is_shown_is_taken_as_the_same_moment(hour: int) -> None:
    for day in (dt.datetime(2026, 3, 29, tzinfo=dt.UTC), dt.datetime(2026, 10, 25, tzinfo=dt.UTC)):
        moment = day + dt.timedelta(hours=hour, minutes=30)
        assert moment_of(*_typed(moment)) == moment


@pytest.mark.parametrize("text", ["tomorrow", "2026-13-01T10:00", "2026-07-01T10:00+02:00", "0001-01-01T00:00"])
def test_what_is_no_local_time_is_refused(text: str) -> None:
    with pytest.raises(LocalTimeFault):
        moment_of(text, LONDON)


def _typed(moment: dt.datetime) -> tuple[str, ZoneInfo, str]:
    text, choice = local_of(moment, LONDON)
    return text, LONDON, choice
