"""The autograd graph of a result: inline SVG, coloured by the classes of result.css.

Its labels came from the submission's process. They are text, and escaped by Markup.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from web.student.layers import Placed, place


def graph_svg(graph: dict[str, Any]) -> Markup:
    """The autograd graph: inputs above, the result below; what nothing leads to is drawn apart."""
    nodes = [
        (node["kind"], _operation(node["label"]) if node["kind"] == "operation" else node["label"])
        for node in graph["nodes"]
    ]
    if not nodes:
        return Markup("")
    placed = place(nodes, [(int(start), int(end)) for start, end in graph["edges"]])
    reached = {int(end) for _, end in graph["edges"]}
    boxes = [*placed.boxes, *placed.ways]
    parts = [
        Markup('<path class="edge" d="M{} {}C{} {} {} {} {} {}"/>').format(*_edge(boxes[end], boxes[start]))
        for start, end in placed.edges
    ]
    parts += [
        Markup('<path class="edge" d="M{} {}v{}"/>').format(round(way.x + way.width / 2, 1), way.y, way.height)
        for way in placed.ways
    ]
    for at, (kind, label) in enumerate(nodes):
        box = placed.boxes[at]
        alone = " alone" if kind == "input" and at not in reached else ""
        parts.append(
            Markup(
                '<g class="node {}{}"><rect x="{}" y="{}" width="{}" height="{}" rx="{}"/>'
                '<text x="{}" y="{}">{}</text></g>'
            ).format(
                kind,
                alone,
                box.x,
                box.y,
                box.width,
                box.height,
                6 if kind == "operation" else 14,
                box.x + box.width / 2,
                box.y + box.height / 2 + 4.5,
                label,
            )
        )
    return Markup(
        '<svg class="graph" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" aria-label="{label}">'
        "{parts}</svg>"
    ).format(w=placed.width, h=placed.height, label=graph_summary(graph), parts=Markup("").join(parts))


def graph_summary(graph: dict[str, Any]) -> str:
    """The same in a sentence or two."""
    nodes = graph["nodes"]
    reached = {int(end) for _, end in graph["edges"]}
    operations = sum(node["kind"] == "operation" for node in nodes)
    inputs = [(at in reached, node["label"]) for at, node in enumerate(nodes) if node["kind"] == "input"]
    linked = ", ".join(label for is_reached, label in inputs if is_reached)
    alone = ", ".join(label for is_reached, label in inputs if not is_reached)
    said = ""
    if operations or linked:
        counted = f"{operations} operation{'' if operations == 1 else 's'}"
        said = f"{counted} between the result and {linked or 'its leaves'}. "
    if alone:
        said += f"Nothing connects the result with {alone}: no gradient can flow there."
    if graph["cut"]:
        said += " The graph is larger than what is drawn."
    return said.strip()


def _operation(label: str) -> str:
    """torch's name of a backward function as the operation that it undoes: MulBackward0 → Mul."""
    name, found, version = label.rpartition("Backward")
    return name if found and (not version or version.isdecimal()) and name else label


def _edge(above: Placed, below: Placed) -> tuple[float, ...]:
    x1, y1 = above.x + above.width / 2, above.y + above.height
    x2, y2 = below.x + below.width / 2, below.y
    bend = (y2 - y1) / 2
    return (round(x1, 1), y1, round(x1, 1), y1 + bend, round(x2, 1), y2 - bend, round(x2, 1), y2)
