"""What somebody typed into a form, kept as it was typed until all of it can be taken."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from grader.services.local_times import HappensTwice, LocalTimeFault, local_of, moment_of


@dataclass(slots=True)
class Form:
    """Values as text by field, what is wrong with them, and the choices for times that happen twice."""

    values: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    choices: dict[str, tuple[str, str]] = field(default_factory=dict)

    @classmethod
    def sent(cls, values: Mapping[str, str]) -> Form:
        """What a browser sent: lines end with CR LF, and PostgreSQL keeps no NUL."""
        return cls({name: value.replace("\r\n", "\n").replace("\0", "") for name, value in values.items()})

    def text(self, name: str) -> str:
        """One field without the space around it."""
        return self.values.get(name, "").strip()

    def moment(self, name: str, zone: ZoneInfo) -> dt.datetime | None:
        """A local time; `<name>_choice` says which one where it happens twice."""
        try:
            return moment_of(self.text(name), zone, self.text(f"{name}_choice"))
        except HappensTwice as fault:
            self.choices[name] = fault.choices
            self.errors[name] = str(fault)
        except LocalTimeFault as fault:
            self.errors[name] = str(fault)
        return None

    def put_moment(self, name: str, moment: dt.datetime | None, zone: ZoneInfo) -> None:
        """Show a moment as it is to be typed."""
        self.values[name], choice = local_of(moment, zone)
        if choice:
            self.values[f"{name}_choice"] = choice
            try:
                moment_of(self.values[name], zone)
            except HappensTwice as fault:
                self.choices[name] = fault.choices

    def offer_choice(self, name: str, zone: ZoneInfo) -> None:
        """Keep the choice on the page while other fields are put right."""
        try:
            moment_of(self.text(name), zone)
        except HappensTwice as fault:
            self.choices[name] = fault.choices
        except LocalTimeFault:
            pass

    def whole(self, name: str, *, empty: int | None = None) -> int | None:
        """A whole number; `empty` for nothing typed."""
        text = self.text(name)
        if not text:
            return empty
        try:
            return int(text)
        except ValueError:
            self.errors[name] = "Write a whole number."
            return empty

    def number(self, name: str) -> float | None:
        """A number, also with a decimal comma; None for nothing typed."""
        text = self.text(name).replace(",", ".")
        if not text:
            return None
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            self.errors[name] = "Write a number."
            return None
        return value


def plain_number(value: float | None) -> str:
    """A number as somebody would type it."""
    return "" if value is None else f"{value:.10g}"


MAX_ID = 2**31 - 1


def row_id(text: str) -> int | None:
    """The id that a form names; None for anything that cannot be one."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 10 and int(text) <= MAX_ID else None
