"""A CSV that changes many rows at once: first a dry run that names every line it cannot take, then exactly that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from grader.services.csv_sheet import Line, Problem, Sheet
from grader.services.edits import digest_of
from grader.services.refusals import Reason, Refused


class Entry(Protocol):
    """One line of a file and what it would do."""

    @property
    def is_unchanged(self) -> bool:
        """Whether all is as the line says already."""
        ...

    @property
    def about(self) -> tuple[int, int]:
        """Ids of what only one line of a file may speak of."""
        ...

    @property
    def named(self) -> str:
        """The same in words, for the sentence about a second line."""
        ...


E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, slots=True)
class Plan(Generic[E]):
    """A dry run. `digest` stands for all that it shows: applying takes it again and compares."""

    text: str
    entries: tuple[E, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    digest: str

    @property
    def changes(self) -> list[E]:
        """The lines that change something."""
        return [entry for entry in self.entries if not entry.is_unchanged]

    @property
    def in_order(self) -> list[E]:
        """The same in one order for every file, so that two at once wait and do not lock each other out."""
        return sorted(self.changes, key=lambda entry: entry.about)


def planned(sheet: Sheet, owner_id: int, entry_of: Callable[[Line], E]) -> Plan[E]:
    """What the file would do to the course or assignment. `entry_of` raises Refused for a line that cannot be taken."""
    entries: list[E] = []
    problems = list(sheet.problems)
    lines_of: dict[tuple[int, int], int] = {}
    for line in sheet.lines:
        try:
            entry = entry_of(line)
        except Refused as refusal:
            problems.append(Problem(line.number, str(refusal)))
            continue
        earlier = lines_of.setdefault(entry.about, line.number)
        if earlier != line.number:
            problems.append(Problem(line.number, f"{entry.named} stand in line {earlier} already."))
            continue
        entries.append(entry)
    problems.sort(key=lambda problem: problem.line)
    digest = digest_of((owner_id, sheet.text, entries))
    return Plan(sheet.text, tuple(entries), tuple(problems), sheet.notes, digest)


def check_as_shown(fresh: Plan[E], digest: str) -> None:
    """Refused where a line cannot be taken, or where the dry run would show something else by now."""
    if fresh.problems:
        raise Refused(Reason.INVALID, "Put the lines right that are named, and send the file again.")
    if fresh.digest != digest:
        raise Refused(Reason.CONFLICT, "Something changed since you looked at this. Look at the changes again.")
