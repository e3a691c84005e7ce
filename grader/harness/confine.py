"""How a child of the warm process is shut in before the first line of a submission runs.

Two strengths: with namespaces (`confine` after `clone_child`), or without, where the host forbids user namespaces and a
container of its own already surrounds the child. Filter, limits and dropped capabilities apply in both.
"""

from __future__ import annotations

import os
import resource
from pathlib import Path

from grader.harness import kernel, seccomp
from grader.vocab import Limits

NAMESPACES = (
    kernel.CLONE_NEWUSER
    | kernel.CLONE_NEWNS
    | kernel.CLONE_NEWPID
    | kernel.CLONE_NEWIPC
    | kernel.CLONE_NEWUTS
    | kernel.CLONE_NEWNET
    | kernel.CLONE_NEWCGROUP
)
NOBODY = 65534

# Stacks of threads and malloc's arenas reserve address space that is never touched.
_ADDRESS_SPACE_ALLOWANCE_MIB = 512
_STACK_MIB = 64

CHANNEL_FD = 3
FAILED_STATUS = 113  # exit status of a child that could not be shut in
_SMALL_TMPFS = "size=4k,nr_inodes=8,mode=0555"


def _write(path: str, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY)
    os.write(descriptor, text.encode())
    os.close(descriptor)


def take_descriptors(channel: int, printed: int) -> None:
    """Keep the channel as descriptor 3 and the pipe for printed text as 1 and 2; close all others."""
    nothing = os.open("/dev/null", os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(printed, 1)
    os.dup2(printed, 2)
    if channel == CHANNEL_FD:
        os.set_inheritable(channel, True)
    else:
        os.dup2(channel, CHANNEL_FD)
    os.closerange(CHANNEL_FD + 1, _highest_descriptor() + 1)


def _highest_descriptor() -> int:
    return max(int(name) for name in os.listdir("/proc/self/fd"))


def map_ids(inside_uid: int = NOBODY, inside_gid: int = NOBODY) -> None:
    """Name this user namespace's only user and group; outside they stay who they were."""
    uid, gid = _outside_uid(), _outside_gid()
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{inside_uid} {uid} 1")
    _write("/proc/self/gid_map", f"{inside_gid} {gid} 1")


# Inside a namespace without a map, getuid answers "nobody"; these are recorded by the parent beforehand.
_outside: tuple[int, int] | None = None


def remember_ids() -> None:
    """Record who this process is, for the maps of children to come."""
    global _outside
    _outside = (os.getuid(), os.getgid())


def _outside_uid() -> int:
    assert _outside is not None
    return _outside[0]


def _outside_gid() -> int:
    assert _outside is not None
    return _outside[1]


# Where a checkout lives under /tmp, its interpreter must stay visible beside a child's private files.
WORKSHOP = "mnt/tmp"
_kept: list[str] = []


def keep_under_tmp(paths: list[str]) -> None:
    """Name the folders under /tmp that children go on seeing, read-only."""
    outermost = [path for path in sorted(paths) if path.startswith("/tmp/")]
    _kept[:] = [path for path in outermost if not any(path.startswith(f"{other}/") for other in outermost)]


def private_mounts(tmp_mib: int) -> None:
    """Fresh empty /tmp and /dev/shm; nothing to see in /proc and /sys."""
    kernel.mount(None, "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
    flags = kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC
    tmpfs = "/tmp" if not _kept else f"/{WORKSHOP}"
    kernel.mount("tmpfs", tmpfs, "tmpfs", flags, f"size={tmp_mib}m,nr_inodes=4096,mode=0700")
    for path in _kept:
        os.makedirs(tmpfs + path.removeprefix("/tmp"), exist_ok=True)
        kernel.mount(path, tmpfs + path.removeprefix("/tmp"), None, kernel.MS_BIND | kernel.MS_REC)
    if _kept:
        kernel.mount(tmpfs, "/tmp", None, kernel.MS_BIND | kernel.MS_REC)
        kernel.unmount(tmpfs)
    kernel.mount("tmpfs", "/dev/shm", "tmpfs", flags, f"size={tmp_mib}m,nr_inodes=1024,mode=0700")
    for hidden in ("/proc", "/sys"):
        if os.path.isdir(hidden):
            kernel.mount("tmpfs", hidden, "tmpfs", flags | kernel.MS_RDONLY, _SMALL_TMPFS)


def limit_resources(limits: Limits) -> None:
    """Per-process limits that the kernel enforces. Address space counts from what the warm parent already holds."""
    mib = 1024 * 1024
    address_space = _held_bytes() + (limits.memory_mib + _ADDRESS_SPACE_ALLOWANCE_MIB) * mib
    for what, amount in (
        (resource.RLIMIT_AS, address_space),
        (resource.RLIMIT_CPU, max(1, round(limits.cpu_s))),
        (resource.RLIMIT_FSIZE, limits.tmp_mib * mib),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_NPROC, limits.threads),
        (resource.RLIMIT_STACK, _STACK_MIB * mib),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        _, hard = resource.getrlimit(what)
        allowed = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        resource.setrlimit(what, (allowed, allowed))


_held: int | None = None


def remember_size() -> None:
    """Record the warm parent's address space, which every child starts with."""
    global _held
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    _held = pages * resource.getpagesize()


def _held_bytes() -> int:
    assert _held is not None
    return _held


def shut_in(limits: Limits, *, namespaces: bool) -> None:
    """Everything between the clone and the first foreign instruction; raises OSError where a layer cannot be had.

    `namespaces` says whether this child was cloned into namespaces of its own.
    """
    kernel.die_with_parent()
    os.setsid()
    kernel.set_dumpable(True)  # or its own /proc/self would be closed to it
    # The kernel's memory killer must take the child, not the warm parent.
    _write("/proc/self/oom_score_adj", "1000")
    if namespaces:
        map_ids()
        private_mounts(limits.tmp_mib)
    os.chdir("/tmp")
    limit_resources(limits)
    kernel.drop_capabilities()
    kernel.forbid_new_privileges()
    if seccomp.supported():
        kernel.load_filter(seccomp.filter_program(None if namespaces else os.getpid()))
