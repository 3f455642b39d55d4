"""What somebody sends that no question asked for, and what is known of it."""

from sqlalchemy import select

from casework.actor import Channel
from casework.correspondence.record import Correspondence
from casework.ids import FileId
from casework.inbox import InboxItem
from casework.letters import Say
from handlers.incoming import Sent, SentFile
from storage.files import files
from tests.visiting import Guest, House

VOICE = b"OggS\0\2" + bytes(22) + b"\x01\x13OpusHead"
CHANNELS = (Channel.TELEGRAM, Channel.VIBER, Channel.WEB)


async def speaks(guest: Guest, content: bytes | None = VOICE, type: str = "audio/ogg", caption: str = "") -> None:
    await guest.sends(Sent((SentFile(type, "voice-1", content=content),), caption))


async def written(house: House, guest: Guest) -> Correspondence:
    """What the guest and the center write to each other."""
    async with house.database.work(house.clock()) as work:
        found = await work.correspondences.of(await guest.person())
    assert found is not None
    return found


async def lines_of(house: House, guest: Guest) -> list[InboxItem]:
    """What the guest wrote to the center."""
    async with house.database.work(house.clock()) as work:
        found = await work.correspondences.of(await guest.person())
        return list(await work.inbox.of_correspondence(found.id)) if found is not None else []


async def file_ids(house: House) -> list[FileId]:
    async with house.database.work(house.clock()) as work:
        return [FileId(id) for id in await work.connection.scalars(select(files.c.id).order_by(files.c.id))]


def counted(files: int) -> Say:
    return Say("common.counted-file", {"files": files})
