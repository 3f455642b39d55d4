"""The command line: `python -m bot`. `make` calls it; every command has --help."""

import argparse
import asyncio
import signal
import sys
import time
from pathlib import Path

from bot.settings import Settings, StartError, load
from storage.memory import is_shut, loading, settle, shut, spare


def main(arguments: list[str] | None = None) -> int:
    """Run a command; the exit code."""
    asked = _parser().parse_args(arguments)
    shut()
    spare()
    try:
        return int(asked.run(asked) or 0)
    except StartError as error:
        print(f"zviazok cannot start:\n{error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="zviazok", description="A chatbot for families of prisoners of war and the missing."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    serve = commands.add_parser("serve", help="serve the web page, and Telegram and Viber where there is a token")
    serve.set_defaults(run=_serve)

    migrate = commands.add_parser("migrate", help="bring the database's tables to this release, and stop")
    migrate.set_defaults(run=_migrate)

    talk = commands.add_parser("talk", help="play a conversation in the terminal, without database or token")
    talk.add_argument("script", nargs="?", default="register", help="its name, such as register (the default)")
    talk.add_argument("--language", default="uk", choices=("uk", "en"), help="in which it is played (default: uk)")
    talk.set_defaults(run=_talk)

    terminal = commands.add_parser(
        "terminal", help="the service itself in this terminal, on its database, whether or not it is being served"
    )
    terminal.add_argument("--name", help="who sits here; each name is somebody's own chat (default: your login name)")
    terminal.add_argument("--language", choices=("uk", "en"), help="in which it begins with somebody new (default: uk)")
    terminal.set_defaults(run=_terminal)

    draw = commands.add_parser("map", help="draw a conversation as Mermaid text")
    draw.add_argument("script", nargs="?", default="register", help="its name, such as register (the default)")
    draw.set_defaults(run=_map)

    access = commands.add_parser("access", help="draw who may do what as Markdown, docs/access.md")
    access.set_defaults(run=_access)

    aside = commands.add_parser("quarantine", help="what came in and could not be handled, without what it says")
    aside.add_argument("--open", type=int, metavar="ID", help="show one as it came: personal data, on your screen")
    aside.add_argument("--replay", type=int, metavar="ID", help="hear one again, after those of its writer before it")
    aside.set_defaults(run=_quarantine)

    audit = commands.add_parser("audit", help="who looked at what").add_subparsers(required=True, metavar="COMMAND")
    verify = audit.add_parser("verify", help="read the whole audit and name the first row that was altered")
    verify.add_argument("--heads", metavar="PLACE", help="the file or address of its heads (default: AUDIT_HEADS)")
    verify.set_defaults(run=_verify)
    backup = commands.add_parser("backup", help="sealed copies of the data and of the keyring, tried by restoring them")
    backup.add_argument("folder", type=Path, metavar="DIR", help="where the copy of the data goes")
    backup.add_argument("--keys", type=Path, metavar="DIR", help="where the keyring's goes: apart is better")
    backup.add_argument("--untried", action="store_true", help="do not restore them into a server of their own")
    backup.set_defaults(run=_backup)

    restore = commands.add_parser("restore", help="bring copies back into an empty database; the service is stopped")
    restore.add_argument("data", nargs="?", type=Path, metavar="DATA", help="the copy of the data")
    restore.add_argument("--keys", type=Path, metavar="KEYS", help="the newest copy of the keyring, if that is lost")
    restore.add_argument(
        "--ledger", action="append", default=[], type=Path, metavar="FILE", help="a ledger of erasures"
    )
    restore.add_argument("--replay", action="store_true", help="the data are back already, by PostgreSQL's own means")
    restore.set_defaults(run=_restore)

    keys = commands.add_parser("keys", help="the keys under which all is sealed").add_subparsers(
        required=True, metavar="COMMAND"
    )
    rotate = keys.add_parser("rotate", help="wrap every key by a new root, while the service runs; goes on if it ended")
    rotate.add_argument(
        "--data", action="store_true", help="give every holder a new data key instead, and seal all that is kept anew"
    )
    rotate.add_argument(
        "--holder",
        action="append",
        default=[],
        metavar="WHOSE",
        help="only this one's data key: person:17 (by id), report:12345678 or case:12345678 (by a report's number)",
    )
    rotate.set_defaults(run=_rotate)
    move = keys.add_parser("move", help="bring the keys to the database of KEYRING_URL; stop the service first")
    move.set_defaults(run=_move)

    words = commands.add_parser("words", help="what the rule on bad news and the list of despair think of each line")
    words.add_argument("file", nargs="?", type=Path, metavar="FILE", help="a text file (default: standard input)")
    words.add_argument("--json", action="store_true", help="one line of JSON for each line")
    words.set_defaults(run=_words)

    staff = commands.add_parser("staff", help="members of staff").add_subparsers(required=True, metavar="COMMAND")
    invite = staff.add_parser("invite", help="a one-time link for an administrator, valid for 15 minutes")
    invite.add_argument("--reset", action="store_true", help="also let them enrol a new second factor")
    invite.add_argument("--another", metavar="NAME", help="add one more administrator of this name, and invite them")
    invite.set_defaults(run=_invite)
    return parser


def _serve(asked: argparse.Namespace) -> int:
    from bot.logs import set_up

    settings = load()
    set_up(settings)
    return asyncio.run(_served(settings))


async def _served(settings: Settings) -> int:
    with loading():
        from bot import joining
        from bot.app import invitation, read_ahead, serving
        from bot.heads import LACKING

        joining.load_served(settings)

    began = time.monotonic()
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    _say("Starting: database, tables, page. The first start takes some seconds more.")
    reading = asyncio.create_task(asyncio.to_thread(read_ahead))
    async with serving(settings) as service:
        await reading
        settle()
        page = settings.public_url or service.url
        _say(f"Zviazok is open: {page}   ({time.monotonic() - began:.1f} s; Ctrl-C ends it)")
        _say(
            f"Telegram: {'webhook' if settings.webhook else 'long polling' if settings.telegram_token else 'no token'}"
        )
        if sys.stdout.isatty():
            code = await invitation(service.database, first=True)
            if code is not None:
                link = f"{page}/invite#{code}"
                _say(f"There is no staff yet. To become the first administrator, open within 15 minutes:\n  {link}")
        if settings.heads_elsewhere is None:
            _say(LACKING)
        if not is_shut():
            _say("Nothing shuts a process's memory here: whoever runs as this user may read the keys in it.")
        service.failed.add_done_callback(lambda failed: stopped.set())
        await stopped.wait()
        if service.failed.done():
            _say("A part of the service has failed: see the log. It stops now, to be started again.")
            return 1
    _say("Stopped.")
    return 0


def _migrate(asked: argparse.Namespace) -> int:
    from bot.app import opened

    async def migrated() -> None:
        async with opened(load()):
            _say("The tables are those of this release.")

    asyncio.run(migrated())
    return 0


def _talk(asked: argparse.Namespace) -> int:
    from bot.talk import talk

    return talk(asked.script, asked.language, sys.stdin, sys.stdout)


def _terminal(asked: argparse.Namespace) -> int:
    with loading():
        from bot.app import at_terminal
        from bot.logs import set_up

    given = {"terminal_name": asked.name, "terminal_language": asked.language}
    # The log may not stand between the words: only what somebody has to act on.
    settings = load(log_level="error", **{name: value for name, value in given.items() if value is not None})
    set_up(settings)

    async def talked() -> None:
        async with at_terminal(settings) as house:
            await house.over

    asyncio.run(talked())
    return 0


def _access(asked: argparse.Namespace) -> None:
    from bot.access import drawn

    print(drawn(), end="")


def _map(asked: argparse.Namespace) -> int:
    from bot.mapping import draw

    try:
        print(draw(asked.script))
    except LookupError as unknown:
        raise StartError(str(unknown.args[0])) from None
    return 0


def _words(asked: argparse.Namespace) -> int:
    from bot.words import judge

    try:
        with asked.file.open("rb") if asked.file else sys.stdin.buffer as lines:
            judge(lines, sys.stdout, json=asked.json)
    except OSError as error:
        raise StartError(
            f"{asked.file}: {error.strerror}. Name a text file, or give the lines as standard input."
        ) from None
    return 0


def _invite(asked: argparse.Namespace) -> int:
    from bot.app import beside, invitation

    settings = load()

    async def invited() -> None:
        async with beside(settings) as database:
            code = await invitation(database, reset=asked.reset, another=asked.another)
        base = settings.public_url or f"http://{settings.host}:{settings.port}"
        print(f"{base}/invite#{code}")
        _say("Works once, for 15 minutes; whoever opens it must enrol a second factor.")

    asyncio.run(invited())
    return 0


def _verify(asked: argparse.Namespace) -> int:
    from bot.app import beside
    from bot.heads import LACKING, verified

    settings = load(**({"audit_heads": asked.heads} if asked.heads else {}))

    async def read() -> int:
        async with beside(settings) as database:
            found, heads = await verified(database, settings.heads_elsewhere)
        if settings.heads_elsewhere is None:
            _say(LACKING)
        for gap in found.gaps:
            print(f"{gap}.")
        if found.broken is not None:
            print(f"The audit was altered. The first: {found.broken}.")
            return 1
        print(f"The audit is as it was written: {found.rows} rows, {heads} published heads.")
        return 0

    return asyncio.run(read())


def _quarantine(asked: argparse.Namespace) -> int:
    from bot import quarantine
    from bot.app import beside, now

    async def shown() -> int:
        async with beside(load()) as database:
            if asked.replay is not None:
                return await quarantine.replay(asked.replay, database, now, sys.stdout)
            if asked.open is not None:
                return await quarantine.show(asked.open, database, now, sys.stdout)
            return await quarantine.list_all(database, now, sys.stdout)

    return asyncio.run(shown())


def _backup(asked: argparse.Namespace) -> int:
    from bot.copying import backup

    asyncio.run(backup(load(), asked.folder, asked.keys, _say, tried=not asked.untried))
    return 0


def _restore(asked: argparse.Namespace) -> int:
    from bot.copying import replay, restore

    if asked.replay == (asked.data is not None):
        raise StartError("restore: name the copy of the data, or say --replay if they are back already.")
    if asked.replay:
        asyncio.run(replay(load(), asked.ledger, _say))
    else:
        asyncio.run(restore(load(), asked.data, asked.keys, asked.ledger, _say))
    return 0


def _rotate(asked: argparse.Namespace) -> int:
    from bot.keys import renewed, rotated

    asyncio.run(renewed(load(), asked.holder, _say) if asked.data or asked.holder else rotated(load(), _say))
    return 0


def _move(asked: argparse.Namespace) -> int:
    from bot.keys import moved

    asyncio.run(moved(load(), _say))
    return 0


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
