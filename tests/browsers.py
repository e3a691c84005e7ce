"""One browser engine for all tests of a process: a second one beside it is refused."""

from __future__ import annotations

import atexit
import functools

from playwright.sync_api import Browser, Playwright, sync_playwright

CHROMIUM = "/usr/bin/chromium"


@functools.cache
def chromium(*arguments: str) -> Browser:
    """Debian's chromium, running until the process ends."""
    playwright = _playwright()
    opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(arguments))
    atexit.register(opened.close)
    return opened


@functools.cache
def _playwright() -> Playwright:
    started = sync_playwright().start()
    atexit.register(started.stop)
    return started
