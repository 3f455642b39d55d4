"""How the bot presents itself: descriptions, the menu button, commands by whom they are for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from telegram import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
)
from telegram.error import TelegramError
from telegram.ext import ExtBot

from handlers.telegram.refusals import as_ours

Commands = Sequence[tuple[str, str]]
"""Names, and what each does."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """How the bot presents itself to families in a language (None: to everybody else)."""

    language: str | None
    commands: Commands = ()
    description: str | None = None
    short: str | None = None


async def introduce(bot: ExtBot[int], introductions: Iterable[Introduction]) -> None:
    """At every start. Raises `Postponed` or `Rejected`: nothing else depends on it.

    The commands are a family's, in private chats. In a group there are none, also none of an earlier release's.
    """
    private, groups = BotCommandScopeAllPrivateChats(), BotCommandScopeAllGroupChats()
    try:
        for each in introductions:
            await bot.set_my_commands(_listed(each.commands), scope=private, language_code=each.language)
            await bot.delete_my_commands(language_code=each.language)
            await bot.delete_my_commands(scope=groups, language_code=each.language)
            if each.description is not None:
                await bot.set_my_description(each.description, language_code=each.language)
            if each.short is not None:
                await bot.set_my_short_description(each.short, language_code=each.language)
        await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    except TelegramError as error:
        raise as_ours(error) from None


async def list_commands(bot: ExtBot[int], chat: int, commands: Commands) -> None:
    """Let one chat list these commands, in every language of its app; the same as all others if there are none."""
    if commands:
        await bot.set_my_commands(_listed(commands), scope=BotCommandScopeChat(chat))
    else:
        await bot.delete_my_commands(scope=BotCommandScopeChat(chat))


def _listed(commands: Commands) -> list[BotCommand]:
    return [BotCommand(name, what) for name, what in commands]
