"""A slot on the host, without a container engine: shuts itself in as an engine would, then becomes the relay.

Started as `python -I -B -m grader.harness.local_slot ROLE PATH…`; of the host, its root shows only those PATHs.
As root it gives up root; as anyone else it needs unprivileged user namespaces.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from grader.harness import confine, kernel, relay
from grader.vocab import Role

_NAMESPACES = (
    kernel.CLONE_NEWNS
    | kernel.CLONE_NEWPID
    | kernel.CLONE_NEWNET
    | kernel.CLONE_NEWIPC
    | kernel.CLONE_NEWUTS
    | kernel.CLONE_NEWCGROUP
)
# Both show the C library and the loader's cache; on merged systems most are links into /usr.
_SYSTEM_PATHS = (
    "/usr",
    "/lib",
    "/lib32",
    "/lib64",
    "/libx32",
    "/bin",
    "/sbin",
    "/etc/ld.so.cache",
    "/etc/alternatives",
)
_DEVICES = ("null", "zero", "full", "random", "urandom")
_ROOT = "/dev/shm"  # a mount point that no interpreter is installed under
_STATVFS_FLAGS = {os.ST_NOSUID: kernel.MS_NOSUID, os.ST_NODEV: kernel.MS_NODEV, os.ST_NOEXEC: kernel.MS_NOEXEC}


def main() -> int:
    """Shut in, fork the first process of the new pid namespace, and wait for it; the exit status."""
    role, shown = Role(sys.argv[1]), sys.argv[2:]
    as_root = os.geteuid() == 0
    try:
        _enter_namespaces(as_root=as_root)
    except OSError as error:
        # `probe_layers` finds out and says what is missing; whoever started the slot decides if that will do.
        sys.stderr.write(f"no namespaces: {error}\n")
        return relay.serve(role)
    pid = os.fork()
    if pid == 0:
        kernel.die_with_parent()
        _build_root(shown)
        confine.keep_under_tmp(shown)
        _give_up_privileges(as_root=as_root)
        kernel.die_with_parent()  # again: the kernel forgets it where ids change
        return relay.serve(role)
    # Only the zygote may hold the pipes, or the worker's death would go unnoticed.
    os.close(0)
    os.close(1)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status) & 0xFF


def _enter_namespaces(*, as_root: bool) -> None:
    if as_root:
        kernel.unshare(_NAMESPACES)
        return
    confine.remember_ids()
    kernel.unshare(_NAMESPACES | kernel.CLONE_NEWUSER)
    confine.map_ids()


def _build_root(shown: list[str]) -> None:
    """A root of its own: an empty file system with the host's `shown` folders and a few devices, all read-only."""
    kernel.mount(None, "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
    kernel.mount("tmpfs", _ROOT, "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, "size=1m,mode=0755")
    os.makedirs(f"{_ROOT}/dev/shm", mode=0o755)
    # The warm process may write while it imports; every child mounts its own over these.
    for folder in ("tmp", "dev/shm"):
        os.makedirs(f"{_ROOT}/{folder}", exist_ok=True)
        kernel.mount("tmpfs", f"{_ROOT}/{folder}", "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, "size=16m,mode=1777")
    for path in (*_SYSTEM_PATHS, *shown):
        _show(path)
    for device in _DEVICES:
        _show(f"/dev/{device}")
    for folder in ("proc", "old", confine.WORKSHOP):
        os.makedirs(f"{_ROOT}/{folder}")
    try:
        kernel.mount("proc", f"{_ROOT}/proc", "proc", kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC)
    except OSError:
        # Where /proc is partly masked (inside another container) a fresh one is refused; the old one serves as well.
        kernel.mount("/proc", f"{_ROOT}/proc", None, kernel.MS_BIND | kernel.MS_REC)
    kernel.pivot_root(_ROOT, f"{_ROOT}/old")
    os.chdir("/")
    kernel.unmount("/old")
    os.rmdir("/old")
    kernel.mount(
        None, "/", None, kernel.MS_REMOUNT | kernel.MS_BIND | kernel.MS_RDONLY | kernel.MS_NOSUID | kernel.MS_NODEV
    )


def _show(path: str) -> None:
    """Make the host's `path` visible at the same place of the new root, read-only."""
    target = f"{_ROOT}{path}"
    if os.path.lexists(target) or not os.path.lexists(path):
        return
    os.makedirs(os.path.dirname(target), mode=0o755, exist_ok=True)
    if os.path.islink(path):
        os.symlink(os.readlink(path), target)
        return
    if os.path.isdir(path):
        os.mkdir(target)
    else:
        Path(target).touch()
    kernel.mount(path, target, None, kernel.MS_BIND)
    kept = sum(flag for bit, flag in _STATVFS_FLAGS.items() if os.statvfs(path).f_flag & bit)
    # A namespace may not clear the flags that its parent set, so they are repeated.
    kernel.mount(None, target, None, kernel.MS_REMOUNT | kernel.MS_BIND | kernel.MS_RDONLY | kept)


def _give_up_privileges(*, as_root: bool) -> None:
    if as_root:
        os.setgroups([])
        os.setresgid(confine.NOBODY, confine.NOBODY, confine.NOBODY)
        os.setresuid(confine.NOBODY, confine.NOBODY, confine.NOBODY)
        # Without this /proc/self would still be root's, and children could not name their own ids.
        kernel.set_dumpable(True)
    kernel.drop_capabilities()
    kernel.forbid_new_privileges()


if __name__ == "__main__":
    os._exit(main())
