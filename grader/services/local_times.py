"""Times as course staff type them, in the course's own zone, to moments; and back.

When clocks go back an hour happens twice, and when they go forward one does not happen: whoever types such a time
is told so and chooses.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

FORMAT = "%Y-%m-%dT%H:%M"


class LocalTimeFault(ValueError):
    """A time that cannot be taken as it stands; `str()` says what to do."""


class HappensTwice(LocalTimeFault):
    """Clocks go back over this time; `choices` are the names of the two offsets, the earlier moment first."""

    def __init__(self, message: str, choices: tuple[str, str]) -> None:
        super().__init__(message)
        self.choices = choices


def moment_of(text: str, zone: ZoneInfo, choice: str = "") -> dt.datetime | None:
    """The moment of a local time such as 2026-10-25T01:30; None for nothing typed.

    `choice` says which of two moments is meant: "first" or "second". Raises LocalTimeFault.
    """
    text = text.strip()
    if not text:
        return None
    try:
        naive = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise LocalTimeFault("Write a date and a time, such as 2026-10-23 16:00.") from error
    if naive.tzinfo is not None:
        raise LocalTimeFault(f"Write the time as it is in {zone.key}, without an offset.")
    if not 1970 < naive.year < 2200:
        raise LocalTimeFault("The year looks wrong.")
    first, second = (naive.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(dt.UTC)
    if first.astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None) != naive:
        # The two readings lie on both sides of the gap, which is as long as they differ.
        end = first.astimezone(dt.UTC).astimezone(zone)
        raise LocalTimeFault(
            f"{naive:%H:%M} does not exist on that day: clocks go forward in {zone.key}. "
            f"The same moment would be {end:%H:%M}."
        )
    if choice == "first":
        return first.astimezone(dt.UTC)
    if choice == "second":
        return second.astimezone(dt.UTC)
    raise HappensTwice(
        f"{naive:%H:%M} happens twice on that day: clocks go back in {zone.key}. Choose which one you mean.",
        (first.tzname() or "first", second.tzname() or "second"),
    )


def local_of(moment: dt.datetime | None, zone: ZoneInfo) -> tuple[str, str]:
    """What to show in a form for it: the local time, and which of two moments it is ("" where there is only one)."""
    if moment is None:
        return "", ""
    local = moment.astimezone(zone)
    if local.utcoffset() == local.replace(fold=1 - local.fold).utcoffset():
        return local.strftime(FORMAT), ""
    return local.strftime(FORMAT), "second" if local.fold else "first"
