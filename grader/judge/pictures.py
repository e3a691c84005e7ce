"""The little data that pictures are drawn from: where the errors of a tensor stand, and the graph behind a result."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.judge.messages import cut
from grader.judge.tensors import Numeric, as_float
from grader.spec.model import RESULT
from grader.wire import Value

MOST_CELLS = 32  # along each side of a grid
FEWEST_ENTRIES = 4  # fewer are better told in words
MOST_NODES = 80  # the harness stops earlier; what it sends cannot be trusted
MOST_EDGES = 400
_LONGEST_LABEL = 60
_KINDS = frozenset({"result", "operation", "input", "leaf"})


def error_grid(where: str, expected: Numeric, given: Numeric, off: Numeric) -> dict[str, Any] | None:
    """How far off each entry of a vector or matrix is, at most 32 × 32 cells; None for any other shape.

    A cell that stands for several entries holds the largest error; None stands for one that is not finite.
    """
    if expected.ndim not in (1, 2) or expected.size < FEWEST_ENTRIES:
        return None
    with np.errstate(all="ignore"):
        errors = np.atleast_2d(np.abs(as_float(given) - as_float(expected)))
    # Equal infinities, or nan where nan is expected, differ by nan but are right.
    wrong = np.atleast_2d(off)
    errors = np.where(np.isfinite(errors), errors, np.where(wrong, np.inf, 0.0))
    steps = [max(1, -(-length // MOST_CELLS)) for length in errors.shape]
    cells, flags = _largest(errors, steps), _largest(wrong, steps)
    return {
        "where": where,
        "shape": list(expected.shape),
        "steps": steps if expected.ndim == 2 else steps[1:],
        "errors": [[float(f"{cell:.3g}") if np.isfinite(cell) else None for cell in row] for row in cells],
        "wrong": flags.tolist(),
    }


def _largest(values: Numeric, steps: list[int]) -> Numeric:
    """The largest entry of each block of that many rows and columns."""
    rows = np.maximum.reduceat(values, np.arange(0, values.shape[0], steps[0]), axis=0)
    cells: Numeric = np.maximum.reduceat(rows, np.arange(0, values.shape[1], steps[1]), axis=1)
    return cells


def graph_request(wrt: tuple[str, ...]) -> dict[str, Value]:
    """What to ask the harness for; `wrt` are inputs that the result should depend on."""
    return {"what": "graph", "of": RESULT, "wrt": list(wrt)}


def read_graph(seen: Value) -> dict[str, Any] | None:
    """The graph that the submission's process described; None where it is not of the form agreed.

    A picture for an honest student and nothing else: whoever tries can make it show anything.
    """
    if not isinstance(seen, dict) or type(seen.get("cut")) is not bool:
        return None
    nodes, edges = seen.get("nodes"), seen.get("edges")
    if type(nodes) is not list or type(edges) is not list or len(nodes) > MOST_NODES or len(edges) > MOST_EDGES:
        return None
    listed: list[dict[str, str]] = []
    for node in nodes:
        kind, label = node if isinstance(node, list | tuple) and len(node) == 2 else (None, None)
        if type(kind) is not str or kind not in _KINDS or type(label) is not str:
            return None
        listed.append({"kind": kind, "label": cut(label, _LONGEST_LABEL)})
    pairs: list[list[int]] = []
    for edge in edges:
        if not isinstance(edge, list | tuple) or len(edge) != 2:
            return None
        if not all(type(end) is int and 0 <= end < len(listed) for end in edge):
            return None
        pairs.append([int(end) for end in edge])  # type: ignore[arg-type]
    return {"nodes": listed, "edges": pairs, "cut": seen["cut"]}
