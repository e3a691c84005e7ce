"""Builds the images through the engine's API: the same with a local engine, a remote one, or one without a network."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import docker
from docker.errors import APIError, DockerException

from grader.errors import SandboxFault, UsageError
from grader.sandbox.image import PACKAGE, Target, expected_labels, sources, tag

CHECKOUT = PACKAGE.parent
DOCKERFILE = Path("docker/Dockerfile")
LOCK = Path("requirements/lock.txt")
WHEELS = Path("build/wheels")
# The images hold Debian 12's Python, whatever runs this; pip wants every generation of the platform's name.
_PYTHON = "3.11"
_PLATFORMS = ("manylinux_2_28", "manylinux_2_17", "manylinux2014")
_BUILD_LIMIT_S = 1800

Progress = Callable[[str], None]


def build(target: Target, base: str, network: str, progress: Progress) -> str:
    """Build image `target` on `base` and return its tag. `progress` gets one line per step.

    Raises UsageError outside a checkout (the Dockerfile is not part of the installed package) and a permanent
    SandboxFault when pip, the engine or a step of the build fails.
    """
    if not (CHECKOUT / DOCKERFILE).is_file():
        raise UsageError(f"images are built from a checkout of the project; there is no {CHECKOUT / DOCKERFILE}")
    download_wheels(WHEELS, (CHECKOUT / LOCK).read_bytes(), ("torch", "numpy", "msgspec"), progress)
    name, labels = tag(target), expected_labels(target)  # of the sources as sent, should they change meanwhile
    files = [DOCKERFILE, *wheels_in(WHEELS), *(Path("grader") / path for path in sources(target))]
    build_image(DOCKERFILE, target, name, files, base=base, network=network, labels=labels, progress=progress)
    return name


def build_image(
    dockerfile: Path,
    target: str,
    name: str,
    files: Iterable[Path],
    *,
    base: str,
    network: str,
    labels: dict[str, str],
    progress: Progress,
) -> None:
    """Build one target of a Dockerfile from these files of the checkout. Raises a permanent SandboxFault."""
    with tempfile.TemporaryFile() as context:
        _write_context(context, files)
        context.seek(0)
        try:
            client = docker.from_env(timeout=_BUILD_LIMIT_S)
            steps = client.api.build(
                fileobj=context,
                custom_context=True,
                dockerfile=dockerfile.as_posix(),
                target=target,
                tag=name,
                buildargs={"BASE": base},
                labels=labels,
                network_mode=network,
                rm=True,
                forcerm=True,
                decode=True,
            )
            _follow(steps, progress)
        except (DockerException, OSError) as error:
            why = error.explanation if isinstance(error, APIError) else error
            raise SandboxFault(f"the engine could not build image {target!r}: {why}", permanent=True) from error


def _follow(steps: Iterator[dict[str, Any]], progress: Progress) -> None:
    said: list[str] = []
    for step in steps:
        if "error" in step:
            raise SandboxFault("\n".join([*said[-20:], str(step["error"]).strip()]), permanent=True)
        line = str(step.get("stream", "")).strip()
        if line:
            said.append(line)
        if line.startswith("Step "):
            progress(line)


def _write_context(file: Any, files: Iterable[Path]) -> None:
    """Exactly what the Dockerfile copies, without owners and times, so that the engine's cache recognises it."""
    with tarfile.open(fileobj=file, mode="w") as tar:
        for path in files:
            tar.add(CHECKOUT / path, arcname=path.as_posix(), recursive=False, filter=_anonymous)


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mtime = 0
    member.mode = 0o644
    return member


def wheels_in(folder: Path) -> list[Path]:
    """The wheels of a folder that `download_wheels` filled, relative to the checkout."""
    return sorted(folder / wheel.name for wheel in (CHECKOUT / folder).glob("*.whl"))


def download_wheels(folder: Path, made_from: bytes, wanted: Iterable[str], progress: Progress) -> None:
    """Fill a folder with these packages and what they need, as pinned, unless it was made from the same already."""
    place = CHECKOUT / folder
    stamp = place / "made-from"
    digest = hashlib.sha256(made_from).hexdigest()
    if stamp.is_file() and stamp.read_text() == digest:
        return
    progress("Fetching wheels")
    place.mkdir(parents=True, exist_ok=True)
    for old in place.glob("*.whl"):
        old.unlink()
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input"]
    command += ["--only-binary=:all:", "-c", str(CHECKOUT / LOCK), "-d", str(place), *wanted]
    if f"{sys.version_info.major}.{sys.version_info.minor}" != _PYTHON or sys.platform != "linux":
        command += ["--python-version", _PYTHON, "--implementation", "cp"]
        command += [option for name in _PLATFORMS for option in ("--platform", f"{name}_x86_64")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SandboxFault(f"pip could not fetch the wheels:\n{done.stderr[-2000:]}", permanent=True)
    stamp.write_text(digest)
