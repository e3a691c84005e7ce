"""Whether a question's files hold what its spec names. The files are parsed, never run."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from grader.errors import AuthorFault
from grader.spec.answer_key import faults_of_answer_key
from grader.spec.code import Code, Signature, returned_keys
from grader.spec.contradictions import grades
from grader.spec.model import SUBMISSION, Entry, QuestionSpec
from grader.spec.pictures import faults_of_pictures
from grader.spec.question import (
    CASES_FILE,
    CHECK_FILE,
    PROBE_FILE,
    REFERENCE,
    SAMPLES,
    SOLUTION_FILE,
    STARTER_FILE,
    STATEMENT_FILE,
)
from grader.spec.samples import read_sample
from grader.spec.text import SpecText
from grader.spec.words import did_you_mean


def disagreements(spec: QuestionSpec, text: SpecText, files: Mapping[str, bytes]) -> Iterator[AuthorFault]:
    """Every fault found in the files. What concerns the reference is only looked at where there is one."""
    if not files.get(STATEMENT_FILE, b"").strip():
        yield AuthorFault("the statement is missing: it is what students read", where=STATEMENT_FILE)
    yield from faults_of_pictures(files)
    if spec.entry is None:
        if any(path.startswith(REFERENCE) for path in files):
            yield from faults_of_answer_key(spec, files)
        return
    reader = _Reader(files)
    yield from _cases(spec, text, reader)
    yield from _probe(spec, text, reader)
    yield from _entry_point(spec, spec.entry, reader, STARTER_FILE)
    if any(path.startswith(REFERENCE) for path in files):
        yield from _entry_point(spec, spec.entry, reader, SOLUTION_FILE)
        yield from _checks(spec, text, reader)
        yield from _samples(files)
    yield from reader.faults


class _Reader:
    """Parses each file once and keeps the faults of those that are missing or no Python."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.faults: list[AuthorFault] = []
        self._read: dict[str, Code | None] = {}

    def code(self, name: str, why: str) -> Code | None:
        """The parsed file; None, with a fault kept, when there is none."""
        if name not in self._read:
            self._read[name] = self._parse(name, why)
        return self._read[name]

    def _parse(self, name: str, why: str) -> Code | None:
        if name not in self.files:
            self.faults.append(AuthorFault(f"the file is missing: {why}", where=name))
            return None
        try:
            return Code.parse(self.files[name], name)
        except AuthorFault as fault:
            self.faults.append(fault)
            return None


def _cases(spec: QuestionSpec, text: SpecText, reader: _Reader) -> Iterator[AuthorFault]:
    code = reader.code(CASES_FILE, "its functions make the inputs of the cases")
    if code is None:
        return
    names = code.names()
    for index, case in enumerate(spec.cases):
        if case.make not in names:
            known = did_you_mean(case.make, names)
            yield text.fault(("case", index, "make"), f"no function {case.make!r} in {CASES_FILE}{known}")
            continue
        function = code.function(case.make)
        if function is None:
            continue
        refused = Signature.of(function).refuses(1, frozenset(case.args))
        if refused is not None:
            yield text.fault(("case", index, "args"), f"{case.make} in {CASES_FILE} (line {function.lineno}) {refused}")
        keys = returned_keys(function)
        weights = spec.grade_of(case).weights
        needed = (*spec.inputs, *([weights] if weights is not None else []))
        missing = [name for name in needed if keys is not None and name not in keys]
        if missing:
            message = f"{case.make} returns no {missing[0]!r}{did_you_mean(missing[0], sorted(keys or ()))}"
            yield text.fault(("case", index, "make"), message)


def _probe(spec: QuestionSpec, text: SpecText, reader: _Reader) -> Iterator[AuthorFault]:
    why = "callables handed to the submission, and special ways to call it, are defined there"
    for index, step in enumerate(spec.steps):
        if step.probe is None:
            continue
        code = reader.code(PROBE_FILE, why)
        refused = _refused(code, step.probe, 1 + len(step.args), frozenset())
        if refused is not None:
            yield text.fault(("step", index, "probe"), refused)
    cases = reader.code(CASES_FILE, "")
    for call in cases.calls_of("described") if cases is not None else ():
        if not call.args or not isinstance(call.args[0], ast.Constant) or not isinstance(call.args[0].value, str):
            continue
        code = reader.code(PROBE_FILE, why)
        keywords = frozenset(keyword.arg for keyword in call.keywords if keyword.arg is not None)
        refused = _refused(code, call.args[0].value, 0, keywords, partly=len(keywords) < len(call.keywords))
        if refused is not None:
            yield AuthorFault(refused, where=CASES_FILE, key="described", line=call.lineno)


def _refused(code: Code | None, name: str, count: int, keywords: frozenset[str], partly: bool = False) -> str | None:
    """Why `probe.py` cannot be called so; `partly` when not all keywords are known from the text."""
    if code is None:
        return None
    names = code.names()
    if name not in names:
        return f"no function {name!r} in {code.where}{did_you_mean(name, names)}"
    function = code.function(name)
    if function is None or partly:
        return None
    refused = Signature.of(function).refuses(count, keywords)
    return None if refused is None else f"{name} in {code.where} (line {function.lineno}) {refused}"


def _entry_point(spec: QuestionSpec, entry: Entry, reader: _Reader, where: str) -> Iterator[AuthorFault]:
    code = reader.code(where, f"it defines {entry.name}")
    if code is None:
        return
    names = code.names()
    if entry.name not in names:
        known = did_you_mean(entry.name, names)
        yield AuthorFault(f"does not define {entry.name}{known}", where=where, key=entry.name)
        return
    is_class = entry.kind == "class"
    function = code.method(entry.name, "__init__") if is_class else code.function(entry.name)
    if function is None:
        return
    signature = Signature.of(function, bound=is_class)
    count = len(entry.parameters)
    if signature.positional[:count] != entry.parameters and not signature.any_positional:
        here, there = ", ".join(signature.positional), ", ".join(entry.parameters)
        message = f"its parameters are ({here}), entry.parameters says ({there})"
        yield AuthorFault(message, where=where, key=entry.name, line=function.lineno)
        return
    for step in spec.program():
        refused = signature.refuses(len(step.args), frozenset(step.kwargs)) if step.call == SUBMISSION else None
        if refused is not None:
            message = f"cannot be called as the steps do: it {refused}"
            yield AuthorFault(message, where=where, key=entry.name, line=function.lineno)


def _checks(spec: QuestionSpec, text: SpecText, reader: _Reader) -> Iterator[AuthorFault]:
    for path, grade, keys in grades(spec):
        for check in grade.checks if "checks" in keys else ():
            code = reader.code(CHECK_FILE, "the checks named in the spec are defined there")
            refused = _refused(code, check, 1, frozenset())
            if refused is not None:
                yield text.fault((*path, "checks"), refused)


def _samples(files: Mapping[str, bytes]) -> Iterator[AuthorFault]:
    for path in sorted(files):
        if path.startswith(SAMPLES) and path.endswith(".py"):
            try:
                read_sample(path, files[path])
            except AuthorFault as fault:
                yield fault
