"""In every process of a run of the tests: what the service seals is a canary, and what it logs is kept.

`benchmarks/trust/logged.py` puts this folder on PYTHONPATH, so that the services which tests start have it too.
OVERHEARD names the folder to which both are written; OVERHEARD_FAULT makes the desk log what it is told.
"""

import importlib.abc
import importlib.machinery
import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any, TextIO

WHERE = os.environ.get("OVERHEARD", "")
_files: dict[tuple[int, str], int] = {}
_told: set[tuple[int, str]] = set()


def write(kind: str, line: str) -> None:
    """Once for each process: tests say the same a thousand times."""
    if (os.getpid(), line) in _told:
        return
    _told.add((os.getpid(), line))
    at = os.getpid(), kind
    if at not in _files:
        _files[at] = os.open(f"{WHERE}/{kind}-{at[0]}", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.write(_files[at], (line.replace("\n", "\\n") + "\n").encode("utf-8", "replace"))


def _of_sealing(module: ModuleType) -> None:
    seal = module.Seals.seal

    async def heard(seals: Any, column: Any, row: int, value: Any, **how: Any) -> bytes:
        of = module.seal_of(column).of
        if of is not bytes:
            write("sealed", module._adapter(of).dump_json(value).decode())
        sealed: bytes = await seal(seals, column, row, value, **how)
        return sealed

    module.Seals.seal = heard


def _of_vault(module: ModuleType) -> None:
    """What is looked up by its hash: addresses, tokens, codes."""
    lookup = module.Vault.lookup

    def heard(vault: Any, name: str, value: str) -> bytes:
        write("sealed", json.dumps(value, ensure_ascii=False))
        hashed: bytes = lookup(vault, name, value)
        return hashed

    module.Vault.lookup = heard


def _of_structlog(module: ModuleType) -> None:
    """As it is said, at every level, before anything is rendered or left out."""
    proxy = module.BoundLoggerBase._proxy_to_logger

    def heard(logger: Any, method: str, event: str | None = None, *args: Any, **said: Any) -> Any:
        write("logged", json.dumps([method, event, *args, said, logger._context], default=repr, ensure_ascii=False))
        return proxy(logger, method, event, *args, **said)

    module.BoundLoggerBase._proxy_to_logger = heard


def _of_logs(module: ModuleType) -> None:
    """What other libraries log, as the service writes it."""
    to_handlers = logging.Logger.callHandlers
    quiet, formatter = module.QUIET, module._NoTexts()

    def heard(logger: logging.Logger, record: logging.LogRecord) -> None:
        least = logging.ERROR if record.name.partition(".")[0] in quiet or record.name in quiet else logging.WARNING
        if record.levelno >= least:
            write("logged", formatter.format(record))
        to_handlers(logger, record)

    setattr(logging.Logger, "callHandlers", heard)  # noqa: B010  a method


def _of_desk(module: ModuleType) -> None:
    """The fault: what is said stands in the log."""
    receive = module.Desk.receive

    async def talkative(desk: Any, incoming: Any) -> Any:
        module.log.info("received", content=repr(incoming.content))
        return await receive(desk, incoming)

    module.Desk.receive = talkative


HOOKS: dict[str, Callable[[ModuleType], None]] = {
    "storage.sealing": _of_sealing,
    "storage.vault": _of_vault,
    "structlog._base": _of_structlog,
    "bot.logs": _of_logs,
}
if os.environ.get("OVERHEARD_FAULT"):
    HOOKS["handlers.desk"] = _of_desk


class _Loader(importlib.abc.Loader):
    def __init__(self, inner: Any, hook: Callable[[ModuleType], None]) -> None:
        self._inner, self._hook = inner, hook

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        made: ModuleType | None = self._inner.create_module(spec)
        return made

    def exec_module(self, module: ModuleType) -> None:
        self._inner.exec_module(module)
        self._hook(module)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


class _Finder(importlib.abc.MetaPathFinder):
    """Finds as the others do, and puts a hook behind the module."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name not in HOOKS:
            return None
        for finder in sys.meta_path:
            if finder is not self and (found := finder.find_spec(name, path, target)) is not None:
                found.loader = _Loader(found.loader, HOOKS[name])
                return found
        return None


class _Tee:
    """Standard error of a service that a test has started."""

    def __init__(self, to: TextIO) -> None:
        self._to = to

    def write(self, said: str) -> int:
        write("logged", said)
        return self._to.write(said)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._to, name)


if WHERE:
    sys.meta_path.insert(0, _Finder())
    if not any(word.endswith("pytest") or "exec(eval(" in word for word in sys.orig_argv):  # no service: a run of tests
        sys.stderr = _Tee(sys.stderr)
