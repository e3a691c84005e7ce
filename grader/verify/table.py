"""The whole bank as a page: what each question holds, and what its verification measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

import msgspec

from grader.spec import Question, samples_of
from grader.spec.model import Tolerance
from grader.verify.result import Verification
from grader.vocab import Visibility

HEAD = """# The question bank

Written by `./dev bank`, which verifies every question with {seeds} seeds; a test fails when a question changes.

- **cases**: public + hidden; **samples**: right + wrong submissions, all of which get the verdict that they declare.
- **mutants**: caught of all; the survivors stand in the question, each with the reason why it is equivalent.
- **tolerance**: the defaults are rtol 1e-7, atol 1e-9 in float64; rtol 1e-4, 1e-5 of the largest entry in float32.
- **used**: rounding, of the reference in single against double precision, takes at most this share of the tolerance;
  where it says nothing, that was not audited, for the reason below the table.
- **ms**: the reference's quickest run through a warm sandbox, all cases together, where this page was written.

{sums}
"""

CODE_HEAD = (
    "| question | points | cases | samples | mutants | tolerance | used | ms | version |",
    "|---|---:|---:|---:|---:|---|---:|---:|---|",
)
WRITTEN_HEAD = ("| question | kind | points | version |", "|---|---|---:|---|")

Row = tuple[Question, Verification]


def bank_table(rows: Iterable[Row], seeds: int) -> str:
    """A page of Markdown with a section for each tutorial."""
    ordered = sorted(rows, key=lambda row: row[0].id)
    lines = [HEAD.format(seeds=seeds, sums=_sums(ordered))]
    for tutorial, members in groupby(ordered, key=lambda row: row[0].id.rpartition("/")[0]):
        lines += [f"## {tutorial}", "", *_section(list(members))]
    return "\n".join(lines).rstrip("\n") + "\n"


def _sums(rows: list[Row]) -> str:
    code = [(question, result) for question, result in rows if question.spec.kind == "code"]
    samples = [sample for question, _ in code for sample in samples_of(question.files)]
    right = sum(sample.is_right for sample in samples)
    mutants = [result.mutants for _, result in code]
    caught, total = sum(score.caught for score in mutants), sum(score.total for score in mutants)
    equivalent = sum(score.explained for score in mutants)
    return "; ".join(
        [
            f"{len(code)} code questions and {len(rows) - len(code)} written ones",
            f"{right} right and {len(samples) - right} wrong samples",
            f"{caught} of {total} mutants caught, {equivalent} listed as equivalent.",
        ]
    )


def _section(rows: list[Row]) -> Iterator[str]:
    code = [row for row in rows if row[0].spec.kind == "code"]
    written = [row for row in rows if row[0].spec.kind != "code"]
    if code:
        yield from CODE_HEAD
        for question, result in code:
            yield _code_row(question, result)
        yield ""
        for question, result in code:
            yield from _remarks(question, result)
    if written:
        yield from WRITTEN_HEAD
        for question, _ in written:
            points = f"{question.spec.max_score:g}"
            yield f"| {_name(question)} | {question.spec.kind} | {points} | `{question.version[:12]}` |"
        yield ""


def _code_row(question: Question, result: Verification) -> str:
    cases = question.spec.cases
    public = sum(case.visibility is Visibility.PUBLIC for case in cases)
    samples = samples_of(question.files)
    right = sum(sample.is_right for sample in samples)
    score = result.mutants
    cells = (
        _name(question),
        f"{question.spec.max_score:g}",
        f"{public} + {len(cases) - public}",
        f"{right} + {len(samples) - right}",
        f"{score.caught} of {score.total}",
        _tolerance(question.spec.tolerance),
        f"1/{result.tolerance_margin:g}" if result.tolerance_margin else "",
        f"{1000 * result.run_s:.0f}",
        f"`{question.version[:12]}`",
    )
    return f"| {' | '.join(cells)} |"


def _remarks(question: Question, result: Verification) -> Iterator[str]:
    """What the table has no column for."""
    name = question.id.rpartition("/")[2]
    if not result.ok:
        yield f"- {name} **may not be published**: {'; '.join(finding.text for finding in result.failures)}."
    unaudited = [finding.text for finding in result.findings if finding.check == "tolerance" and not finding.checked]
    for text in unaudited:
        yield f"- {name}: {text}."
    if question.spec.notes:
        yield f"- {name}: {' '.join(question.spec.notes.split())}"
    if unaudited or question.spec.notes or not result.ok:
        yield ""


def _tolerance(tolerance: Tolerance) -> str:
    """What differs from the defaults."""
    own = [
        f"{precision} {name} {value:g}"
        for precision in ("float64", "float32")
        for name, value in msgspec.structs.asdict(getattr(tolerance, precision)).items()
        if value != getattr(getattr(Tolerance(), precision), name)
    ]
    return ", ".join(own) or "default"


def _name(question: Question) -> str:
    return f"[{question.id.rpartition('/')[2]}](../tasks/{question.id}/statement.md)"
