"""Which backend serves: the one asked for, or the strongest that works here."""

from __future__ import annotations

from grader.errors import SandboxFault, UsageError
from grader.sandbox import docker, local
from grader.sandbox.interface import Sandbox


def open_sandbox(name: str, *, lanes: int, device: str = "cpu", single: bool = False) -> Sandbox:
    """Start the backend `name` ("auto", "docker" or "local") with room for `lanes` submissions at a time.

    "auto" takes docker where an engine and the image are at hand, else local. `single` asks docker for a container for
    every submission.
    Raises SandboxFault (permanent) when the one asked for cannot work here, saying why and what to do.
    """
    if name == "local":
        return local.open_local(lanes=lanes, device=device)
    if name == "docker":
        return docker.open_docker(lanes=lanes, device=device, single=single)
    if name != "auto":
        raise UsageError(f"there is no sandbox called {name!r}: take auto, docker or local")
    try:
        return docker.open_docker(lanes=lanes, device=device, single=single)
    except SandboxFault:
        return local.open_local(lanes=lanes, device=device)
