"""What every test may ask for, and what happens where a machine lacks something."""

from __future__ import annotations

import gc
import shutil
import warnings
from pathlib import Path

import docker
import pytest
from docker.errors import DockerException

from grader.sandbox.image import Target, tag
from tests import servers

_NEEDED_IMAGES: tuple[Target, ...] = ("sandbox", "judge")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--require-all`: for a machine that must have everything but a GPU."""
    parser.addoption("--require-all", action="store_true", help="fail when a test is skipped that needs no GPU")


def pytest_configure(config: pytest.Config) -> None:
    """Skips are counted where the results come together, not in the processes that run the tests."""
    if config.getoption("--require-all") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(_NothingSkipped(), "nothing-skipped")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what this machine cannot run, saying what is missing."""
    without_gpu = None if Path("/dev/nvidiactl").exists() else "no CUDA device"
    without_docker = _why_no_docker() if any(item.get_closest_marker("docker") for item in items) else None
    reasons = [
        ("gpu", without_gpu),
        ("docker", without_docker),
        ("postgres", servers.why_no_postgres()),
        ("redis", servers.why_no_redis()),
        ("browser", None if shutil.which("chromium") else "no chromium (apt-get install chromium)"),
    ]
    for item in items:
        for marker, why in reasons:
            if why is not None and item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=why))


def _why_no_docker() -> str | None:
    with warnings.catch_warnings():
        # Where no engine answers, the client leaves its socket to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        why = _why_no_images()
        gc.collect()
    return why


def _why_no_images() -> str | None:
    try:
        client = docker.from_env(timeout=10)
        for target in _NEEDED_IMAGES:
            client.images.get(tag(target))
    except (DockerException, OSError) as error:
        return f"no Docker engine with up-to-date images (./dev image): {error}"
    client.close()
    return None


class _NothingSkipped:
    """Turns a run with a skipped test into a failed one, unless the test needs a GPU."""

    def __init__(self) -> None:
        self.skipped: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Called for every finished test, also those of other processes."""
        if report.skipped and not hasattr(report, "wasxfail") and "gpu" not in report.keywords:
            self.skipped.append(report.nodeid)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """A status that no caller can take for success."""
        if self.skipped and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Name them."""
        if self.skipped:
            terminalreporter.section("skipped although --require-all was given", red=True)
            for nodeid in self.skipped:
                terminalreporter.line(nodeid)
