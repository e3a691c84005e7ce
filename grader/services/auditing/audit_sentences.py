"""What the audit log says of each act, in words: the actor's name goes in front, names stand where rows hold ids.

An act that is not here is told by its own name, so that nothing is ever missing from the log.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

MAX_VALUE_CHARS = 200

# Kinds of acts as the filter offers them: the part of an act before its dot.
KINDS: dict[str, str] = {
    "grades": "Holds and releases",
    "override": "Overrides",
    "extension": "Extensions",
    "request": "Regrade requests",
    "appeal": "Appeals",
    "run": "Runs",
    "regrade": "Regrades",
    "answer": "Marks",
    "line": "Comments on lines",
    "mistake": "Comments on mistakes",
    "comment": "Saved comments",
    "assignment": "Assignments",
    "question": "Questions",
    "draft": "Drafts of questions",
    "roster": "Roster",
    "invitation": "Invitations",
    "section": "Sections",
    "similarity": "Similarity",
    "course": "Courses",
    "person": "Accounts",
    "token": "Tokens",
}

_SENTENCES: dict[str, str] = {
    "answer.marked": "marked {submission}",
    "answer.settled": "settled the marks of {submission}",
    "appeal.opened": "opened the hidden cases of {submission} to its student",
    "appeal.closed": "closed the hidden cases of {submission} again",
    "assignment.created": "created {assignment}",
    "assignment.edited": "edited {assignment}",
    "assignment.item_added": "added {question} to {assignment}",
    "assignment.item_removed": "took {question} out of {assignment}",
    "assignment.items_edited": "edited the questions of {assignment}",
    "assignment.marking_changed": "changed how {assignment} is marked",
    "assignment.windows_edited": "edited the windows of sections in {assignment}",
    "comment.saved": "saved a comment for use again: {title}",
    "comment.changed": "changed a saved comment: {title}",
    "comment.removed": "removed a saved comment: {title}",
    "course.copied": "copied this course from another",
    "course.created": "created the course",
    "course.exported": "exported the course as an archive",
    "course.imported": "imported the course from an archive",
    "draft.created": "began a draft of {question}",
    "draft.edited": "edited {file} in the draft of {question}",
    "draft.file_renamed": "renamed {file} to {new} in the draft of {question}",
    "draft.file_removed": "removed {file} from the draft of {question}",
    "draft.replaced": "replaced the files of the draft of {question}",
    "draft.discarded": "discarded the draft of {question}",
    "draft.verification_asked": "had the draft of {question} verified",
    "draft.verification_cancelled": "stopped the verification of {question}",
    "invitation.accepted": "accepted an invitation as {role}",
    "invitation.created": "invited {login} as {role}",
    "invitation.revoked": "revoked an invitation",
    "line.commented": "commented on a line of {submission}",
    "line.comment_edited": "edited a comment on a line of {submission}",
    "line.comment_removed": "removed a comment on a line of {submission}",
    "mistake.commented": "commented on a mistake at {item}",
    "mistake.comment_withdrawn": "withdrew a comment on a mistake at {item}",
    "override.revoked": "took the override of {person} at {item} back ({points} points)",
    "person.created": "created the account {login}",
    "person.logged_out_everywhere": "logged {person} out everywhere",
    "person.password_changed": "changed the password of {person}",
    "person.password_reset": "made a link for a new password for {person}",
    "question.made_live": "made version {after} of {question} the live one",
    "question.published": "published {question}",
    "question.retired": "retired {question}",
    "question.rolled_back": "rolled {question} back to version {number}",
    "regrade.applied": "put a regrade of {item} in force: {applied} results, {kept} kept",
    "regrade.begun": "began to regrade {item}",
    "regrade.decided": "decided to put a regrade of {item} in force",
    "regrade.dropped": "dropped a regrade of {item}",
    "regrade.joined": "took {submissions} more submissions into a regrade of {item}",
    "question.taken_back": "took {question} back into use",
    "request.made": "asked for another look at {submission}",
    "request.withdrawn": "withdrew the request about {submission}",
    "request.granted": "granted the request about {submission}",
    "request.declined": "declined the request about {submission}",
    "roster.changed": "changed the enrolment of {person}",
    "roster.ended": "ended the enrolment of {person}",
    "run.replayed": "ran {submission} exactly again, to compare",
    "section.created": "created the section {name}",
    "section.removed": "removed the section {name}",
    "section.renamed": "renamed the section {before} to {after}",
    "similarity.asked": "had submissions at {item} compared with each other",
    "similarity.judged": "judged two submissions that are alike",
    "token.created": "created a token",
    "token.revoked": "revoked a token",
}


class Event(NamedTuple):
    """What is read of a row of the log."""

    id: int
    at: dt.datetime
    actor_id: int | None
    act: str
    subject: str
    detail: dict[str, Any]


def sentence(event: Event, names: Mapping[str, str]) -> str:
    """What was done, without who did it. `names` has the subject and the ids of the detail in words, by "person:12"."""
    if (special := _SPECIAL.get(event.act)) is not None:
        return special(event, names)
    template = _SENTENCES.get(event.act)
    if template is None:
        return f"{event.act.replace('.', ': ', 1).replace('_', ' ')} ({_named(event.subject, names)})"
    return template.format_map(_Values(event, names))


class _Values(dict[str, str]):
    """What stands in a sentence, found when it is asked for."""

    def __init__(self, event: Event, names: Mapping[str, str]) -> None:
        super().__init__()
        self._event = event
        self._names = names

    def __missing__(self, key: str) -> str:
        kind, _, rest = self._event.subject.partition(":")
        if kind == key or (key == "person" and kind == "enrolment"):
            return _named(self._event.subject, self._names) if kind != "question" or rest.isdecimal() else rest
        value = self._event.detail.get(key)
        if value is None:
            return "–"
        if (named := self._names.get(f"{key}:{value}")) is not None:
            return named
        return _short(value)


def _grades(event: Event, names: Mapping[str, str]) -> str:
    did = "held back" if event.act == "grades.held" else "released"
    if event.subject.startswith("assignment:"):
        return f"{did} everybody's grades of {_named(event.subject, names)}"
    assignment = names.get(f"assignment:{event.detail.get('assignment')}", "an assignment")
    whose = _named(event.subject, names)
    if event.detail.get("as_everybody"):
        return f"let {whose} see the grades of {assignment} when everybody does"
    return f"{did} the grades of {whose} in {assignment}"


def _override(event: Event, names: Mapping[str, str]) -> str:
    detail = event.detail
    item = names.get(f"item:{detail.get('item')}", "a question")
    before = "nothing" if detail.get("before") is None else f"{detail['before']:.10g}"
    points = detail.get("points")
    after = "–" if points is None else f"{points:.10g}"
    return f"set the points of {_named(event.subject, names)} at {item} to {after} (before: {before})"


def _extension(event: Event, names: Mapping[str, str]) -> str:
    detail = event.detail
    did = "granted" if event.act == "extension.granted" else "revoked"
    assignment = names.get(f"assignment:{detail.get('assignment')}", "an assignment")
    gives = [f"{word} {str(detail[key])[:16].replace('T', ' ')} UTC" for key, word in _TIMES if detail.get(key)]
    if detail.get("extra_attempts"):
        gives.append(f"{detail['extra_attempts']} more attempts")
    return f"{did} an extension for {assignment} to {_named(event.subject, names)}: {', '.join(gives) or '–'}"


def _roster(event: Event, _: Mapping[str, str]) -> str:
    changed, ended = event.detail.get("changed"), event.detail.get("ended")
    counts = f"{len(changed or ())} changed, {len(ended or ())} ended"
    return f"imported a roster: {counts}"


_TIMES = (("due_at", "due"), ("closes_at", "closes"))
_SPECIAL: dict[str, Callable[[Event, Mapping[str, str]], str]] = {
    "grades.held": _grades,
    "grades.released": _grades,
    "override.set": _override,
    "extension.granted": _extension,
    "extension.revoked": _extension,
    "roster.applied": _roster,
}


def acts_told() -> frozenset[str]:
    """The acts with a sentence of their own."""
    return frozenset(_SENTENCES) | frozenset(_SPECIAL)


def reason_of(event: Event) -> str:
    """The words that the actor gave with the act, if any."""
    return str(event.detail.get("reason") or "")


def _named(subject: str, names: Mapping[str, str]) -> str:
    return names.get(subject) or subject.replace(":", " ")


def _short(value: Any) -> str:
    text = f"{value:.10g}" if isinstance(value, float) else str(value)
    return text if len(text) <= MAX_VALUE_CHARS else f"{text[:MAX_VALUE_CHARS]}…"
