"""Searches what a service leaves behind for what people said, as they wrote it and as machines do."""

import base64
import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path


def forms(secret: str) -> set[bytes]:
    """The ways in which a text could lie in a file: UTF-8, UTF-16, hexadecimal (pg_dump's), JSON, Base64."""
    plain = secret.encode()
    found = {plain, secret.encode("utf-16-le"), plain.hex().encode(), json.dumps(secret)[1:-1].encode()}
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + plain)
        start, end = (0, 2, 3)[shift], len(encoded) - 4
        if end - start >= 12:
            found.add(encoded[start:end])
    return {form for form in found if len(form) >= 5}


def found_in(folder: Path, secrets: Iterable[str]) -> list[tuple[str, str]]:
    """Each secret with each file below `folder` in which it stands in any of its forms."""
    wanted = [(secret, form) for secret in secrets for form in forms(secret)]
    alike: dict[bytes, list[Path]] = defaultdict(list)  # a new cluster holds the same files for each of its databases
    for path in folder.rglob("*"):
        if path.is_file():
            alike[path.read_bytes().strip(b"\0") + b"\0"].append(path.relative_to(folder))
    found = {
        (secret, str(file))
        for content, files in alike.items()
        for secret, form in wanted
        if form in content
        for file in files
    }
    return sorted(found)
