"""The figures of one question as charts; every bar leads to the list of those that it counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from grader.services.dashboards.item_scores import FULL, LATE, NOT_YET, Figure, Group, StudentAt, groups
from web.charts import Chart, Kind, Row, counted, listed

ListUrl = Callable[..., str]

_LOOKS = {FULL: "good", NOT_YET: "warn", LATE: "warn"}


def score_chart(students: Sequence[StudentAt], list_url: ListUrl) -> Chart:
    """How the scores lie."""
    found = groups(Figure.SCORE, students)
    scored = sum(group.students for group in found)
    full = found[-1].students
    return Chart(
        kind=Kind.EDGES,
        title="Scores",
        says=f"Scores of {scored} students by their share of full marks; {full} have full marks. In per cent: "
        + listed([(_range(group), group.students) for group in found]),
        head="Share of full marks",
        series=("Students",),
        rows=tuple(_row(group, list_url, label=_range(group)) for group in found),
    )


def attempts_chart(students: Sequence[StudentAt], list_url: ListUrl) -> Chart:
    """How many attempts it took until full marks."""
    found = groups(Figure.SOLVED, students)
    return Chart(
        kind=Kind.BARS,
        title="Attempts until solved",
        says="Students by the attempt that first had full marks: "
        + listed([(group.label, group.students) for group in found]),
        head="Solved at attempt",
        series=("Students",),
        rows=tuple(_row(group, list_url) for group in found),
    )


def times_chart(students: Sequence[StudentAt], list_url: ListUrl) -> Chart:
    """How long before their deadlines students began and ended handing in."""
    first, last = groups(Figure.FIRST, students), groups(Figure.LAST, students)
    return Chart(
        kind=Kind.BARS,
        title="Time before the deadline",
        says="When students handed in. For the first time: "
        + listed([(group.label, group.students) for group in first])
        + "; for the last time: "
        + listed([(group.label, group.students) for group in last]),
        head="Before the deadline",
        series=("First handed in", "Last handed in"),
        rows=tuple(
            Row(
                label=one.label,
                cells=(
                    counted(one.students, list_url(who=f"{one.figure}:{one.key}")),
                    counted(other.students, list_url(who=f"{other.figure}:{other.key}")),
                ),
                look=_LOOKS.get(one.key, ""),
            )
            for one, other in zip(first, last, strict=True)
        ),
    )


def _row(group: Group, list_url: ListUrl, label: str = "") -> Row:
    url = list_url(who=f"{group.figure}:{group.key}")
    return Row(label or group.label, (counted(group.students, url),), short=group.label, look=_LOOKS.get(group.key, ""))


def _range(group: Group) -> str:
    return "full marks" if group.key == FULL else f"{int(group.key) * 10}–{int(group.key) * 10 + 10} %"
