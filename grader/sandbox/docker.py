"""The production backend: slots are containers of a Docker Engine, local or remote."""

from __future__ import annotations

import contextlib
import socket
import struct
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, cast

import docker
from docker.errors import DockerException, ImageNotFound
from docker.types import DeviceRequest, LogConfig, Ulimit

from grader.errors import SandboxFault
from grader.processes import is_gone, this_process
from grader.sandbox import image
from grader.sandbox.policy import ContainerPolicy
from grader.sandbox.pool import Pool
from grader.sandbox.single import SinglePool
from grader.vocab import Role

SLOT_LABEL = "org.grader.slot"
OWNER_LABEL = "org.grader.owner"

# Every call to the engine has its own limit: a hanging engine must not hang a worker for ever.
_ENGINE_CALL_S = 60
_STREAM_HEADER = struct.Struct(">BxxxL")
_STDOUT = 1
_TARGETS: dict[Role, image.Target] = {Role.STUDENT: "sandbox", Role.JUDGE: "judge"}


class ContainerStream:
    """A slot that is a container, spoken to through the engine's attach stream."""

    def __init__(self, engine: docker.DockerClient, role: Role, policy: ContainerPolicy) -> None:
        self._engine = engine
        self._errors = b""
        self._pending = b""
        self._closed = False
        try:
            self._container = engine.containers.create(
                image.tag(_TARGETS[role]), [str(role)], **_settings(role, policy)
            )
            attached = self._container.attach_socket(params={"stdin": 1, "stdout": 1, "stderr": 1, "stream": 1})
            self._attached = attached  # its owner closes the connection when collected
            self._socket = cast(socket.socket, getattr(attached, "_sock", attached))
            # The engine's time limit is for calls; this stream is silent whenever nobody submits.
            self._socket.settimeout(None)
            self._container.start()
        except DockerException as error:
            self.close()
            raise SandboxFault(f"the engine could not start a container: {error}") from error

    def read(self) -> bytes:
        """Some bytes of the container's stdout, or none at the end."""
        while True:
            header = self._exactly(_STREAM_HEADER.size)
            if len(header) < _STREAM_HEADER.size:
                return b""
            kind, length = _STREAM_HEADER.unpack(header)
            body = self._exactly(length)
            if kind == _STDOUT:
                return body
            self._errors = (self._errors + body)[-4000:]

    def write(self, data: bytes) -> None:
        """All of `data`."""
        self._socket.sendall(data)

    def close(self) -> None:
        """Kill and remove the container, whatever state it is in."""
        if self._closed:
            return
        self._closed = True
        container = getattr(self, "_container", None)
        if container is not None:
            # Gone, being removed already, or out of reach: whoever waits for its children must hear of it all the same.
            with contextlib.suppress(DockerException, OSError):
                container.remove(force=True)
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def release(self) -> None:
        """Close the attached connection."""
        self._attached.close()
        self._socket.close()

    def last_words(self) -> str:
        """The end of its error output."""
        return self._errors.decode(errors="replace")

    def _exactly(self, count: int) -> bytes:
        """`count` bytes, fewer only at the end of the stream."""
        while len(self._pending) < count:
            chunk = self._socket.recv(1 << 18)
            if not chunk:
                break
            self._pending += chunk
        taken, self._pending = self._pending[:count], self._pending[count:]
        return taken


def open_docker(*, lanes: int, device: str, single: bool = False, policy: ContainerPolicy | None = None) -> Pool:
    """The docker backend; raises a permanent SandboxFault where no engine or no image is at hand.

    `single` asks for the stricter mode, one container a submission. It is also chosen where the host
    forbids the namespaces that children of one container are kept apart by.
    """
    engine = connect()
    _check_images(engine)
    sweep(engine)
    policy = policy or ContainerPolicy(lanes=lanes, gpu=device == "cuda")
    start = partial(ContainerStream, engine)
    if not single:
        pool = Pool("docker", partial(start, policy=policy), lanes=lanes, device=device)
        if pool.warm_up().namespaces:
            return pool
        pool.close()
    one = replace(policy, lanes=1)
    return SinglePool("docker", partial(start, policy=one), lanes=lanes, device=device)


def connect() -> docker.DockerClient:
    """The engine that DOCKER_HOST names, or the local one; raises a permanent SandboxFault when none answers."""
    try:
        engine = docker.from_env(timeout=_ENGINE_CALL_S)
        engine.ping()
    except DockerException as error:
        raise SandboxFault(
            f"no Docker Engine answers ({error}): start one, or use --sandbox local", permanent=True
        ) from error
    return engine


def sweep(engine: docker.DockerClient) -> int:
    """Remove containers whose worker on this host is gone; how many. Those of other hosts end with their stdin."""
    removed = 0
    for container in engine.containers.list(all=True, ignore_removed=True, filters={"label": SLOT_LABEL}):
        owner = container.labels.get(OWNER_LABEL, "")
        if is_gone(owner):
            with contextlib.suppress(DockerException):  # another worker may be sweeping too
                container.remove(force=True)
                removed += 1
    return removed


def _settings(role: Role, policy: ContainerPolicy) -> dict[str, Any]:
    """The keyword arguments of the engine's create call."""
    security = ["no-new-privileges"]
    if policy.own_seccomp:
        security.append(f"seccomp={_seccomp_profile()}")
    if policy.apparmor:
        security.append(f"apparmor={policy.apparmor}")
    memory = f"{policy.memory_mib}m"
    return {
        "stdin_open": True,
        # With its worker gone the engine closes the container's stdin, and the warm process ends.
        "auto_remove": True,
        "labels": {SLOT_LABEL: str(role), OWNER_LABEL: this_process()},
        "network_mode": policy.network,
        "read_only": True,
        "tmpfs": {"/tmp": f"size={policy.tmp_mib}m,mode=1777,nosuid,nodev"},
        "shm_size": f"{policy.shm_mib}m",
        "ipc_mode": "private",
        "cap_drop": ["ALL"],
        "security_opt": security,
        "user": policy.user,
        "mem_limit": memory,
        "memswap_limit": memory,
        "pids_limit": policy.pids,
        "ulimits": [
            Ulimit(name="nofile", soft=policy.open_files, hard=policy.open_files),
            Ulimit(name="core", soft=0, hard=0),
        ],
        "log_config": LogConfig(type=LogConfig.types.NONE),
        "environment": policy.environment,
        "runtime": policy.runtime,
        "device_requests": [DeviceRequest(count=1, capabilities=[["gpu"]])] if policy.gpu else None,
    }


def _seccomp_profile() -> str:
    return (Path(__file__).parent / "seccomp.json").read_text(encoding="utf-8")


def _check_images(engine: docker.DockerClient) -> None:
    for target in _TARGETS.values():
        name = image.tag(target)
        try:
            found = engine.images.get(name)
        except ImageNotFound:
            raise SandboxFault(f"there is no image {name}: run `grader image build`", permanent=True) from None
        labels = image.expected_labels(target)
        if any(found.labels.get(key) != value for key, value in labels.items()):
            raise SandboxFault(f"image {name} was made from other sources: run `grader image build`", permanent=True)
