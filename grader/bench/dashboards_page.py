"""The figures of `grader bench dashboards` for terminals, for the documentation, and as what must hold."""

from __future__ import annotations

from collections.abc import Iterator

from grader.bench.dashboards import LEADS_ON, Dashboards, Page

GOAL_MS = 200.0
HEADINGS = ("page", "ms", "slowest", "CPU", "×", "statements", "rows", "read", "KiB", "grown", "by index")


def cells(page: Page, trivial: Page) -> tuple[str, ...]:
    """One line of the table."""
    cpu_ms = sorted(page.cpu_ms)[len(page.cpu_ms) // 2]
    return (
        page.path.removeprefix("/c/deep-learning"),
        f"{page.median_ms:.0f}",
        f"{page.slowest_ms:.0f}",
        f"{cpu_ms:.0f}",
        f"{page.median_ms / trivial.median_ms:.0f}",
        str(page.statements),
        f"{page.rows:,}",
        f"{page.rows_read:,}",
        f"{page.bytes_sent // 1024:,}",
        f"{max(0, page.grown_kib):,}",
        "yes" if not page.scanned else f"no: {', '.join(page.scanned)}",
    )


def faults(result: Dashboards, *, goal_ms: float | None = GOAL_MS) -> Iterator[str]:
    """What does not hold, a sentence each."""
    for address in result.unfilled:
        yield f"{address} was not measured: say in grader/bench/dashboards.py what to fill its address with."
    for page in result.pages:
        if page.status != 200 and page.status not in LEADS_ON:
            yield f"{page.path} answered {page.status}."
        if page.scanned:
            yield f"{page.path} reads {', '.join(page.scanned)} from end to end."
        if goal_ms is not None and page.median_ms > goal_ms:
            yield f"{page.path} took {page.median_ms:.0f} ms."


def markdown(result: Dashboards) -> str:
    """The table as it stands in docs/performance.md, the slowest page first."""
    lines = [f"| {' | '.join(HEADINGS)} |", f"|---|{'--:|' * (len(HEADINGS) - 2)}---|"]
    pages = sorted(result.pages, key=lambda page: -page.median_ms)
    lines += [f"| {' | '.join(cells(page, result.trivial))} |" for page in pages]
    return "\n".join(lines) + "\n"
