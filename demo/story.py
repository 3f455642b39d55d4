"""The story of the demo: from the first administrator to a reminder before the appointment."""

import asyncio
import re
from datetime import UTC, datetime

from casework.actor import Role
from casework.ids import StructureId
from casework.letters import Say
from demo.cast import Missed, PageChat, Player, TelegramChat, ViberChat, longest_piece
from demo.contact import Contact
from demo.papers import paper, portrait
from demo.scene import (
    ADDRESS,
    BROTHER,
    CRY,
    FIRST,
    MISSING,
    MOTHER,
    PHONES,
    SECOND,
    STAFF,
    STORY,
    STORY_PATIENCE,
    TELEGRAM_ID,
    UNIT,
    VIBER_NUMBER,
    VISITOR,
    VISITORS_BROTHER,
    VISITORS_ID,
    VISITORS_PHONE,
    number_in,
)

DAY = {"uk": "середа, 25 листопада", "en": "Wednesday, 25 November"}
SLOT = {"uk": "ср, 25 листопада, 15:00", "en": "Wed, 25 November, 15:00"}
REMINDED = datetime(2026, 11, 24, 13, 0, 5, tzinfo=UTC)
"""The appointment is on Wednesday at 15:00 in Kyiv, and this is Tuesday at the same time: five hours after the story
begins. Where a slow machine needs longer in a hurried world, there is nothing to remind of any more."""


FURTHER = (
    ("verifier", Role.VERIFIER, None),
    ("head", Role.HEAD, None),
    ("specialist", Role.SPECIALIST, StructureId("psychologist")),
    ("investigator", Role.SPECIALIST, StructureId("police-investigator")),
)
"""Who is added after the operator, whose adding is told in full."""


class DemoStory(Contact):
    """Played once, from top to bottom; each step waits for what it should bring, or raises `Missed`."""

    async def play(self, code: str, second: str) -> None:
        """`code` and `second` invite the first two administrators: what takes two is signed by the other."""
        await self.staff_sign_in(code, second)
        mother = await self.mother_registers()
        await self.brother_registers()
        await self.staff_join_the_reports()
        await self.kinship_is_verified(mother)
        await self.a_photo_at_the_menu(mother)
        await self.mother_books(mother)
        await self.a_visitor_is_served()
        await self.an_update_takes_two(mother)
        await self.a_body_is_asked(mother)
        await self.nothing_is_new_and_that_is_said(mother)
        await self.a_letter_is_answered(mother)
        await self.a_cry_for_help(mother)
        await self.a_forgery_is_unmasked(mother)
        await self.a_reminder_goes_out(mother)
        await self.a_sign_of_life(mother)
        await self.an_update_is_corrected(mother)
        there = await self.mother_adds_viber(mother)
        await self.nobody_is_lost(mother, there)
        await self.a_release_is_told_by_voice_first(mother)

    async def staff_sign_in(self, code: str, second_code: str) -> None:
        self.book.chapter(
            "Одна адміністраторка запрошує працівників, інша підписує",
            "One administrator invites the staff, the other one signs",
        )
        admin = await self.enrols(FIRST, code)
        second = await self.enrols(SECOND, second_code)
        await self.adds(admin, second, "operator", Role.OPERATOR)
        for member, role, structure in FURTHER:
            with self.book.silent():
                await self.adds(admin, second, member, role, structure)
            said = self.what_is(role, structure)
            self.book.stage(f"так само: {STAFF[member]}, {said[0]}", f"in the same way: {STAFF[member]}, {said[1]}")
        await admin.says("/center kharkiv", then="center-what")
        await admin.presses("center-what.address", then="center-address")
        await admin.says(ADDRESS, then="proposed", what=Say("proposal-act.address"))
        await self.signs(second, "address", "center-done")

    async def adds(
        self, admin: Player, second: Player, member: str, role: Role, structure: StructureId | None = None
    ) -> None:
        """One proposes, the other signs and says the word, and the first gives the link."""
        await admin.says("/staff", then="staff")
        await admin.presses("staff.add", then="role")
        await admin.presses(f"role.{role}", then="which-center")
        await admin.presses("center-kharkiv", then="structure" if structure else "member-name")
        if structure:
            await admin.presses(f"structure.{structure}", then="member-name")
        await admin.says(STAFF[member], then="proposed", what=Say("proposal-act.member"))
        word = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", await self.signs(second, "member", "staff-word"))
        await admin.says("/staff", then="staff")
        await admin.presses("staff.invite", then="member")
        heard = await admin.press_and_hear(STAFF[member], "staff-invited-anew")
        found = re.search(r"/invite#([A-Za-z0-9_-]+)", heard)
        if found is None or word is None:
            raise Missed("no invitation in the answer")
        self.staff[member] = await self.enrols(STAFF[member], f"{found[1]}.{word[0]}")

    def what_is(self, role: Role, structure: StructureId | None) -> list[str]:
        """A member's role, or the structure they come from, in Ukrainian and in English."""
        name = f"structure.{structure}" if structure else f"role.{role}"
        return [self.words.say(language, Say(name)) for language in ("uk", "en")]

    async def mother_registers(self) -> Player:
        self.book.chapter("Мати пише в Telegram", "A mother writes on Telegram")
        user = self.telegram.user(TELEGRAM_ID, "Ганна", "uk" if self.language == "uk" else "en")
        self.ids.append(str(TELEGRAM_ID))
        mother = self.person("Ганна", TelegramChat(user))
        await mother.opens(then="consent")
        await mother.presses("consent.agree", then="menu")
        await mother.presses("menu.register", then="kinship")
        await mother.presses("kinship.mother", then="missing-name")
        await mother.says(MISSING, then="born")
        await mother.says("12.03.1994", then="own-name")
        await mother.says(MOTHER, then="phone")
        await mother.says(PHONES[0], then="region")
        await mother.says("Харьков", then="register-review")
        heard = await mother.press_and_hear("register-review.send", "register-done")
        self.number = number_in(heard)
        await mother.hears("registered")
        await mother.presses("registered.details", then="sex")
        await mother.presses("sex.man", then="military", sex="man")
        await mother.presses("military.yes", then="service", sex="man")
        await mother.presses("service.national-guard", then="unit")
        await mother.says(UNIT, then="rank")
        await mother.presses("nav.unknown", then="lost-on")
        await mother.says("березень 2025", then="lost-where")
        await mother.says("Покровський напрямок", then="circumstances")
        await mother.says(STORY, then="circumstances.more", files=0)
        await mother.presses("common.done", then="captivity")
        await mother.presses("nav.more", then="captivity")
        await mother.presses("nav.skip", then="details-review")
        await mother.presses("details-review.send", then="details-done")
        return mother

    async def brother_registers(self) -> None:
        self.book.chapter(
            "Брат пише на вебсторінці про ту саму людину", "A brother writes on the page, about the same person"
        )
        brother = self.person("Юрій", self.page())
        await brother.opens(then="consent")
        await brother.presses("consent.agree", then="menu")
        await brother.presses("menu.register", then="kinship")
        await brother.presses("kinship.brother", then="register-age")
        await brother.presses("register-age.adult", then="missing-name")
        await brother.says("Гнатюк Остап", then="born")
        await brother.says("12.03.1994", then="own-name")
        await brother.says(BROTHER, then="phone")
        await brother.says(PHONES[1], then="region")
        await brother.says("Суми", then="register-review")
        self.second = number_in(await brother.press_and_hear("register-review.send", "register-done"))

    async def staff_join_the_reports(self) -> None:
        self.book.chapter("Оператор бачить, що це одна людина", "An operator sees that it is one person")
        operator = self.staff["operator"]
        await operator.says("/queue", then="queue-head")
        await operator.says("/find Гнатюк Остап", then="found")
        await operator.says(f"/case {self.number}", then="opened")
        await operator.says(f"/join {self.number} {self.second}", then="one-person")
        await operator.presses("one-person.yes", then="proposed", what=Say("proposal-act.join"))
        await self.signs(self.staff["verifier"], "join", "join-done")

    async def kinship_is_verified(self, mother: Player) -> None:
        self.book.chapter("Документи й родинний зв’язок", "Papers and kinship")
        await mother.says(f"/papers {self.number}", then="papers")
        await mother.shows(paper(), "фото паспорта", then="papers.more", texts=0, files=1)
        await mother.shows(paper(), "фото свідоцтва про народження", then="papers.more", texts=0, files=2)
        await mother.presses("common.done", then="papers-words")
        await mother.presses("nav.more", then="papers-words")
        await mother.presses("nav.later", then="papers-done")
        verifier = self.staff["verifier"]
        await verifier.says(f"/kinship {self.number}", then="kinship-decision")
        page = verifier.chat
        assert isinstance(page, PageChat)  # noqa: S101  staff work on the page
        async with asyncio.timeout(STORY_PATIENCE):
            while len(page.urls) < 2:  # they are still being fetched from the messenger
                await asyncio.sleep(5)
                await verifier.says(f"/kinship {self.number}", then="kinship-decision")
        _, picture = [await page.open_file(url) for url in page.urls[-2:]]
        self.book.stage(
            f"документ на екрані: {len(picture)} байтів, зображення намальовано наново, без метаданих",
            f"the paper on the screen: {len(picture)} bytes, the picture drawn anew, without metadata",
        )
        await verifier.presses("kinship-decision.verified", then="papers-seen")
        await verifier.presses("paper-of.passport", then="papers-seen")
        await verifier.presses("paper-of.birth-missing", then="papers-seen")
        await verifier.presses("common.chosen", then="kinship-shown")
        await verifier.presses("kinship-shown.sent", then="kinship-done")
        mother.heard = ""
        await self.opens(mother, "kinship-told-verified")

    async def a_photo_at_the_menu(self, mother: Player) -> None:
        self.book.chapter(
            "Мати надсилає фото, про яке ніхто не питав", "The mother sends a photo that nobody asked for"
        )
        await mother.says("/menu", then="menu")
        await mother.shows(portrait(), "фото сина", then="sent-for")
        await mother.presses("sent-for.photo", then="details-done", number=self.number)
        await mother.hears("menu")

    async def mother_books(self, mother: Player) -> None:
        self.book.chapter("Мати записується на прийом", "The mother books an appointment")
        await mother.says("/book", then="book-center")
        own = mother.word("book-center.own", city=Say("center-kharkiv"))
        await mother.presses(own, then="book-structure")
        await mother.presses("specialist.psychologist", then="book-slot")
        await mother.presses("book-slot.days", then="book-slot")
        await mother.presses(DAY[self.language], then="book-slot")
        await mother.presses(SLOT[self.language], then="book-review")
        visit = number_in(await mother.press_and_hear("book-review.send", "booked"))
        operator = self.staff["operator"]
        await operator.says(f"/call {self.number}", then="call-how")
        await operator.presses("call-how.reached", then="call-confirms")
        mother.heard = ""
        await operator.presses("call-confirms.yes", then="confirm-done")
        await self.opens(mother, "visit-confirmed")
        await mother.says(f"/address {visit}", then="address-early")
        self.visit = visit

    async def a_visitor_is_served(self) -> None:
        self.book.chapter(
            "Прийшла сестра: оператор оформлює звернення й запис за неї",
            "A sister comes in: the operator registers and books in her name",
        )
        operator = self.staff["operator"]
        await operator.says("/walkin", then="visitor-who")
        await operator.says(f"{VISITOR}, {VISITORS_PHONE}", then="visitor-known")
        await operator.presses("visitor-known.new", then="visitor-agrees")
        await operator.presses("visitor-agrees.yes", then="visitor-next")
        await operator.presses("visitor-next.register", then="kinship")
        await operator.presses("kinship.sister", then="register-age")
        await operator.presses("register-age.adult", then="missing-name")
        await operator.says(VISITORS_BROTHER, then="born")
        await operator.says("05.06.1988", then="region")
        await operator.says("Харків", then="register-review")
        number = number_in(await operator.press_and_hear("register-review.send", "register-done"))
        await operator.hears("registered")
        await operator.presses("registered.book", then="book-center")
        await operator.presses(operator.word("book-center.own", city=Say("center-kharkiv")), then="book-structure")
        await operator.presses("specialist.psychologist", then="book-slot")
        await operator.says("1", then="book-review")
        await operator.presses("book-review.send", then="booked")
        await operator.hears("visitor-next")
        shown = await operator.press_and_hear("visitor-next.code", "visitor-code")
        code = next(
            one for one in re.findall(r"[A-Z2-9]{4}-[A-Z2-9]{4}", shown) if not one.replace("-", "").isdecimal()
        )
        await operator.hears("visitor-next")
        await operator.presses("visitor-next.done", then="visitor-finished")
        user = self.telegram.user(VISITORS_ID, "Оксана", "uk" if self.language == "uk" else "en")
        self.ids.append(str(VISITORS_ID))
        sister = self.person("Оксана", TelegramChat(user))
        await sister.opens(then="consent")
        await sister.presses("consent.link", then="link")
        await sister.says(code, then="handed-done")
        await sister.presses("consent.agree", then="menu")
        await sister.says("/reports")
        await sister.waits_for(number)

    async def a_cry_for_help(self, mother: Player) -> None:
        self.book.chapter(
            "Матері нестерпно: відповідь одразу, і центр телефонує",
            "The mother is in despair: answered at once, and the center calls",
        )
        mother.heard = ""
        answer = await mother.say_and_hear(CRY, "despair-raised")
        if longest_piece(self.language, "despair-lifeline") not in answer:
            raise Missed("words of despair are answered without Lifeline Ukraine")
        operator = self.staff["operator"]
        await operator.says("/queue", then="queue-head")
        heard = await operator.say_and_hear(f"/call {self.number}", "call-how")
        if CRY not in heard:
            raise Missed("whoever calls does not know what she wrote")
        await operator.presses("call-how.reached", then="call-done", tasks=1, number=self.number)

    async def a_forgery_is_unmasked(self, mother: Player) -> None:
        self.book.chapter(
            "Шахрай скопіював код під вигаданий текст", "A fraudster has copied the code under a false text"
        )
        await mother.says(f"/check {self.code}", then="check-ours")
        stranger = self.person("Незнайомець", TelegramChat(self.telegram.user(99, "?", self.language)))
        await stranger.opens(then="consent")
        await stranger.presses("consent.agree", then="menu")
        await stranger.says(f"/check {self.code}", then="check-not-ours")

    async def a_reminder_goes_out(self, mother: Player) -> None:
        self.book.chapter("Нагадування за день до прийому", "The reminder a day before")
        mother.heard = ""
        if self.clock() >= REMINDED:
            raise Missed("this machine is too slow for the story: the reminder's moment has passed already")
        self.clock.go_to(REMINDED)
        self.book.stage("минає час: завтра прийом", "time goes by: the appointment is tomorrow")
        heard = await mother.hears("reminder-tomorrow")
        if ADDRESS in heard:
            raise Missed("the reminder tells the address")
        await mother.presses("reminder.coming", then="coming-done")
        if any(ADDRESS in text for text in mother.everything):
            raise Missed("the address has reached a messenger")

    async def mother_adds_viber(self, mother: Player) -> Player:
        self.book.chapter("Мати додає Viber: телефон може загубитися", "The mother adds Viber: a phone can be lost")
        await mother.says("/link", then="link")
        shown = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", await mother.press_and_hear("link.show", "link-code"))
        if shown is None:
            raise Missed("no code to type on the other device")
        user = self.viber.user(VIBER_NUMBER, "Ганна", self.language)
        self.ids.append(user.id)
        there = self.person("Ганна (Viber)", ViberChat(user))
        await there.says(f"/link {shown[0]}", then="link-confirm-there")
        await mother.hears("link-asked")
        await mother.presses("linked.yes", then="link-done")
        await there.hears("link-welcome")
        await there.says("/reports")
        await there.waits_for(self.number)
        await there.says("/where", then="where-now")
        await there.presses(there.word("where.here", channel=Say("channel.viber")), then="where-done")
        return there
