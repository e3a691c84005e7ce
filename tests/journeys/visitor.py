"""Somebody with a browser, who looks at every page closely: nothing may be in the console, nothing hard to use."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.journeys.service import PASSWORD
from tests.world import ROOT

SCREENSHOTS = ROOT / "build" / "screenshots"
DESKTOP, PHONE = 1280, 390
EDITOR = "Your solution, in Python"
_HEIGHT = 900
_MOST_TABS = 120
_SERIOUS = frozenset({"serious", "critical"})
# Says violations of the content policy in the console in words that can be told from others.
_WATCH_POLICY = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
});
"""


@dataclass
class Visitor:
    """One browser window. `look` at every page; `close` fails when anything was said in the console."""

    context: BrowserContext
    page: Page
    site: str
    name: str
    complaints: list[str] = field(default_factory=list)

    @classmethod
    def with_window(
        cls, browser: Browser, site: str, name: str, width: int = DESKTOP, *, javascript: bool = True, **given: Any
    ) -> Visitor:
        """A fresh window, logged in as nobody."""
        context = browser.new_context(
            viewport={"width": width, "height": _HEIGHT}, java_script_enabled=javascript, base_url=site, **given
        )
        context.set_default_timeout(30_000)
        context.add_init_script(_WATCH_POLICY)
        visitor = cls(context, context.new_page(), site, f"{name}-{width}")
        visitor.page.on("console", visitor._hear)
        visitor.page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
        return visitor

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text} ({message.location.get('url')})")

    def log_in(self, login: str) -> None:
        """Through the form."""
        self.page.goto("/login")
        self.page.get_by_label("Login").fill(login)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Log in").click()
        expect(self.page.get_by_role("button", name="Log out")).to_be_visible()

    def look(self, name: str) -> None:
        """Keep a picture of the page, and check it: axe-core finds nothing serious, and nothing is cut off."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=self.picture(name), full_page=True)
        too_wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert too_wide <= 0, f"{name}: {too_wide} pixels wider than the window"
        self.check_access(name)

    def look_in_the_dark(self, name: str) -> None:
        """The same with the dark colours."""
        self.page.emulate_media(color_scheme="dark")
        self.look(f"{name}-dark")
        self.page.emulate_media(color_scheme="light")

    def picture(self, name: str) -> Path:
        """Where the picture of that page is kept."""
        return SCREENSHOTS / f"{self.name}-{name}.png"

    def check_access(self, name: str) -> None:
        """No serious or critical finding of axe-core."""
        found = [
            f"{violation['id']} ({violation['impact']}): {violation['help']}: "
            + "; ".join(node["html"][:200] for node in violation["nodes"][:3])
            for violation in Axe().run(self.page).response["violations"]
            if violation["impact"] in _SERIOUS
        ]
        assert not found, f"{name}: " + "\n".join(found)

    def close(self) -> None:
        """Close the window; nothing may have been complained about in it."""
        self.context.close()
        assert not self.complaints, self.complaints

    def write(self, source: str) -> None:
        """Put this text into the editor in place of what is there, as somebody who pastes."""
        self.page.get_by_role("textbox", name=EDITOR).click()
        self.page.keyboard.press("Control+a")
        self.paste(source)

    def paste(self, text: str) -> None:
        """What ctrl-V does, without the clipboard that all windows of this machine share."""
        self.page.evaluate(
            """(text) => {
              const data = new DataTransfer();
              data.setData("text/plain", text);
              const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
              document.activeElement.dispatchEvent(event);
            }""",
            text,
        )

    def tab_to(self, name: re.Pattern[str], within: str = "body") -> None:
        """Press Tab until what is so called has the focus."""
        for _ in range(_MOST_TABS):
            self.page.keyboard.press("Tab")
            is_within = self.page.evaluate("(selector) => document.activeElement.closest(selector) !== null", within)
            if is_within and name.search(self.focused()):
                return
        raise AssertionError(f"Tab does not lead to {name.pattern!r}")

    def focused(self) -> str:
        """What the focus is on, by its name."""
        named = "(document.activeElement.getAttribute('aria-label') || document.activeElement.textContent || '')"
        return str(self.page.evaluate(named)).strip()

    def written(self) -> str:
        """What stands in the editor."""
        return "\n".join(self.page.locator(".cm-line").all_inner_texts()).replace("\u200b", "")
