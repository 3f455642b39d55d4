"""Draws the access table as `docs/access.md`: `make access`."""

from collections.abc import Iterator
from datetime import timedelta
from inspect import getdoc

from casework.actor import Role
from casework.staff import relations
from casework.staff.access import EVERYBODY, FAMILIES, STAFF, TABLE, AllowedOn, May, Who, commands_of
from casework.staff.relations import AnotherPerson, Predicate, Relation

HEAD = """\
# Who may do what

Drawn from `casework/staff/access.py` by `make access`; change the table, never this page. `casework/rulebook.py` asks
the table before any rule runs. Where a thing stands in several lines, one that lets in is enough; what stands in no
line, nobody may do.

- `/queue` is typed, and is in the menu of the roles that it stands by; `then:opened` is a script that others lead to.
- `OpenCase` is a command or a query of `casework`, by its class.
- `board:` is a section of the board, `page:` a page, `print:` what is printed, `feed:` what is streamed, `file` a file;
  `reads:` is asked when a letter is about to be sent, `opens:` when what it names is fetched. Nothing is exported.
- "another signs": it is kept as a proposal until somebody whom the line `sign:` lets in has signed it. "While nothing
  is stopped": it destroys or gives away, so a relative who has stopped that their account is reached anew cannot do it.
"""

SHORT = {EVERYBODY: "everybody", STAFF: "all staff", FAMILIES: "relatives"}


def drawn() -> str:
    """The page, as Markdown."""
    return "\n".join([HEAD, *_parts(), *_relations(), *_menus()])


def _parts() -> Iterator[str]:
    for title, lines in TABLE.items():
        yield f"## {title.rstrip('.')}\n"
        yield "| what | who | how they stand to it | factor | where | second person |"
        yield "| --- | --- | --- | --- | --- | --- |"
        yield from (f"| {' | '.join(_cells(line))} |" for line in lines)
        yield ""


def _cells(line: May) -> Iterator[str]:
    yield " ".join(f"`{thing}`" for thing in line.things.split())
    yield _who(line.who) + (", for a visitor" if line.serving else "")
    each = f"each shown: {_relation(line.each)}" if line.each is not None else ""
    yield _relation(line.of) if line.of is not None else each
    yield f"{line.factor // timedelta(hours=1)} h" if line.factor is not None else ""
    yield "page" if line.at is AllowedOn.PAGE else ""
    yield ", ".join(word for word in (_second(line), "while nothing is stopped" if line.unfrozen else "") if word)


def _second(line: May) -> str:
    second = line.second or AnotherPerson()
    words = {"another signs": line.proposes, "not who began it": second.own, "not kin": second.kin}
    return " and ".join(word for word, asked in words.items() if asked)


def _who(who: Who) -> str:
    return SHORT.get(who) or ", ".join(str(role) for role in Role if role in who)


def _relation(relation: Relation) -> str:
    return f"{' or '.join(_named(predicate) for predicate in relation.any)} of the {relation.of}"


def _named(predicate: Predicate) -> str:
    return predicate.__name__.replace("_", " ")


def _relations() -> Iterator[str]:
    found = [one for one in vars(relations).values() if isinstance(one, Relation)]
    yield "## How one stands to a thing\n"
    for predicate in dict.fromkeys(predicate for relation in found for predicate in relation.any):
        yield f"- **{_named(predicate)}**: {getdoc(predicate)}"
    yield ""


def _menus() -> Iterator[str]:
    yield "## What each role has in its menu\n"
    for role in Role:
        yield f"- {role}: {' '.join(f'`/{name}`' for name in commands_of(role))}"
    yield ""
