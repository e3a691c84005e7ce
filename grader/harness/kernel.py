"""The few Linux system calls that Python's standard library lacks, with errors raised as OSError."""

from __future__ import annotations

import ctypes
import os

CLONE_NEWNS = 0x00020000
CLONE_NEWCGROUP = 0x02000000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000
_CLONE_CHILD_CLEARTID = 0x00200000
_CLONE_CHILD_SETTID = 0x01000000
_SIGCHLD = 17

MS_RDONLY = 1
MS_NOSUID = 2
MS_NODEV = 4
MS_NOEXEC = 8
MS_REMOUNT = 32
MS_BIND = 4096
MS_REC = 16384
MS_PRIVATE = 1 << 18
_MNT_DETACH = 2

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_SECCOMP = 22
_PR_CAPBSET_DROP = 24
_PR_SET_NO_NEW_PRIVS = 38
_PR_GET_TID_ADDRESS = 40
_SECCOMP_MODE_FILTER = 2
_SIGKILL = 9

# Raw numbers of the two calls glibc wraps in ways that do not fit here.
_NUMBERS = {"x86_64": {"clone": 56, "pivot_root": 155}, "aarch64": {"clone": 220, "pivot_root": 41}}

# PyDLL keeps the interpreter lock: a process must not be cloned while another thread could hold it.
_libc = ctypes.PyDLL(None, use_errno=True)
_syscall = _libc.syscall
_syscall.restype = ctypes.c_long


def _number(name: str) -> int:
    machine = os.uname().machine
    if machine not in _NUMBERS:
        raise OSError(38, f"the system call {name} is not known on {machine}")
    return _NUMBERS[machine][name]


def _check(result: int, what: str) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{what}: {os.strerror(code)}")
    return result


def _thread_id_address() -> int | None:
    """Where glibc keeps the main thread's id, so that a raw clone can correct it in the child."""
    address = ctypes.c_void_p()
    if _libc.prctl(_PR_GET_TID_ADDRESS, ctypes.byref(address), 0, 0, 0) < 0:
        return None
    return address.value


def clone(namespaces: int) -> int:
    """Fork this process straight into new `namespaces` (CLONE_NEW* flags); 0 in the child, like os.fork.

    One clone costs what a plain fork costs; unshare(CLONE_NEWPID) followed by a fork copies the process twice.
    Only for a process with a single thread: what Python and libraries do around a fork to mend the locks of other
    threads is left out, since there are none, and it would copy a megabyte of memory in every child.
    """
    flags = namespaces | _SIGCHLD
    tid = _thread_id_address()
    if tid is not None:
        flags |= _CLONE_CHILD_SETTID | _CLONE_CHILD_CLEARTID
    machine = os.uname().machine
    number = _number("clone")
    # x86_64: flags, stack, parent tid, child tid, tls; aarch64 has the last two the other way round.
    last = (tid or 0, 0) if machine == "x86_64" else (0, tid or 0)
    arguments = [ctypes.c_ulong(n) for n in (flags, 0, 0, *last)]
    return _check(int(_syscall(ctypes.c_long(number), *arguments)), "clone")


def unshare(namespaces: int) -> None:
    """Move this process into new namespaces (a pid namespace takes its next child)."""
    _check(_libc.unshare(ctypes.c_int(namespaces)), "unshare")


def mount(source: str | None, target: str, kind: str | None, flags: int, options: str = "") -> None:
    """mount(2)."""
    encoded = [None if text is None else os.fsencode(text) for text in (source, target, kind)]
    _check(
        _libc.mount(encoded[0], encoded[1], encoded[2], ctypes.c_ulong(flags), options.encode() or None),
        f"mount on {target}",
    )


def unmount(target: str) -> None:
    """Detach what is mounted on `target`, lazily."""
    _check(_libc.umount2(os.fsencode(target), _MNT_DETACH), f"umount {target}")


def pivot_root(new_root: str, old_root: str) -> None:
    """pivot_root(2)."""
    _check(_syscall(ctypes.c_long(_number("pivot_root")), os.fsencode(new_root), os.fsencode(old_root)), "pivot_root")


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent ends."""
    _check(_libc.prctl(_PR_SET_PDEATHSIG, ctypes.c_ulong(_SIGKILL), 0, 0, 0), "prctl(PR_SET_PDEATHSIG)")


def forbid_new_privileges() -> None:
    """Make set-uid programs and file capabilities powerless for this process and its descendants."""
    _check(_libc.prctl(_PR_SET_NO_NEW_PRIVS, ctypes.c_ulong(1), 0, 0, 0), "prctl(PR_SET_NO_NEW_PRIVS)")


def set_dumpable(dumpable: bool) -> None:
    """Whether /proc/self belongs to this process's user; changing ids clears it."""
    _check(_libc.prctl(_PR_SET_DUMPABLE, ctypes.c_ulong(int(dumpable)), 0, 0, 0), "prctl(PR_SET_DUMPABLE)")


class _CapabilityHeader(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _CapabilityData(ctypes.Structure):
    _fields_ = [("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32)]


def drop_capabilities() -> None:
    """Give up every capability, in the bounding set too where that is allowed."""
    for capability in range(64):
        if _libc.prctl(_PR_CAPBSET_DROP, ctypes.c_ulong(capability), 0, 0, 0) < 0:
            break  # past the last one, or without the right to: no_new_privs bounds it then
    header = _CapabilityHeader(0x20080522, 0)
    nothing = (_CapabilityData * 2)()
    _check(_libc.capset(ctypes.byref(header), nothing), "capset")


class _FilterProgram(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def load_filter(program: bytes) -> None:
    """Install a seccomp filter, given as an array of 8-byte sock_filter records."""
    buffer = ctypes.create_string_buffer(program, len(program))
    record = _FilterProgram(len(program) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    _check(_libc.prctl(_PR_SET_SECCOMP, ctypes.c_ulong(_SECCOMP_MODE_FILTER), ctypes.byref(record), 0, 0), "seccomp")


_MADV_HUGEPAGE = 14
_MADV_COLLAPSE = 25
_HUGE = 2 * 1024 * 1024


def use_huge_pages() -> int:
    """Gather this process's private memory into huge pages; bytes gathered, 0 where the kernel cannot.

    A fork copies one entry for 512 pages then: measured at half the time of a child's life.
    """
    gathered = 0
    with open("/proc/self/maps", encoding="ascii", errors="replace") as maps:
        regions = [line.split(maxsplit=5) for line in maps]
    for region in regions:
        span, access = region[0], region[1]
        if len(region) > 5 and not region[5].startswith("[heap]"):
            continue
        if not access.startswith("rw") or not access.endswith("p"):
            continue
        low, high = (int(part, 16) for part in span.split("-"))
        low, high = -(-low // _HUGE) * _HUGE, high // _HUGE * _HUGE
        if high <= low:
            continue
        start, length = ctypes.c_void_p(low), ctypes.c_size_t(high - low)
        _libc.madvise(start, length, _MADV_HUGEPAGE)
        if _libc.madvise(start, length, _MADV_COLLAPSE) == 0:
            gathered += high - low
    return gathered
