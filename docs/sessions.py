"""Console sessions in the documentation: run them and compare, or write what is printed.

    python docs/sessions.py            # names the sessions that are out of date
    python docs/sessions.py --write    # brings them up to date

A session is a block fenced as `console`. Lines that begin with `$ ` are commands; what
follows is what they print. The sessions of one page run one after the other in a folder
of their own, which holds a copy of `examples/`.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_SESSION = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)


def pages() -> list[Path]:
    """Return the pages of the documentation."""
    folders = (
        "",
        "docs",
        "benchmarks",
        "benchmarks/quality",
        "examples/articles",
        "tests/articles",
    )
    return sorted(page for folder in folders for page in (ROOT / folder).glob("*.md"))


def up_to_date(page: str) -> str:
    """Return the text of a page with what its sessions really print."""
    if not _SESSION.search(page):
        return page
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "work")
        shutil.copytree(ROOT / "examples", folder / "examples")
        _install(Path(scratch, "bin"))
        return _SESSION.sub(lambda found: "".join(_run(found[0], folder)), page)


def _install(folder: Path) -> None:
    """Make the command `transclean` of this checkout, for the Python that runs this."""
    folder.mkdir()
    command = folder / "transclean"
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m transclean "$@"\n')
    command.chmod(0o755)


def _run(session: str, folder: Path) -> Iterator[str]:
    home = folder.parent
    environment = {
        **{name: value for name, value in os.environ.items() if name in ("LANG", "PYTHONPATH")},
        "PATH": os.pathsep.join([str(home / "bin"), os.environ.get("PATH", "")]),
        "HOME": str(home),
        "TRANSCLEAN_CACHE_DIR": str(home / "cache"),
        "PYTHONPATH": str(ROOT / "src"),
    }
    for line in session.splitlines(keepends=True):
        if not line.startswith("$ "):
            continue
        done = subprocess.run(
            ["sh", "-c", line[2:]],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        printed = done.stdout.decode()
        yield line
        # An empty line of a diff is a line with a space, which editors would strip.
        yield re.sub(r"^ $", "", printed, flags=re.MULTILINE)


def main() -> int:
    """Compare or write; return the exit status."""
    stale = 0
    for page in pages():
        before = page.read_text(encoding="utf-8")
        after = up_to_date(before)
        if after != before:
            stale += 1
            if "--write" in sys.argv[1:]:
                page.write_text(after, encoding="utf-8", newline="\n")
            sys.stdout.write(f"{page.relative_to(ROOT)}\n")
    return int(bool(stale) and "--write" not in sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
