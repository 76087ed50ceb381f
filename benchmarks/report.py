"""What pages cost: of an article, milliseconds beside extraction; of a store, seconds, and what a browser makes of it.

    python benchmarks/report.py [FILE ...]
    python benchmarks/report.py --store [CLAIMS]

Each figure of an article is the median of several runs in one process, after a first run that loads the tagger and the
template. The store holds made-up crash reports, 10,000 claims where no number is given; the browser is the Chromium of
this machine, driven by Playwright.
"""

from __future__ import annotations

import datetime
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from claimtrack import Article, Store, extract_claims, read_article, to_html, track
from claimtrack.models.vocabulary import Verdict
from claimtrack.report import read_contents, store_page

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
FILES = ("clinic-audit.md", "flood-warning.html", "harbour-budget.txt", "plane-crash.txt", "wage-survey.json")
RUNS = 15


def milliseconds(call: Callable[[], object]) -> float:
    """Give the median of several runs, after one that is not counted."""
    took = []
    for _ in range(RUNS + 1):
        started = time.perf_counter()
        call()
        took.append((time.perf_counter() - started) * 1000)
    return statistics.median(took[1:])


TOWNS = ("Dorno", "Velmar", "Sund", "Hatcham", "Oranta", "Lysa", "Brenn", "Marl", "Tessau", "Keld")
OUTLETS = ("The Sund Post", "Velmar Wire", "Coast Radio")
VERDICTS: tuple[Verdict, ...] = ("true", "mostly_true", "missing_context", "unproven", "false", "misleading")


def reports(count: int) -> Iterator[Article]:
    """Make up reports of crashes, three outlets on each."""
    chance = random.Random(7)
    for number in range(count):
        event, outlet = divmod(number, 3)
        town, line = TOWNS[event % len(TOWNS)], f"Northwind {event // len(TOWNS) + 1}"
        chance.seed(event)
        killed, aboard = chance.randrange(12, 60), chance.randrange(60, 90)
        chance.seed(number)
        killed += chance.choice((0, 0, 3))
        day = datetime.date(2024, 1, 1) + datetime.timedelta(days=event + outlet)
        text = (
            f"At least {killed} people were killed near {town} when a {line} plane fell, Governor Mila Tor said.\n\n"
            f"{line} said {killed + outlet} people were killed in the crash near {town}. "
            f"The plane carried {aboard} people.\n\n"
            '"We heard a bang and then nothing," said Ola Brandt, a farmer. '
            f"Police in {town} denied that the road was shut."
        )
        yield read_article(text=text, title=f"Plane down near {town}", publisher=OUTLETS[outlet], published=str(day))


def fill(store: Store, claims: int) -> None:
    """Put reports into a store until it holds so many claims; each twentieth claim is worked on."""
    held = 0
    for article in reports(claims):
        found = list(extract_claims(article, tagger="rules"))[: claims - held]
        for place, claim in enumerate(found):
            if (held + place) % 20 == 0:
                claim = track.triage(claim, by="Ines", at="2026-01-02T09:00:00Z")
                claim = track.assign(claim, "Tomas", due="2026-01-09", by="Ines", at="2026-01-02T09:05:00Z")
                if (held + place) % 40 == 0:
                    claim = track.cite(claim, "log", stance="context", by="Tomas", at="2026-01-03T09:00:00Z")
                    verdict = VERDICTS[(held + place) // 40 % len(VERDICTS)]
                    claim = track.decide(claim, verdict, words=verdict, by="Tomas", at="2026-01-04T09:00:00Z")
                found[place] = claim
        store.add(article, found)
        held += len(found)
        if held >= claims:
            break


WATCH = """() => {
  window.tasks = [];
  new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map((one) => one.duration)))
    .observe({ type: 'longtask', buffered: true });
}"""


def look(page: Path) -> None:
    """Print what a page costs in a browser: first paint, and the longest task of reading and of using it."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        print("no Chromium on this machine: what a reader waits for is not measured")
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        paints, reading, using = [], [], []
        for _ in range(5):
            window = opened.new_page(viewport={"width": 1360, "height": 900})
            window.add_init_script(f"({WATCH})()")
            window.goto(page.as_uri())
            window.wait_for_selector(".row")
            window.wait_for_timeout(300)
            paints.append(window.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
            reading.append(window.evaluate("Math.max(0, ...window.tasks.splice(0))"))
            for _ in range(40):
                window.mouse.wheel(0, 600)
                window.wait_for_timeout(30)
            scrolling = window.evaluate("Math.max(0, ...window.tasks.splice(0))")
            window.get_by_label("Words").fill("Tessau")
            window.wait_for_timeout(400)
            window.get_by_role("button", name="Last").click()
            window.wait_for_timeout(200)
            using.append((scrolling, window.evaluate("Math.max(0, ...window.tasks.splice(0))")))
            window.close()
        opened.close()
    print(f"first paint {statistics.median(paints):.0f} ms (worst {max(paints):.0f}); longest tasks: opening ", end="")
    print(f"{max(reading):.0f} ms, scrolling {max(one for one, _ in using):.0f} ms, ", end="")
    print(f"filtering and turning {max(one for _, one in using):.0f} ms; five runs")


def measure_store(claims: int) -> None:
    """Print what the page of a store costs."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder, "newsroom"))
        fill(store, claims)
        started = time.perf_counter()
        held = read_contents(store)
        read = time.perf_counter()
        page = store_page(held, at="2026-02-01T09:00:00Z")
        built = time.perf_counter()
        print(f"{len(held.claims):,} claims of {len(held.articles):,} articles: read {read - started:.1f} s, ", end="")
        print(f"page {built - read:.1f} s, {len(page.encode()) / 1e6:.1f} MB")
        path = Path(folder, "page.html")
        path.write_text(page, encoding="utf-8")
        look(path)


def main() -> None:
    """Print the table of articles, or what a store's page costs."""
    if sys.argv[1:2] == ["--store"]:
        measure_store(int(sys.argv[2]) if len(sys.argv) > 2 else 10_000)
        return
    print(f"{'article':24} {'claims':>6} {'extract ms':>10} {'page ms':>8} {'page/extract':>12} {'kB':>5}")
    for path in [Path(name) for name in sys.argv[1:]] or [SEEDS / name for name in FILES]:
        article = read_article(path)
        claims = extract_claims(article)
        extracting = milliseconds(lambda article=article: extract_claims(article))  # type: ignore[misc]
        building = milliseconds(lambda article=article, claims=claims: to_html(article, claims))  # type: ignore[misc]
        size = len(to_html(article, claims).encode()) / 1000
        share = building / extracting
        print(f"{path.name[:24]:24} {len(claims):6} {extracting:10.1f} {building:8.1f} {share:12.2f} {size:5.0f}")


if __name__ == "__main__":
    main()
