"""Rows as an archive keeps them: JSON that whoever comes after can read without this program.

Ids are counted from the course's first row of each table, so that an archive says the same wherever it was made.
"""

from __future__ import annotations

import base64
import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from enum import Enum as PythonEnum
from typing import Any

from sqlalchemy import Boolean, Column, Double, Enum, Integer, LargeBinary, Table
from sqlalchemy.types import JSON

from grader.services.archive.archive_tables import columns_of, targets_of
from grader.store.base import UtcDateTime

MAX_INT = 2**63 - 1
# What the audit names by its id: in subjects, "person:12", and in details, {"item": 12}.
_SUBJECT = re.compile(r"([a-z_]+):(-?\d+)")
_NAMED: Mapping[str, str] = {
    "person": "person",
    "assignment": "assignment",
    "item": "assignment_item",
    "section": "section",
    "submission": "submission",
    "run": "grading_run",
    "regrade": "regrade",
    "extension": "extension",
    "enrolment": "enrolment",
    "request": "regrade_request",
    "question": "question",
    "draft": "question_draft",
    "course": "course",
}
# Whose id is another one here: (table, id there) → id here.
Renumber = Callable[[str, int], int]


class Unreadable(ValueError):
    """A row that no archive of ours holds."""


def to_json(table: Table, row: Mapping[str, Any], renumber: Renumber) -> dict[str, Any]:
    """One row, by column."""
    given = _at_rest(dict(row))
    targets = targets_of(table)
    kept: dict[str, Any] = {}
    for name in columns_of(table):
        value = given[name]
        if value is not None and (name == "id" or name in targets):
            value = renumber(targets.get(name, table.name), value)
        kept[name] = _written(value)
    return _renamed_audit(kept, renumber) if table.name == "audit_event" else kept


def from_json(table: Table, kept: object, renumber: Renumber) -> dict[str, Any]:
    """The row again, with the ids that it has here; raises Unreadable."""
    columns = columns_of(table)
    if not isinstance(kept, dict) or kept.keys() != set(columns):
        raise Unreadable("its columns are not those of this version of the grader")
    targets = targets_of(table)
    row = {}
    for name in columns:
        column = table.columns[name]
        value = _read(column, kept[name])
        if value is not None and (name == "id" or name in targets):
            value = renumber(targets.get(name, table.name), value)
        if value is not None or not isinstance(column.type, JSON):  # left out, it is NULL and not JSON's null
            row[name] = value
    if table.name == "audit_event":
        row = _renamed_audit(row, renumber)
    return _at_rest(row)


def _at_rest(row: dict[str, Any]) -> dict[str, Any]:
    """What a worker has in its hands waits again: its lease means nothing elsewhere."""
    if "lease_token" in row:
        state = row["state"]
        if (state.value if isinstance(state, PythonEnum) else state) == "running":
            row["state"] = type(state)("queued")
        row["lease_token"] = row["lease_expires_at"] = None
    return row


def _written(value: Any) -> Any:
    if isinstance(value, PythonEnum):
        return value.value
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        raw = bytes(value)
        try:
            return {"text": raw.decode("utf-8")}
        except UnicodeDecodeError:
            return {"base64": base64.b64encode(raw).decode("ascii")}
    return value


def _read(column: Column[Any], value: Any) -> Any:
    """One value of a column; raises Unreadable for anything of another type."""
    if value is None:
        if not column.nullable and not isinstance(column.type, JSON):
            raise Unreadable(f"{column.name} is missing")
        return None
    kind = column.type
    if isinstance(kind, JSON):
        return value
    if isinstance(kind, LargeBinary):
        return _bytes(column.name, value)
    if isinstance(kind, Boolean):
        return _of(bool, column.name, value)
    if isinstance(kind, Integer):
        number = _of(int, column.name, value)
        if isinstance(value, bool) or abs(number) > MAX_INT:
            raise Unreadable(f"{column.name} is no number that a row can hold")
        return number
    if isinstance(kind, Double):
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise Unreadable(f"{column.name} is no number")
        return float(value)
    text = _of(str, column.name, value)
    if isinstance(kind, UtcDateTime):
        return _moment(column.name, text)
    if isinstance(kind, Enum):
        assert kind.enum_class is not None
        try:
            return kind.enum_class(text)
        except ValueError as error:
            raise Unreadable(f"{column.name} is {text[:40]!r}, which is not among its words") from error
    length = getattr(kind, "length", None)
    if "\0" in text or (length is not None and len(text) > length):
        raise Unreadable(f"{column.name} is longer than {length} characters, or holds a NUL")
    return text


def _of(kind: type[Any], name: str, value: Any) -> Any:
    if not isinstance(value, kind):
        raise Unreadable(f"{name} is no {kind.__name__}")
    return value


def _moment(name: str, text: str) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            return moment.astimezone(dt.UTC)
    except (ValueError, OverflowError) as error:
        raise Unreadable(f"{name} is no moment") from error
    raise Unreadable(f"{name} has no time zone")


def _bytes(name: str, value: Any) -> bytes:
    if isinstance(value, dict) and len(value) == 1:
        [(form, text)] = value.items()
        if form == "text" and isinstance(text, str):
            return text.encode("utf-8")
        if form == "base64" and isinstance(text, str):
            try:
                return base64.b64decode(text, validate=True)
            except ValueError as error:
                raise Unreadable(f"{name} is no base64") from error
    raise Unreadable(f"{name} is neither text nor base64")


def _renamed_audit(row: dict[str, Any], renumber: Renumber) -> dict[str, Any]:
    found = _SUBJECT.fullmatch(str(row["subject"]))
    if found is not None and found[1] in _NAMED:
        row["subject"] = f"{found[1]}:{renumber('?' + _NAMED[found[1]], int(found[2]))}"
    if isinstance(row["detail"], dict):
        row["detail"] = {
            name: renumber("?" + _NAMED[name], value)
            if name in _NAMED and isinstance(value, int) and not isinstance(value, bool)
            else value
            for name, value in row["detail"].items()
        }
    return row
