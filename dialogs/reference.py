"""How an administrator adds a center, a line, a step, a paper, a structure or a canned text, or words one anew from a
day on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from casework.centers import Disclosure
from casework.correspondence.answering import CannedTexts
from casework.house_style import wrong_in
from casework.kinship import Askable
from casework.letters import Say
from casework.queries import Today
from casework.reference import LANGUAGES, PARTS, Sort, Steps, Structures, Trait
from casework.reference_commands import FIRST, EndEntry, KeepEntry, NewCenter, NewLine, ShownEntry
from casework.registering import Kinship
from casework.values import Unclear
from dialogs import answers as parse
from dialogs.booking.questions import DayChoice, exact_day
from dialogs.places import FROM, Spot
from dialogs.questions import Choice, Listing, Option, Several, Typed
from dialogs.routing import Redirect
from dialogs.script import ask, look_up, say_all
from dialogs.staff import CENTER_HOURS, CENTER_REGION, dialled, ending

NEW = "new"
SINCE = DayChoice(name="entry-since")
WHAT = Choice(
    name="entry-what",
    type=str,
    example="words",
    among=tuple(Option(name, Say(f"entry-what.{name}")) for name in ("words", "end", "menu")),
)
WHAT_OF_STRUCTURE = WHAT.of(*WHAT.among[:1], Option("traits", Say("entry-what.traits")), *WHAT.among[1:])
STEP = Listing(name="which-step", example="police", sort=Sort.STEP, beginning="steps.", beside=(NEW,))
PAPER = Listing(name="which-paper", example="passport", sort=Sort.PAPER, beginning="paper.", beside=(NEW,))
STRUCTURE = Listing(
    name="which-structure", example="lawyer", sort=Sort.STRUCTURE, beginning="specialist.", beside=(NEW,)
)
CANNED = Listing(name="which-canned", example="read", sort=Sort.CANNED, beginning="canned.", beside=(NEW,))
STEP_AFTER = Listing(name="step-after", example=FIRST, sort=Sort.STEP, beginning="steps.", beside=(FIRST,))
LINE_STEP = Listing(name="line-step", example="police", sort=Sort.STEP, beginning="steps.")
CITY = replace(FROM, name="center-city", unknown=False)
NEW_PHONE = Typed(name="line-phone", type=str, example="102", parser=dialled).about(NEW)
DISCLOSURE = Choice(name="center-disclosure", type=Disclosure, example=Disclosure.CONFIRMED)


@dataclass(frozen=True, kw_only=True)
class _Kinships(Several):
    """Whose kinship a paper shows."""

    def _label(self, one: str) -> Say:
        return Say(f"kinship.{one}")


NEEDED_BY = _Kinships(name="paper-needed-by", among=tuple(Kinship), example=("mother",))


TRAITS = Several(name="structure-traits", among=tuple(Trait), on_page=True)


def worded(text: str, language: str, most: int) -> str | Unclear:
    """Words that families will read: within their length, and without what is never said."""
    read = parse.free_text(text.replace("'", "’"), most)
    if isinstance(read, Unclear):
        return read
    wrong = wrong_in(read, language)
    if wrong is None:
        return read
    reason = "unclear-wording-instead" if wrong.instead else "unclear-wording"
    return Unclear(reason, {"word": wrong.word, "instead": wrong.instead})


def _said(name: str, most: int) -> Typed[str]:
    """On the page, as what is proposed with it: nobody types ten answers in vain."""
    return Typed(name=name, type=str, example="Lviv", on_page=True, parser=partial(parse.free_text, limit=most))


PART_QUESTIONS: Mapping[tuple[Sort, str], Typed[str]] = {
    (sort, part): _said(f"words-{sort}-{part}", most) for sort in Sort for part, most in PARTS[sort].items()
}


async def _words(sort: Sort, about: str) -> Mapping[str, Mapping[str, str]]:
    """Every part in each language; nothing is shown to families before both are there."""
    words: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for part, most in PARTS[sort].items():
        for language in LANGUAGES:
            question = PART_QUESTIONS[sort, part].about(f"{about}.{language}").told(language=Say(f"in-{language}"))
            parser = partial(worded, language=language, most=most)
            words[language][part] = await ask(replace(question, parser=parser))
    return words


async def _since(about: str) -> date:
    today = await look_up(Today())
    return exact_day(await ask(SINCE.about(about).on(today, today, today + timedelta(days=1))), today)


async def new_center() -> NewCenter:
    city: Spot = await ask(CITY)
    words = await _words(Sort.CENTER, NEW)
    disclosure = await ask(DISCLOSURE)
    hours = await ask(CENTER_HOURS.about(NEW))
    region = await ask(CENTER_REGION.about(NEW))
    since = await _since(f"{NEW}.{region}")
    return NewCenter(words, (city.latitude, city.longitude), disclosure, hours, region, since)


async def new_line() -> NewLine:
    there = await look_up(Steps())
    step = await ask(LINE_STEP.over(there))
    words = await _words(Sort.LINE, NEW)
    return NewLine(words, step, await ask(NEW_PHONE))


async def step() -> KeepEntry | EndEntry | Redirect:
    """A step of the family: another text from a day on, one more in its place, or an end."""
    there = await look_up(Steps())
    chosen = await ask(STEP.over(there))
    if chosen == NEW:
        words = await _words(Sort.STEP, NEW)
        after = await ask(STEP_AFTER.over(there))
        return KeepEntry(Sort.STEP, None, words, await _since(NEW), after)
    return await _change(Sort.STEP, chosen)


async def paper() -> KeepEntry | EndEntry | Redirect:
    """A paper on kinship: what it is called, and whose kinship it shows."""
    there = await look_up(Askable())
    chosen = await ask(PAPER.over(there))
    if chosen == NEW:
        words = await _words(Sort.PAPER, NEW)
        needed_by = await ask(NEEDED_BY.about(NEW))
        return KeepEntry(Sort.PAPER, None, words, await _since(NEW), needed_by=needed_by)
    return await _change(Sort.PAPER, chosen)


async def structure() -> KeepEntry | EndEntry | Redirect:
    """A body that specialists come from: what it is called on each screen, and what rules ask of it."""
    there = await look_up(Structures())
    chosen = await ask(STRUCTURE.over(there))
    if chosen == NEW:
        words = await _words(Sort.STRUCTURE, NEW)
        traits = await ask(TRAITS.about(NEW))
        return KeepEntry(Sort.STRUCTURE, None, words, await _since(NEW), traits=traits)
    return await _change(Sort.STRUCTURE, chosen)


async def canned() -> KeepEntry | EndEntry | Redirect:
    """A text that members may answer families with: another text from a day on, one more, or an end."""
    there = await look_up(CannedTexts())
    chosen = await ask(CANNED.over(there))
    if chosen == NEW:
        return KeepEntry(Sort.CANNED, None, await _words(Sort.CANNED, NEW), await _since(NEW))
    return await _change(Sort.CANNED, chosen)


async def _change(sort: Sort, name: str) -> KeepEntry | EndEntry | Redirect:
    read = await look_up(ShownEntry(sort, name))
    await say_all(read)
    what = WHAT_OF_STRUCTURE if sort is Sort.STRUCTURE else WHAT
    match await ask(what.about(f"{sort}.{name}")):
        case "words":
            words = await _words(sort, name)
            return KeepEntry(sort, name, words, await _since(f"{sort}.{name}"))
        case "traits":
            traits = await ask(TRAITS.about(name))
            return KeepEntry(sort, name, None, await _since(f"{sort}.{name}.traits"), traits=traits)
        case "end":
            since = await _since(f"{sort}.{name}.end")
            await say_all(read)
            return await ending(sort, name, read[0], since)
        case _:
            return Redirect("menu")
