"""Memory of a check of a large JSONL file, made on the spot from the articles of the tests.

    python benchmarks/memory/run.py                     # 1 GB, all default rules
    python benchmarks/memory/run.py --megabytes 100
    python benchmarks/memory/run.py --select fr-mme     # what follows is given to the command

Prints the time and the most memory that the process held; status 1 above the limit.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 300  # MB
_MEGABYTE = 1_000_000


def write(path: Path, size: int) -> int:
    """Write records of articles until the file has `size` bytes; return how many."""
    articles = [
        article.read_text(encoding="utf-8")
        for article in sorted(ROOT.glob("tests/articles/*/article.txt"))
    ]
    number = written = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        while written < size:
            title, _, body = articles[number % len(articles)].partition("\n")
            record = {"id": number, "title": title, "body": f"{body.strip()}\n\nNumber {number}."}
            written += file.write(json.dumps(record, ensure_ascii=False) + "\n")
            number += 1
    return number


def main() -> int:
    """Make the file, check it, and print what it took."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--megabytes", type=int, default=1_000)
    options, rest = parser.parse_known_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "articles.jsonl")
        records = write(path, options.megabytes * _MEGABYTE)
        size = path.stat().st_size
        command = [sys.executable, "-m", "transclean", "check", "--isolated", "--format", "jsonl",
                   "--output", str(Path(folder, "findings.jsonl")), *rest, str(path)]  # fmt: skip
        start = time.perf_counter()
        done = subprocess.run(command)
        seconds = time.perf_counter() - start
        with Path(folder, "findings.jsonl").open(encoding="utf-8") as file:
            findings = sum(1 for _ in file)
    held = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / _MEGABYTE
    megabytes = size / _MEGABYTE
    print(f"{megabytes:,.0f} MB, {records:,} records, {findings:,} findings")
    print(f"{seconds:,.1f} s, {megabytes / seconds:.2f} MB/s, at most {held:.0f} MB of memory")
    return 0 if done.returncode in (0, 1) and held < LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
