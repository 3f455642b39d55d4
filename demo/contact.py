"""How the demo's family and its center stay in contact: what is told, asked, answered, corrected, and by voice."""

import asyncio
import re

from casework.letters import Say
from casework.releasing import STOPPABLE
from demo.cast import Missed, PageChat, Player, TelegramChat, ViberChat, longest_piece
from demo.scene import (
    CAME_FROM,
    GO_BETWEEN,
    GO_BETWEENS_PHONE,
    HOME,
    LETTER,
    LINK,
    MOTHER,
    QUESTION,
    REPLY,
    RIGHT,
    STAFF,
    STORY_PATIENCE,
    UPDATE,
    Scene,
    number_in,
)


class Contact(Scene):
    """The chapters of constant contact."""

    async def an_update_takes_two(self, mother: Player) -> None:
        self.book.chapter("Перевірене повідомлення: двоє підписують", "A verified update: two people sign")
        author = self.staff["specialist"]
        await author.says(f"/update {self.number}", then="update-level")
        await author.presses("update-level.nib", then="update-subject")
        await author.presses("update-subject.none", then="update-source")
        await author.presses("update-source.nib", then="update-manner")
        await author.presses("update-manner.document", then="write-on")
        await author.says("20.11.2026", then="update-stage")
        await author.presses("update-stage.registered", then="write-text")
        await author.says(UPDATE, then="write-english")
        await author.presses("write-english.without", then="write-review")
        await author.presses("write-review.send", then="write-sign")
        await author.presses("write-sign.sign", then="write-done")
        await self.approved(mother)
        push = await mother.hears("update-news")
        if UPDATE in push:
            raise Missed("the push tells what the update says")
        heard = await mother.press_and_hear("update-news.read", "update-told", text=UPDATE)
        codes = [code for code in re.findall(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", heard) if code != self.number]
        if not codes:
            raise Missed("no check code under the update")
        self.code = codes[-1]

    async def approved(self, mother: Player, then: str = "approve-done") -> None:
        """The head signs as the second and reads `then`; nobody stops it."""
        head = self.staff["head"]
        await head.says(f"/approve {self.number}", then="approve-decision")
        mother.heard = ""
        await head.presses("approve-decision.approve", then=then, recipients=1, number=self.number)
        self.book.stage("П’ять хвилин це ще можна зупинити.", "For five minutes it can still be stopped.")
        self.clock.go_to(self.clock() + STOPPABLE)

    async def nothing_is_new_and_that_is_said(self, mother: Player) -> None:
        self.book.chapter(
            "Новин немає, і про це сказано: кого питали й коли запитають знову",
            "There is no news, and that is said: whom the center asked, and when it asks again",
        )
        operator = self.staff["operator"]
        await operator.says(f"/checked {self.number}", then="checked-body")
        await operator.presses("update-source.icrc", then="checked-on")
        await operator.says("24.11.2026", then="checked-answer")
        await operator.presses("checked-answer.nothing-new", then="checked-again")
        await operator.says("17.12.2026", then="checked-words")
        await operator.presses("checked-words.without", then="checked-now")
        mother.heard = ""
        await operator.presses("checked-now.yes", then="checked-told", relatives=1)
        await mother.hears("no-news")
        heard = await mother.press_and_hear("no-news.read", "no-news-again")
        if self.words.say(self.language, Say("update-source.icrc")) not in heard:
            raise Missed("the mother does not learn whom the center asked")

    async def a_letter_is_answered(self, mother: Player) -> None:
        self.book.chapter(
            "Мати пише центру, і їй відповідає людина", "The mother writes to the center, and a human answers"
        )
        await mother.says("/write", then="correspondence-write")
        await mother.says(LETTER, then="correspondence-write.more")
        await mother.presses("common.done", then="inbox-passed")
        operator = self.staff["operator"]
        await operator.says("/correspondence", then="correspondence-which")
        heard = await operator.press_and_hear(MOTHER, "correspondence-answer")
        if LETTER not in heard:
            raise Missed("whoever answers does not know what she wrote")
        await operator.says(REPLY, then="correspondence-send")
        mother.heard = ""
        await operator.presses("correspondence-send.send", then="correspondence-sent")
        push = await mother.hears("correspondence-answered")
        if REPLY in push:
            raise Missed("the push tells what the answer says")
        await mother.press_and_hear("correspondence-answered.read", "correspondence-words", text=REPLY)

    async def a_body_is_asked(self, mother: Player) -> None:
        self.book.chapter(
            "Центр питає Національне інформаційне бюро, за згодою матері",
            "The center asks the National Information Bureau, by the mother's consent",
        )
        await mother.says(f"/details {self.number}", then="details-review")
        await mother.presses("common.change")
        await mother.presses("share-with.label", then="share-with")
        await mother.presses("share-with.nib", then="share-with")
        await mother.presses("common.chosen", then="details-review")
        await mother.presses("details-review.send", then="details-done")
        operator = self.staff["operator"]
        await operator.says(f"/inquiry {self.number}", then="inquiry-body")
        await operator.presses("update-source.nib", then="inquiry-what")
        await operator.says(QUESTION, then="inquiry-enclosed")
        await operator.presses("inquiry-enclosed.service", then="inquiry-enclosed")
        await operator.presses("common.chosen", then="inquiry-due")
        await operator.says("17.12.2026", then="inquiry-written")
        await operator.hears("inquiry-next")
        await operator.presses("inquiry-next.sent", then="inquiry-sent")
        mother.heard = ""
        await mother.hears("inquiry-news")
        heard = await mother.press_and_hear("inquiry-news.read", "inquiry-asked")
        if longest_piece(self.language, "inquiry-then") not in heard:
            raise Missed("the mother does not learn when the center tells her, answer or not")

    async def a_sign_of_life(self, mother: Player) -> None:
        self.book.chapter(
            "Мати надсилає звістку: сина бачили на відео", "The mother sends a sign of life: her son is in a video"
        )
        await mother.says("/sighted", then="sighting-warns")
        await mother.hears("sighting-kind")
        await mother.presses("sighting-kind.video", then="sighting-seen")
        await mother.says(LINK, then="sighting-seen.more", files=0)
        await mother.presses("common.done", then="sighting-when")
        await mother.says("3.10.2026", then="sighting-who")
        self.receipt = number_in(await mother.say_and_hear(CAME_FROM, "sighting-done"))
        investigator = self.staff["investigator"]
        await investigator.says("/myname", then="myname")
        await investigator.presses("myname.show", then="first-name")
        await investigator.says(STAFF["investigator"].split()[1], then="myname-shown-done")
        if LINK not in await investigator.say_and_hear(f"/sighting {self.number}", "sighting-next"):
            raise Missed("whoever looks at it does not see what she sent")
        mother.heard = ""
        take = investigator.word("sighting-next.take", number=self.receipt)
        await investigator.presses(take, then="sighting-take-done")
        await self.opens(mother, "sighting-taken")

    async def an_update_is_corrected(self, mother: Player) -> None:
        self.book.chapter(
            "У повідомленні була помилка: виправлення отримує той, хто отримав перше",
            "The update had a mistake: whoever received it receives the correction",
        )
        author = self.staff["specialist"]
        await author.says(f"/amend {self.number}", then="amend-which")
        page = author.chat
        assert isinstance(page, PageChat)  # noqa: S101  staff work on the page
        await author.presses(page.buttons[0]["label"], then="amend-how")
        await author.presses("amend-how.corrected", then="write-text")
        await author.says(RIGHT, then="write-english")
        await author.presses("write-english.without", then="write-sign")
        await author.presses("write-sign.sign", then="write-done")
        await self.approved(mother)
        await mother.hears("update-news-corrected")
        await mother.press_and_hear("update-news.read", "update-told", text=RIGHT)

    async def nobody_is_lost(self, mother: Player, there: Player) -> None:
        """Both chats take nothing: the one whom she named is asked, and only then is she called."""
        self.book.chapter(
            "Мати зникла з обох чатів: просимо передати, потім телефонуємо",
            "The mother is gone from both chats: somebody is asked to pass it on, then she is called",
        )
        await there.says("/gobetween", then="gobetween-none")
        await there.presses("gobetween.name", then="gobetween-name")
        await there.says(GO_BETWEEN, then="gobetween-phone")
        await there.says(GO_BETWEENS_PHONE, then="gobetween-done")
        for chat in (mother.chat, there.chat):
            match chat:
                case TelegramChat(user=user):
                    await user.blocks()
                case ViberChat(user=user):
                    await user.unsubscribes()
        self.book.stage("мати заблокувала обидва чати", "the mother has blocked both chats")
        investigator, operator = self.staff["investigator"], self.staff["operator"]
        await investigator.says(f"/sighting {self.number}", then="sighting-next")
        passed = investigator.word("sighting-next.passed", number=self.receipt)
        await investigator.presses(passed, then="sighting-answer-done")
        with self.book.silent():
            await operator.says(f"/call {self.number}", then="call-how")
            async with asyncio.timeout(STORY_PATIENCE):
                while GO_BETWEEN not in operator.heard:  # the letter is still being tried on each channel
                    await asyncio.sleep(5)
                    await operator.says(f"/call {self.number}", then="call-how")
        await operator.says(f"/call {self.number}", then="call-how")
        await operator.presses("call-how.passed", then="go-between-passed")
        await operator.says(f"/case {self.number}", then="opened")
        if operator.word("reach-ask") not in operator.heard:
            raise Missed("the case does not show on which ways she was looked for")
        assert isinstance(mother.chat, TelegramChat)  # noqa: S101  she wrote there first
        await mother.chat.user.unblocks()
        self.book.stage("матері передали, і вона знову в Telegram", "it was passed on, and she is back on Telegram")
        await mother.says("/menu", then="push")
        await mother.presses("push.open", then="sighting-told-passed", number=self.receipt)

    async def a_release_is_told_by_voice_first(self, mother: Player) -> None:
        self.book.chapter(
            "Звільнення: спершу дзвінок, і лише потім повідомлення", "A release: the call first, only then the message"
        )
        author, operator = self.staff["specialist"], self.staff["operator"]
        await author.says(f"/update {self.number}", then="update-level")
        await author.presses("update-level.released", then="update-subject")
        await author.presses("update-subject.return", then="update-source")
        await author.presses("update-source.nib", then="update-manner")
        await author.presses("update-manner.document", then="write-on")
        await author.says("23.11.2026", then="update-stage")
        await author.presses("update-stage.released", then="write-text")
        await author.says(HOME, then="write-english")
        await author.presses("write-english.without", then="write-review")
        await author.presses("write-review.send", then="write-sign")
        await author.presses("write-sign.sign", then="write-done")
        await self.approved(mother, "approve-held")
        await mother.says("/updates", then="updates")
        if any(mother.word("update-level.released") in text for text in mother.everything):
            raise Missed("a release is told before somebody called")
        if HOME not in await operator.say_and_hear(f"/call {self.number}", "call-how"):
            raise Missed("whoever calls does not see what is to be told")
        mother.heard = ""
        await operator.presses("call-how.reached", then="release-goes")
        await mother.hears("update-news")
        await mother.press_and_hear("update-news.read", "update-told", text=HOME)
