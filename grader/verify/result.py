"""What verification found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked. `subject` is a sample, a mutant … where the check has several."""

    check: str  # spec, reference, limits, degenerate, samples, seeds, mutants, tolerance, expected
    ok: bool
    text: str
    subject: str | None = None
    diff: str | None = None
    checked: bool = True  # False: could not be looked into, and the text says why


@dataclass(frozen=True, slots=True)
class MutantScore:
    """How many mutants of the reference were caught; `survivors` have not been, `explained` of them are listed."""

    total: int = 0
    caught: int = 0
    survivors: tuple[str, ...] = ()
    explained: int = 0


@dataclass(frozen=True, slots=True)
class Verification:
    """The result for one question; it may be published when `ok`."""

    question: str
    version: str | None
    findings: tuple[Finding, ...]
    mutants: MutantScore = MutantScore()
    gradings: int = 0  # submissions graded on the way
    run_s: float = 0.0  # the reference's quickest run
    slowest_case_s: float | None = None
    tolerance_margin: float | None = None  # how many times smaller the tolerances could be; None: not audited
    duration_s: float = 0.0

    @property
    def ok(self) -> bool:
        """Whether nothing speaks against publishing."""
        return all(finding.ok for finding in self.findings)

    @property
    def failures(self) -> tuple[Finding, ...]:
        """What must be put right."""
        return tuple(finding for finding in self.findings if not finding.ok)
