"""What a list of one question's submissions or students is narrowed to: read from the address, shown as chips."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from grader.services.dashboards.item_scores import Figure, named_group
from grader.services.dashboards.item_submissions import Behind, Show
from grader.vocab import Verdict, Visibility
from web.rendering import verdict_look
from web.search import sought

SHOWS = {
    Show.ALL: "All",
    Show.NOT_ACCEPTED: "Not accepted",
    Show.ACCEPTED: "Accepted",
    Show.WAITING: "Waiting",
    Show.FAILED: "Could not be graded",
    Show.AWAITING_MARKING: "Awaiting marking",
}
_BEHIND = ("case", "visibility", "passed", "unstable", "diagnosis", "verdict", "mistake", "attempt")
# What goes with each chip when it is taken off.
_TOGETHER = {"case": ("case", "visibility", "passed", "unstable")}


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition in words; `without` are the address's arguments when it is taken off."""

    text: str
    without: dict[str, str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The list that is asked for: of students where `group` is set, else of submissions."""

    text: str
    show: Show
    behind: Behind
    group: tuple[Figure, str] | None
    chips: tuple[Chip, ...]
    arguments: dict[str, str]  # all that narrows it, for the addresses of its pages and its form

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(self.chips or self.text or self.show is not Show.ALL)


def wanted_list(given: Mapping[str, str]) -> Wanted:
    """What makes no sense is left out, so that an old address still shows something."""
    text = sought(given.get("q", ""))
    show = Show(given["show"]) if given.get("show") in set(Show) else Show.ALL
    behind = _behind(given)
    named = named_group(given.get("who", ""))
    kept = {name: sought(given[name]) for name in _BEHIND if given.get(name) and behind.is_anything}
    if named:
        kept = {"who": given["who"]}
        behind, show = Behind(), Show.ALL
    chips = [Chip(said, _without(kept, name, text, show)) for name, said in _said(behind, named[2] if named else "")]
    arguments = _filled(kept, text, show)
    return Wanted(text, show, behind, named[:2] if named else None, tuple(chips), arguments)


def _behind(given: Mapping[str, str]) -> Behind:
    case = sought(given.get("case", "")) or None
    attempt = given.get("attempt", "")
    is_number = attempt.isascii() and attempt.isdecimal() and len(attempt) <= 6
    return Behind(
        verdict=Verdict(given["verdict"]) if given.get("verdict") in set(Verdict) else None,
        case=case,
        visibility=Visibility(given["visibility"]) if case and given.get("visibility") in set(Visibility) else None,
        is_passed=case is not None and given.get("passed") == "1",
        is_unstable=given.get("unstable") == "1",
        diagnosis=sought(given.get("diagnosis", "")) or None,
        mistake=sought(given.get("mistake", "")) or None,
        attempt=int(attempt) if is_number else None,
    )


def _said(behind: Behind, group: str) -> list[tuple[str, str]]:
    said = []
    if group:
        said.append(("who", f"Students who {group}"))
    if behind.case is not None:
        how = "was unstable in" if behind.is_unstable else "passed" if behind.is_passed else "failed"
        hidden = " (hidden)" if behind.visibility is Visibility.HIDDEN else ""
        said.append(("case", f"{how} {behind.case}{hidden}"))
    elif behind.is_unstable:
        said.append(("unstable", "with an unstable case"))
    if behind.diagnosis is not None:
        said.append(("diagnosis", f"with {behind.diagnosis.replace('_', ' ')}"))
    if behind.verdict is not None:
        said.append(("verdict", verdict_look(behind.verdict).label))
    if behind.mistake is not None:
        said.append(("mistake", f"the mistake {behind.mistake}"))
    if behind.attempt is not None:
        said.append(("attempt", f"attempt {behind.attempt}"))
    return said


def _without(kept: dict[str, str], name: str, text: str, show: Show) -> dict[str, str]:
    gone = _TOGETHER.get(name, (name,))
    return _filled({key: value for key, value in kept.items() if key not in gone}, text, show)


def _filled(kept: dict[str, str], text: str, show: Show) -> dict[str, str]:
    return kept | ({"q": text} if text else {}) | ({"show": show.value} if show is not Show.ALL else {})
