"""The pictures of a published question, as they were published."""

from __future__ import annotations

from grader.services.questions.publish import files_of
from grader.services.refusals import Reason, Refused
from grader.spec.pictures import PICTURE_NAME
from grader.store.questions import QuestionVersion


def picture_of(version: QuestionVersion, name: str) -> bytes:
    """A picture of the public folder; raises Refused for any other. The caller has asked who may read it."""
    picture = files_of(version).get(name) if PICTURE_NAME.fullmatch(name) else None
    if picture is None:
        raise Refused(Reason.NOT_FOUND, "There is no such picture in this question.")
    return picture
