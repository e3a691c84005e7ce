"""One service and one browser for all journeys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, expect

from tests.browsers import chromium
from tests.journeys.service import running_service
from tests.journeys.visitor import Visitor

# The first submission waits for a sandbox that warms up, on a machine that may be busy.
_PATIENCE_MS = 30_000
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class OpenWindow(Protocol):
    """How a test opens windows; all are closed, and their consoles looked at, when it ends."""

    def __call__(self, name: str, width: int = ..., **given: Any) -> Visitor: ...


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running service."""
    with running_service(tmp_path_factory.mktemp("service")) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Browser:
    """Debian's chromium."""
    expect.set_options(timeout=_PATIENCE_MS)
    return chromium(*_ARGUMENTS)


@pytest.fixture
def window(browser: Browser, service: str) -> Iterator[OpenWindow]:
    """Opens windows."""
    opened: list[Visitor] = []

    def open_one(name: str, width: int = 1280, **given: Any) -> Visitor:
        opened.append(Visitor.with_window(browser, service, name, width, **given))
        return opened[-1]

    yield open_one
    closes: list[Callable[[], None]] = [visitor.close for visitor in opened]
    complaints = []
    for close in closes:
        try:
            close()
        except AssertionError as error:
            complaints.append(str(error))
    assert not complaints, complaints
