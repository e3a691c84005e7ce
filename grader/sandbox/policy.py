"""What a slot's container may be and do, as data that can be printed and tested."""

from __future__ import annotations

from dataclasses import dataclass, field

# Nothing of the worker's environment reaches a slot.
SLOT_ENVIRONMENT = {
    "HOME": "/tmp",
    "TMPDIR": "/tmp",
    "TORCH_HOME": "/tmp",
    "LANG": "C.UTF-8",
    "PATH": "/usr/bin:/bin",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
    "PYTHONUNBUFFERED": "1",
}

# The warm process itself, then each lane: what a question may ask for by default and what surrounds it.
_WARM_MIB = 1024
_LANE_MIB = 1536
_LANE_PIDS = 160


@dataclass(frozen=True, slots=True)
class ContainerPolicy:
    """The walls around a slot; its children have further ones of their own inside."""

    lanes: int
    runtime: str | None = None  # such as "runsc"; None is the engine's default
    apparmor: str | None = None  # a profile that lets children mount; None is the engine's default
    own_seccomp: bool = True  # the engine's default profile forbids the namespaces that lanes are kept apart by
    gpu: bool = False
    user: str = "65534:65534"
    network: str = "none"
    tmp_mib: int = 64
    shm_mib: int = 16
    open_files: int = 1024
    environment: dict[str, str] = field(default_factory=lambda: dict(SLOT_ENVIRONMENT))

    @property
    def memory_mib(self) -> int:
        """Memory and swap together; the backstop behind every child's own limit."""
        return _WARM_MIB + _LANE_MIB * self.lanes

    @property
    def pids(self) -> int:
        """Processes and threads."""
        return 32 + _LANE_PIDS * self.lanes
