"""A first set of wrong samples for a question, with the verdicts and diagnoses that they really get.

Slips and mutants of the reference are graded; of those that are told apart by what they get, one each is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from grader.errors import AuthorFault, SandboxFault
from grader.pipeline.batch import grade_sources
from grader.pipeline.order import RunReport
from grader.sandbox.interface import Sandbox
from grader.spec import Question
from grader.spec.question import SAMPLES, SOLUTION_FILE
from grader.verify.hint_texts import HINT_TEXTS
from grader.verify.mutate import mutants_of
from grader.verify.run import SEEDS_OF_SAMPLES, interchangeable
from grader.verify.slips import Slip, slips_of
from grader.vocab import Diagnosis, Verdict

MOST = 10
# Mistakes that end in an exception or in an endless loop teach little; one of them is enough.
DULL = frozenset({Verdict.RUNTIME_ERROR, Verdict.TIME_LIMIT, Verdict.INVALID_SUBMISSION, Verdict.MEMORY_LIMIT})

# What a run comes to, as far as a sample can declare it, and the cases that it fails.
Pattern = tuple[Verdict, Diagnosis | None, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Proposals:
    """Samples by their path, and the mutants that no case catches."""

    samples: dict[str, bytes]
    diagnoses: tuple[Diagnosis, ...]
    uncaught: tuple[str, ...]

    def hints(self) -> str:
        """For the end of question.toml: a hint for each diagnosis that the samples get."""
        known = [(word, HINT_TEXTS[word]) for word in self.diagnoses if word in HINT_TEXTS]
        return "".join(f'\n[[hint]]\ndiagnosis = "{word}"\ntext = "{text}"\n' for word, text in known)


def propose(question: Question, sandbox: Sandbox, tensors: Iterable[str], *, most: int = MOST) -> Proposals:
    """Raises AuthorFault when the reference itself does not get full marks, SandboxFault when grading fails."""
    solution = question.files[SOLUTION_FILE]
    _require_sound(question, solution, sandbox)
    entry = question.spec.entry_point
    mutants = mutants_of(solution, interchangeable(question.spec))
    candidates = [Slip("", mutant.id, mutant.source) for mutant in mutants]
    candidates += slips_of(solution, entry.name, list(tensors))
    named = {str(place): slip for place, slip in enumerate(candidates)}
    patterns = _patterns(question, named, sandbox)
    chosen = _chosen(patterns, most)
    samples = dict(_written(named, patterns, chosen))
    words = [patterns[name][1] for name in chosen]
    return Proposals(
        samples=samples,
        diagnoses=tuple(dict.fromkeys(word for word in words if word is not None)),
        uncaught=tuple(
            slip.about for name, slip in named.items() if not slip.name and _is_accepted(patterns.get(name))
        ),
    )


def declared(question: Question, sandbox: Sandbox, sources: Mapping[str, bytes]) -> dict[str, bytes]:
    """Somebody's own solutions as samples, by their path, with the verdict and diagnosis that they get declared.

    `sources` by a word for the file's name. Left out is what gets another verdict with another seed.
    """
    _require_sound(question, question.files[SOLUTION_FILE], sandbox)
    named = {word: Slip(word, word.replace("_", " "), source) for word, source in sources.items()}
    patterns = _patterns(question, named, sandbox)
    return dict(_written(named, patterns, list(patterns)))


def _require_sound(question: Question, solution: bytes, sandbox: Sandbox) -> None:
    for _, report in grade_sources(question, [("", solution)], sandbox=sandbox, seed=1, explain=False):
        if report.fault is not None:
            raise AuthorFault(report.fault.message, where=SOLUTION_FILE)
        for case in report.cases:
            if case.verdict is not Verdict.ACCEPTED:
                raise AuthorFault(f"case {case.name!r}: {case.message}", where=SOLUTION_FILE)


def _patterns(question: Question, named: dict[str, Slip], sandbox: Sandbox) -> dict[str, Pattern]:
    """What each gets; left out when that differs from seed to seed, since no sample may."""
    found: dict[str, list[RunReport]] = {name: [] for name in named}
    for seed in range(1, SEEDS_OF_SAMPLES + 1):
        sources = [(name, slip.source) for name, slip in named.items()]
        for name, report in grade_sources(question, sources, sandbox=sandbox, seed=seed, explain=False):
            if report.fault is not None and report.fault.by != "author":
                raise SandboxFault(report.fault.message)
            if report.fault is None:
                found[name].append(report)
    patterns = {name: _pattern(reports) for name, reports in found.items() if len(reports) == SEEDS_OF_SAMPLES}
    return {name: pattern for name, pattern in patterns.items() if pattern is not None}


def _pattern(reports: list[RunReport]) -> Pattern | None:
    verdicts = {report.verdict for report in reports}
    if len(verdicts) > 1:
        return None
    failed = [[case for case in report.cases if case.verdict is not Verdict.ACCEPTED] for report in reports]
    always = set.intersection(*({case.diagnosis for case in cases if case.diagnosis is not None} for cases in failed))
    first = next((case.diagnosis for case in failed[0] if case.diagnosis in always), None)
    word = None if first is None else Diagnosis(first)
    return verdicts.pop(), word, tuple(case.name for case in failed[0])


def _chosen(patterns: dict[str, Pattern], most: int) -> list[str]:
    """First one for each diagnosis, then one for each other set of failing cases."""
    wrong = {name: pattern for name, pattern in patterns.items() if not _is_accepted(pattern)}
    telling = {name: pattern for name, pattern in wrong.items() if pattern[0] not in DULL}
    dull = [name for name in wrong if name not in telling][:1]
    by_diagnosis = {pattern[1]: name for name, pattern in reversed(telling.items())}
    by_pattern = {pattern: name for name, pattern in reversed(telling.items())}
    ordered = [name for name in telling if name in by_diagnosis.values()]
    ordered += [name for name in telling if name in by_pattern.values() and name not in ordered]
    return [*ordered, *dull][:most]


def _written(named: dict[str, Slip], patterns: dict[str, Pattern], chosen: list[str]) -> Iterator[tuple[str, bytes]]:
    """Paths and texts of the samples; a mutant is called after its diagnosis."""
    taken: dict[str, int] = {}
    for name in chosen:
        verdict, diagnosis, _ = patterns[name]
        word = named[name].name or str(diagnosis or verdict).removeprefix("wrong_")
        taken[word] = taken.get(word, 0) + 1
        number = f"_{taken[word]}" if taken[word] > 1 else ""
        head = [f"# verdict: {verdict}", *([f"# diagnosis: {diagnosis}"] if diagnosis else [])]
        head += [f"# about: {named[name].about}", "", ""]
        kind = "right" if verdict is Verdict.ACCEPTED else "wrong"
        yield f"{SAMPLES}{kind}_{word}{number}.py", "\n".join(head).encode() + named[name].source


def _is_accepted(pattern: Pattern | None) -> bool:
    return pattern is not None and pattern[0] is Verdict.ACCEPTED
