"""Checking a draft in the background, as `grader question verify` does: with what is to be kept of it for its authors.

The question's code runs in the sandbox only. What it may say about itself stays there: whether the draft passed is
decided by grader.verify, from reports of the pipeline.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import null
from sqlalchemy.orm import Session, undefer

from grader.clock import monotonic_s
from grader.errors import AuthorFault
from grader.jobs.chore import Chore, Context
from grader.services.grading.chores import Claim
from grader.services.questions.packing import packed, unpacked
from grader.services.questions.verifications import note_expected
from grader.spec import Question, read_question, samples_of
from grader.spec.question import EXPECTED_FILE, SAMPLES, SOLUTION_FILE
from grader.store.words import VerificationState
from grader.store.workshop import Verification as Row
from grader.verify.expected import NOTHING, expected_finding, expected_text
from grader.verify.mutate import Mutant, mutants_of
from grader.verify.result import Finding, Verification
from grader.verify.run import SEEDS_OF_SAMPLES, interchangeable, verify_question

# How many times the reference must pass, as on the command line.
SEEDS = 20
TELL_S = 0.4


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be checked."""

    draft_id: int | None
    name: str
    digest: str
    files: dict[str, bytes]


def _work(claim: Claim, context: Context, *, seeds: int = SEEDS) -> None:
    asked = _read(context, claim.row_id)
    progress = _Progress(context)
    progress("spec", 0)
    question, faults = read_question(asked.files, asked.name)
    if question is None or faults:
        findings = tuple(Finding("spec", False, str(fault)) for fault in faults)
        _keep(context, asked, asked.files, Verification(asked.name, None, findings), [], None)
        return
    try:
        question = _with_expected(question, context, progress)
    except AuthorFault as fault:
        result = Verification(asked.name, question.version, (Finding("expected", False, str(fault)),))
        _keep(context, asked, asked.files, result, [], question)
        return
    mutants = _mutants(question)
    progress.expect(question, seeds, len(mutants))
    result = verify_question(question, context.sandbox, seeds=seeds, on_progress=progress)
    _keep(context, asked, dict(question.files), result, mutants, question)


VERIFICATION = Chore("verification", Row, _work)


class _Progress:
    """Tells the page how far the work is, and the work when it is to stop."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._totals: dict[str, int] = {}
        self._step = "spec"
        self._done = 0
        self._told_s = 0.0

    def expect(self, question: Question, seeds: int, mutants: int) -> None:
        """How much each step will have to do."""
        samples = len(samples_of(question.files)) * SEEDS_OF_SAMPLES
        self._totals = {"reference": seeds + 1, "samples": samples, "mutants": mutants}

    def __call__(self, stage: str, count: int) -> None:
        """See `grader.verify.run.Progress`."""
        self._context.check()
        if stage:
            self._step, self._done = stage, 0
        self._done += count
        now_s = monotonic_s()
        if stage or now_s - self._told_s > TELL_S:
            self._told_s = now_s
            total = self._totals.get(self._step)
            # Survivors are graded again with other seeds: more than there are mutants.
            done = self._done if total is None else min(self._done, total)
            self._context.tell(progress={"step": self._step, "done": done, "of": total})


def _read(context: Context, row_id: int) -> _Asked:
    with context.database.reading() as session:
        row = session.get_one(Row, row_id, options=[undefer(Row.files)])
        return _Asked(row.draft_id, row.name, row.digest, unpacked(row.files))


def _with_expected(question: Question, context: Context, progress: _Progress) -> Question:
    """The question with the expected values that its reference gives today: nobody has to write that file by hand."""
    if question.spec.kind != "code" or not question.has_reference:
        return question
    progress("expected", 0)
    text = expected_text(question, context.sandbox)
    if expected_finding(question, text).ok:
        return question
    files = {path: content for path, content in question.files.items() if path != EXPECTED_FILE}
    if text != NOTHING:
        files[EXPECTED_FILE] = text.encode()
    again, faults = read_question(files, question.id)
    if again is None or faults:
        raise faults[0]
    return again


def _mutants(question: Question) -> list[Mutant]:
    if question.spec.kind != "code" or not question.has_reference:
        return []
    return mutants_of(question.files[SOLUTION_FILE], interchangeable(question.spec))


def _keep(
    context: Context,
    asked: _Asked,
    files: dict[str, bytes],
    result: Verification,
    mutants: list[Mutant],
    question: Question | None,
) -> None:
    """The result, and the expected values into the draft where that is still what was checked."""
    digest = question.version if question is not None else asked.digest
    is_passed = result.ok and result.version == digest

    def write(session: Session) -> None:
        if asked.draft_id is not None and digest != asked.digest:
            note_expected(session, asked.draft_id, asked.digest, files, digest)

    context.finish(
        VerificationState.PASSED if is_passed else VerificationState.REFUSED,
        write,
        report=_report(result, mutants, question),
        digest=digest,
        files=packed(files),
        progress=null(),
        fault=None,
    )


def _report(result: Verification, mutants: list[Mutant], question: Question | None) -> dict[str, Any]:
    """What `grader question verify --json` prints, with every survivor's diff and what each sample declares."""
    described: dict[str, Any] = msgspec.to_builtins(result)
    report = {"question": result.question, "ok": result.ok, **described}
    if question is None or question.spec.kind != "code":
        return report
    reasons = {survivor.mutant: survivor.reason for survivor in question.spec.survivors}
    alive = set(result.mutants.survivors)
    wrong = {finding.subject: finding.text for finding in result.failures if finding.check == "samples"}
    were_graded = any(finding.check == "samples" for finding in result.findings)
    report["survivors"] = [
        {"mutant": mutant.id, "diff": mutant.diff, "reason": reasons.get(mutant.id)}
        for mutant in mutants
        if mutant.id in alive
    ]
    report["samples"] = [
        {
            "name": sample.path.removeprefix(SAMPLES),
            "verdict": str(sample.verdict),
            "diagnosis": sample.diagnosis and str(sample.diagnosis),
            "about": sample.about,
            "wrong": wrong.get(sample.path.removeprefix("reference/")),
        }
        for sample in (samples_of(question.files) if were_graded else ())
    ]
    report["limits"] = {"wall_s": question.spec.limits.wall_s, "total_wall_s": question.spec.limits.total_wall_s}
    report["seeds"] = SEEDS
    return report
