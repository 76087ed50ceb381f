"""How fast a whole store is verified, and what a history costs.

Run `python benchmarks/store_verify.py --claims 20000`. One claim in `--every` has the history of a published check
(eight events); the others are as extraction left them. The yardstick, in the same run: the models alone reading the
same files. Seconds are of the processor, so that other programs do not count.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path

import attrs
from made_up import CLAIMS_PER_ARTICLE, make_article

from claimtrack import track
from claimtrack.models import Claim, Evidence
from claimtrack.store import Store
from claimtrack.store.content import encode_document
from claimtrack.store.files.batch import FileBatch
from claimtrack.store.files.folders import open_folder
from claimtrack.store.files.lock import locked
from claimtrack.store.paths import document_place

LOG = Evidence(id="harbour-log", kind="primary", archive_url="https://archive.example/log")


@attrs.frozen(slots=True)
class Verified:
    """What one run gave."""

    documents: int
    events: int
    seconds: float
    models_seconds: float
    megabytes: float
    findings: int


def worked_on(claim: Claim) -> Claim:
    """Give a claim with the history of a published check."""
    times = (f"2025-06-0{day}T10:00:00Z" for day in range(1, 9))
    claim = track.triage(claim, by="Noor", at=next(times))
    claim = track.assign(claim, "Ines", due="2025-06-05", by="Noor", at=next(times))
    claim = track.cite(claim, LOG, stance="refutes", note="The log has another number.", by="Ines", at=next(times))
    claim = track.decide(claim, "false", words="Wrong", explanation="See the log.", by="Ines", at=next(times))
    claim = track.submit(claim, by="Ines", at=next(times))
    claim = track.approve(claim, by="Tomas", at=next(times))
    claim = track.publish(claim, [LOG], url="https://check.example/ferry", by="Tomas", at=next(times))
    return track.correct(claim, "typo", why="A name was misspelt.", by="Tomas", at=next(times))


def fill(store: Store, claims: int, every: int) -> int:
    """Fill a store, and give the number of events in it."""
    events = 0
    store.save(LOG)
    for number in range(claims // CLAIMS_PER_ARTICLE):
        article, found = make_article(number)
        found = tuple(claim.replace(workflow="candidate", verdict=None) for claim in found)
        kept = [worked_on(claim) if index % every == 0 else claim for index, claim in enumerate(found)]
        events += sum(len(claim.events) for claim in kept)
        with open_folder(store.folder) as root, locked(root) as lock:
            batch = FileBatch(root)
            batch.put({document_place(one): encode_document(one) for one in (article, *kept)})
            batch.commit(lock)
    return events


def measure(claims: int, every: int) -> Verified:
    """Fill a store and verify it."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "newsroom")
        events = fill(store, claims, every)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        paths = list(store.folder.glob("claims/*/*/*.json"))
        for path in paths:  # both runs meet a warm cache
            path.read_bytes()
        start = time.process_time()
        for path in paths:
            Claim.model_validate_json(path.read_bytes())
        models = time.process_time() - start
        count = 0

        def progress(looked_at: int) -> None:
            nonlocal count
            count = looked_at

        start = time.process_time()
        findings = [one for one in store.verify(progress=progress) if one.severity != "note"]
        seconds = time.process_time() - start
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        return Verified(count, events, seconds, models, grown / 1024, len(findings))


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=20_000)
    parser.add_argument("--every", type=int, default=4, help="one claim in so many has a history of eight events")
    arguments = parser.parse_args()
    done = measure(arguments.claims, arguments.every)
    print(f"{done.documents} documents, {done.events} events, {done.findings} findings")
    print(f"verify: {done.documents / done.seconds:,.0f} documents/s ({done.seconds:.1f} s of one core)")
    alone = f"{done.documents / done.models_seconds:,.0f} documents/s"
    print(f"the models alone: {alone}; verify takes {done.seconds / done.models_seconds:.1f} times as long")
    print(f"memory grew by {done.megabytes:.0f} MB at most")


if __name__ == "__main__":
    main()
