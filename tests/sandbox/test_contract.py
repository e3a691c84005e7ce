"""What both backends promise of a child: what it can do, how it ends, and what is left of it."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from grader.sandbox.interface import Sandbox
from grader.vocab import Limits, Outcome
from tests.sandbox.conftest import Visitor, visit

HONEST = "def f():\n    import torch\n    return torch.ones(2).sum().item()\n"


def ending_of(sandbox: Sandbox, body: str, limits: Limits | None = None, *, call: bool = True) -> Outcome:
    """How a child ends that runs `body` in f()."""
    source = "def f():\n" + "\n".join("    " + line for line in body.splitlines())
    visitor = Visitor(sandbox, source, limits)
    if call:
        visitor.answer()
        visitor.call()
    return visitor.ending().outcome


def test_an_honest_function_is_answered(sandbox: Sandbox) -> None:
    assert visit(sandbox, HONEST) == 2.0


def test_every_layer_of_confinement_is_in_force(sandbox: Sandbox) -> None:
    status = sandbox.status()
    assert status.usable
    assert status.mode == "shared"
    assert [layer for layer, held in status.layers.items() if not held] == []
    assert status.missing == {}


def test_a_killed_child_reports_the_reason_of_whoever_killed_it(sandbox: Sandbox) -> None:
    visitor = Visitor(sandbox, "def f():\n    while True: pass\n")
    visitor.answer()
    visitor.call()
    visitor.child.kill(Outcome.WALL_TIME)
    assert visitor.ending().outcome is Outcome.WALL_TIME


def test_a_child_that_exits_by_itself_has_exited(sandbox: Sandbox) -> None:
    assert ending_of(sandbox, "import os\nos._exit(0)") is Outcome.EXITED


def test_a_segmentation_fault_is_a_crash(sandbox: Sandbox) -> None:
    assert ending_of(sandbox, "import ctypes\nctypes.string_at(1)") is Outcome.CRASHED


def test_an_endless_computation_ends_when_its_cpu_time_is_used_up(sandbox: Sandbox) -> None:
    assert ending_of(sandbox, "while True: pass", replace(Limits(), cpu_s=1)) is Outcome.CPU_TIME


def test_printing_without_end_ends_the_child(sandbox: Sandbox) -> None:
    assert ending_of(sandbox, "import os\nwhile True: os.write(1, b'x' * 65536)") is Outcome.OUTPUT


def test_an_answer_without_end_ends_the_child(sandbox: Sandbox) -> None:
    body = "import os\nos.write(3, b'\\xff\\xff\\xff\\x7f')\nwhile True: os.write(3, b'x' * 65536)"
    assert ending_of(sandbox, body) is Outcome.OUTPUT


def test_a_flooding_child_does_not_keep_the_worker_from_ending_it(sandbox: Sandbox) -> None:
    # The slot's own output is full of its flood while the worker still has much to write to it.
    body = "import os\nos.write(3, b'\\xff\\xff\\xff\\x7f')\nwhile True: os.write(3, b'x' * 2**20)"
    source = "def f():\n" + "\n".join("    " + line for line in body.splitlines())
    for _ in range(10):
        visitor = Visitor(sandbox, source)
        visitor.answer()
        visitor.call()
        for _ in range(10):
            visitor.child.send(b"p" * 2**20)
        assert visitor.ending().outcome is Outcome.OUTPUT
    assert visit(sandbox, HONEST) == 2.0


def test_a_megabyte_of_printed_text_does_no_harm(sandbox: Sandbox) -> None:
    assert visit(sandbox, "def f():\n    print('x' * 2**20)\n    return 1\n") == 1


def test_what_was_printed_is_kept(sandbox: Sandbox) -> None:
    visitor = Visitor(sandbox, "def f():\n    print('loss 0.5')\n    return 1\n")
    visitor.value()
    visitor.leave()
    assert visitor.child.printed() == "loss 0.5\n"


@pytest.mark.parametrize(
    "attempt",
    [
        "bytearray(4 * 2**30)",
        "import torch; torch.ones(2**30)",
        "import mmap; mmap.mmap(-1, 4 * 2**30)",
        "open('/tmp/x', 'wb').write(b'x' * 100 * 2**20)",
        "open('/dev/shm/x', 'wb').write(b'x' * 100 * 2**20)",
        "[open('/dev/null') for _ in range(1000)]",
        "import threading, time; [threading.Thread(target=time.sleep, args=(9,)).start() for _ in range(500)]",
        "import os; os.fork()",
        "import subprocess; subprocess.run(['/bin/true'])",
        "import os; os.execv('/bin/true', ['true'])",
        "import socket; socket.socket(socket.AF_INET)",
        "import socket; socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
        "import os; os.mkdir('/x')",
        "import os, sys; open(os.path.join(sys.prefix, 'x'), 'w')",
        "open('/etc/shadow').read()",
        "import os; os.setuid(0)",
        "import os; os.chroot('/tmp')",
        "import os; os.kill(1, 9) or os.kill(2, 9)",
        "import os; os.memfd_create('x')",
        "import fcntl, os; fcntl.flock(os.open(os.__file__, os.O_RDONLY), fcntl.LOCK_EX)",
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (-1, -1))",
        "open('/proc/1/mem')",
        "import ctypes, os; assert ctypes.CDLL(None).inotify_init() >= 0 or os.open('/nothing', 0)",
        "import os; os.posix_fadvise(os.open(os.__file__, os.O_RDONLY), 0, 0, os.POSIX_FADV_DONTNEED)",
        "import os; os.preadv(os.open(os.__file__, os.O_RDONLY), [bytearray(9)], 0, os.RWF_NOWAIT)",
        "import fcntl, socket, os; fcntl.fcntl(socket.socketpair()[0], fcntl.F_SETOWN, os.getpid())",
        "import socket; socket.socketpair(socket.AF_INET)",
    ],
)
def test_what_a_submission_may_not_do_fails_in_its_own_hands(sandbox: Sandbox, attempt: str) -> None:
    lines = [
        "def f():",
        "    try:",
        f"        {attempt}",
        "    except (OSError, MemoryError, RuntimeError, ValueError):",
        "        return 'refused'",
        "    return 'granted'",
    ]
    assert visit(sandbox, "\n".join(lines)) == "refused"


def test_a_child_sees_no_process_but_its_own(sandbox: Sandbox) -> None:
    assert visit(sandbox, "import os\ndef f():\n    return [os.getpid(), os.listdir('/proc')]\n") == [1, []]


def test_a_child_finds_no_question_and_no_reference(sandbox: Sandbox) -> None:
    source = (
        "import os\ndef f():\n    return [os.path.join(r, n) for r, d, names in os.walk('/') for n in names"
        " if n in ('question.toml', 'solution.py', 'docker.sock', 'id_rsa', '.git')]\n"
    )
    assert visit(sandbox, source) == []


def test_a_child_holds_only_its_channel_and_its_printed_text(sandbox: Sandbox) -> None:
    source = (
        "import os\ndef f():\n    found = []\n    for fd in range(64):\n"
        "        try: os.fstat(fd)\n        except OSError: continue\n"
        "        found.append(fd)\n    return found\n"
    )
    assert visit(sandbox, source) == [0, 1, 2, 3]


def test_the_environment_tells_nothing_of_the_worker(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    found = visit(sandbox, "import os\ndef f():\n    return sorted(os.environ)\n")
    assert isinstance(found, list)
    assert not {"USER", "PYTEST_CURRENT_TEST", "GRADER_REFERENCE"} & set(found)


@pytest.mark.parametrize("place", ["/tmp", "/dev/shm"])
def test_files_do_not_outlive_their_child(sandbox: Sandbox, place: str) -> None:
    assert visit(sandbox, f"def f():\n    open('{place}/left', 'w').write('me')\n    return 1\n") == 1
    for _ in range(3):
        assert visit(sandbox, f"import os\ndef f():\n    return os.path.exists('{place}/left')\n") is False


def test_what_a_child_changes_in_torch_is_not_seen_by_the_next(sandbox: Sandbox) -> None:
    visit(sandbox, "import torch\ndef f():\n    torch.ones = lambda *a: None\n    return 1\n")
    assert visit(sandbox, HONEST) == 2.0


def test_threads_that_never_end_end_with_their_child(sandbox: Sandbox) -> None:
    source = (
        "import threading\ndef spin():\n    while True: pass\n"
        "def f():\n    threading.Thread(target=spin).start()\n    return 1\n"
    )
    for _ in range(4):
        assert visit(sandbox, source) == 1
    assert visit(sandbox, HONEST) == 2.0


def test_lanes_serve_side_by_side_and_wait_for_each_other(sandbox: Sandbox) -> None:
    answers: list[object] = []

    def go() -> None:
        answers.append(visit(sandbox, "import time\ndef f():\n    time.sleep(0.2)\n    return 1\n"))

    threads = [threading.Thread(target=go) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [1] * 6


def test_a_child_of_other_limits_does_not_get_a_spare_of_the_old_ones(sandbox: Sandbox) -> None:
    source = "import resource\ndef f():\n    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]\n"
    visit(sandbox, source)
    assert visit(sandbox, source, replace(Limits(), open_files=77)) == 77
    assert visit(sandbox, source) == Limits().open_files


# Reads this process's own memory: the C heap, and the arenas that Python objects lie in. What it looks for it holds
# only in two pieces, one of them scrambled, or it would find itself.
MEMORY_SCAN = """
import ctypes, gc, os
def holds(memory):
    at = memory.find({head!r})
    while at >= 0:
        if bytes(b ^ 1 for b in memory[at + {length}:at + {length} + {rest_length}]) == {scrambled!r}:
            return True
        at = memory.find({head!r}, at + 1)
    return False
def f():
    libc = ctypes.CDLL(None)
    libc.sbrk.restype = ctypes.c_void_p
    heap = libc.sbrk(0) >> 12
    pages = set(range(heap - 12000, heap + 1))
    for arena in {{id(o) >> 20 for o in [*gc.get_objects(), *map(bytes, range(600))]}}:
        pages.update(range(arena - 1 << 8, arena + 2 << 8))
    inlet, outlet = os.pipe()
    found = False
    seen = 0
    for page in sorted(pages):
        # The kernel answers an error where nothing is mapped, instead of ending the process.
        written = libc.write(outlet, ctypes.c_void_p(page << 12), 4096)
        if written > 0:
            seen += 1
            found = holds(os.read(inlet, written)) or found
    return [found, seen > 5000]
"""


def scan_for(head: bytes, rest: bytes) -> str:
    """A submission that looks through its memory for `head` + `rest`."""
    scrambled = bytes(byte ^ 1 for byte in rest)
    return MEMORY_SCAN.format(head=head, length=len(head), rest_length=len(rest), scrambled=scrambled)


def test_the_memory_scan_finds_what_is_there(sandbox: Sandbox) -> None:
    scan = scan_for(b"the-own-", b"constant")
    assert visit(sandbox, scan + "\nKEPT = 'the-own-' + chr(99) + 'onstant'\n") == [True, True]


def test_nothing_of_one_submission_is_in_the_memory_of_the_next(sandbox: Sandbox) -> None:
    scan = scan_for(b"the-neig", b"hbours-solution")
    for _ in range(8):
        visit(sandbox, "def f():\n    return 'the-neighbours-solution'\n" + "# padding\n" * 50)
        assert visit(sandbox, scan) == [False, True]
