"""What rows of an archive must be besides of the right types: whatever pages and workers rely on without looking."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from grader.services.archive.archive_rows import Unreadable
from grader.services.courses.assignments import SLUG
from grader.services.grading.reports import decoded
from grader.services.people.accounts import LOGIN, time_zone_from
from grader.services.questions.packing import unpacked
from grader.services.refusals import Refused
from grader.spec.model import QuestionSpec
from grader.spec.version import version_of


def check_row(table: str, row: Mapping[str, Any]) -> None:
    """Raises Unreadable for a row that would break what reads it."""
    match table:
        case "course":
            _check_zone(row)
        case "person":
            _check_zone(row)
            if not LOGIN.fullmatch(row["login"]):
                raise Unreadable("its login cannot be one")
        case "assignment" | "assignment_item":
            if not SLUG.fullmatch(row["slug"]):
                raise Unreadable("its name cannot stand in an address")
        case "question_version":
            _check_version(row)
        case "grading_run" if row["report"] is not None:
            _check_report(row)


def _check_zone(row: Mapping[str, Any]) -> None:
    if row["time_zone"] is not None:
        try:
            time_zone_from(row["time_zone"])
        except Refused as refusal:
            raise Unreadable("its time zone is unknown") from refusal


def _check_version(row: Mapping[str, Any]) -> None:
    try:
        msgspec.convert(row["spec"], QuestionSpec)
        files = unpacked(row["files"])
    except Exception as error:
        raise Unreadable("it is no question that this version of the grader can read") from error
    # Who publishes these very files later would be given this version instead of theirs.
    if version_of(files) != row["digest"]:
        raise Unreadable("its files are not those that its digest names")


def _check_report(row: Mapping[str, Any]) -> None:
    try:
        decoded(row["report"])
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise Unreadable("its report cannot be read") from error
