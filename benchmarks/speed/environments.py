"""Environments of their own: the peers' packages by their lock, and a former release's tree with its lock.

They are kept in the user's cache, not in the repository, under the hash of their lock: made once."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from benchmarks.speed.processes import TREE, Home
from benchmarks.speed.servers import NotToBeHad

PEERS: Final = Path(__file__).parent / "peers.txt"
TODAY: Final = "47c7e9a"
"""The release beside which we are measured: "today's build" of the issue that asked for speed."""


def peers() -> Home:
    """This tree with the peers' packages."""
    return Home(TREE, _environment(PEERS))


def today() -> Home:
    """The former release's tree with the packages of its lock; what measures it is this tree's."""
    tree = _cache() / f"build-{TODAY}"
    if not (tree / "bot").exists():
        shutil.rmtree(tree, ignore_errors=True)
        tree.mkdir(parents=True)
        archive = subprocess.run(["git", "-C", str(TREE), "archive", TODAY], capture_output=True, check=False)  # noqa: S607
        if archive.returncode:
            raise NotToBeHad(f"commit {TODAY} is not in this repository: git fetch --unshallow")
        subprocess.run(["tar", "-x", "-C", str(tree)], input=archive.stdout, check=True)  # noqa: S607
    benchmarks = tree / "benchmarks"
    if not benchmarks.is_symlink():
        shutil.rmtree(benchmarks)
    else:
        benchmarks.unlink()
    benchmarks.symlink_to(TREE / "benchmarks")
    lock = tree / "requirements.txt"
    if lock.read_bytes() == (TREE / "requirements.txt").read_bytes():
        return Home(tree)
    return Home(tree, _environment(lock))


def _environment(lock: Path) -> Path:
    """The Python of the environment that a lock makes."""
    folder = _cache() / f"packages-{hashlib.sha256(lock.read_bytes()).hexdigest()[:12]}"
    python, done = folder / "bin" / "python", folder / "done"
    if not done.exists():
        print(f"Installing {lock.name} into {folder} (once) …", flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
        command = [sys.executable, "-m", "pip", "--python", str(python), "install", "-qqq", "--require-hashes"]
        try:
            subprocess.run([*command, "--only-binary", ":all:", "-r", str(lock)], check=True)
        except subprocess.CalledProcessError:
            raise NotToBeHad(f"{lock.name} cannot be installed: is there a network?") from None
        done.touch()
    return python


def _cache() -> Path:
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "zviazok-bench"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
