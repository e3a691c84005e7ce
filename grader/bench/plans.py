"""How PostgreSQL does what a page asks: which large tables are read from end to end, and how many of their rows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import psycopg

# Tables that grow with every submission.
LARGE = frozenset(
    {"submission", "grading_run", "case_outcome", "standing", "audit_event", "written_answer", "allowance"}
)


@dataclass(frozen=True, slots=True)
class Plan:
    """One statement as it was carried out."""

    statement: str
    scanned: tuple[str, ...]  # large tables that were read from end to end
    rows_read: int  # of large tables
    ms: float
    text: str


def plan_of(connection: psycopg.Connection, statement: str, given: Mapping[str, Any]) -> Plan | None:
    """The plan of a statement that only reads, by running it once more; None of any other."""
    if not statement.lstrip().upper().startswith(("SELECT", "WITH")) or "FOR UPDATE" in statement:
        return None
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {statement}", given)
        row = cursor.fetchone()
    assert row is not None
    told = row[0] if isinstance(row[0], list) else json.loads(row[0])
    nodes = list(_nodes(told[0]["Plan"]))
    scanned = [node["Relation Name"] for node in nodes if node["Node Type"] == "Seq Scan" and _is_large(node)]
    read = sum(
        (node["Actual Rows"] + node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0))
        * node["Actual Loops"]
        for node in nodes
        if _is_large(node)
    )
    text = "\n".join(_lines(told[0]["Plan"]))
    return Plan(statement, tuple(sorted(set(scanned))), round(read), told[0]["Execution Time"], text)


def _is_large(node: Mapping[str, Any]) -> bool:
    return node.get("Relation Name") in LARGE and node["Actual Loops"] > 0


def _nodes(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield node
    for inner in node.get("Plans", ()):
        yield from _nodes(inner)


def _lines(node: Mapping[str, Any], depth: int = 0) -> Iterator[str]:
    what = " ".join(str(node[key]) for key in ("Node Type", "Relation Name", "Index Name") if key in node)
    why = "; ".join(str(node[key]) for key in ("Index Cond", "Filter") if key in node)
    yield f"{'  ' * depth}{what}: {node['Actual Rows']} rows × {node['Actual Loops']}{f' ({why})' if why else ''}"
    for inner in node.get("Plans", ()):
        yield from _lines(inner, depth + 1)
