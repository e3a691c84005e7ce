"""Which layers of confinement are really in force: a child is shut in and tries what it must not be able to do."""

from __future__ import annotations

import ctypes
import os
import resource
import socket
from collections.abc import Callable
from dataclasses import dataclass

from grader.harness import confine, kernel, seccomp
from grader.vocab import Limits
from grader.wire import decode, encode


@dataclass(frozen=True, slots=True)
class Layers:
    """What a probing child found: `in_force` maps a layer to whether it held, `missing` says why one did not."""

    namespaces: bool
    in_force: dict[str, bool]
    missing: dict[str, str]


def probe() -> Layers:
    """Try with namespaces, then without; raises OSError when a child cannot even be limited."""
    missing: dict[str, str] = {}
    try:
        return Layers(True, _probe_child(namespaces=True), missing)
    except OSError as error:
        missing["namespaces"] = str(error)
    return Layers(False, _probe_child(namespaces=False), missing)


def _probe_child(*, namespaces: bool) -> dict[str, bool]:
    ours, theirs = socket.socketpair()
    pid = kernel.clone(confine.NAMESPACES if namespaces else 0)
    if pid == 0:
        try:
            ours.close()
            confine.shut_in(Limits(), namespaces=namespaces)
            theirs.sendall(encode({"found": {name: _holds(test) for name, test in _TESTS.items()}}))
        except BaseException as error:  # noqa: BLE001 - a forked copy must end here, whatever happened
            theirs.sendall(encode({"error": f"{type(error).__name__}: {error}"[:500]}))
        finally:
            os._exit(0)
    theirs.close()
    with ours:
        ours.settimeout(20)
        answer = ours.recv(65536)
    os.waitpid(pid, 0)
    said = decode(answer)
    assert isinstance(said, dict)
    if "error" in said:
        raise OSError(str(said["error"]))
    found = said["found"]
    assert isinstance(found, dict)
    return {str(name): bool(held) for name, held in found.items()}


def _holds(test: Callable[[], bool]) -> bool:
    try:
        return test()
    except OSError:
        return False


def _refused(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except OSError:
        return True
    return False


def _capabilities() -> int:
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    data = (ctypes.c_uint32 * 6)()
    ctypes.CDLL(None).capget(header, data)
    return int(data[0] | data[1] | data[3] | data[4])


def _fork_refused() -> bool:
    try:
        pid = os.fork()
    except OSError:
        return True
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    return False


def _is_private(folder: str) -> bool:
    """Whether this process alone put files there; folders are those that a slot under /tmp must go on showing."""
    return all(os.path.isdir(f"{folder}/{name}") for name in os.listdir(folder)) and _mounted_for_us(folder)


def _mounted_for_us(folder: str) -> bool:
    return os.stat(folder).st_uid == os.getuid()


def _is_empty(folder: str) -> bool:
    return not os.path.isdir(folder) or not os.listdir(folder)


# A layer's name → a test, run inside the shut-in child, that is true when the layer holds.
_TESTS: dict[str, Callable[[], bool]] = {
    "private_files": lambda: _is_private("/tmp") and _is_private("/dev/shm"),
    "hidden_processes": lambda: _is_empty("/proc") and os.getpid() == 1,
    "no_network": lambda: _refused(lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM)),
    "no_new_processes": _fork_refused,
    "no_capabilities": lambda: _capabilities() == 0,
    "system_call_filter": lambda: seccomp.supported() and _refused(lambda: kernel.unshare(kernel.CLONE_NEWNS)),
    "read_only_files": lambda: _refused(lambda: os.mkdir("/grader-probe")) and _refused(lambda: os.mkdir("/usr/x")),
    "not_root": lambda: os.getuid() != 0,
    "address_space_limit": lambda: resource.getrlimit(resource.RLIMIT_AS)[0] != resource.RLIM_INFINITY,
    "cpu_time_limit": lambda: resource.getrlimit(resource.RLIMIT_CPU)[0] != resource.RLIM_INFINITY,
}
