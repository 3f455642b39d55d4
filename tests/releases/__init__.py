"""A small data folder of each release: a dump of its database, its throwaway root key, and who was amid what.

`python -m tests.releases NAME` plays `story.py` with the code as it stands and writes `NAME/`; test_releases.py brings
each to today's tables and goes on with every conversation in it. A folder is never changed or taken away: it stands for
what centers have. Everybody in it is invented.
"""

import gzip
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from casework.actor import Channel

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Left:
    """A person as the dump leaves them. `asked` names the question that waits, `parked` the scripts beside it, `covers`
    the signed buttons of news that nobody has opened, `sees` words that are to come when those are pressed."""

    who: str
    channel: Channel
    address: str
    mailbox: str
    language: str
    script: str
    asked: str
    parked: tuple[str, ...]
    covers: tuple[str, ...] = ()
    sees: str = ""


@dataclass(frozen=True)
class Release:
    """What a folder holds. `dump` is SQL that an empty database takes as it is; `waiting` counts letters not sent."""

    name: str
    at: datetime
    root: bytes
    dump: str
    people: tuple[Left, ...]
    waiting: int


def write(release: Release) -> Path:
    folder = FOLDER / release.name
    folder.mkdir()  # an error where it is there: a release is never written over
    (folder / "dump.sql.gz").write_bytes(gzip.compress(release.dump.encode(), mtime=0))
    (folder / "root.hex").write_text(release.root.hex() + "\n", encoding="ascii")
    told = {
        "at": release.at.isoformat(),
        "waiting": release.waiting,
        "people": [asdict(left) for left in release.people],
    }
    (folder / "people.json").write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return folder


def read(folder: Path) -> Release:
    told = json.loads((folder / "people.json").read_text(encoding="utf-8"))
    people = tuple(
        Left(
            **{
                **left,
                "channel": Channel(left["channel"]),
                "parked": tuple(left["parked"]),
                "covers": tuple(left["covers"]),
            }
        )
        for left in told["people"]
    )
    dump = gzip.decompress((folder / "dump.sql.gz").read_bytes()).decode()
    root = bytes.fromhex((folder / "root.hex").read_text(encoding="ascii"))
    return Release(folder.name, datetime.fromisoformat(told["at"]), root, dump, people, told["waiting"])


def releases() -> list[Release]:
    return [read(file.parent) for file in sorted(FOLDER.glob("*/people.json"))]
