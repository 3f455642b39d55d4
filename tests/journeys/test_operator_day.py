"""The operator's day in a browser, at the size of an old office screen: how many actions everything takes.

An action is a press, a submit or one field filled in. No typed command counts as one, so none is used.
"""

import re
from dataclasses import dataclass

from playwright.async_api import Browser, Locator, Page, expect

from casework import rulebook
from casework.actor import Role
from casework.ids import StructureId
from tests.handlers.web_site import served
from tests.journeys.browsing import ONE_BROWSER, comes_to, fits, window
from tests.journeys.families import families
from tests.visiting import Guest, House

pytestmark, house, chromium = ONE_BROWSER

SCREEN = {"width": 1366, "height": 625}
VISIBLE = "(r => r.top >= 0 && r.bottom <= innerHeight)(document.getElementById('text').getBoundingClientRect())"


@dataclass
class Operator:
    """A member of staff at the page, who counts what they do."""

    page: Page
    actions: int = 0

    async def presses(self, name: str, *, within: str = "body") -> None:
        """The newest button or link of that name, or whose name begins so."""
        place = self.page.locator(within)
        pattern = re.compile(rf"^\s*{re.escape(name)}")
        key: Locator = place.get_by_role("button", name=pattern).or_(place.get_by_role("link", name=pattern)).last
        self.actions += 1
        await key.click()

    async def writes(self, text: str) -> None:
        """Fills the one field in, and submits it; never a command."""
        assert not text.startswith("/")
        self.actions += 2
        await self.page.get_by_label("Ваше повідомлення").fill(text)
        await self.page.get_by_role("button", name="Надіслати", exact=True).click()

    async def sees(self, words: str) -> None:
        await expect(self.page.get_by_text(words).last).to_be_visible()

    def counted(self) -> int:
        """How many actions since the last count."""
        done, self.actions = self.actions, 0
        return done


async def _booked(house: House) -> Guest:
    """Somebody who comes today."""
    mother = house.guest()
    await mother.registers(name="Гнатюк Остап", own_name="Гнатюк Ганна")
    await mother.says("/book")
    await mother.presses("Харків: ваш центр")
    await mother.presses("Психолог")
    await mother.says("1")
    await mother.presses("Так, записати")
    return mother


async def test_the_day_of_an_operator(chromium: Browser, house: House) -> None:
    await house.staff(Role.SPECIALIST, structure=StructureId("psychologist"), name="Лисенко Богдан")
    numbers = await families(house, 30)
    await _booked(house)
    member = await house.staff(Role.OPERATOR)
    await member.opens()
    async with served(house, board=rulebook.board) as site, window(chromium, site, viewport=SCREEN) as page:
        await page.context.add_cookies([{"name": "session", "value": member.address, "url": site.url}])
        await page.goto(site.url)
        operator = Operator(page)
        await fits(page)
        assert await page.evaluate(VISIBLE), "the command line is on the screen"

        # A booked visitor has come.
        await operator.presses("Відмітити: Гнатюк Ганна")
        await operator.presses("тут", within="#thread")
        await operator.sees("Гнатюк Ганна")
        marked = operator.counted()

        # Any case, by a name; and by four digits.
        await operator.writes("Шевчук")
        await operator.presses(f"Шевчук Остап · {numbers[8]}", within="#thread")
        await operator.sees(f"Справа за зверненням {numbers[8]}")
        by_name = operator.counted()
        await operator.writes(numbers[25][-4:])
        await operator.presses(f"Олійник Степан · {numbers[25]}", within="#thread")
        await operator.sees(f"Справа за зверненням {numbers[25]}")
        by_digits = operator.counted()

        # A walk-in: registered, and booked.
        await operator.presses("Прийняти відвідувача")
        await operator.sees("Хто прийшов або телефонує?")
        await operator.writes("Кравець Ольга, 050 123 45 99")
        await operator.presses("Ні, оформити вперше", within="#thread")
        await operator.presses("Погоджується", within="#thread")
        await operator.presses("Повідомити про зниклу людину", within="#thread")
        await operator.presses("Мати", within="#thread")
        await operator.sees("Як звати людину, про яку повідомляєте?")
        await operator.writes("Кравець Тарас")
        await operator.sees("Яка дата народження людини, про яку повідомляєте?")
        await operator.writes("12.03.1994")
        await operator.sees("Де зараз живе")
        await operator.writes("Харків")
        await operator.presses("Так, усе правильно", within="#thread")
        await operator.sees("Звернення зареєстровано")
        await operator.presses("Записатися на прийом", within="#thread")
        await operator.presses("Харків: ваш центр", within="#thread")
        await operator.presses("Психолог", within="#thread")
        await operator.sees("Коли вам зручно?")
        await page.locator("#thread .choices button").first.click()
        operator.actions += 1
        await operator.presses("Так, записати", within="#thread")
        await operator.sees("Вас записано")
        walked_in = operator.counted()

        # Tomorrow's day on paper.
        await page.evaluate("window.print = () => { document.body.dataset.printed = 'yes'; }")
        sheets = page.locator("#sections .sheets a")
        await expect(sheets).to_have_count(2)
        await sheets.last.click()
        operator.actions += 1
        await expect(page.locator("h1")).to_contain_text("Прийом")
        await page.evaluate("window.print = () => { document.body.dataset.printed = 'yes'; }")
        await operator.presses("Друкувати")
        assert await comes_to(page, "document.body.dataset.printed", "yes")
        printed = operator.counted()

    assert marked <= 4, marked
    assert by_name <= 3, by_name
    assert by_digits <= 3, by_digits
    assert walked_in <= 20, walked_in
    assert printed <= 3, printed


async def test_the_board_is_fresh_while_a_button_has_the_focus(chromium: Browser, house: House) -> None:
    await families(house, 3)
    member = await house.staff(Role.OPERATOR)
    await member.opens()
    async with served(house, board=rulebook.board) as site, window(chromium, site, viewport=SCREEN) as page:
        await page.context.add_cookies([{"name": "session", "value": member.address, "url": site.url}])
        await page.goto(site.url)
        await page.locator("#sections .commands button").first.focus()
        held = await page.evaluate("document.activeElement.value")
        await families(house, 2)
        await member.says("/menu")
        seven = "7"  # the two are of the same names as two of the three: pairs to compare
        await expect(page.locator("#sections .filters .count").first).to_have_text(seven)
        assert await page.evaluate("document.activeElement.value") == held
        await page.locator("#sections .filters a").last.click()
        await expect(page.locator("#thread")).to_be_visible()


async def test_paper_holds_no_other_family_s_talk(chromium: Browser, house: House) -> None:
    await house.staff(Role.SPECIALIST, structure=StructureId("psychologist"), name="Лисенко Богдан")
    await _booked(house)
    member = await house.staff(Role.OPERATOR)
    await member.says("/queue")
    async with served(house, board=rulebook.board) as site, window(chromium, site, viewport=SCREEN) as page:
        await page.context.add_cookies([{"name": "session", "value": member.address, "url": site.url}])
        await page.goto(site.url)
        await page.emulate_media(media="print")
        await expect(page.locator("#thread")).to_be_hidden()
        await expect(page.get_by_text("Гнатюк Остап").first).to_be_hidden()
        await page.goto(site.url + "/day")
        row = page.locator("table.day tbody tr")
        await expect(row).to_have_count(1)
        await expect(row).to_contain_text("Гнатюк Г.")
        assert "Остап" not in await page.content()
        await page.goto(site.url + "/day?on=nonsense")
        await expect(row).to_have_count(1)
