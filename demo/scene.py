"""What the demo's story needs: who its people are and what they say, and how they come, sign and open a push."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

from aiohttp import ClientSession

from demo.cast import Chat, Missed, PageChat, Player, Transcript, longest_piece
from dialogs.words import Words

MISSING = "Гнатюк Остап Ярославович"
MOTHER = "Гнатюк Ганна Степанівна"
BROTHER = "Гнатюк Юрій Ярославович"
PHONES = ("+380931112233", "+380501234599")
VISITOR = "Дзюба Оксана Іванівна"
VISITORS_BROTHER = "Дзюба Назар Іванович"
VISITORS_PHONE = "+380661112299"
UNIT = "Сокіл-77 бригада"
STORY = "Дзвонив увечері, казав, що йдуть на позицію. Вранці телефон уже мовчав."
CRY = "Я більше так не можу. Не хочу жити."
LETTER = "Хочу надіслати йому листа. Чи це можливо, і через кого?"
REPLY = "Так, приходьте до нас із листом: розкажемо, через кого його передати."
UPDATE = "Ім’я внесено до реєстру Національного інформаційного бюро за зверненням родини."
RIGHT = "Уточнення: ім’я внесено до реєстру 21 листопада."
HOME = "Звільнення підтверджено, дорога додому триває. Ми поруч і підкажемо, що далі."
QUESTION = "Чи внесено людину до реєстру?"
LINK = "https://t.me/example/777"
CAME_FROM = "Сусід знайшов"
GO_BETWEEN = "Зінаїда"
GO_BETWEENS_PHONE = "+380671112288"
ADDRESS = "вул. Вигадана, 7, третій поверх"
TELEGRAM_ID = 480015523
VISITORS_ID = 480015777
VIBER_NUMBER = 4242

STORY_PATIENCE = 300.0
"""Seconds, of the world in which it is played, that anybody waits."""

FIRST = "Ткач Наталія"
SECOND = "Гнатюк Олена"
"""The administrator who signs what the other one proposes."""

STAFF = {
    "operator": "Бондар Лариса",
    "verifier": "Кравець Тарас",
    "head": "Мороз Ірина",
    "specialist": "Лисенко Богдан",
    "investigator": "Савчук Ольга",
}


class Clock(Protocol):
    def __call__(self) -> datetime: ...
    def go_to(self, moment: datetime) -> None: ...


@dataclass
class Scene:
    """Where the story is played, and what has come of it so far."""

    words: Words
    book: Transcript
    language: str
    clock: Clock
    http: ClientSession
    base: str
    telegram: Any
    viber: Any
    staff: dict[str, Player] = field(default_factory=dict)
    number: str = ""
    ids: list[str] = field(default_factory=list)
    """By what messengers know the people."""
    second: str = ""
    visit: str = ""
    code: str = ""
    receipt: str = ""
    """Of the sign of life."""

    @property
    def secrets(self) -> list[str]:
        """What people said: none of it may lie anywhere in clear."""
        names = [MISSING, MOTHER, BROTHER, VISITOR, VISITORS_BROTHER, SECOND, *STAFF.values()]
        parts = [part for name in names for part in name.split()[:1]]
        known = (*PHONES, VISITORS_PHONE, GO_BETWEENS_PHONE)
        phones = [*known, *(phone[1:] for phone in known)]
        said = (UNIT, STORY, CRY, LETTER, REPLY, UPDATE, RIGHT, HOME, QUESTION, LINK, CAME_FROM, GO_BETWEEN, ADDRESS)
        return [*names, *parts, *phones, *said, *self.ids]

    def person(self, name: str, chat: Chat) -> Player:
        """Somebody at the end of a channel."""
        return Player(name, chat, self.book, self.words, self.language, patience=STORY_PATIENCE)

    def page(self) -> PageChat:
        """A browser that has just come to the page."""
        return PageChat(self.http, self.base, self.language)

    async def enrols(self, name: str, code: str) -> Player:
        chat = self.page()
        await chat.enrol(code, self.clock(), name)
        self.book.stage(
            f"{name}: одноразове посилання, другий чинник — і роль починається",
            f"{name}: one-time link, second factor, and the role begins",
        )
        member = self.person(name, chat)
        if self.language != "uk":
            await chat.type("/language")
            in_ukrainian = replace(member, language="uk")
            await in_ukrainian.hears("language")
            await member.presses(f"language.{self.language}", then="settings-language-done")
        return member

    async def signs(self, second: Player, act: str, then: str) -> str:
        """The second person reads what changes, and signs; what they hear."""
        await second.says("/proposals", then="proposal")
        await second.presses(f"proposal-act.{act}", then="proposal-decision")
        return await second.press_and_hear("proposal-decision.sign", then)

    async def opens(self, mother: Player, name: str) -> None:
        """What came shows nothing on a lock screen; a tap opens it."""
        covered = await mother.hears("push")
        if longest_piece(self.language, name) in covered:
            raise Missed("the push shows what it says")
        await mother.presses("push.open", then=name)


def number_in(text: str) -> str:
    found = re.search(r"\d{4}-\d{4}", text)
    if found is None:
        raise Missed(f"no number in {text!r}")
    return found[0]
