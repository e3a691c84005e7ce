"""The stricter docker mode: a container of its own for every submission."""

from __future__ import annotations

import pytest

from grader.sandbox import docker
from grader.sandbox.interface import Sandbox
from grader.sandbox.policy import ContainerPolicy
from grader.vocab import Outcome
from tests.sandbox.conftest import Visitor, visit

pytestmark = pytest.mark.docker

HONEST = "def f():\n    import torch\n    return torch.ones(2).sum().item()\n"


def host_without_namespaces() -> Sandbox:
    """The engine's default seccomp profile refuses user namespaces, as a careful host does."""
    return docker.open_docker(lanes=1, device="cpu", policy=ContainerPolicy(lanes=1, own_seccomp=False))


def test_it_is_chosen_where_the_host_forbids_user_namespaces_and_says_so() -> None:
    with host_without_namespaces() as sandbox:
        status = sandbox.status()
        assert status.mode == "single"
        assert "namespaces" in status.missing
        assert [layer for layer, held in status.layers.items() if not held] == []


def test_it_grades_and_leaves_no_container_to_the_next() -> None:
    with docker.open_docker(lanes=1, device="cpu", single=True) as sandbox:
        assert sandbox.status().mode == "single"
        assert visit(sandbox, "def f():\n    open('/tmp/left', 'w').write('me')\n    return 1\n") == 1
        assert visit(sandbox, "import os\ndef f():\n    return os.path.exists('/tmp/left')\n") is False
        assert visit(sandbox, HONEST) == 2.0


@pytest.mark.parametrize(
    "attempt",
    [
        "open('/proc/1/mem', 'r+b')",
        "open('/proc/%d/mem' % os.getppid(), 'r+b')",
        "os.kill(os.getppid(), 19)",
        "os.fork()",
    ],
)
def test_without_namespaces_the_warm_parent_is_out_of_reach(attempt: str) -> None:
    lines = [
        "import os",
        "def f():",
        "    try:",
        f"        {attempt}",
        "    except OSError:",
        "        return 'refused'",
        "    return 'granted'",
    ]
    with host_without_namespaces() as sandbox:
        assert visit(sandbox, "\n".join(lines)) == "refused"


def test_an_endless_loop_is_ended_there_too() -> None:
    with docker.open_docker(lanes=1, device="cpu", single=True) as sandbox:
        visitor = Visitor(sandbox, "def f():\n    while True: pass\n")
        visitor.answer()
        visitor.call()
        visitor.child.kill(Outcome.WALL_TIME)
        assert visitor.ending().outcome is Outcome.WALL_TIME
