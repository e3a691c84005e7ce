"""What a verification says, in words for whoever writes the question."""

from __future__ import annotations

from typing import Any

from grader.spec.question import (
    ANSWER_FILE,
    CHECK_FILE,
    EXPECTED_FILE,
    REFERENCE,
    SOLUTION_FILE,
    SPEC_FILE,
    STATEMENT_FILE,
)

CHECKS = {
    "spec": "The files make a question",
    "statement": "The statement is finished",
    "reference": "The reference passes",
    "limits": "Time and memory are enough",
    "degenerate": "What is no solution fails",
    "samples": "Samples get what they declare",
    "seeds": "No result hangs on the inputs drawn",
    "mutants": "Small mistakes are caught",
    "tolerance": "Tolerances leave room for rounding",
    "expected": "Shown values are up to date",
}

STEPS = {
    "spec": "Reading the files",
    "expected": "Computing the expected values of public cases",
    "reference": "Grading the reference with many seeds",
    "degenerate": "Grading what is no solution",
    "samples": "Grading the samples",
    "mutants": "Grading mutants of the reference",
    "tolerances": "Trying smaller tolerances",
}

_ADVICE = {
    "spec": "Open the file at the line that is named and mend it there.",
    "statement": "Write what the statement still leaves open, and take the TODO out.",
    "reference": "Either the reference is wrong for some inputs, or a case asks for more than it can give. "
    "Narrow the inputs in cases.py, or mend reference/solution.py.",
    "limits": "Give more time under [limits] in question.toml, or make the inputs smaller: students' code is slower.",
    "degenerate": "The cases accept an answer that cost nothing. Add one with other inputs, or compare values too.",
    "samples": "Either the sample declares the wrong verdict at its top, or no case catches its mistake.",
    "seeds": "What is drawn decides: narrow the inputs in cases.py, or add a case that always catches the mistake.",
    "mutants": "Add a case that catches the mistake. Where it is none, list it under [[survivor]] in question.toml "
    "with the reason.",
    "tolerance": "Widen [tolerance] in question.toml, or make the inputs smaller.",
    "expected": "It is written anew with every verification; verify again.",
}
_FILES = {
    "spec": SPEC_FILE,
    "statement": STATEMENT_FILE,
    "reference": SOLUTION_FILE,
    "limits": SPEC_FILE,
    "degenerate": SPEC_FILE,
    "mutants": SPEC_FILE,
    "tolerance": SPEC_FILE,
    "expected": EXPECTED_FILE,
}
_KNOWN = (SOLUTION_FILE, CHECK_FILE, ANSWER_FILE, STATEMENT_FILE, "cases.py", "probe.py", "starter.py", SPEC_FILE)


def advice_for(finding: dict[str, Any]) -> tuple[str, str | None]:
    """How to mend it, and in which file."""
    check, text = str(finding.get("check", "")), str(finding.get("text", ""))
    subject = finding.get("subject")
    if check == "samples" and isinstance(subject, str) and subject.startswith("samples/"):
        return _ADVICE["samples"], REFERENCE + subject
    named = next((path for path in _KNOWN if path in text), None)
    return _ADVICE.get(check, ""), named or _FILES.get(check)


def diff_lines(diff: str) -> list[tuple[str, str]]:
    """Lines of a small difference: (gone, come or nothing, text without its sign)."""
    kinds = {"-": "gone", "+": "come"}
    return [(kinds.get(line[:1], ""), line[1:]) for line in diff.splitlines()]
