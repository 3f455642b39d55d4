"""The clock is that of the locked tzdata, whatever time zones the machine has."""

import os
import subprocess
import sys
import zoneinfo
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import pytest
import tzdata

WINTER = datetime(2026, 12, 15, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "hours"), [("America/Winnipeg", -5), ("America/Edmonton", -6), ("America/Vancouver", -7)]
)
def test_in_winter_2026_the_canadian_west_stays_on_summer_time(zone: str, hours: int) -> None:
    assert WINTER.astimezone(zoneinfo.ZoneInfo(zone)).utcoffset() == timedelta(hours=hours)


def test_the_zones_are_those_of_the_lock() -> None:
    locked = (Path(__file__).parents[2] / "requirements.txt").read_text()
    assert f"tzdata=={version('tzdata')} " in locked
    assert zoneinfo.TZPATH == ()
    own = set((Path(tzdata.__file__).parent / "zones").read_text().split())
    assert zoneinfo.available_timezones() == own


@pytest.mark.parametrize(
    "door", ["bot.__main__", "bot.settings", "handlers.desk", "storage.database", "dialogs.scripts", "casework.centers"]
)
def test_a_process_takes_no_zone_of_the_machine(door: str, tmp_path: Path) -> None:
    """Here the machine takes Winnipeg for Tokyo."""
    (tmp_path / "America").mkdir()
    wrong = Path(tzdata.__file__).parent / "zoneinfo" / "Asia" / "Tokyo"
    (tmp_path / "America" / "Winnipeg").write_bytes(wrong.read_bytes())
    asked = (
        "from zoneinfo import ZoneInfo; from datetime import datetime; early = ZoneInfo('America/Winnipeg'); "
        f"import {door}; print(datetime(2026, 12, 15, tzinfo=ZoneInfo('America/Winnipeg')).utcoffset())"
    )
    ran = subprocess.run(
        [sys.executable, "-c", asked],
        env={**os.environ, "PYTHONTZPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == str(timedelta(hours=-5))
