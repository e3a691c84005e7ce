"""Reports as rows keep them: JSON that whoever comes after can read without this program."""

from __future__ import annotations

import math
from typing import Any

import msgspec
from sqlalchemy import insert
from sqlalchemy.orm import Session

from grader.pipeline.order import RunReport
from grader.pipeline.plain_text import plain_line
from grader.store.runs import CaseOutcome


def encoded(report: RunReport) -> bytes:
    """The report as bytes. JSON knows no NaN and no infinity: they are written as the words nan, inf and -inf."""
    return msgspec.json.encode(_storable(msgspec.to_builtins(report)))


def decoded(kept: bytes) -> RunReport:
    """The report again; where a number is wanted, its words are numbers again."""
    return msgspec.json.decode(kept, type=RunReport, strict=False)


def result_columns(report: RunReport) -> dict[str, Any]:
    """What a finished run keeps of its report, by column."""
    return {
        "verdict": report.verdict,
        "score": report.score,
        "max_score": report.max_score,
        "duration_ms": report.duration_ms,
        "sandbox": report.sandbox[:16],
        "mistake": report.mistake and report.mistake[:32],
        "report": encoded(report),
    }


def add_case_outcomes(session: Session, run_id: int, report: RunReport) -> None:
    """A row for each case, for tables over many runs."""
    rows = [
        {
            "run_id": run_id,
            "position": position,
            "name": plain_line(case.name)[:200],
            "visibility": case.visibility,
            "verdict": case.verdict,
            "points": case.points,
            "max_points": case.max_points,
            "diagnosis": case.diagnosis and case.diagnosis[:40],
            "is_unstable": case.is_unstable,
        }
        for position, case in enumerate(report.cases)
    ]
    if rows:
        session.execute(insert(CaseOutcome), rows)


def _storable(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")  # without lone surrogates, which no encoding has
    if isinstance(value, dict):
        return {_storable(key): _storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(item) for item in value]
    return value
