from __future__ import annotations

import math
import random
import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from web.student.curve_picture import curve_svg
from web.student.error_map import grid_scale, grid_summary, grid_svg
from web.student.graph_picture import graph_summary, graph_svg
from web.student.layers import place


def parsed(svg: str) -> ET.Element:
    """It must be well-formed whatever it was made of."""
    return ET.fromstring(svg)


def graph(nodes: list[tuple[str, str]], edges: list[tuple[int, int]], *, cut: bool = False) -> dict[str, Any]:
    return {"nodes": [{"kind": kind, "label": label} for kind, label in nodes], "edges": edges, "cut": cut}


@pytest.mark.parametrize(
    "given",
    [
        [1.0, 0.5, 0.25],
        [1e-9, 1e3, 1e12],
        [0.0, 0.0, 0.0],
        [5.0, 5.0],
        [math.nan, 1.0, 2.0],
        [-1e300, 1e300],
        [0.1] * 400,
        [1e-300, 2e-300, 3e-300],
    ],
)
def test_a_curve_stays_inside_its_frame(given: list[float]) -> None:
    svg = curve_svg({"expected": [value / 2 for value in given], "given": given})
    parsed(svg)
    paths = re.findall(r'class="line \w+" d="([^"]*)"', svg)
    assert len(paths) == 2
    for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", " ".join(paths)):
        assert 0 <= float(x) <= 440
        assert 0 <= float(y) <= 250


@pytest.mark.parametrize(
    "curve", [{}, {"expected": [], "given": []}, {"expected": [math.nan] * 3, "given": [math.nan] * 3}]
)
def test_nothing_to_draw_is_no_picture(curve: dict[str, list[float]]) -> None:
    assert curve_svg(curve) == ""


def test_a_nan_interrupts_the_curve() -> None:
    svg = curve_svg({"expected": [1.0, 2.0, 3.0, 4.0, 5.0], "given": [1.0, 2.0, math.nan, 4.0, 5.0]})
    (given,) = re.findall(r'class="line given" d="([^"]*)"', svg)
    assert given.count("M") == 2


def test_where_the_errors_stand_is_shown_and_told() -> None:
    grid = {
        "where": "the <result>",
        "shape": [2, 3],
        "steps": [1, 1],
        "errors": [[0.0, 0.5, None], [0.0, 0.0, 1.0]],
        "wrong": [[False, True, True], [False, False, True]],
    }
    svg = grid_svg(grid)
    parsed(svg)
    assert re.findall(r'class="cell ([\w-]+)"', svg) == ["right", "shade-2", "not-finite", "right", "right", "shade-4"]
    assert "[0, 1]: off by 0.5" in svg
    assert grid_summary(grid) == "3 of 6 entries of the <result> (2 × 3) are wrong."
    assert [words for _, words in grid_scale(grid)] == ["right", "off, by up to 1", "NaN or infinite"]


def test_a_vector_that_was_made_smaller_says_so() -> None:
    grid = {"where": "x", "shape": [100], "steps": [4], "errors": [[0.0] * 25], "wrong": [[False] * 25]}
    parsed(grid_svg(grid))
    assert "cells, each for several entries," in grid_summary(grid)


def test_the_graph_leads_downwards_to_the_result() -> None:
    nodes = [
        ("result", "result"),
        ("operation", "AddBackward0"),
        ("operation", "MulBackward0"),
        ("input", "x"),
        ("input", "w"),
    ]
    drawn = place(nodes, [(0, 1), (1, 2), (1, 3), (2, 3), (2, 4)])
    rows = [box.y for box in drawn.boxes]
    assert rows[0] > rows[1] > rows[2] > rows[3] == rows[4]
    svg = graph_svg(graph(nodes, [(0, 1), (1, 2), (1, 3), (2, 3), (2, 4)]))
    parsed(svg)
    assert re.findall(r"<text[^>]*>([^<]*)</text>", svg) == ["result", "Add", "Mul", "x", "w"]


def test_an_input_that_nothing_leads_to_is_told_apart() -> None:
    seen = graph(
        [("result", "result"), ("operation", "ExpBackward0"), ("input", "x"), ("input", "w")], [(0, 1), (1, 2)]
    )
    assert graph_svg(seen).count("input alone") == 1
    assert graph_summary(seen) == (
        "1 operation between the result and x. Nothing connects the result with w: no gradient can flow there."
    )


def test_a_forged_graph_is_drawn_as_far_as_it_is_one() -> None:
    circle = graph(
        [("result", "<b>"), ("operation", "A"), ("operation", "B")], [(0, 1), (1, 2), (2, 1), (1, 1), (2, 0)]
    )
    parsed(graph_svg(circle))
    assert "<b>" not in graph_svg(circle)


def test_boxes_never_overlap_whatever_the_graph() -> None:
    chance = random.Random(4)
    for _ in range(30):
        count = chance.randint(1, 60)
        nodes = [("result", "result")] + [("operation", "n" * chance.randint(1, 40)) for _ in range(count - 1)]
        edges = [(chance.randrange(count), chance.randrange(count)) for _ in range(chance.randint(0, 120))]
        drawn = place(nodes, edges)
        boxes = [*drawn.boxes, *drawn.ways]
        for at, one in enumerate(boxes):
            for other in boxes[at + 1 :]:
                apart = one.x + one.width <= other.x or other.x + other.width <= one.x
                assert apart or one.y != other.y
