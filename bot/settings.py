"""Every setting, in one place: an environment variable each, checked once at start, all problems told at once.

`docs/settings.md` is made from the fields below. Secrets are `SecretStr`, so that no log or traceback shows them.
"""

from __future__ import annotations

import re
from decimal import Decimal
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from casework.actor import Channel
from handlers.phone.gateway import GATEWAYS

LOOPBACK: Final = {"localhost", "127.0.0.1", "::1"}


class StartError(Exception):
    """The program cannot start as it is set up; the message names each variable and the remedy, one a line."""


def _in_ascii(url: str) -> str:
    """The address with its host as it travels: browsers, Telegram and Viber know "зв.укр" as "xn--b1aj.xn--j1amh"."""
    parts = urlsplit(url)
    try:
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except UnicodeError:
        raise ValueError("its host is no name that a browser could ask for") from None
    return url if (parts.hostname or "").isascii() else url.replace(parts.netloc.partition(":")[0], host, 1)


def _hosts_apart(address: str) -> str:
    """libpq's list of servers (`user@one:5432,two/name`) in the way that SQLAlchemy knows it, each in the query."""
    netloc, _, rest = address.partition("/")
    user, at, hosts = netloc.rpartition("@")
    if "," not in hosts:
        return address
    name, _, query = rest.partition("?")
    named = [each if ":" in each else f"{each}:5432" for each in hosts.split(",")]
    if any("[" in each or each.startswith(":") for each in named):
        raise ValueError("of several servers each needs a name or an IPv4 address")
    return f"{user}{at}/{name}?" + "&".join([*(f"host={each}" for each in named), *filter(None, [query])])


class Settings(BaseSettings):
    """What the environment says. Checks that need another variable stand with the later field of the two."""

    model_config = SettingsConfigDict(frozen=True, env_ignore_empty=True, hide_input_in_errors=True)

    data_dir: Path = Field(
        Path("var"),
        description="The folder of the embedded PostgreSQL. It keeps the owner of its first start.",
        examples=["/var/lib/zviazok"],
    )
    database_url: SecretStr | None = Field(
        None,
        description="A PostgreSQL (15 or later) to use instead of the embedded one. It must be reached directly:"
        " through a pooler in transaction mode, locks and notifications get lost. Several servers (`one:5432,two:5432`)"
        " are a primary and its standbys: the one that takes writes is used.",
        examples=["postgresql://zviazok:secret@db.example/zviazok"],
    )
    root_key_file: Path = Field(
        Path(),
        description="The key that unseals all personal data; without it the database is unreadable for ever. By default"
        " it lies beside `DATA_DIR` under its name with `.key`, and is made on the first start. It may never lie inside"
        " `DATA_DIR`, or one stolen copy would hold both.",
        examples=["/etc/zviazok/root.key"],
        validate_default=True,
        json_schema_extra={"default_in_words": "`<DATA_DIR>.key`"},
    )
    erasure_ledger: Path | None = Field(
        None,
        description="A file beside the database that lists which keys were erased, and when: without it, an older copy"
        " of a whole database would bring the erased back. By default it lies beside `ROOT_KEY_FILE`, under its name"
        " with `.erased`, where the database is the embedded one and has its keyring in it.",
        examples=["/srv/zviazok/key/root.key.erased"],
        json_schema_extra={"default_in_words": "`<ROOT_KEY_FILE>.erased`, or none"},
    )
    audit_heads: str | None = Field(
        None,
        description="A second place for the audit's head, the number and keyed hash of its newest row: a file outside"
        " `DATA_DIR`, or an http(s) address that takes a line by POST and gives all of them by GET. Lines are only ever"
        " added. Without it nobody can tell when the newest rows are cut off (`python -m bot audit verify`).",
        examples=["/mnt/elsewhere/audit-heads"],
    )
    root_key_command: str | None = Field(
        None,
        description="A program that prints the root key instead: from a KMS, an HSM, `age`, `systemd-creds`. It runs at"
        " the start, and again when the key is changed.",
        examples=["systemd-creds decrypt /etc/zviazok/root.cred -"],
    )
    root_key: SecretStr | None = Field(
        None,
        description="The root key itself, instead of a file or a command: 64 hexadecimal digits. Whoever sees the"
        " environment of the process sees it.",
        examples=["the output of: openssl rand -hex 32"],
    )
    keyring_url: SecretStr | None = Field(
        None,
        description="A PostgreSQL of its own for the keys of holders, with copies of its own, so that an older copy of"
        " the data does not bring back who was erased. By default they are in the same database, in the schema"
        " `keyring`.",
        examples=["postgresql://zviazok:secret@keys.example/keyring"],
    )
    host: str = Field("127.0.0.1", description="The address that the web server listens on.", examples=["192.0.2.1"])
    port: int = Field(8080, ge=0, le=65535, description="Its port; 0 takes any free one.", examples=["8080"])
    public_url: str | None = Field(
        None,
        description="Where people and messengers reach the page: https, no path. With it Telegram uses a webhook.",
        examples=["https://zviazok.example"],
    )
    trusted_proxies: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = Field(
        (),
        description="The networks of your reverse proxies, separated by commas: only they are believed when they say"
        " for whom they ask (`X-Forwarded-For`).",
        examples=["127.0.0.1/32,10.0.0.0/8"],
    )
    telegram_token: SecretStr | None = Field(
        None, description="The bot's token from BotFather. Without it there is only the web page.", examples=["123:abc"]
    )
    telegram_api_url: str = Field(
        "https://api.telegram.org",
        description="The Bot API server: Telegram's, or a local one.",
        examples=["http://127.0.0.1:8081"],
    )
    telegram_secret: SecretStr | None = Field(
        None,
        description="Proves that a webhook call is Telegram's: 1 to 256 of `A-Za-z0-9_-`. Required with `PUBLIC_URL`"
        " and `TELEGRAM_TOKEN`.",
        examples=["the output of: openssl rand -hex 32"],
        validate_default=True,
    )
    viber_token: SecretStr | None = Field(
        None,
        description="The bot's token from Viber's admin panel. It needs `PUBLIC_URL`: Viber has no polling.",
        examples=["445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9"],
    )
    viber_name: str | None = Field(
        None,
        description="The bot's name in Viber's addresses (`viber://pa?chatURI=…`). With it the page leads to Viber.",
        examples=["zviazok"],
        pattern=r"^[A-Za-z0-9_.-]{1,60}$",
    )
    viber_api_url: str = Field(
        "https://chatapi.viber.com", description="Viber's REST API.", examples=["https://chatapi.viber.com"]
    )
    viber_budget: Decimal = Field(
        Decimal(0),
        ge=0,
        description="EUR that may be spent in a calendar month on Viber messages that we begin more than a day after a"
        " person wrote. With 0 none is paid for: such messages go to another messenger, wait, or become a call.",
        examples=["150"],
    )
    viber_price: Decimal = Field(
        Decimal("0.02"), ge=0, description="EUR that Viber asks for one such message.", examples=["0.02"]
    )
    viber_monthly: Decimal = Field(
        Decimal(100), ge=0, description="EUR a month that Viber asks in any case, beside the budget.", examples=["100"]
    )
    sms_gateway: str | None = Field(
        None,
        description="What carries notices by SMS: `console` writes them where the program was started, to try it."
        " Without it none are sent.",
        examples=["console"],
    )
    voice_gateway: str | None = Field(
        None,
        description="What calls and reads a notice aloud: `console`, as for SMS. Without it nobody is called by a"
        " machine.",
        examples=["console"],
    )
    terminal_name: str | None = Field(
        None,
        description="Who sits at `python -m bot terminal`: each name is somebody's own chat.",
        examples=["olena"],
        json_schema_extra={"default_in_words": "your login name"},
    )
    terminal_language: Literal["uk", "en"] = Field(
        "uk", description="The language in which a terminal begins with somebody new.", examples=["en"]
    )
    metrics_token: SecretStr | None = Field(
        None,
        description="The bearer token for `/metrics`, 16 characters or more. Without it only loopback may read them.",
        examples=["the output of: openssl rand -hex 32"],
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="How much the log says. It never holds personal data.", examples=["info"]
    )

    @property
    def gateways(self) -> dict[Channel, str]:
        """The ways by telephone that are offered, each with its gateway's name."""
        named = {Channel.SMS: self.sms_gateway, Channel.VOICE: self.voice_gateway}
        return {channel: name for channel, name in named.items() if name is not None}

    @property
    def heads_elsewhere(self) -> str | None:
        """The second place for the audit's head; None where there is none, or it lies beside what it is to vouch for:
        whoever takes the one back to an older state takes the other with it."""
        given = self.audit_heads
        if given is None or given.startswith(("http://", "https://")):
            return given
        path = Path(given).expanduser().absolute()
        return None if path.resolve().is_relative_to(self.data_dir.resolve()) else str(path)

    @property
    def ledger(self) -> Path | None:
        """Where the ledger of erasures is kept beside the database; None where a keyring of its own keeps it apart."""
        if self.erasure_ledger is not None:
            return self.erasure_ledger.expanduser().absolute()
        if self.database_url is not None or self.keyring_url is not None:
            return None
        return self.root_key_file.with_name(f"{self.root_key_file.name}.erased")

    @property
    def webhook(self) -> bool:
        """Whether Telegram calls us, rather than we it."""
        return self.telegram_token is not None and self.public_url is not None

    @field_validator("data_dir", mode="after")
    @classmethod
    def _data_dir(cls, given: Path) -> Path:
        return given.expanduser().absolute()

    @field_validator("database_url", "keyring_url", mode="after")
    @classmethod
    def _database_url(cls, given: SecretStr | None) -> SecretStr | None:
        if given is None:
            return None
        scheme, colon, rest = given.get_secret_value().partition("://")
        if scheme not in ("postgres", "postgresql", "postgresql+asyncpg") or not colon:
            raise ValueError("it must begin with postgresql://; no other database will do")
        # libpq's and every provider's name for it is sslmode, asyncpg's is ssl
        return SecretStr("postgresql+asyncpg://" + re.sub("([?&])sslmode=", r"\1ssl=", _hosts_apart(rest)))

    @field_validator("root_key", mode="after")
    @classmethod
    def _root_key(cls, given: SecretStr | None, others: ValidationInfo) -> SecretStr | None:
        if given is not None and others.data.get("root_key_command") is not None:
            raise ValueError("ROOT_KEY_COMMAND is set as well: leave out one of the two")
        return given

    @field_validator("root_key_file", mode="after")
    @classmethod
    def _root_key_file(cls, given: Path, others: ValidationInfo) -> Path:
        data_dir: Path = others.data.get("data_dir", Path("var").absolute())
        path = given.expanduser().absolute() if given != Path() else data_dir.with_name(f"{data_dir.name}.key")
        if path.resolve().is_relative_to(data_dir.resolve()):
            raise ValueError(f"it may not lie inside DATA_DIR={data_dir}: one copy would then hold lock and key")
        return path

    @field_validator("public_url", "telegram_api_url", "viber_api_url", mode="after")
    @classmethod
    def _url(cls, given: str | None, here: ValidationInfo) -> str | None:
        if given is None:
            return None
        parts = urlsplit(given)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise ValueError("it must be an address such as https://host, without ? and #")
        if here.field_name == "public_url":
            if parts.path.strip("/"):
                raise ValueError("it must have no path: the service is the whole site")
            if parts.scheme == "http" and parts.hostname not in LOOPBACK:
                raise ValueError("it must be https: what families write may not travel in clear")
        return _in_ascii(given).rstrip("/")

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _trusted_proxies(cls, given: Any) -> Any:
        if isinstance(given, str):
            return tuple(ip_network(part.strip()) for part in given.split(",") if part.strip())
        return given

    @field_validator("telegram_token", mode="after")
    @classmethod
    def _telegram_token(cls, given: SecretStr | None) -> SecretStr | None:
        if given and not re.fullmatch(r"\d+:[A-Za-z0-9_-]+", given.get_secret_value()):
            raise ValueError("it is not a bot's token; copy it whole from BotFather")
        return given

    @field_validator("telegram_secret", mode="after")
    @classmethod
    def _telegram_secret(cls, given: SecretStr | None, others: ValidationInfo) -> SecretStr | None:
        if given is None and others.data.get("public_url") and others.data.get("telegram_token"):
            raise ValueError("it is required with PUBLIC_URL and TELEGRAM_TOKEN, or anybody could speak as Telegram")
        if given and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", given.get_secret_value()):
            raise ValueError("it must be 1 to 256 characters of A-Za-z0-9_-; Telegram allows no others")
        return given

    @field_validator("viber_token", mode="after")
    @classmethod
    def _viber_token(cls, given: SecretStr | None, others: ValidationInfo) -> SecretStr | None:
        if given and not re.fullmatch(r"[A-Za-z0-9+/=_-]{16,256}", given.get_secret_value()):
            raise ValueError("it is not a bot's token; copy it whole from Viber's admin panel")
        if given and "public_url" in others.data and others.data["public_url"] is None:
            raise ValueError("it needs PUBLIC_URL: Viber has no polling, and posts to us")
        return given

    @field_validator("sms_gateway", "voice_gateway", mode="after")
    @classmethod
    def _gateway(cls, given: str | None) -> str | None:
        if given is not None and given not in GATEWAYS:
            known = ", ".join(GATEWAYS)
            raise ValueError(f"there is no gateway of that name; there is: {known}. Leave it out to have none")
        return given

    @field_validator("terminal_name", mode="after")
    @classmethod
    def _terminal_name(cls, given: str | None) -> str | None:
        if given and not re.fullmatch(r"[\w.@-]{1,64}", given):
            raise ValueError("it must be 1 to 64 letters, digits and . _ @ -")
        return given

    @field_validator("metrics_token", mode="after")
    @classmethod
    def _metrics_token(cls, given: SecretStr | None) -> SecretStr | None:
        if given and len(given.get_secret_value()) < 16:
            raise ValueError("it must have 16 characters or more, or it can be guessed")
        return given

    @field_validator("log_level", mode="before")
    @classmethod
    def _log_level(cls, given: Any) -> Any:
        return given.lower() if isinstance(given, str) else given


def load(**instead: Any) -> Settings:
    """The settings of this environment, some given `instead`; a StartError that tells every problem and its remedy."""
    try:
        return Settings(**instead)
    except ValidationError as wrong:
        problems = [_problem(str(error["loc"][0]), error["msg"]) for error in wrong.errors(include_input=False)]
    raise StartError("\n".join(dict.fromkeys(problems)))  # outside the handler: a traceback would show what was given


def _problem(field: str, reason: str) -> str:
    name, reason = field.upper(), reason.removeprefix("Value error, ")
    examples = Settings.model_fields[field].examples or [""]
    return f"{name}: {reason[0].lower()}{reason[1:]}. For example: {name}={examples[0]}"
