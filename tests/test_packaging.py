"""What a stranger installs: wheel and sdist, each in an empty environment of its own."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from helpers import ROOT
from transclean import __version__


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build sdist and wheel, the wheel from the sdist, as a release does."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    return folder


@pytest.mark.parametrize("kind", ["*.whl", "*.tar.gz"])
def test_an_installed_package_finds_its_rules_from_anywhere(built, tmp_path, kind):
    (package,) = built.glob(kind)
    venv.create(tmp_path / "env", with_pip=True)
    scripts = tmp_path / "env" / ("Scripts" if sys.platform == "win32" else "bin")
    subprocess.run(
        [scripts / "python", "-m", "pip", "install", "--quiet", str(package)], check=True
    )
    work = tmp_path / "elsewhere"
    work.mkdir()
    (work / "a.txt").write_text("Mme Roy left.\n")

    def run(*command: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            list(map(str, command)), cwd=work, capture_output=True, text=True, check=False
        )

    version = run(scripts / "transclean", "--version")
    assert version.stdout.strip() == f"transclean, version {__version__}"
    found = run(scripts / "transclean", "check", "--format", "concise", "a.txt")
    assert found.returncode == 1, found.stderr
    assert found.stdout.startswith("a.txt:1:1: fr-mme ")
    assert run(scripts / "python", "-m", "transclean", "rules", "test").returncode == 0


def test_the_wheel_holds_every_rule_file_and_the_typing_marker(built):
    (wheel,) = built.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for path in ROOT.glob("rules/**/*.*"):
        assert f"transclean/rules/{path.relative_to(ROOT / 'rules').as_posix()}" in names
    assert "transclean/py.typed" in names
    assert not [name for name in names if Path(name).parts[0] in ("tests", "rules")]
