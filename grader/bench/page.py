"""The result as rows for a terminal and as a page of documentation."""

from __future__ import annotations

from grader.bench.run import Result, Row

HEADINGS = ("", "files", "per s", "× cold", "CPU ms", "ms", "spread", "wrong")
MEMORY_HEADINGS = ("MiB", "one at a time", "two at a time", "one more adds")


def cells(row: Row) -> tuple[str, ...]:
    """One contender under `HEADINGS`."""
    return (
        row.name,
        str(row.files),
        f"{row.per_s:.1f}" if row.per_s >= 1 else f"{row.per_s:.2f}",
        f"{row.times_cold:.1f}",
        f"{row.cpu_s * 1000:.0f}",
        "" if row.median_s is None else f"{row.median_s * 1000:.0f}",
        f"{row.spread:.0%}",
        str(row.wrong),
    )


def memory_cells(result: Result) -> list[tuple[str, ...]]:
    """Every measured memory under `MEMORY_HEADINGS`."""
    return [
        (m.name, f"{m.one_lane_mib:.0f}", f"{m.two_lanes_mib:.0f}", f"{m.further_lane_mib:.0f}") for m in result.memory
    ]


def page(result: Result, command: str) -> str:
    """docs/performance.md."""
    lines = [
        "# Performance",
        "",
        f"Written by `{command}`: {result.processors} processors, Linux {result.kernel},",
        f"{result.background:.2f} processors busy with other things at the start, {result.rounds} interleaved rounds,",
        "medians of the rounds.",
        "",
        "The work: ten submissions to `neg_log_likelihood` (four right, six wrong) in turn, thirteen cases each, value",
        "and gradient. The cold container and the bare fork run the same cases in the process of the submission and",
        "explain nothing; the grader decides in a process of its own, says why, and looks for a small counterexample.",
        "",
        *_table(HEADINGS, [cells(row) for row in result.rows]),
        "",
        "- *× cold*: submissions a second against the faster of the two rows of cold containers.",
        "- *CPU*: of one submission, counted over the whole machine, so daemons and the kernel's own work are in it.",
        "- *ms*: median of one submission, from handing it in to its verdict, while the others run beside it.",
        "- *grader check*: the whole command; starting both warm processes is part of it. More files, less of it each.",
        "- *spread*: fastest round minus slowest, over the median. Differences below it mean nothing.",
        "- *wrong*: submissions that did not get the verdict they deserve.",
    ]
    if result.memory:
        lines += [
            "",
            "Memory of everything that runs course code (the judge's processes too), at its peak, shared pages counted",
            "in proportion:",
            "",
            *_table(MEMORY_HEADINGS, memory_cells(result)),
        ]
    return "\n".join(lines) + "\n"


def _table(headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    rule = "|".join(["---", *("--:" for _ in headings[1:])])
    return [f"| {' | '.join(headings)} |", f"|{rule}|", *(f"| {' | '.join(row)} |" for row in rows)]
