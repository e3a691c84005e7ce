"""The system call filter of a confined child, as a classic BPF program.

Default allow with a deny list, since torch, BLAS and Python use more calls than one can list; what is newer than
the list (number 335 and up) is denied unless named. Processes cannot be made at all: a submission needs threads only.
"""

from __future__ import annotations

import errno
import os
import struct
from functools import cache

_AUDIT_ARCH_X86_64 = 0xC000003E
_X32_BIT = 0x40000000
_FIRST_UNLISTED = 335

_LD_ABS = 0x20  # BPF_LD | BPF_W | BPF_ABS
_JEQ = 0x15  # BPF_JMP | BPF_JEQ | BPF_K
_JGE = 0x35  # BPF_JMP | BPF_JGE | BPF_K
_JSET = 0x45  # BPF_JMP | BPF_JSET | BPF_K
_RET = 0x06
_ALLOW = 0x7FFF0000
_KILL = 0x80000000
_ERRNO = 0x00050000

_OFFSET_NUMBER, _OFFSET_ARCH, _OFFSET_ARGS = 0, 4, 16

_CLONE_THREAD = 0x00010000
_CLONE_ANY_NAMESPACE = 0x7E020000

_DENIED = {
    # processes and programs
    "fork": 57, "vfork": 58, "execve": 59, "execveat": 322,
    # other processes' memory and descriptors
    "ptrace": 101, "process_vm_readv": 310, "process_vm_writev": 311, "kcmp": 312,
    # namespaces and mounts
    "pivot_root": 155, "chroot": 161, "mount": 165, "umount2": 166, "unshare": 272, "setns": 308,
    # kernel objects that outlive a process or hold memory outside its address space
    "shmget": 29, "shmat": 30, "shmctl": 31, "semget": 64, "msgget": 68, "mq_open": 240,
    "add_key": 248, "request_key": 249, "keyctl": 250, "memfd_create": 319,
    # channels between submissions over shared read-only files: locks, notifications, the page cache's state
    "flock": 73, "inotify_init": 253, "inotify_add_watch": 254, "inotify_init1": 294,
    "mincore": 27, "readahead": 187, "fadvise64": 221, "preadv2": 327, "pwritev2": 328,
    # kernel surface without use here
    "bpf": 321, "perf_event_open": 298, "userfaultfd": 323, "name_to_handle_at": 303, "open_by_handle_at": 304,
    "fanotify_init": 300, "modify_ldt": 154, "remap_file_pages": 216, "vmsplice": 278, "personality": 135,
    "io_setup": 206, "lookup_dcookie": 212, "migrate_pages": 256, "move_pages": 279,
    "uselib": 134, "ustat": 136, "sysfs": 139, "nfsservctl": 180, "vhangup": 153, "syslog": 103,
    "mknod": 133, "mknodat": 259,
    # the machine
    "init_module": 175, "delete_module": 176, "finit_module": 313, "kexec_load": 246, "kexec_file_load": 320,
    "sync": 162, "syncfs": 306,
    "reboot": 169, "swapon": 167, "swapoff": 168, "quotactl": 179, "acct": 163, "iopl": 172, "ioperm": 173,
    "settimeofday": 164, "clock_settime": 227, "adjtimex": 159, "clock_adjtime": 305,
    "sethostname": 170, "setdomainname": 171,
}  # fmt: skip
_ALLOWED_NEW = {"close_range": 436, "faccessat2": 439, "epoll_pwait2": 441, "futex_waitv": 449}
_CLONE, _CLONE3, _FCNTL, _PRCTL, _IOCTL = 56, 435, 72, 157, 16
_SOCKETS = (41, 53)  # socket, socketpair
_SIGNALLING = (62, 129, 200, 234, 297)  # kill, rt_sigqueueinfo, tkill, tgkill, rt_tgsigqueueinfo
_AF_UNIX = 1
_PR_SET_PDEATHSIG = 1
# Locks and leases (F_SETLK, F_SETLKW, F_OFD_SETLK, F_OFD_SETLKW, F_SETLEASE, F_NOTIFY), and what has the kernel send
# signals to processes of one's choice (F_SETOWN, F_SETSIG, F_SETOWN_EX).
_FCNTL_COMMANDS = (6, 7, 37, 38, 1024, 1026, 8, 10, 15)
_IOCTL_COMMANDS = (0x8901, 0x8902, 0x5412)  # FIOSETOWN, SIOCSPGRP, TIOCSTI


def _record(code: int, k: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, k)


def _refuse(code: int) -> bytes:
    return _record(_RET, _ERRNO | code)


def supported() -> bool:
    """Whether this processor's system call numbers are known."""
    return os.uname().machine == "x86_64"


@cache
def filter_program(only_signals_to: int | None = None) -> bytes:
    """The filter, ready for `kernel.load_filter`.

    `only_signals_to` names the one process that may be sent signals, for a child that shares its pid namespace.
    """
    allow = _record(_RET, _ALLOW)
    argument = _record(_LD_ABS, _OFFSET_ARGS)
    second_argument = _record(_LD_ABS, _OFFSET_ARGS + 8)
    program = [
        _record(_LD_ABS, _OFFSET_ARCH),
        _record(_JEQ, _AUDIT_ARCH_X86_64, 1, 0),
        _record(_RET, _KILL),
        _record(_LD_ABS, _OFFSET_NUMBER),
        _record(_JGE, _X32_BIT, 0, 1),
        _record(_RET, _KILL),
        # clone: threads only
        _record(_JEQ, _CLONE, 0, 5),
        argument,
        _record(_JSET, _CLONE_ANY_NAMESPACE, 1, 0),
        _record(_JSET, _CLONE_THREAD, 1, 0),
        _refuse(errno.EPERM),
        allow,
        # clone3 keeps its flags in memory, where a filter cannot look: glibc falls back to clone
        _record(_JEQ, _CLONE3, 0, 1),
        _refuse(errno.ENOSYS),
        _record(_JEQ, _PRCTL, 0, 4),
        argument,
        _record(_JEQ, _PR_SET_PDEATHSIG, 0, 1),
        _refuse(errno.EPERM),
        allow,
    ]
    for number in _SOCKETS:  # local ones only
        program += [
            _record(_JEQ, number, 0, 4),
            argument,
            _record(_JEQ, _AF_UNIX, 0, 1),
            allow,
            _refuse(errno.EPERM),
        ]
    for number, commands in ((_FCNTL, _FCNTL_COMMANDS), (_IOCTL, _IOCTL_COMMANDS)):
        program += [_record(_JEQ, number, 0, len(commands) * 2 + 2), second_argument]
        for command in commands:
            program += [_record(_JEQ, command, 0, 1), _refuse(errno.EPERM)]
        program.append(allow)
    if only_signals_to is not None:
        for number in _SIGNALLING:
            program += [
                _record(_JEQ, number, 0, 4),
                argument,
                _record(_JEQ, only_signals_to, 0, 1),
                allow,
                _refuse(errno.EPERM),
            ]
    for number in _ALLOWED_NEW.values():
        program += [_record(_JEQ, number, 0, 1), allow]
    program += [_record(_JGE, _FIRST_UNLISTED, 0, 1), _refuse(errno.ENOSYS)]
    for number in sorted(_DENIED.values()):
        program += [_record(_JEQ, number, 0, 1), _refuse(errno.EPERM)]
    program.append(allow)
    return b"".join(program)
