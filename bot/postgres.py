"""PostgreSQL inside the data folder: started, watched and stopped with the program, with nothing to install.

    async with embedded(settings.data_dir) as url:
        engine = create_async_engine(url)

The server is a child of this process. Ended by anything else, it is started again, with growing pauses (`watch`). It
goes down with us, whatever ends it: the kernel sends it SIGINT when our main
thread ends (`setpriv --pdeathsig`), and where that cannot be had, the next start stops what was left behind. Only one
program at a time holds a folder (`postgres.lock`); commands beside a running service reach its server by `running`.

PostgreSQL refuses to run as root. Under root it runs in a user namespace in which root is called nobody, so that its
files stay root's; where namespaces are forbidden it really becomes nobody and so do its files. The folder keeps the
owner of its first start.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO, Final
from urllib.parse import quote

import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cluster import INSTEAD, become, belongs_to_another, binaries, check_version, environment, make, works
from bot.settings import StartError

log = structlog.get_logger()

OLDEST: Final = 15  # PostgreSQL's major version that we know to do
READY_WITHIN: Final = 60.0  # seconds for recovery after a crash, and for a clean stop
LONGEST_SOCKET_FOLDER: Final = 90  # bytes: a socket's whole path may have about 107
LARGEST_LOG: Final = 1 << 20
SERVER_LOOK_EVERY: Final = 0.1  # seconds between looks whether the server still runs
SHARED_BUFFERS: Final = "32MB"  # of its usual 128: what it does not hold, the system's own cache of the files does
LONGEST_PAUSE: Final = 2.0  # seconds before a server that ends again and again is started once more: somebody waits
STEADY: Final = 30.0  # seconds that it has run well, after which the pauses begin anew

UNTIL_WE_END: Final = ("setpriv", "--pdeathsig", "INT")
# We may have ended before the kernel was told to watch us: then there is no parent to go down with, so do not begin.
UNLESS_WE_ENDED: Final = ("sh", "-c", 'test "$PPID" = "$0" && exec "$@"')


class Server:
    """The server over the cluster in `data_dir`/postgres. `start` and `stop` block; event loops take `embedded`."""

    def __init__(self, data_dir: Path, *, fsync: bool = True) -> None:
        """`fsync` False risks the data for speed: for tests only."""
        self.data_dir = data_dir.absolute()
        self.cluster = self.data_dir / "postgres"
        self.fsync = fsync
        self._lock: IO[bytes] | None = None
        self._sockets: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._command: list[str] = []

    @property
    def url(self) -> str:
        """SQLAlchemy's address of our database on this server."""
        assert self._sockets, "start the server first"  # noqa: S101  a slip of the programmer
        return _url(self._sockets)

    def start(self) -> str:
        """Launch the server and wait until it takes connections; the address of our database."""
        self.launch()
        try:
            self.wait_until_ready()
        except BaseException:
            self.stop()
            raise
        return self.url

    def launch(self) -> None:
        """Begin to start, on the main thread: PostgreSQL goes down with the thread that started it."""
        if threading.current_thread() is not threading.main_thread():
            raise RuntimeError("PostgreSQL goes down with the thread that launches it; launch it from the main thread")
        try:
            self._launch()
        except PermissionError as refused:
            self.stop()
            raise StartError(belongs_to_another(self.data_dir)) from refused
        except BaseException:
            self.stop()
            raise

    def _launch(self) -> None:
        programs = binaries()
        self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        prefix, owner = become(self.cluster)
        self._lock = _take(self.data_dir)
        _let_go(self.cluster)
        if owner not in (os.geteuid(), self.data_dir.stat().st_uid):
            self.data_dir.chmod(self.data_dir.stat().st_mode | 0o011)  # nobody has to pass through
        if not self.cluster.exists():
            make(self.cluster, programs, prefix, owner, fsync=self.fsync)
        check_version(self.cluster, programs)
        self._sockets = _socket_folder(self.cluster, owner)

        options = {"listen_addresses": "", "unix_socket_permissions": "0700", "timezone": "UTC", "log_timezone": "UTC"}
        options["shared_buffers"] = SHARED_BUFFERS
        # The log must not repeat what people wrote: neither the statement nor the row of an error.
        options |= {"log_min_error_statement": "panic", "log_error_verbosity": "terse"}
        if not self.fsync:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        tie: tuple[str, ...] = (*UNTIL_WE_END, *UNLESS_WE_ENDED, str(os.getpid()))
        if not works([*UNTIL_WE_END, "true"]):
            log.warning("postgres_not_tied", because="setpriv is missing: killed, the program leaves its server behind")
            tie = ()
        command = [*prefix, *tie, str(programs / "postgres"), "-D", str(self.cluster), "-k", str(self._sockets)]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        self._command = command
        self._run()

    def _run(self) -> None:
        journal = self.data_dir / "postgres.log"
        full = journal.exists() and journal.stat().st_size > LARGEST_LOG
        with journal.open("wb" if full else "ab") as output:
            # A session of its own: Ctrl-C is for us, and we stop the server when we no longer need it.
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=environment(),
                start_new_session=True,
            )

    async def watch(self) -> None:
        """Start the server again whenever it ends by itself (killed, out of memory, a full disk), for ever. Run as a
        task on the main thread, where it was launched. What was committed is there after recovery; meanwhile the
        database is away, and whoever writes is asked to repeat."""
        pause, began = 0.0, time.monotonic()
        while True:
            while (code := self._ended()) is None:  # noqa: ASYNC110  the kernel tells nobody here
                await asyncio.sleep(SERVER_LOOK_EVERY)
            if time.monotonic() - began > STEADY:
                pause = 0.0
            log.error("postgres_ended", code=code, starts_again_in=pause, said=self._journal())
            await asyncio.sleep(pause)
            pause = longer(pause)
            # Its children notice that it is gone; until then nobody else may begin.
            while _inhabited(self.cluster):  # noqa: ASYNC110
                await asyncio.sleep(SERVER_LOOK_EVERY)
            (self.cluster / "postmaster.pid").unlink(missing_ok=True)
            began = time.monotonic()
            try:
                self._run()
            except OSError as error:  # no memory, no room for the log
                log.error("postgres_cannot_start", why=error.strerror)

    def _ended(self) -> int | None:
        """How the server ended; None while it runs."""
        assert self._process, "launch the server first"  # noqa: S101  a slip of the programmer
        return self._process.poll()

    def wait_until_ready(self) -> None:
        """Until it takes connections, which after a crash follows recovery; an error if it ends instead."""
        assert self._process, "launch the server first"  # noqa: S101  a slip of the programmer
        deadline = time.monotonic() + READY_WITHIN
        while not ((mark := _mark(self.cluster)) and mark.ready and mark.pid == self._process.pid):
            if (code := self._ended()) is not None:
                raise StartError(f"PostgreSQL in {self.cluster} ended at its start (code {code}). {self._last_words()}")
            if time.monotonic() > deadline:
                raise StartError(
                    f"PostgreSQL in {self.cluster} is not ready after {READY_WITHIN:.0f} s. {self._last_words()}"
                )
            time.sleep(0.02)

    def _last_words(self) -> str:
        words = "\n  ".join(self._journal())
        return f"Mend what it says, {INSTEAD}. It said, in {self.data_dir / 'postgres.log'}:\n  {words}"

    def _journal(self) -> list[str]:
        """The last lines of what the server said; they repeat nothing that people wrote."""
        return (self.data_dir / "postgres.log").read_text(errors="replace").splitlines()[-5:]

    def stop(self) -> None:
        """Stop cleanly, or after a minute at once (the next start recovers); let another program have the folder."""
        if self._process:
            for how, patience in ((signal.SIGINT, READY_WITHIN), (signal.SIGQUIT, 10.0), (signal.SIGKILL, None)):
                self._process.send_signal(how)
                try:
                    self._process.wait(patience)
                    break
                except subprocess.TimeoutExpired:
                    log.warning("postgres_slow_to_stop", tried=how.name)
            self._process = None
        if self._sockets and self._sockets != self.cluster:
            shutil.rmtree(self._sockets, ignore_errors=True)
        self._sockets = None
        if self._lock:
            self._lock.close()
            self._lock = None


@asynccontextmanager
async def embedded(data_dir: Path, *, fsync: bool = True) -> AsyncIterator[str]:
    """A server in `data_dir` for as long as the block runs; gives SQLAlchemy's address of our database on it."""
    server = Server(data_dir, fsync=fsync)
    server.launch()
    try:
        await asyncio.to_thread(server.wait_until_ready)
        watching = asyncio.create_task(server.watch())
        try:
            yield server.url
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
    finally:
        await asyncio.to_thread(server.stop)


def longer(pause: float) -> float:
    """Seconds before the next start but one, if the server ends again at once."""
    return min(max(2 * pause, SERVER_LOOK_EVERY), LONGEST_PAUSE)


def running(data_dir: Path) -> str | None:
    """The address of the database that another program keeps running in `data_dir`; None when none does."""
    cluster = data_dir.absolute() / "postgres"
    mark = _mark(cluster)
    return _url(mark.sockets) if mark and mark.ready and mark.lives_in(cluster) else None


async def check(connection: AsyncConnection) -> None:
    """Refuse a database, embedded or DATABASE_URL's, that cannot keep our promises; names every reason at once."""
    found = (
        await connection.execute(
            text("""
                SELECT current_setting('server_version_num')::int / 10000 AS version,
                       current_setting('server_encoding') AS encoding,
                       lower('ЇЖАК') = 'їжак' AS knows_cyrillic,
                       EXISTS (SELECT FROM pg_extension WHERE extname = 'btree_gist')
                       OR EXISTS (SELECT FROM pg_available_extension_versions v, pg_roles r
                                  WHERE v.name = 'btree_gist' AND r.rolname = current_user
                                    AND (r.rolsuper
                                         OR v.trusted AND has_database_privilege(current_database(), 'CREATE')))
                       AS forbids_overlaps
            """)
        )
    ).one()
    reasons = []
    if found.version < OLDEST:
        reasons.append(f"it is PostgreSQL {found.version}; use {OLDEST} or later")
    if found.encoding != "UTF8":
        reasons.append(f"its encoding is {found.encoding}; create it with ENCODING 'UTF8' TEMPLATE template0")
    if not found.knows_cyrillic:
        reasons.append("lower('ЇЖАК') is not 'їжак' there; create it with LOCALE 'C.UTF-8' TEMPLATE template0")
    if not found.forbids_overlaps:
        reasons.append("btree_gist cannot be created; let an administrator run CREATE EXTENSION btree_gist in it")
    if reasons:
        raise StartError("\n".join(f"DATABASE_URL: the database will not do: {reason}." for reason in reasons))


class _Mark:
    """What a server writes of itself into postmaster.pid, as pg_ctl reads it; it stays when the server is killed."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.pid = int(lines[0])
        self.sockets = Path(lines[4].strip())
        self.ready = lines[7].strip() == "ready"

    def lives_in(self, cluster: Path) -> bool:
        """Whether that process is a server over this cluster still: not gone, no zombie, no other's number by now."""
        return _works_in(Path("/proc") / str(self.pid), cluster)


def _mark(cluster: Path) -> _Mark | None:
    try:
        return _Mark((cluster / "postmaster.pid").read_text().splitlines())
    except (FileNotFoundError, IndexError, ValueError):  # none, or being written
        return None


def _let_go(cluster: Path) -> None:
    """Wait for the server that a killed program left behind, then clear its marks. We hold the folder's lock."""
    mark, told = _mark(cluster), None
    deadline = time.monotonic() + READY_WITHIN
    while left := _inhabited(cluster):
        mark = _mark(cluster) or mark  # one that was just starting says later who it is
        if mark and mark.pid != told and mark.lives_in(cluster):
            log.info("postgres_left_behind", pid=mark.pid)
            os.kill(mark.pid, signal.SIGINT)
            told = mark.pid
        if time.monotonic() > deadline:
            raise StartError(f"A PostgreSQL server left behind in {cluster} does not stop: end process {left[0]}.")
        time.sleep(0.05)
    if mark and mark.sockets != cluster and mark.sockets.name.startswith("zviazok-"):
        shutil.rmtree(mark.sockets, ignore_errors=True)
    (cluster / "postmaster.pid").unlink(missing_ok=True)


def _inhabited(cluster: Path) -> list[int]:
    """The processes that work in the cluster: a server, or the children that one has left behind. PostgreSQL itself
    would begin beside these once its mark is gone."""
    return [
        int(process.name)
        for process in Path("/proc").iterdir()
        if process.name.isdecimal() and _works_in(process, cluster)
    ]


def _works_in(process: Path, cluster: Path) -> bool:
    try:
        return (process / "comm").read_text() == "postgres\n" and os.path.samefile(process / "cwd", cluster)
    except (FileNotFoundError, PermissionError, ProcessLookupError):
        return False


def _take(data_dir: Path) -> IO[bytes]:
    """The folder, for this program alone and only while it lives."""
    lock = (data_dir / "postgres.lock").open("ab")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as taken:
        lock.close()
        raise StartError(
            f"DATA_DIR={data_dir} is in use by another program: stop that, set DATA_DIR to another folder, {INSTEAD}."
        ) from taken
    return lock


def _socket_folder(cluster: Path, owner: int) -> Path:
    """Where the server's socket is: in the cluster, or under a deep data folder in a short private one."""
    if len(os.fsencode(cluster)) <= LONGEST_SOCKET_FOLDER:
        return cluster
    short = Path(tempfile.mkdtemp(prefix="zviazok-", dir="/tmp"))
    os.chown(short, owner, -1)
    return short


def _url(sockets: Path) -> str:
    return f"postgresql+asyncpg://postgres@/zviazok?host={quote(str(sockets))}"
