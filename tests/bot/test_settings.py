"""Settings: whatever is wrong is told at once, by its name, with the remedy, and without showing a secret."""

from __future__ import annotations

import traceback
from pathlib import Path

import pytest

from bot.rootkey import in_file
from bot.settings import Settings, StartError, load
from casework.actor import Channel

DOCUMENT = Path(__file__).parents[2] / "docs" / "settings.md"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def problems(monkeypatch: pytest.MonkeyPatch, **environment: str) -> list[str]:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(StartError) as refused:
        load()
    shown = "".join(traceback.format_exception(refused.value))
    assert "s3cret" not in shown, "a secret was shown"
    return str(refused.value).splitlines()


def table() -> str:
    """What docs/settings.md says between its first and last line of a table."""
    rows = ["| variable | default | what for |", "| --- | --- | --- |"]
    for name, field in Settings.model_fields.items():
        default = f"`{field.default}`" if field.default not in (None, ()) else "none"
        if isinstance(field.json_schema_extra, dict):
            default = str(field.json_schema_extra["default_in_words"])
        rows.append(f"| `{name.upper()}` | {default} | {field.description} |")
    return "\n".join(rows)


def test_the_document_lists_every_setting() -> None:
    assert table() in DOCUMENT.read_text(), f"put this into docs/settings.md:\n{table()}"


def test_nothing_needs_to_be_set() -> None:
    settings = load()
    assert settings.data_dir == Path("var").absolute()
    assert settings.root_key_file == Path("var.key").absolute()
    assert (settings.host, settings.port) == ("127.0.0.1", 8080)
    assert not settings.webhook


def test_an_empty_variable_is_an_unset_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "")
    assert load().telegram_token is None


def test_all_problems_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    told = problems(
        monkeypatch,
        DATA_DIR="var",
        ROOT_KEY_FILE="var/keys/root.key",
        DATABASE_URL="mysql://me:s3cret@db/zviazok",
        PORT="many",
        PUBLIC_URL="http://zviazok.example",
        TRUSTED_PROXIES="10.0.0.0/8, nearby",
        TELEGRAM_TOKEN="s3cret",
        TELEGRAM_API_URL="api",
        TELEGRAM_SECRET="s3cret with spaces",
        VIBER_TOKEN="s3cret of Viber's",
        VIBER_API_URL="api",
        SMS_GATEWAY="pigeon",
        TERMINAL_NAME="with space",
        METRICS_TOKEN="s3cret",
        LOG_LEVEL="loud",
    )
    assert {line.partition(":")[0] for line in told} == {
        "ROOT_KEY_FILE",
        "DATABASE_URL",
        "PORT",
        "PUBLIC_URL",
        "TRUSTED_PROXIES",
        "TELEGRAM_TOKEN",
        "TELEGRAM_API_URL",
        "TELEGRAM_SECRET",
        "VIBER_TOKEN",
        "VIBER_API_URL",
        "SMS_GATEWAY",
        "TERMINAL_NAME",
        "METRICS_TOKEN",
        "LOG_LEVEL",
    }
    assert len(told) == 14
    assert all(" For example: " in line for line in told)


def test_a_webhook_without_a_secret_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    (told,) = problems(monkeypatch, PUBLIC_URL="https://zviazok.example/", TELEGRAM_TOKEN="1:abc")
    assert told.startswith("TELEGRAM_SECRET: it is required")
    monkeypatch.setenv("TELEGRAM_SECRET", "a_b-C1")
    settings = load()
    assert settings.webhook
    assert settings.public_url == "https://zviazok.example"


def test_viber_needs_an_address_to_post_to(monkeypatch: pytest.MonkeyPatch) -> None:
    (told,) = problems(monkeypatch, VIBER_TOKEN="s3cret-s3cret-s3cret")
    assert told.startswith("VIBER_TOKEN: it needs PUBLIC_URL")
    monkeypatch.setenv("PUBLIC_URL", "https://zviazok.example")
    assert load().viber_token


def test_an_unknown_gateway_is_told_with_those_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    (told,) = problems(monkeypatch, VOICE_GATEWAY="pigeon")
    assert told.startswith("VOICE_GATEWAY: there is no gateway of that name; there is: console.")
    assert load(voice_gateway=None).gateways == {}
    assert load(voice_gateway="console").gateways == {Channel.VOICE: "console"}


def test_plain_http_is_for_this_machine_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLIC_URL", "http://127.0.0.1:8080")
    assert load().public_url == "http://127.0.0.1:8080"
    assert problems(monkeypatch, PUBLIC_URL="http://10.0.0.1")[0].startswith("PUBLIC_URL: it must be https")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_a_database_s_address_is_taken_as_providers_write_it(scheme: str) -> None:
    url = load(database_url=f"{scheme}://me:s3cret@db/zviazok?sslmode=require").database_url
    assert url
    assert url.get_secret_value() == "postgresql+asyncpg://me:s3cret@db/zviazok?ssl=require"
    assert "s3cret" not in repr(url)


@pytest.mark.parametrize(
    ("given", "known"),
    [
        ("me:s3c,ret@one,two:5433/db", "me:s3c,ret@/db?host=one:5432&host=two:5433"),
        ("one:1,two:2,three:3", "/?host=one:1&host=two:2&host=three:3"),
        ("me@one,two/db?sslmode=require", "me@/db?host=one:5432&host=two:5432&ssl=require"),
        ("me@one/db?application_name=a,b", "me@one/db?application_name=a,b"),
    ],
)
def test_several_servers_are_named_as_libpq_names_them(given: str, known: str) -> None:
    url = load(database_url=f"postgresql://{given}", keyring_url=f"postgresql://{given}")
    assert url.database_url
    assert url.keyring_url
    assert url.database_url.get_secret_value() == url.keyring_url.get_secret_value() == f"postgresql+asyncpg://{known}"


def test_several_servers_need_names(monkeypatch: pytest.MonkeyPatch) -> None:
    said = problems(monkeypatch, DATABASE_URL="postgresql://me@[::1]:5432,two/db")[0]
    assert said.startswith("DATABASE_URL: of several servers each needs a name")


def test_the_root_key_may_not_hide_in_the_data_folder_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "elsewhere").symlink_to(tmp_path / "var")
    with pytest.raises(StartError, match="ROOT_KEY_FILE: it may not lie inside DATA_DIR"):
        load(data_dir=tmp_path / "var", root_key_file=tmp_path / "elsewhere" / "root.key")


def test_the_root_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "root.key"
    keys = in_file(path, needed=False)
    assert [len(key) for key in keys] == [32]
    assert in_file(path, needed=True) == keys
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert list(path.parent.iterdir()) == [path]


def test_a_lost_root_key_is_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(StartError, match=r"ROOT_KEY_FILE=.* is missing.* backup"):
        in_file(tmp_path / "root.key", needed=True)
    assert list(tmp_path.iterdir()) == []


def test_a_root_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "root.key"
    in_file(path, needed=False)
    path.chmod(0o640)
    with pytest.raises(StartError, match="chmod 600"):
        in_file(path, needed=True)


@pytest.mark.parametrize("content", ["", "ab" * 31, "ab" * 33, "s3cret" * 10 + "abcd", "ї" * 64])
def test_a_file_that_is_no_root_key_is_refused_and_not_shown(tmp_path: Path, content: str) -> None:
    path = tmp_path / "root.key"
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(StartError, match="32 bytes in hexadecimal") as refused:
        in_file(path, needed=True)
    assert "s3cret" not in "".join(traceback.format_exception(refused.value))


def test_a_root_key_that_cannot_be_made_names_its_variable(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StartError, match=r"ROOT_KEY_FILE=.* cannot be (made|read)"):
        in_file(tmp_path / "file" / "root.key", needed=False)


def test_a_cyrillic_host_is_kept_as_it_travels(monkeypatch: pytest.MonkeyPatch) -> None:
    """Browsers send it so as Origin, and Telegram and Viber post to it so."""
    for given, kept in {
        "https://зв.укр": "https://xn--b1aj.xn--j1amh",
        "https://зв.укр:8443/": "https://xn--b1aj.xn--j1amh:8443",
        "https://zviazok.example": "https://zviazok.example",
    }.items():
        monkeypatch.setenv("PUBLIC_URL", given)
        assert load().public_url == kept
    assert "no name" in problems(monkeypatch, PUBLIC_URL="https://зв..укр")[0]


def test_compose_passes_every_setting_on() -> None:
    """Its own database and the image's folders aside."""
    image = {"data_dir", "root_key_file", "host", "port", "terminal_name", "terminal_language"}
    compose = (DOCUMENT.parents[1] / "compose.yaml").read_text(encoding="utf-8")
    for name in set(Settings.model_fields) - image:
        assert f"      {name.upper()}: " in compose, f"compose.yaml drops {name.upper()}"
