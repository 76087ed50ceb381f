"""A real browser for the tests of the pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SIZES = {"desk": {"width": 1360, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="no Playwright: pip install 'claimtrack[browser]'")
    # A container's root may not make the sandbox; the pages are ours and nothing is fetched.
    options = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_api.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=options)
        yield opened
        opened.close()


class Opened:
    """A page in a browser, with everything it said on the console or asked the network for."""

    def __init__(self, browser: Browser, folder: Path, html: str, **options: Any) -> None:
        self.path = folder / "page.html"
        self.context = browser.new_context(**{"viewport": SIZES["desk"], "reduced_motion": "reduce", **options})
        self.page: Page = self.context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.said.append(f"dialog {dialog.message}"), dialog.dismiss()))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.open(html)

    def open(self, html: str) -> None:
        """Go to another page."""
        self.path.write_text(html, encoding="utf-8", newline="")
        self.page.goto(self.path.as_uri())

    def lit(self) -> list[str]:
        """Give the text of the marks that are chosen."""
        return self.page.locator(".text .on[data-q]").all_inner_texts()

    def chosen(self) -> str | None:
        """Give the number of the card that is chosen."""
        card = self.page.locator(".card.on")
        return card.get_attribute("data-n") if card.count() else None


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Any]:
    opened: list[Opened] = []

    def open_page(html: str, **options: Any) -> Opened:
        opened.append(Opened(browser, tmp_path, html, **options))
        return opened[-1]

    yield open_page
    for one in opened:
        one.context.close()
