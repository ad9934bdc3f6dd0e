"""The words that can be typed, what each takes, and what it does; one table.

Every one answers with a sentence at least.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from reader.tui.linear import feeding, listing, marking, reading
from reader.tui.linear.desk import Desk

Do = Callable[[Desk, str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Command:
    """A word, its short forms, what follows it, what it is for."""

    name: str
    shorts: tuple[str, ...]
    takes: str
    about: str
    do: Do


async def _help(desk: Desk, text: str) -> None:
    for command in COMMANDS:
        takes = f" {command.takes}" if command.takes else ""
        shorts = f", or {' or '.join(command.shorts)}" if command.shorts else ""
        desk.say(f"{command.name}{takes}{shorts}: {command.about}.")
    desk.say("A number alone reads that entry, Enter alone the next unread one.")


async def _quit(desk: Desk, text: str) -> None:
    desk.left = True
    desk.say("Good-bye.")


COMMANDS: Sequence[Command] = (
    Command("list", ("l",), "", "say the open list from its beginning", listing.list_),
    Command("more", ("m",), "", "say more of the list", listing.more),
    Command("read", ("r",), "N", "read an entry, by its number", reading.read),
    Command("next", ("n",), "", "read the next unread entry", reading.next_),
    Command("previous", ("p",), "", "read the unread entry before", reading.previous),
    Command("again", ("g",), "", "read this entry again", reading.again),
    Command("feed text", ("f",), "", "read the text of the feed itself", reading.feed),
    Command("trail", ("t",), "", "say every hop to the original", reading.trail),
    Command("links", ("u",), "", "say the links of the article", reading.links),
    Command("open", ("o",), "[N]", "open the original, or a link, in the browser",
            reading.open_),
    Command("page", ("O",), "", "open the republisher’s page", reading.page),
    Command("save", ("e",), "FILE", "save the article as Markdown or HTML",
            reading.save),
    Command("star", ("s",), "[N]", "star an entry, or take its star away",
            marking.star),
    Command("mark", ("N",), "[N]", "mark an entry read or unread", marking.toggle),
    Command("mark all", ("A",), "", "mark the open list read", marking.all_),
    Command("tag", ("T",), "WORD", "give this entry a tag, or take it away",
            marking.tag),
    Command("untag", (), "WORD", "take a tag off this entry", marking.untag),
    Command("undo", ("z",), "", "take the last marks back", marking.undo),
    Command("redo", ("Z",), "", "do again what was taken back", marking.redo),
    Command("views", ("v",), "", "say the lists there are", listing.views),
    Command("view", (), "NAME", "open a list: a view, a folder, a feed", listing.view),
    Command("feeds", (), "", "say the feeds", listing.feeds),
    Command("search", ("/",), "QUERY", "search everything", listing.search),
    Command("sort", (), "[ORDER]", "order the list: newest, oldest, unread, feed, "
            "publisher", listing.sort),
    Command("refresh", ("R",), "", "ask the feeds for news", feeding.refresh),
    Command("add", ("a",), "ADDRESS", "subscribe to a feed or a page", feeding.add),
    Command("remove", ("D",), "FEED", "unsubscribe from a feed, by its number or name",
            feeding.remove),
    Command("source", ("S",), "", "find the first publisher’s own feed",
            feeding.source),
    Command("where", ("w",), "", "say which list is open, and the place in it",
            listing.where),
    Command("help", ("?", "h"), "", "say these commands", _help),
    Command("quit", ("q", "Q", "exit"), "", "leave", _quit),
)  # fmt: skip
_BY_WORD = {
    word: command for command in COMMANDS for word in (command.name, *command.shorts)
}
_LONGEST_FIRST = sorted(_BY_WORD, key=len, reverse=True)


async def obey(desk: Desk, typed: str) -> None:
    """Do what was typed; a number alone reads that entry, nothing the next unread."""
    typed = typed.strip()
    if not typed:
        await reading.next_(desk, "")
    elif typed.isdecimal():
        await reading.read(desk, typed)
    else:
        command, rest = _understood(typed)
        if command is None:
            desk.say(f"There is no command {typed.split()[0]}. Type help for them.")
        else:
            await command.do(desk, rest)


def _understood(typed: str) -> tuple[Command | None, str]:
    for word in _LONGEST_FIRST:
        # A sign needs no blank after it, a word does; only short forms tell cases.
        begun = typed if len(word) == 1 else typed.lower()
        rest = typed[len(word) :]
        ends = not rest or rest[0] == " " or not word[-1].isalnum()
        if begun.startswith(word) and ends:
            return _BY_WORD[word], rest.strip()
    return None, ""
