"""Places the nodes of a small graph in rows, so that every edge leads downwards."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

_ROW_PX = 52
_BOX_PX = 30
_GAP_PX = 18
_CHARACTER_PX = 7.4
_EDGE_PX = 10
_WAY_PX = 4.0
_MOST_WAYS = 150  # more are drawn across what stands between


@dataclass(frozen=True, slots=True)
class Placed:
    """One node's box."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes in the order of the nodes, the edges without repetitions, and the size of it all.

    Behind the nodes' boxes stand those of `ways`: gaps through which edges pass that cross a row.
    """

    boxes: list[Placed]
    ways: list[Placed]
    edges: list[tuple[int, int]]
    width: int
    height: int


def place(nodes: list[tuple[str, str]], edges: list[tuple[int, int]]) -> Drawing:
    """Node 0, the result, at the bottom; an edge (start, end) says that start was computed from end, so end is above.

    Edges that would close a circle are left out: what the process of a submission told may be anything.
    """
    kept = _without_circles(len(nodes), sorted(set(edges)))
    depths = _depths(len(nodes), kept)
    deepest = max(depths)
    # An input that nothing leads to stands in the first row, with the others.
    lonely = {
        at for at, (kind, _) in enumerate(nodes) if at and not any(at in edge for edge in kept) and kind != "result"
    }
    rows: dict[int, list[int]] = defaultdict(list)
    for at, depth in enumerate(depths):
        rows[0 if at in lonely else deepest - depth].append(at)
    if lonely and not deepest:
        rows = defaultdict(list, {0: sorted(lonely), 1: [at for at in range(len(nodes)) if at not in lonely]})
    row_of = {at: row for row, members in rows.items() for at in members}
    drawn = _with_ways(len(nodes), kept, row_of, rows)
    order = _ordered(rows, drawn)
    widths = [max(44.0, len(label) * _CHARACTER_PX + 22) for _, label in nodes]
    widths += [_WAY_PX] * (sum(map(len, rows.values())) - len(nodes))
    spans = {row: sum(widths[at] for at in members) + _GAP_PX * (len(members) - 1) for row, members in order.items()}
    width = max(spans.values())
    boxes = [Placed(0, 0, 0, 0)] * len(widths)
    for place_in_order, row in enumerate(sorted(order)):
        x = _EDGE_PX + (width - spans[row]) / 2
        for at in order[row]:
            boxes[at] = Placed(round(x, 1), _EDGE_PX + place_in_order * _ROW_PX, round(widths[at], 1), _BOX_PX)
            x += widths[at] + _GAP_PX
    height = (len(order) - 1) * _ROW_PX + _BOX_PX + 2 * _EDGE_PX
    return Drawing(boxes[: len(nodes)], boxes[len(nodes) :], drawn, round(width + 2 * _EDGE_PX), height)


def _with_ways(
    count: int, edges: list[tuple[int, int]], row_of: dict[int, int], rows: dict[int, list[int]]
) -> list[tuple[int, int]]:
    """The edges, those over several rows cut into one for each row; the places where they pass are added to `rows`."""
    if sum(row_of[start] - row_of[end] - 1 for start, end in edges) > _MOST_WAYS:
        return edges
    drawn: list[tuple[int, int]] = []
    following = count
    for start, end in edges:
        below = start
        for row in range(row_of[start] - 1, row_of[end], -1):
            rows[row].append(following)
            drawn.append((below, following))
            below = following
            following += 1
        drawn.append((below, end))
    return drawn


def _without_circles(count: int, edges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left when nodes are taken away as long as one has no edge towards it."""
    towards: dict[int, set[int]] = {at: set() for at in range(count)}
    after: dict[int, list[int]] = defaultdict(list)
    for start, end in edges:
        towards[end].add(start)
        after[start].append(end)
    free = [at for at in range(count) if not towards[at]]
    gone: set[int] = set()
    while free:
        at = free.pop()
        gone.add(at)
        for end in after[at]:
            towards[end].discard(at)
            if not towards[end] and end not in gone:
                free.append(end)
    return [edge for edge in edges if edge[0] in gone and edge[1] in gone]


def _depths(count: int, edges: list[tuple[int, int]]) -> list[int]:
    """The longest way from a node without an edge towards it; there are no circles, so this settles."""
    depths = [0] * count
    for _ in range(count):
        changed = False
        for start, end in edges:
            if depths[end] <= depths[start]:
                depths[end] = depths[start] + 1
                changed = True
        if not changed:
            break
    return depths


def _ordered(rows: dict[int, list[int]], edges: list[tuple[int, int]]) -> dict[int, list[int]]:
    """Each row sorted by where its neighbours stand, from the result upwards, so that few edges cross."""
    near: dict[int, list[int]] = defaultdict(list)
    for start, end in edges:
        near[end].append(start)
    where: dict[int, float] = {}
    ordered: dict[int, list[int]] = {}
    for row in sorted(rows, reverse=True):
        members = sorted(rows[row], key=lambda at: (_middle([where[n] for n in near[at] if n in where]), at))
        ordered[row] = members
        where.update({at: (place_ + 0.5) / len(members) for place_, at in enumerate(members)})
    return ordered


def _middle(places: list[float]) -> float:
    return sum(places) / len(places) if places else 0.5
