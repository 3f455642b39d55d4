"""The demo's command line: `python -m demo`, which is `make demo`."""

import argparse
import os
import sys
from pathlib import Path

from bot.settings import StartError


def main(arguments: list[str] | None = None) -> int:
    """Play the story; the exit code."""
    parser = argparse.ArgumentParser(
        prog="demo", description="Play the whole story through a fresh service and print it."
    )
    parser.add_argument(
        "--language",
        default=os.environ.get("LANG_DEMO", "uk"),
        choices=("uk", "en"),
        help="in which it is played (default: LANG_DEMO, else uk)",
    )
    parser.add_argument(
        "--keep", default=os.environ.get("KEEP"), type=Path, metavar="DIR", help="leave everything there"
    )
    asked = parser.parse_args(arguments)
    if asked.language not in ("uk", "en"):  # a default is not checked against the choices
        print(f"LANG_DEMO={asked.language}: there is uk, and there is en.", file=sys.stderr)
        return 2
    from demo.stage import play

    try:
        return play(asked.language, asked.keep)
    except StartError as error:
        print(f"The demo cannot start:\n{error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
