"""Files over the HTTP interface: what is kept of them, who sees them, what is refused and how."""

import asyncio
import io
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import FormData
from PIL import Image

from casework.files import Allowance
from handlers.rate_limits import Limits
from handlers.web.uploads import OF_A_NETWORK, OF_A_PERSON
from tests.handlers.web_site import Visitor, served
from tests.visiting import House


def photo(colour: str = "teal") -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "Kharkiv, Sumska 1"
    Image.new("RGB", (80, 60), colour).save(out, "JPEG", exif=exif)
    return out.getvalue()


async def send_files(visitor: Visitor, *files: tuple[str, str, bytes], **fields: str) -> tuple[int, Any]:
    form = FormData(quote_fields=False)  # as browsers write names
    for name, value in fields.items():
        form.add_field(name, value)
    for name, type, content in files:
        form.add_field("file", io.BytesIO(content), filename=name, content_type=type)
    answer = await visitor.site.http.post(visitor.site.url + "/api/files", data=form, headers=visitor.headers)
    return answer.status, await answer.json()


async def test_photos_are_kept_without_what_they_hide_and_shown_to_their_owner_only(house: House) -> None:
    async with served(house) as site:
        mother = await site.begins()
        await mother.consents()
        status, body = await send_files(
            mother, ("Іван.jpg", "image/jpeg", photo()), ("scan.png", "application/pdf", photo("red")), id="f-1"
        )
        assert status == 202, body
        mine = next(message for message in await mother.news() if message["attachments"])
        assert [file["name"] for file in mine["attachments"]] == ["Іван.jpg", "scan.jpg"]
        url = mine["attachments"][0]["url"]
        kept = await mother.get(url)
        content = await kept.read()
        assert kept.content_type == "image/jpeg"
        assert kept.headers["Cache-Control"] == "no-store"
        assert b"Kharkiv" not in content
        assert Image.open(io.BytesIO(content)).size == (80, 60)
        stranger = await site.begins()
        assert (await stranger.get(url)).status == 404
        assert (await site.get(url)).status == 401
        assert (await mother.get("/api/files/99999999999")).status == 404
        assert await send_files(mother, ("Іван.jpg", "image/jpeg", photo()), id="f-1") == (202, body)


async def test_where_the_places_of_a_network_are_taken_a_file_is_turned_away_before_anything_is_read(
    house: House,
) -> None:
    goes_on = asyncio.Event()

    async def slowly() -> AsyncIterator[bytes]:
        yield photo()[:100]
        await goes_on.wait()
        yield photo()[100:]

    async def sends(visitor: Visitor) -> int:
        form = FormData()
        form.add_field("file", slowly(), filename="a.jpg", content_type="image/jpeg")
        async with visitor.site.http.post(site.url + "/api/files", data=form, headers=visitor.headers) as answer:
            return answer.status

    async with served(house) as site:
        mothers = [await site.begins() for _ in range(OF_A_NETWORK // OF_A_PERSON)]
        for mother in mothers:
            await mother.consents()
        coming = [asyncio.create_task(sends(mother)) for mother in mothers for _ in range(OF_A_PERSON)]
        nobody = {"Authorization": "Bearer none", "Content-Type": "multipart/form-data"}
        status, again = 401, ""
        while status == 401:  # until all of them are being read
            async with site.http.post(site.url + "/api/files", data=b"", headers=nobody) as answer:
                status, again = answer.status, answer.headers.get("Retry-After", "")
        assert (status, again) == (503, "20"), "not even who asks is looked up"
        words = FormData(default_to_multipart=True)
        words.add_field("text", "Добрий день")  # as the page's form sends them, beside files or without
        said = await site.http.post(site.url + "/say", data=words, headers=mothers[0].headers, allow_redirects=False)
        assert said.status == 303, "words take no place"
        goes_on.set()
        assert await asyncio.gather(*coming) == [202] * OF_A_NETWORK
        assert (await send_files(mothers[0], ("a.jpg", "image/jpeg", photo())))[0] == 202


@pytest.mark.parametrize(
    ("name", "content", "status", "code"),
    [
        ("a.gif", b"GIF89a" + bytes(50), 422, "file-kind"),
        ("a.jpg", b"\xff\xd8\xff" + bytes(50), 422, "file-damaged"),
        ("a.jpg", b"\xff\xd8\xff" + bytes(20 * 1024 * 1024), 413, "file-too-large"),
    ],
)
async def test_a_bad_file_is_refused_in_kind_words(
    house: House, name: str, content: bytes, status: int, code: str
) -> None:
    async with served(house) as site:
        mother = await site.begins()
        await mother.consents()
        got, body = await send_files(mother, (name, "image/jpeg", content))
        assert (got, body["error"]["code"]) == (status, code)
        assert "фото" in body["error"]["message"].lower()
        assert not await mother.news()


async def test_files_a_day_and_bytes_a_person_are_limited(house: House) -> None:
    async with served(house, limits=Limits(files=Allowance(a_day=2))) as site:
        mother = await site.begins()
        await mother.consents()
        for number in range(2):
            assert (await send_files(mother, (f"{number}.jpg", "image/jpeg", photo())))[0] == 202
        status, body = await send_files(mother, ("3.jpg", "image/jpeg", photo()))
        assert (status, body["error"]["code"]) == (429, "too-many-files")
    async with served(house, limits=Limits(files=Allowance(bytes=100))) as site:
        father = await site.begins()
        status, body = await send_files(father, ("1.jpg", "image/jpeg", photo()))
        assert (status, body["error"]["code"]) == (429, "too-many-bytes")


async def test_one_bad_file_among_several_refuses_only_itself_by_name(house: House) -> None:
    async with served(house) as site:
        mother = await site.begins()
        await mother.consents()
        files = [
            ("тато.jpg", "image/jpg", photo()),
            ("лист.docx", "application/octet-stream", b"PK\3\4" + bytes(50)),
            ("велике.jpg", "image/jpeg", b"\xff\xd8\xff" + bytes(20 * 1024 * 1024)),
        ]
        status, _ = await send_files(mother, *files)
        assert status == 202
        said = await mother.news()
        [mine] = [message for message in said if message["attachments"]]
        assert [file["name"] for file in mine["attachments"]] == ["тато.jpg"]
        assert "«лист.docx» не додано" in said[-1]["text"]
        assert "«велике.jpg» не додано" in said[-1]["text"]


async def test_a_recording_is_given_out_piece_by_piece_under_its_true_type(house: House) -> None:
    voice = b"OggS" + bytes(range(250))
    async with served(house) as site:
        mother = await site.begins()
        await mother.consents()
        await send_files(mother, ("Запис 1.bin", "application/octet-stream", voice))
        [url] = [file["url"] for message in await mother.news() for file in message["attachments"]]
        whole = await mother.get(url)
        assert (await whole.read(), whole.content_type) == (voice, "audio/ogg")
        assert whole.headers["Content-Disposition"].endswith("1.ogg")
        assert whole.headers["X-Content-Type-Options"] == "nosniff"
        for asked, status, piece in (
            ("bytes=0-9", 206, voice[:10]),
            ("bytes=10-", 206, voice[10:]),
            ("bytes=-4", 206, voice[-4:]),
            ("bytes=9999-", 416, b""),
            ("pages=1-2", 416, b""),
        ):
            part = await site.get(url, **mother.headers, Range=asked)
            assert (part.status, await part.read()) == (status, piece), asked
        part = await site.get(url, **mother.headers, Range="bytes=10-19")
        assert part.headers["Content-Range"] == f"bytes 10-19/{len(voice)}"
