"""Comments on lines of a submission, as its page shows them and as those who teach write them."""

from __future__ import annotations

from dataclasses import dataclass, field

from grader.services.access import Verb
from grader.services.mistakes.line_comments import MAX_COMMENT_CHARACTERS, comments_on, version_of
from grader.store.mistakes import LineComment
from web.database import reading
from web.login import allowed, current_person
from web.student.access import Seen


@dataclass(frozen=True, slots=True)
class Remark:
    """One comment; `version` goes with the form that edits it."""

    comment: LineComment
    may_edit: bool
    may_remove: bool
    version: str


@dataclass(frozen=True, slots=True)
class TypedRemark:
    """What was sent and could not be taken, and why, by field; `comment_id` where it was an edit."""

    text: str
    line: str = ""
    comment_id: int | None = None
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remarks:
    """All comments on one submission: on the whole of it, on lines that are shown, and on lines that are not."""

    whole: list[Remark]
    by_line: dict[int, list[Remark]]
    may_comment: bool
    typed: TypedRemark
    most_characters: int = MAX_COMMENT_CHARACTERS

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.whole) + sum(map(len, self.by_line.values()))

    @property
    def first_id(self) -> int | None:
        """Where to begin reading."""
        listed = self.whole or next((self.by_line[line] for line in sorted(self.by_line)), [])
        return listed[0].comment.id if listed else None


def remarks_on(seen: Seen, *, is_held: bool, typed: TypedRemark | None = None) -> Remarks:
    """What the reader sees of them; nothing while the grade is held back from them."""
    may_comment = allowed(Verb.COMMENT, seen.submission.course_id)
    remarks = Remarks([], {}, may_comment, typed or TypedRemark(""))
    if is_held:
        return remarks
    person_id = current_person().id
    for comment in comments_on(reading(), seen.submission.id):
        is_theirs = may_comment and comment.written_by == person_id
        remark = Remark(comment, is_theirs, may_comment, version_of(comment))
        if comment.line is None:
            remarks.whole.append(remark)
        else:
            remarks.by_line.setdefault(comment.line, []).append(remark)
    return remarks
