"""One order becomes one report, whatever fails on the way."""

from __future__ import annotations

from collections.abc import Callable

from grader.clock import monotonic_s
from grader.errors import AuthorFault, SandboxFault, WireError
from grader.pipeline.conversation import Conversation
from grader.pipeline.lane import Lane
from grader.pipeline.order import CaseResult, Fault, GradingOrder, Provenance, RunReport
from grader.pipeline.source import encoding_problem
from grader.vocab import Diagnosis, Verdict

# The grader's own failures are gone on a fresh pair of processes, or they are not of the passing kind.
TRIES = 3

OnCase = Callable[[CaseResult], None]


def grade(order: GradingOrder, lane: Lane, on_case: OnCase | None = None) -> RunReport:
    """Grade one submission. Raises nothing for what a submission, a question or a sandbox does.

    A fault of the question or of the grader gives a report with verdict `judge_error` and `fault` set. `on_case` hears
    each case as it is decided; after a failure of the grader's own it may hear a case again.
    """
    started_s = monotonic_s()
    problem = encoding_problem(order.source)
    if problem is not None:
        return _unreadable(order, lane, problem, started_s)
    report = _not_graded(order, lane, Fault("grader", "grading did not begin"), started_s)
    for _ in range(TRIES):
        try:
            report = _converse(order, lane, on_case, started_s)
            if report.graded:
                break
        except AuthorFault as fault:
            report = _not_graded(order, lane, Fault("author", str(fault)), started_s)
            break
        except (SandboxFault, WireError) as fault:
            report = _not_graded(order, lane, Fault("grader", str(fault)), started_s)
            if isinstance(fault, SandboxFault) and fault.permanent:
                break
        lane.retire_judge()
    return report


def _converse(order: GradingOrder, lane: Lane, on_case: OnCase | None, started_s: float) -> RunReport:
    conversation = Conversation(order, lane, on_case)
    try:
        decided = conversation.run()
        duration_ms = _since_ms(started_s)
    finally:
        conversation.close()
    fault = None
    if decided.verdict is Verdict.JUDGE_ERROR:
        notes = dict.fromkeys(case.details.staff_note or case.message for case in decided.cases)
        fault = Fault("grader", " ".join(note for note in notes if note) or "the judge could not decide")
    return RunReport(
        question=order.question.id,
        verdict=decided.verdict,
        score=decided.score,
        max_score=decided.max_score,
        duration_ms=duration_ms,
        sandbox=lane.sandbox.name,
        device=decided.provenance.device,
        cases=decided.cases,
        provenance=decided.provenance,
        fault=fault,
        printed=conversation.printed,
        mistake=decided.mistake if decided.verdict is not Verdict.JUDGE_ERROR else None,
        loaded=decided.loaded,
    )


def _unreadable(order: GradingOrder, lane: Lane, problem: str, started_s: float) -> RunReport:
    """The report of a submission that no process was made for."""
    spec = order.question.spec
    cases = tuple(
        CaseResult(
            name=case.name,
            visibility=case.visibility,
            verdict=Verdict.INVALID_SUBMISSION,
            points=0.0,
            max_points=spec.points_of(case),
            group=case.group,
            diagnosis=Diagnosis.BAD_ENCODING.value,
            message=problem,
        )
        for case in spec.cases
    )
    return RunReport(
        question=order.question.id,
        verdict=Verdict.INVALID_SUBMISSION,
        score=0.0,
        max_score=spec.max_score,
        duration_ms=_since_ms(started_s),
        sandbox=lane.sandbox.name,
        device=lane.device_for(order.question),
        cases=cases,
        provenance=_provenance(order, lane),
        loaded=False,
    )


def _not_graded(order: GradingOrder, lane: Lane, fault: Fault, started_s: float) -> RunReport:
    return RunReport(
        question=order.question.id,
        verdict=Verdict.JUDGE_ERROR,
        score=0.0,
        max_score=order.question.spec.max_score,
        duration_ms=_since_ms(started_s),
        sandbox=lane.sandbox.name,
        device=lane.device_for(order.question),
        provenance=_provenance(order, lane),
        fault=fault,
    )


def _provenance(order: GradingOrder, lane: Lane) -> Provenance:
    """What is known of a run that no judge has reported."""
    return Provenance(version=order.question.version, device=lane.device_for(order.question), seed=order.seed)


def _since_ms(started_s: float) -> int:
    return round((monotonic_s() - started_s) * 1000)
