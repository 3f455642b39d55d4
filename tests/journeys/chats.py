"""What happens to a person's chats: one is claimed again, and something is pushed to them."""

from casework.letters import Letter, Purpose, Screen, say
from tests.journeys.test_linking import code_in
from tests.visiting import Guest, House


async def claims(guest: Guest) -> str:
    """From the door of a new chat to the code that only staff can use."""
    await guest.opens()
    await guest.presses("Я тут не вперше")
    await guest.presses("Старого чату вже немає")
    return code_in(guest)


async def told(house: House, guest: Guest, words: str = "новина") -> None:
    """Something is pushed to the person."""
    async with house.database.work(house.clock()) as work:
        screen = Screen((say("common.line", what=words, value="є"),), neutral=True)
        await work.send(Letter(await guest.person(), screen, purpose=Purpose.CALL))
        await work.commit()
    await house.deliver()
