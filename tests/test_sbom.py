"""What the service is made of is written down from the lock, whole and the same each time."""

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOCK = ROOT / "requirements.txt"


def sbom() -> str:
    made = [sys.executable, str(ROOT / ".ci/sbom"), str(LOCK)]
    return subprocess.run(made, capture_output=True, text=True, check=True).stdout


def test_the_bill_of_materials_holds_the_whole_lock() -> None:
    bill = json.loads(sbom())
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    lock = LOCK.read_text(encoding="utf-8")
    locked = {f"pkg:pypi/{name}@{version}" for name, version in re.findall(r"^(\S+)==(\S+)", lock, re.MULTILINE)}
    assert {one["purl"] for one in bill["components"]} == locked
    hashes = {hash["content"] for one in bill["components"] for hash in one["hashes"]}
    assert hashes == set(re.findall(r"sha256:(\w+)", lock))


def test_the_same_lock_gives_the_same_bytes() -> None:
    assert sbom() == sbom()
