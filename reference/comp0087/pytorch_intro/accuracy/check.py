"""What cannot be seen from the value."""

from __future__ import annotations

from grader.author import CaseView, Fail


def builds_no_graph(case: CaseView) -> Fail | None:
    """No output of the model or its layers required a gradient."""
    if case.got["graph"]:
        return Fail("still_attached", "The model computed its scores with a graph.")
    return None
