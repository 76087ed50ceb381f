"""Make docs/article-page.png, the README's picture: the page of a seed, with one of its claims chosen.

    pip install 'claimtrack[browser]'; python docs/make_picture.py

It needs a Chromium; pngquant, where there is one, makes the file smaller.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from claimtrack import extract_claims, read_article, to_html

HERE = Path(__file__).parent
PICTURE = HERE / "article-page.png"


def main() -> None:
    """Write the picture."""
    from playwright.sync_api import sync_playwright

    article = read_article(HERE.parent / "seeds" / "plane-crash.txt")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        page = Path(folder, "page.html")
        page.write_text(to_html(article, extract_claims(article)), encoding="utf-8", newline="")
        browser = driver.chromium.launch(executable_path=chromium, args=root)
        shown = browser.new_page(viewport={"width": 1280, "height": 860}, reduced_motion="reduce")
        shown.goto(page.as_uri())
        shown.get_by_text("There were ", exact=True).click()
        shown.evaluate("scrollTo(0, 0)")
        shown.mouse.move(1270, 5)
        shown.screenshot(path=PICTURE)
        browser.close()
    if pngquant := shutil.which("pngquant"):
        subprocess.run([pngquant, "--force", "--output", PICTURE, "128", PICTURE], check=True)
    print(f"{PICTURE.name}: {PICTURE.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
