"""All checks of one question, with everything graded in the one sandbox."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from contextlib import closing

import msgspec

from grader.clock import monotonic_s
from grader.errors import AuthorFault, SandboxFault
from grader.pipeline.batch import grade_sources
from grader.pipeline.order import RunReport
from grader.sandbox.interface import Sandbox
from grader.spec import Question, QuestionSpec, Sample, samples_of
from grader.spec.draft import UNSAID
from grader.spec.question import REFERENCE, SOLUTION_FILE, STATEMENT_FILE
from grader.verify.audit import audit_tolerances
from grader.verify.degenerate import degenerate_sources
from grader.verify.expected import expected_finding, expected_text
from grader.verify.mutate import Mutant, mutants_of
from grader.verify.result import Finding, MutantScore, Verification
from grader.verify.written import written_findings
from grader.vocab import Verdict

# A mutant that seed 1 does not catch may be caught by others: inputs can be lucky.
SEEDS_OF_SURVIVORS = (2, 3)
SEEDS_OF_SAMPLES = 3
SEEDS_OF_AUDIT = 4
FIRST_SEED = 1
# A mutant often loops for ever; it need not be waited for as long as a student.
MUTANT_WALL_FACTOR = 10.0
MIN_MUTANT_WALL_S = 1.0
# What the reference may use of a limit: students' solutions are slower.
MAX_SHARE_OF_LIMIT = 0.5

# Between types that are taken for one another unless a question says otherwise.
CONVERSIONS = frozenset({"float", "item", "tolist", "list", "tuple", "numpy"})

Progress = Callable[[str, int], None]


def verify_question(
    question: Question,
    sandbox: Sandbox,
    *,
    seeds: int,
    sample_seeds: int = SEEDS_OF_SAMPLES,
    on_progress: Progress = lambda _stage, _count: None,
) -> Verification:
    """Run every check. A faulty question gives findings, never an error; SandboxFault when grading itself fails.

    The reference is graded with so many `seeds`, every sample with `sample_seeds`.
    `on_progress` hears the name of a stage and, for each submission graded, 1.
    """
    started_s = monotonic_s()
    run = _Run(question, sandbox, on_progress, sample_seeds)
    run.check_statement()
    if question.spec.kind != "code":
        run.findings.extend(written_findings(question))
    elif not question.has_reference:
        run.note("reference", False, f"{SOLUTION_FILE} is missing: without it nothing can be graded")
    else:
        try:
            run.all_checks(seeds)
        except AuthorFault as fault:
            run.note("spec", False, str(fault))
    return run.verification(monotonic_s() - started_s)


class _Run:
    """One verification in progress."""

    def __init__(self, question: Question, sandbox: Sandbox, on_progress: Progress, sample_seeds: int) -> None:
        self.question = question
        self.sandbox = sandbox
        self.on_progress = on_progress
        self.sample_seeds = sample_seeds
        self.findings: list[Finding] = []
        self.mutants = MutantScore()
        self.run_s = 0.0
        self.slowest_case_s: float | None = None
        self.margin: float | None = None
        self.gradings = 0

    def verification(self, duration_s: float) -> Verification:
        return Verification(
            question=self.question.id,
            version=self.question.version,
            findings=tuple(self.findings),
            mutants=self.mutants,
            gradings=self.gradings,
            run_s=self.run_s,
            slowest_case_s=self.slowest_case_s,
            tolerance_margin=self.margin,
            duration_s=duration_s,
        )

    def note(self, check: str, ok: bool, text: str, subject: str | None = None, diff: str | None = None) -> None:
        self.findings.append(Finding(check, ok, text, subject, diff))

    def check_statement(self) -> None:
        """What `grader question new` leaves to be said has been said."""
        for number, line in enumerate(self.question.text(STATEMENT_FILE).splitlines(), start=1):
            if UNSAID in line:
                self.note("statement", False, f"there is still something to say: {line.strip()}", f"line {number}")

    def all_checks(self, seeds: int) -> None:
        """The rest says nothing about a question whose own reference fails."""
        if not self.check_reference(seeds):
            return
        self.check_degenerate()
        self.check_samples()
        self.check_mutants()
        self.on_progress("tolerances", 0)
        finding, self.margin = audit_tolerances(self.question, self.grade_with_fresh_seeds)
        self.findings.append(finding)
        self.findings.append(expected_finding(self.question, expected_text(self.question, self.sandbox)))

    def check_reference(self, seeds: int) -> bool:
        """Full marks on every seed, well within the limits. Seeds are fresh: verified often, more are seen."""
        self.on_progress("reference", 0)
        solution = self.question.files[SOLUTION_FILE]
        self.grade([("", solution)], seed=FIRST_SEED)  # waits until the slots are warm, so that times mean something
        reports = self.grade([(str(number), solution) for number in range(seeds)], seed=None)
        failed = [report for report in reports.values() if report.verdict is not Verdict.ACCEPTED]
        for report in failed[:3]:
            self.note("reference", False, f"with seed {report.provenance.seed}: {_why(report)}")
        if failed:
            self.note("reference", False, f"failed with {len(failed)} of {seeds} seeds")
            return False
        self.note("reference", True, f"full marks with {seeds} seeds")
        self.check_limits(list(reports.values()))
        return True

    def check_limits(self, reports: list[RunReport]) -> None:
        """The quickest run counts: what else the machine did must not decide."""
        limits = self.question.spec.limits
        self.run_s = min(report.duration_ms for report in reports) / 1000
        walls = [case.details.wall_s for report in reports for case in report.cases]
        self.slowest_case_s = max((wall_s for wall_s in walls if wall_s is not None), default=None)
        text = f"a run takes {self.run_s:.2g} s of total_wall_s = {limits.total_wall_s:g}"
        ok = self.run_s <= MAX_SHARE_OF_LIMIT * limits.total_wall_s
        if self.slowest_case_s is not None:
            text += f", its slowest case {self.slowest_case_s:.2g} s of wall_s = {limits.wall_s:g}"
            ok = ok and self.slowest_case_s <= MAX_SHARE_OF_LIMIT * limits.wall_s
        self.note("limits", ok, text + f"; all stayed below {limits.memory_mib} MiB")

    def check_degenerate(self) -> None:
        self.on_progress("degenerate", 0)
        sources = degenerate_sources(self.question)
        reports = self.grade(sources.items(), seed=FIRST_SEED)
        passed = [name for name, report in reports.items() if report.verdict is Verdict.ACCEPTED]
        for name in passed:
            self.note("degenerate", False, f"a submission that is {name} gets full marks", name)
        if not passed:
            self.note("degenerate", True, f"{len(reports)} submissions that are no solution are not accepted")

    def check_samples(self) -> None:
        self.on_progress("samples", 0)
        samples = samples_of(self.question.files)
        if not any(not sample.is_right for sample in samples):
            self.note("samples", False, f"no wrong sample: write one to {REFERENCE}samples/wrong_….py")
        seen: dict[str, list[RunReport]] = {sample.path: [] for sample in samples}
        complaints: dict[str, str] = {}
        for seed in range(FIRST_SEED, FIRST_SEED + self.sample_seeds):
            reports = self.grade([(sample.path, sample.source) for sample in samples], seed=seed)
            for sample in samples:
                seen[sample.path].append(reports[sample.path])
                complaint = _complaint(sample, reports[sample.path])
                if complaint is not None:
                    complaints.setdefault(sample.path, f"with seed {seed}: {complaint}")
        for path, text in complaints.items():
            self.note("samples", False, text, path.removeprefix(REFERENCE))
        self.check_seeds_of_samples(samples, seen)
        if samples and not complaints:
            self.note(
                "samples",
                True,
                f"{len(samples)} samples get the verdicts that they declare, each with {_seeds(self.sample_seeds)}",
            )

    def check_seeds_of_samples(self, samples: tuple[Sample, ...], seen: dict[str, list[RunReport]]) -> None:
        """What becomes of a sample may not hang on the inputs that are drawn for it."""
        unsteady = 0
        for sample in samples:
            reports = seen[sample.path]
            text = _hangs_on_seed(reports)
            if text is None:
                continue
            unsteady += 1
            # Points of one case more or less are worth knowing; another verdict cannot be published.
            ok = len({report.verdict for report in reports}) == 1
            self.note("seeds", ok, text, sample.path.removeprefix(REFERENCE))
        if samples and not unsteady and self.sample_seeds > 1:
            self.note("seeds", True, f"no sample's result hangs on the inputs, with {_seeds(self.sample_seeds)}")

    def check_mutants(self) -> None:
        self.on_progress("mutants", 0)
        mutants = mutants_of(self.question.files[SOLUTION_FILE], interchangeable(self.question.spec))
        alive = mutants
        for seed in (FIRST_SEED, *SEEDS_OF_SURVIVORS):
            reports = self.grade([(mutant.id, mutant.source) for mutant in alive], seed=seed, question=self.impatient())
            alive = [mutant for mutant in alive if reports[mutant.id].verdict is Verdict.ACCEPTED]
        self.judge_survivors(mutants, alive)

    def judge_survivors(self, mutants: list[Mutant], alive: list[Mutant]) -> None:
        """Survivors must be listed with a reason, and nothing else may be."""
        listed = {survivor.mutant: survivor.reason for survivor in self.question.spec.survivors}
        survivors = {mutant.id: mutant for mutant in alive}
        self.mutants = MutantScore(
            total=len(mutants),
            caught=len(mutants) - len(alive),
            survivors=tuple(survivors),
            explained=len(survivors.keys() & listed.keys()),
        )
        known = {mutant.id for mutant in mutants}
        for stale in listed.keys() - survivors.keys():
            what = "is caught now" if stale in known else "is no mutant of this solution"
            self.note("mutants", False, f"listed under [[survivor]], but it {what}: remove it", stale)
        for name, mutant in survivors.items():
            if name not in listed:
                text = "survives: add a case that catches it, or list it under [[survivor]] with the reason"
                self.note("mutants", False, text, name, mutant.diff)
        if all(finding.ok for finding in self.findings if finding.check == "mutants"):
            explained = f", {len(alive)} listed with a reason" if alive else ""
            self.note("mutants", True, f"{self.mutants.caught} of {len(mutants)} caught{explained}")

    def impatient(self) -> Question:
        """The question with less time a call."""
        limits = self.question.spec.limits
        wall_s = max(MIN_MUTANT_WALL_S, MUTANT_WALL_FACTOR * self.run_s)
        less = dataclasses.replace(limits, wall_s=min(limits.wall_s, wall_s))
        return dataclasses.replace(self.question, spec=msgspec.structs.replace(self.question.spec, limits=less))

    def grade_with_fresh_seeds(self, question: Question, source: bytes) -> list[RunReport]:
        copies = [(str(number), source) for number in range(SEEDS_OF_AUDIT)]
        return list(self.grade(copies, seed=None, question=question).values())

    def grade(
        self, sources: Iterable[tuple[str, bytes]], *, seed: int | None, question: Question | None = None
    ) -> dict[str, RunReport]:
        """Reports by name. A check that raises is the author's fault and ends the verification."""
        graded = grade_sources(question or self.question, sources, sandbox=self.sandbox, seed=seed, explain=False)
        reports: dict[str, RunReport] = {}
        with closing(graded):
            for name, report in graded:
                self.gradings += 1
                self.on_progress("", 1)
                if report.fault is not None:
                    about = f" (with {name!r})" if name else ""
                    if report.fault.by == "author":
                        raise AuthorFault(report.fault.message + about)
                    raise SandboxFault(report.fault.message + about)
                reports[name] = report
        return reports


def _hangs_on_seed(reports: list[RunReport]) -> str | None:
    """How the results of one sample differ between seeds: in verdict, or in what each case comes to."""
    verdicts = {str(report.verdict): report.provenance.seed for report in reversed(reports)}
    if len(verdicts) > 1:
        told = " and ".join(f"{verdict} with seed {seed}" for verdict, seed in sorted(verdicts.items()))
        return f"its verdict hangs on the inputs: {told}"
    cases: dict[str, set[str]] = {}
    for report in reports:
        for case in report.cases:
            cases.setdefault(case.name, set()).add(case.diagnosis or str(case.verdict))
    differing = {name: words for name, words in cases.items() if len(words) > 1}
    unstable = sorted({case.name for report in reports for case in report.cases if case.is_unstable})
    if not differing and not unstable:
        return None
    told = "; ".join(f"case {name!r}: {' or '.join(sorted(words))}" for name, words in list(differing.items())[:3])
    again = f"failed and passed when asked again: {', '.join(map(repr, unstable))}" if unstable else ""
    return f"what it is told hangs on the inputs: {'; '.join(filter(None, (told, again)))}"


def _seeds(count: int) -> str:
    return "1 seed" if count == 1 else f"{count} seeds"


def interchangeable(spec: QuestionSpec) -> frozenset[str]:
    """Conversions that no case of the question can tell from what they convert."""
    grades = [spec.grade_of(case) for case in spec.cases]
    if all(grade.container == "any" and grade.scalar == "any" for grade in grades):
        return CONVERSIONS
    return frozenset()


def _complaint(sample: Sample, report: RunReport) -> str | None:
    """What is not as the sample declares."""
    if report.verdict is not sample.verdict:
        return f"declared {sample.verdict}, got {_why(report)}"
    diagnoses = {case.diagnosis for case in report.cases if case.diagnosis is not None}
    if sample.diagnosis is not None and sample.diagnosis not in diagnoses:
        found = ", ".join(sorted(diagnoses)) or "none"
        return f"declared the diagnosis {sample.diagnosis}, got {found}"
    return None


def _why(report: RunReport) -> str:
    """The verdict with the first case that is not accepted."""
    for case in report.cases:
        if case.verdict is not Verdict.ACCEPTED:
            return f"{report.verdict} (case {case.name!r}: {case.diagnosis or case.verdict}: {case.message})"
    return str(report.verdict)
