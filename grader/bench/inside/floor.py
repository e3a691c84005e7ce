"""A warm torch process that forks a child per submission and nothing else: the floor under every design of this kind.

Reads `{"question", "sources", "namespaces"}` as one line of JSON, prints `ready` when warm, waits for a line, grades,
and prints `{"passed": [[bool, …]…], "wall_s": [seconds…]}`. No walls but namespaces, no relay, no judge of its own.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any

from grader.bench.inside.item import Work, grade, work_of
from grader.harness import kernel

FIVE_NAMESPACES = (
    kernel.CLONE_NEWNS | kernel.CLONE_NEWPID | kernel.CLONE_NEWNET | kernel.CLONE_NEWIPC | kernel.CLONE_NEWUTS
)


def in_a_child(source: str, entry: str, work: Work, namespaces: int) -> list[bool]:
    """Grade in a fork of this process; its answer comes back through a pipe."""
    reading, writing = os.pipe()
    pid = kernel.clone(namespaces) if namespaces else os.fork()
    if pid == 0:
        os.write(writing, json.dumps(grade(source, entry, work)).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answers:
        passed: list[bool] = json.load(answers)
    os.waitpid(pid, 0)
    return passed


def main() -> None:
    """Serve one order."""
    order: dict[str, Any] = json.loads(sys.stdin.readline())
    entry = order["question"]["entry"]
    work = work_of(order["question"])
    grade(order["sources"][0], entry, work)
    flags = FIVE_NAMESPACES if order["namespaces"] else 0
    print("ready", flush=True)
    sys.stdin.readline()
    passed, wall_s = [], []
    for source in order["sources"]:
        began = time.perf_counter()
        passed.append(in_a_child(source, entry, work, flags))
        wall_s.append(time.perf_counter() - began)
    print(json.dumps({"passed": passed, "wall_s": wall_s}), flush=True)


if __name__ == "__main__":
    main()
