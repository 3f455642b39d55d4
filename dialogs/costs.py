"""What messages cost, for those who answer for the money; and what a weekly one would."""

from casework.costs import ViberMeter, money, used
from casework.letters import Say
from casework.values import Unclear
from dialogs.questions import Option, Spellings, Took, Typed, pick
from dialogs.routing import Redirect
from dialogs.said import Said
from dialogs.script import ask, look_up, tell

MOST_FAMILIES = 1_000_000
ENOUGH = 0


def families(text: str) -> int | Unclear:
    """A number of families, perhaps with a gap: "6 000"."""
    digits = "".join(text.split())
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 10 and 0 < int(digits) <= MOST_FAMILIES):
        return Unclear("unclear-families", {"most": MOST_FAMILIES})
    return int(digits)


class _Families(Typed[int]):
    """A number, or that it is enough."""

    def options(self, so_far: int | None) -> tuple[Option, ...]:
        return (Option("menu", Say("costs.menu")),)

    def read(self, said: Said, so_far: int | None, words: Spellings) -> Took[int] | Unclear:
        return Took(ENOUGH) if pick(self.options(so_far), said, words) else super().read(said, so_far, words)


FAMILIES = _Families(name="costs", type=int, example=6000, parser=families)


async def costs() -> Redirect:
    """The month so far; then, for any number of families, what one push a week would cost."""
    meter = await look_up(ViberMeter())
    if meter is None:
        await tell("costs-none")
        return Redirect("menu")
    await tell("costs-tariff", monthly=money(meter.tariff.monthly), price=money(meter.tariff.price))
    for one in meter.spent:
        await tell(
            "costs-line", purpose=Say(f"costs-purpose.{one.purpose}"), messages=one.messages, amount=money(one.amount)
        )
    await tell(used(meter).name, **used(meter).args)
    count = await ask(FAMILIES.told(families=meter.families))
    if count == ENOUGH:
        return Redirect("menu")
    await tell("costs-weekly", families=count, cost=money(meter.tariff.weekly(count)))
    return Redirect("menu")
