"""The report of a run and of each case, as the worker reads them."""

from __future__ import annotations

from typing import Any

import msgspec
import torch

from grader.judge.decide import Decision
from grader.judge.findings import WIDER
from grader.judge.messages import cut
from grader.judge.open_question import OpenQuestion
from grader.judge.score import Score
from grader.spec.model import Case, Hint, QuestionSpec
from grader.vocab import Diagnosis, Visibility

LONGEST_NOTE = 2000


def case_dict(spec: QuestionSpec, case: Case, decision: Decision, points: float, max_points: float) -> dict[str, Any]:
    """One case. Of hidden cases `message` tells the kind of mistake only; the rest is in `details`."""
    ruling = decision.ruling
    hidden = case.visibility is Visibility.HIDDEN
    return {
        "name": case.name,
        "visibility": case.visibility.value,
        "group": case.group,
        "verdict": ruling.verdict.value,
        "points": points,
        "max_points": max_points,
        "diagnosis": ruling.diagnosis.value if ruling.diagnosis is not None else None,
        "message": ruling.said.discreet if hidden else ruling.said.public,
        "hint": hint_for(spec.hints, case, ruling.diagnosis),
        "details": _details(decision, hidden),
        "is_unstable": decision.is_unstable,
        "fingerprint": decision.fingerprint,
        "followed_through": decision.followed_through,
    }


def _details(decision: Decision, hidden: bool) -> dict[str, Any]:
    finding, ruling = decision.finding, decision.ruling
    note = ruling.note
    if hidden and ruling.diagnosis is not None:
        note = f"{ruling.said.public}\n{note}" if note else ruling.said.public
    return {
        "worst": finding.worst.as_dict() if finding is not None and finding.worst is not None else None,
        "counterexample": decision.snippet,
        "frames": [frame.as_dict() for frame in ruling.frames],
        "staff_note": cut(note, LONGEST_NOTE) if note else None,
        "wall_s": decision.wall_s,
        "curve": finding.curve if finding is not None else None,
        # Students never see those of hidden cases, and reports are kept for good.
        "error_grid": finding.error_grid if finding is not None and finding.curve is None and not hidden else None,
        "graph": decision.graph,
    }


def hint_for(hints: tuple[Hint, ...], case: Case, diagnosis: Diagnosis | None) -> str | None:
    """The hint for a diagnosis, or else for a wider one: for this case before for its group, before for all."""
    while diagnosis is not None:
        fitting = [
            hint
            for hint in hints
            if hint.diagnosis is diagnosis and hint.case in (None, case.name) and hint.group in (None, case.group)
        ]
        if fitting:
            return max(fitting, key=lambda hint: (hint.case is not None, hint.group is not None)).text
        diagnosis = WIDER.get(diagnosis)
    return None


def report_dict(
    question: OpenQuestion, seed: int, scored: Score, cases: list[dict[str, Any]], *, loaded: bool, mistake: str | None
) -> dict[str, Any]:
    """The whole report. `loaded`: the submission was loaded, so that it may have met inputs.

    `mistake` is the same for submissions that are wrong in the same way.
    """
    return {
        "verdict": scored.verdict.value,
        "score": scored.score,
        "max_score": scored.max_score,
        "loaded": loaded,
        "mistake": mistake,
        "cases": cases,
        "provenance": {
            "version": question.version,
            "torch": str(torch.__version__),
            "device": question.device,
            "seed": seed,
            "tolerances": msgspec.to_builtins(question.spec.tolerance),
        },
    }
