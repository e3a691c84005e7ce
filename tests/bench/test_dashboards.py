"""`grader bench dashboards` on a course so small that it takes seconds: every page is asked for, and by index."""

from __future__ import annotations

import pytest

from grader.bench.dashboard_course import Scale
from grader.bench.dashboards import Dashboards, dashboards
from grader.bench.dashboards_page import HEADINGS, cells, faults, markdown
from tests.world import NEG_LOG_LIKELIHOOD, TENSOR_ADD, bank_question

pytestmark = [pytest.mark.postgres, pytest.mark.slow]

QUESTIONS = (
    TENSOR_ADD,
    NEG_LOG_LIKELIHOOD,
    "infr10086/tutorial3/what_are_the_parameters",
    "infr10086/tutorial3/forgetting_zero_grad",
)


@pytest.fixture(scope="module")
def result() -> Dashboards:
    scale = Scale(students=30, items=len(QUESTIONS), assignments=2, submissions=1500)
    questions = [bank_question(name) for name in QUESTIONS]
    return dashboards(questions, scale, lambda _: None, rounds=1, only_without_index=True)


def test_every_page_of_tas_and_staff_is_measured_answers_and_reads_large_tables_by_index(result: Dashboards) -> None:
    """A page that was added needs no line here; one whose address has a new variable needs one in the benchmark."""
    assert list(faults(result, goal_ms=None)) == []
    assert {"ta.assignment", "ta.item", "staff.roster", "student.submission"} <= {one.endpoint for one in result.pages}


def test_what_is_measured_is_not_nothing(result: Dashboards) -> None:
    [table] = [page for page in result.pages if page.endpoint == "ta.assignment" and "?" not in page.path]
    assert table.statements > 5
    assert table.rows_read > 30
    assert min(table.cpu_ms) > 0
    assert 0 < table.median_ms <= table.slowest_ms
    assert result.made.submissions > 1000
    assert result.made.standings > 100


def test_the_table_has_a_line_for_each_page(result: Dashboards) -> None:
    assert len(markdown(result).splitlines()) == len(result.pages) + 2
    assert all(len(cells(page, result.trivial)) == len(HEADINGS) for page in result.pages)
