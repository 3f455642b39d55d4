"""Registering a missing person: six answers make a report; the rest is told in any order, later, in parts.

Whoever may be under 18 by their kinship is asked that, and nothing more precise: `casework/minors.py`."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from casework.kinship import VerifiedReports
from casework.letters import Say
from casework.minors import IsUnder18
from casework.people import Me, Profile
from casework.queries import Today
from casework.registering import MAY_BE_YOUNG, VERIFIED_BY, Claim, Correct, FileReport, Kinship, MyReport
from casework.unreadable import can_be_read
from casework.values import PartialDate, PersonName, Unclear
from dialogs import answers as parse
from dialogs.ages import ADULT, AGE, says_under_18
from dialogs.calls import OWN_PHONE as PHONE
from dialogs.places import REGION, home
from dialogs.questions import Answer, Choice, Option, Question, Review, Spellings, Took, Typed
from dialogs.questions.question import adapter
from dialogs.reports import numbered
from dialogs.routing import Redirect
from dialogs.said import Said, Text
from dialogs.script import answered, ask, look_up, perhaps, tell


class _Kin(Choice[Kinship]):
    """Who the relative is: a button, or words about themselves or about the missing person ("це мій син")."""

    def options(self, so_far: Any) -> tuple[Option, ...]:
        every = super().options(None)
        return tuple(one for one in every if one.id in so_far.among) if isinstance(so_far, _Either) else every

    def gathered(self, so_far: Any) -> Say | None:
        return Say("kinship-which") if isinstance(so_far, _Either) else None

    def read(self, said: Said, so_far: Any, words: Spellings) -> Took[Any] | Unclear:
        took = super().read(said, so_far, words)
        meant = parse.kin(said.text) if isinstance(said, Text) and isinstance(took, Unclear) else ()
        if len(meant) > 1:
            return Took(_Either(meant), done=False)
        return Took(Kinship(meant[0])) if meant else took

    def remember(self, took: Took[Any], raw: str, at: datetime) -> Answer:
        if isinstance(took.value, _Either):
            return Answer({"among": list(took.value.among)}, raw, at, done=False)
        return super().remember(took, raw, at)

    def recall(self, answer: Answer) -> Any:
        if isinstance(answer.value, dict):
            return adapter(_Either).validate_python(answer.value)
        return super().recall(answer)


@dataclass(frozen=True, slots=True)
class _Either:
    """What the words may mean: "my son" is said by a mother and by a father."""

    among: tuple[str, ...]


KINSHIP = _Kin(name="kinship", type=Kinship, example=Kinship.MOTHER)


def _named(name: str, example: str) -> Typed[PersonName]:
    """A name; many write it in two or three messages, one part in each."""
    return Typed(
        name=name,
        type=PersonName,
        example=PersonName(example),
        parser=parse.name,
        words_in_parts=3,
        seems_incomplete=lambda given: " " not in given.full,
    )


NAME = _named("missing-name", "Петренко Іван")
BORN = Typed(
    name="born",
    type=PartialDate,
    example=PartialDate(1990, 3, 12),
    unknown=True,
    parser=lambda text: Unclear("unclear-day"),
)
OWN_NAME = _named("own-name", "Петренко Марія")
REVIEW = Review(name="register-review", change="register-review.change")


def born(today: date) -> Question[PartialDate]:
    """The birth date, which is not after today."""
    return replace(BORN, parser=lambda text: parse.birth_day(text, today))


async def register() -> FileReport:
    """The first part. A relative who has reported before is asked only of the missing person. What was understood is
    shown before anything is filed: a greeting can be read as a name, a village as a city."""
    me = await look_up(Me())
    today = await look_up(Today())
    await tell("register-begin")
    kinship = await ask(KINSHIP)
    may_be_young = kinship in MAY_BE_YOUNG and not await look_up(IsUnder18())
    # Whoever was further on goes on where they were.
    at_once = may_be_young and (await answered(AGE) or not await answered(NAME))
    minor = at_once and await says_under_18()
    name = await ask(NAME)
    # An answer stands whatever the kinship is corrected to: a child is not older as "wife".
    said_already = kinship not in MAY_BE_YOUNG and await answered(AGE)
    birth = await perhaps(born(today))
    profile = me.profile if can_be_read(me.profile) else Profile()
    own_name = await ask(OWN_NAME) if profile.name is None else profile.name
    phone = await ask(PHONE) if profile.phone is None else profile.phone
    where, zone = profile.region, profile.zone
    if where is None:
        where, zone = await home()
    if (may_be_young and not at_once) or said_already:
        minor = await says_under_18()
    adult = ""
    if minor:
        adult = await perhaps(ADULT) or ""
    await ask(REVIEW)
    return FileReport(own_name, phone, where, zone, Claim(kinship, name, birth), minor, adult)


AFTER = Choice(
    name="registered",
    type=str,
    example="details",
    among=tuple(Option(name, Say(f"registered.{name}")) for name in ("details", "papers", "book", "correct", "menu")),
)


async def registered() -> Redirect:
    """What can follow a report at once."""
    number = await numbered()
    chosen = await ask(AFTER.about(number))
    return Redirect(chosen if chosen in ("menu", "book") else f"{chosen} {number}")


FIELD = Choice(name="correct-field", type=str, example="missing-name")


async def correct() -> Correct:
    """One answer of a report changed, without walking through the rest."""
    number = await numbered()
    report = await look_up(MyReport(number))
    me = await look_up(Me())
    today = await look_up(Today())
    now: dict[str, tuple[Question[Any], Any]] = {
        "kinship": (KINSHIP, report.claim.kinship),
        "missing-name": (NAME, report.claim.name),
        "born": (born(today), report.claim.born),
        "own-name": (OWN_NAME, me.profile.name),
        "phone": (PHONE, me.profile.phone),
        "region": (REGION, me.profile.region),
    }
    lines = tuple(
        Option(
            key, Say("common.line", {"what": Say(f"{key}.label"), "value": q.show(v) if v else Say("common.unknown")})
        )
        for key, (q, v) in now.items()
    )
    field = await ask(FIELD.about(number).of(*lines))
    if field in VERIFIED_BY:
        for verified in await look_up(VerifiedReports(number)):
            if field == "own-name" or verified == number:
                await tell("correct-unsettles", number=str(verified))
    if field == "region":
        where, zone = await home(number)
        return Correct(number, field, where, zone)
    return Correct(number, field, await perhaps(now[field][0].about(number)), None)
