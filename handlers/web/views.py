"""Pages and what they are drawn with: templates, words, static files."""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from mimetypes import guess_type
from pathlib import Path
from typing import Any, Final

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from casework.letters import AtTime, OnDay, Say
from casework.sessions import Session
from dialogs.words import LANGUAGES, Words
from handlers.web.guard import Caller, language_of
from handlers.web.marking import KNOWN, marked_up
from handlers.web.ports import Deps

HERE: Final = Path(__file__).parent
FOREVER: Final = "public, max-age=31536000, immutable"
KINDS: Final = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


class Static:
    """Files that never change under their address, which holds their hash."""

    def __init__(self, folder: Path = HERE / "static") -> None:
        self._files = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
        self._hashes = {name: hashlib.sha256(content).hexdigest()[:12] for name, content in self._files.items()}

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/static/{hash}/{name}", self.file), web.get("/favicon.ico", self.icon)]

    def path(self, name: str) -> str:
        return f"/static/{self._hashes[name]}/{name}"

    async def file(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if self._hashes.get(name) != request.match_info["hash"]:
            raise web.HTTPNotFound
        kind = KINDS.get(Path(name).suffix) or guess_type(name)[0] or "application/octet-stream"
        response = web.Response(body=self._files[name], content_type=kind, headers={"Cache-Control": FOREVER})
        if kind.startswith("text/"):
            response.charset = "utf-8"
        response.enable_compression()
        return response

    async def icon(self, request: web.Request) -> web.Response:
        return web.Response(body=self._files["icon.svg"], content_type=KINDS[".svg"])


class Views:
    """Draws pages in the language of whoever asks."""

    def __init__(self, deps: Deps) -> None:
        self.words = deps.words
        self.static = Static()
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters["is_number"] = lambda held: re.fullmatch(r"\d{4}-\d{4}", held)
        self._templates.filters["paragraphs"] = lambda text: [part for part in text.split("\n\n") if part.strip()]
        self._templates.globals.update(
            static=self.static.path, languages=LANGUAGES, of=Say, on_day=OnDay, chat_links=deps.chat_links
        )

    def page(
        self,
        request: web.Request,
        name: str,
        caller: Caller | None = None,
        *,
        status: int = 200,
        short: tuple[str, ...] = KNOWN,
        **context: Any,
    ) -> web.Response:
        """A page by its template's name. `short` are the known lines with few digits.

        It is compressed, but not for staff: on their pages stand words that strangers chose, beside those of others,
        and the length of what is compressed tells of what repeats (BREACH).
        """
        language = language_of(request)
        text = self._templates.get_template(f"{name}.html").render(
            lang=language,
            other="en" if language == "uk" else "uk",
            say=_Saying(self.words, language, short),
            say_in={each: _Saying(self.words, each, short) for each in LANGUAGES},
            short=short,
            csrf=caller.csrf if caller is not None else "",
            caller=caller,
            session=caller.who if caller is not None and isinstance(caller.who, Session) else None,
            **context,
        )
        staff = caller is not None and isinstance(caller.who, Session) and caller.who.staff is not None
        text = self.words.readable(language, text, staff=staff)
        response = web.Response(text=text, content_type="text/html", status=status)
        if not staff and "gzip" in request.headers.get("Accept-Encoding", ""):
            response.enable_compression(web.ContentCoding.gzip)
        return response


class _Saying:
    """Words in a template, by name or as a `Say`: `{{ say("web-chat-send") }}` for what is a button, a link, an
    attribute; `{{ say.text("web-first-what") }}` for whatever is read, in which telephone numbers can be pressed."""

    def __init__(self, words: Words, language: str, short: tuple[str, ...]) -> None:
        self._words, self._language, self._short = words, language, short

    def __call__(self, what: str | Say, /, **args: Any) -> str:
        said = what if isinstance(what, Say) else Say(what, args)
        return self._words.say(self._language, said)

    def text(self, what: str | Say, /, **args: Any) -> Markup:
        return self.marked(self(what, **args))

    def marked(self, text: str, *, pressed: bool = True) -> Markup:
        """What people wrote, marked up as our own words are."""
        return marked_up(text, self._language, self._short, pressed=pressed)

    def at(self, moment: datetime, style: str = "time") -> str:
        """A moment, in Kyiv time."""
        return self._words.say(self._language, Say("web-moment", {"at": AtTime(moment, style=style)}))  # type: ignore[arg-type]

    def all(self, names: Mapping[str, str]) -> Markup:
        """Words for the script, as data attributes of one element."""
        return Markup(" ").join(Markup('data-{}="{}"').format(key, self(name)) for key, name in names.items())
