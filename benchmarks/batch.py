"""`claimtrack batch` measured: every engine on one corpus, its bytes compared, its processes killed, its disk filled.

python benchmarks/batch.py                            20,000 articles with fast, 2,000 with accurate, every engine
python benchmarks/batch.py --kills                    and kills of workers and coordinators, and a full disk
python benchmarks/batch.py --costs                    what one article costs: CPU by stage, bytes by format
python benchmarks/batch.py --articles 200 --accurate 20 --engines here,processes

Every run is a command of its own. Memory is read from /proc twice a second. A disk is filled where one can be mounted.
Exits 1 where the bytes of two runs differ.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import attrs
from batch_corpus import POLNEAR, make_records

from claimtrack import extract_claims, find_attributions, find_dates, find_figures
from claimtrack.batch.extracting import TABLES, read_record
from claimtrack.batch.inputs import find_inputs
from claimtrack.batch.records import read_records
from claimtrack.exchange.columns import to_rows
from claimtrack.exchange.json_lines import to_json_line

PART = 500
"""Records a part: a corpus of 20,000 has forty."""


@attrs.frozen
class Run:
    """What one run took, and the digest of its folder."""

    seconds: float
    cpu: float
    coordinator: float
    worker: float
    digest: str


def write_corpus(path: Path, count: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in make_records(count))
    return path


def command_of(news: Path, output: Path, *, tagger: str, engine: str, workers: int, form: str = "jsonl") -> list[str]:
    shared = ["--workers", str(workers)] if engine != "here" else []
    return [
        *(sys.executable, "-m", "claimtrack", "batch", str(news), "-o", str(output), "--tagger", tagger, "--quiet"),
        *("--engine", engine, "--part-size", str(PART), "--format", form, *shared),
    ]


def digest_of(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(folder)} {path.stat().st_size} ".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def measured(command: list[str], output: Path) -> Run:
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    peaks = {"coordinator": 0.0, "worker": 0.0}
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.5):
            peaks["coordinator"] = max(peaks["coordinator"], _resident(process.pid))
            for worker in workers_of(process.pid):
                peaks["worker"] = max(peaks["worker"], _resident(worker))

    watcher = threading.Thread(target=watch)
    watcher.start()
    code = process.wait()
    took = time.perf_counter() - began
    ended.set()
    watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if code not in (0, 1):
        raise SystemExit(f"{' '.join(command)} ended with {code}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(took, cpu, peaks["coordinator"], peaks["worker"], digest_of(output))


def workers_of(pid: int) -> list[int]:
    """Give the processes that work for one: those below it that Python spawned, but for its keeper of resources."""
    found, waiting = [], [pid]
    while waiting:
        parent = waiting.pop()
        try:
            for thread in Path(f"/proc/{parent}/task").iterdir():
                for child in map(int, (thread / "children").read_text("ascii").split()):
                    waiting.append(child)
                    if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                        found.append(child)
        except OSError:  # it has ended meanwhile
            continue
    return found


def _resident(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text("ascii", "replace")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1000
    except (OSError, IndexError):
        return 0.0


def compare_engines(news: Path, count: int, folder: Path, *, tagger: str, engines: Iterable[str], workers: int) -> str:
    """Print one line an engine; give the digest that all have, or an empty one."""
    print(f"\n{count:,} articles, tagger {tagger}, {workers} workers")
    print("| engine | articles/s | seconds | CPU s | speed-up | per worker | coordinator | worker | bytes |")
    print("|---|---|---|---|---|---|---|---|---|")
    alone, digests = None, set()
    for engine in engines:
        output = folder / f"{tagger}-{engine}"
        run = measured(command_of(news, output, tagger=tagger, engine=engine, workers=workers), output)
        alone = alone or run
        digests.add(run.digest)
        faster = alone.seconds / run.seconds
        share = faster / (1 if engine == "here" else workers)
        print(
            f"| {engine} | {count / run.seconds:.1f} | {run.seconds:.1f} | {run.cpu:.1f} | {faster:.2f} | {share:.0%}"
            f" | {run.coordinator:.0f} MB | {run.worker:.0f} MB | {run.digest[:12]} |",
            flush=True,
        )
    print("all bytes equal" if len(digests) == 1 else "THE BYTES DIFFER")
    return digests.pop() if len(digests) == 1 else ""


def kill_and_go_on(
    name: str, command: list[str], output: Path, *, wanted: str, kill: Callable[[subprocess.Popen[bytes]], None]
) -> bool:
    """Print and give whether a run that was hurt once ends up as it should, by itself or run again."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    kill(process)
    said = process.communicate()[1].decode().strip().splitlines()
    again = process.returncode not in (0, 1) or not _is_finished(output)
    kept = len((output / "parts.jsonl").read_bytes().splitlines()) if (output / "parts.jsonl").exists() else 0
    if again:
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    is_same = digest_of(output) == wanted
    how = f"run again after {kept} parts" if again else "went on by itself"
    print(f"| {name} | {how} | {'equal' if is_same else 'DIFFERENT'} | {said[-1][-110:] if said else ''} |", flush=True)
    return is_same


def _is_finished(output: Path) -> bool:
    return bool(json.loads((output / "manifest.json").read_bytes()).get("finished"))


def wait_for_parts(output: Path, count: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until so many parts are finished, and a random while more."""
    journal = output / "parts.jsonl"
    while process.poll() is None and (not journal.exists() or len(journal.read_bytes().splitlines()) < count):
        time.sleep(0.05)
    time.sleep(random.Random(count).uniform(0, 0.5))


def kill_everything(news: Path, count: int, folder: Path, *, wanted: str, workers: int) -> bool:
    print(f"\nKills on {count:,} articles, tagger fast")
    print("| what happened | how it went on | bytes | what it said |")
    print("|---|---|---|---|")
    middle = max(1, count // PART // 2)
    good = True
    for engine in ("processes", "dask"):
        output = folder / f"kill-worker-{engine}"

        def kill_worker(process: subprocess.Popen[bytes], output: Path = output) -> None:
            wait_for_parts(output, middle, process)
            for worker in workers_of(process.pid)[:1]:
                os.kill(worker, signal.SIGKILL)

        command = command_of(news, output, tagger="fast", engine=engine, workers=workers)
        good &= kill_and_go_on(f"a worker killed, {engine}", command, output, wanted=wanted, kill=kill_worker)
        output = folder / f"kill-coordinator-{engine}"

        def kill_coordinator(process: subprocess.Popen[bytes], output: Path = output) -> None:
            wait_for_parts(output, middle, process)
            process.kill()

        command = command_of(news, output, tagger="fast", engine=engine, workers=workers)
        good &= kill_and_go_on(
            f"the coordinator killed, {engine}", command, output, wanted=wanted, kill=kill_coordinator
        )
    return good & fill_disk(news, folder, wanted=wanted, workers=workers)


def fill_disk(news: Path, folder: Path, *, wanted: str, workers: int) -> bool:
    size = sum(path.stat().st_size for path in (folder / "fast-here").rglob("*") if path.is_file())
    disk = folder / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size // 2}", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        print("| a full disk | not tried: nothing can be mounted here | | |")
        return True
    try:
        output = disk / "claims"
        command = command_of(news, output, tagger="fast", engine="processes", workers=workers)

        def make_room(process: subprocess.Popen[bytes]) -> None:
            process.wait()
            subprocess.run(["mount", "-o", f"remount,size={size * 2 + 10_000_000}", str(disk)], check=True)

        return kill_and_go_on("a full disk", command, output, wanted=wanted, kill=make_room)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def print_costs(news: Path, count: int, folder: Path, *, tagger: str) -> None:
    """Print the CPU seconds of each stage for one article, and the bytes of its claims in each format."""
    records = list(read_records(find_inputs([news])))[:count]
    articles = [read_record(record)[0] for record in records]
    find_attributions("", tagger=tagger)
    claims = [extract_claims(article, tagger=tagger) for article in articles]
    found = sum(map(len, claims))
    words = sum(len(article.text.split()) for article in articles)
    print(f"\nOne article of {len(articles):,}, tagger {tagger}: {words / count:.0f} words, {found / count:.1f} claims")
    stages: dict[str, Callable[[], object]] = {
        "read": lambda: [read_record(record) for record in records],
        "attributions alone": lambda: [find_attributions(one.text, title=one.title, tagger=tagger) for one in articles],
        "figures and dates alone": lambda: [(find_figures(one.text), find_dates(one.text)) for one in articles],
        "extraction, all of it": lambda: [extract_claims(one, tagger=tagger) for one in articles],
        "JSON lines": lambda: [to_json_line(claim) for several in claims for claim in several],
        "rows": lambda: [list(to_rows(one, rows=rows)) for several in claims for one in several for rows in TABLES],
    }
    for name, work in stages.items():
        began = time.process_time()
        work()
        spent = time.process_time() - began
        print(
            f"| {name} | {spent / count * 1000:.2f} ms an article | {spent / found * 1000:.3f} ms a claim |", flush=True
        )
    for form in ("jsonl", "jsonl.gz", "parquet"):
        output = folder / f"costs-{tagger}-{form}"
        some = write_corpus(folder / f"costs-{tagger}.jsonl", count)
        command = command_of(some, output, tagger=tagger, engine="here", workers=1, form=form)
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        for kind in ("claims", "figures", "speakers", "articles"):
            if (output / kind).is_dir():
                size = sum(path.stat().st_size for path in (output / kind).iterdir())
                print(f"| {form}: {kind} | {size / count:,.0f} bytes an article | {size / found:,.0f} bytes a claim |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000, help="for the tagger fast (20,000); 0 leaves it out")
    parser.add_argument("--accurate", type=int, default=2_000, help="for the tagger accurate (2,000); 0 leaves it out")
    parser.add_argument("--engines", default="here,processes,dask")
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--kills", action="store_true", help="kill and fill as well; needs the engine here")
    parser.add_argument("--costs", action="store_true", help="print what one article costs, of 500 and 100")
    parser.add_argument("--folder", help="where to work (default: a temporary folder)")
    told = parser.parse_args()
    engines = told.engines.split(",")
    good = True
    with tempfile.TemporaryDirectory(dir=told.folder) as place:
        folder = Path(place)
        news = write_corpus(folder / "news.jsonl", told.articles)
        size = news.stat().st_size
        others = "with" if POLNEAR.is_file() else "without"
        print(f"corpus: {told.articles:,} articles, {size / 1e6:.1f} MB, {others} PolNeAR", flush=True)
        if told.articles:
            wanted = compare_engines(news, told.articles, folder, tagger="fast", engines=engines, workers=told.workers)
            good &= bool(wanted)
            if told.kills and wanted:
                good &= kill_everything(news, told.articles, folder, wanted=wanted, workers=told.workers)
        if told.accurate:
            some = write_corpus(folder / "some.jsonl", told.accurate)
            good &= bool(
                compare_engines(some, told.accurate, folder, tagger="accurate", engines=engines, workers=told.workers)
            )
        if told.costs:
            for tagger, count in (("fast", 500), ("accurate", 100)):
                print_costs(write_corpus(folder / "costs.jsonl", count), count, folder, tagger=tagger)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
