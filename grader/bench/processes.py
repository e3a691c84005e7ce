"""What the processes of a deployment use, by role: memory (PSS) and processor time, children included."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_TICKS_PER_S = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class _Process:
    pid: int
    parent: int
    cpu_s: float  # its own, and that of children that have ended


def cpu_by_role(roots: Mapping[str, Iterable[int]]) -> dict[str, float]:
    """Processor seconds of each role since its processes began."""
    everyone = _everyone()
    return {role: sum(everyone[pid].cpu_s for pid in pids) for role, pids in _families(everyone, roots).items()}


def memory_by_role(roots: Mapping[str, Iterable[int]]) -> dict[str, float]:
    """MiB of each role now, shared pages in proportion; 0 for those that this user may not look at."""
    everyone = _everyone()
    return {role: sum(pss_mib(pid) for pid in pids) for role, pids in _families(everyone, roots).items()}


def with_command(marker: str) -> list[int]:
    """The processes whose command line holds it, but clients of the engine."""
    found = []
    for process in _PROC.glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
        except OSError:  # it has ended meanwhile
            continue
        if marker.encode() in command and not command.partition(b"\0")[0].endswith(b"docker"):
            found.append(int(process.name))
    return found


def _everyone() -> dict[int, _Process]:
    found = {}
    for process in _PROC.glob("[0-9]*"):
        try:
            fields = (process / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        cpu_s = sum(int(fields[index]) for index in (11, 12, 13, 14)) / _TICKS_PER_S
        found[int(process.name)] = _Process(int(process.name), int(fields[1]), cpu_s)
    return found


def _families(everyone: dict[int, _Process], roots: Mapping[str, Iterable[int]]) -> dict[str, set[int]]:
    """Each process under one role only, that of its nearest root: containers are the engine's children, and more."""
    children: dict[int, list[int]] = defaultdict(list)
    for process in everyone.values():
        children[process.parent].append(process.pid)
    role_of_root = {pid: role for role, pids in roots.items() for pid in pids if pid in everyone}
    families: dict[str, set[int]] = {role: set() for role in roots}
    waiting = list(role_of_root.items())
    while waiting:
        pid, role = waiting.pop()
        families[role].add(pid)
        waiting += [(child, role) for child in children[pid] if child not in role_of_root]
    return families


def pss_mib(pid: int) -> float:
    """Memory of one process in MiB, shared pages in proportion; 0 for one that this user may not look at."""
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:  # it has ended meanwhile, or is somebody else's
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
