"""Does a short text announce an article published elsewhere, and by whom?

Says what a sentence announces, never whether its entry is a stub: that takes the
place where it stands, and a second sign.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reader.rules.compiled import AnnouncementKind, Language, Phrase
from reader.rules.tables import Rules

TEXT_MAX = 4_096
"""Characters of a text that are looked at."""
_PREFIX_MAX = 90
_NAME_MAX = 80
_SUFFIX_MAX = 90
_SPACELESS = "\u3000"
_HEADS = 3
"""Words for a kind of publisher that may stand before a name: "in der Zeitung"."""

_SENTENCE_END = re.compile(r"[.!?…]['”\")\]]?\s|[。！？\n|]")
# Editorial dressing before an announcement: brackets, dashes, labels such as "Note:".
_DRESSING = re.compile(r"^[\s(\[{*_~#>—–‐•·.→»›|-]+|[\s(\[{*_—–:-]+$")
_LABEL = re.compile(r"^[^:：]{1,30}[:：]\s*$")
_QUOTES = {"“": "”", "«": "»", "„": "“”", "「": "」", "『": "』", "‹": "›"}
_NUMBER = re.compile(
    r"\d{1,4}(?:st|nd|rd|th|º|ª|er|년|월|일)?|\d{1,4}[年月日][\d年月日]*|"
)
_DATE_BEHIND = re.compile(r",\s{1,3}\d.*$")
_APPOSED = re.compile(r"\s*[,(–—]\s*")
_JOINING = frozenset(("de", "of", "del", "di", "do"))
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"'“”]{4,}", re.I)
_TRAIL = " \t\n.,;:!?…。、，！？'’\"“”„«»‹›「」『』《》〈〉【】（）()[]{}<>*_~—–-→|"


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a text announces: `name` as it stands there, "" when it names nobody."""

    kind: AnnouncementKind
    name: str
    span: tuple[int, int]
    language: str
    text: str
    mild: bool = False
    """Whether it speaks of a place of one's own, of what was printed, of an excerpt."""
    theirs: bool = False
    """Whether it means somebody who was named before: "on their site"."""


def announcement(text: str, rules: Rules) -> Announcement | None:
    """The strongest announcement in a short text; None for quotations and prose."""
    found = announcements(text, rules)
    return next((said for said in found if not said.mild), None)


def announcements(text: str, rules: Rules) -> Iterator[Announcement]:
    """Every announcement in a short text, the strongest kind first."""
    text = text[:TEXT_MAX]
    for _, kind, language, phrase in rules.phrases.within(text.lower()):
        found = _found(text, kind, phrase, language)
        if found:
            yield found


def _found(
    text: str, kind: AnnouncementKind, phrase: Phrase, language: Language
) -> Announcement | None:
    for match in phrase.pattern.finditer(text):
        start = match.start()
        if quoted(text, start) or not _opens(text, start, kind, language):
            continue
        name, end, theirs = "", match.end(), False
        if phrase.named:
            name = _name(match["name"], language)
            end = _name_end(match, name)
            theirs = _is_theirs(match["name"], language)
        mild = phrase.named and _is_mild(match["name"], text[end:], language)
        mild = mild or phrase.text.startswith(language.excerpts)
        empty = phrase.named and not (name or mild or theirs)
        if empty or _runs_on(text, end, kind):
            continue
        name = "" if mild or theirs else name
        said = text[start:end]
        return Announcement(kind, name, (start, end), language.code, said, mild, theirs)
    return None


def _name_end(match: re.Match[str], name: str) -> int:
    """Where a name ends that was cut out of what a phrase captured."""
    captured = match["name"]
    if not name or match.end("name") < match.end():
        return match.end()  # nothing was cut, or the phrase goes on behind its name
    at = captured.find(name)
    return match.start("name") + at + len(name) if at >= 0 else match.end()


def _runs_on(text: str, end: int, kind: AnnouncementKind) -> bool:
    """Whether so much follows in the same sentence that it is the story's own prose."""
    if kind not in ("published-on", "footer", "redirect"):
        return False
    rest = text[end : end + _SUFFIX_MAX + 40]
    stop = _SENTENCE_END.search(rest)
    return len(rest[: stop.start()] if stop else rest) > _SUFFIX_MAX


def quoted(text: str, at: int) -> bool:
    """Whether a place in a text lies inside quotation marks that were opened before."""
    before = text[:at]
    for opening, closings in _QUOTES.items():
        closed = sum(before.count(closing) for closing in closings)
        if before.count(opening) > closed and any(c in text[at:] for c in closings):
            return True
    return before.count('"') % 2 == 1 and '"' in text[at:]


def _opens(text: str, at: int, kind: AnnouncementKind, language: Language) -> bool:
    """Whether nothing but what an announcement begins with stands before it."""
    before = text[:at]
    ends = list(_SENTENCE_END.finditer(before))
    sentence = before[ends[-1].end() if ends else 0 :]
    if len(sentence) > _PREFIX_MAX:
        return False
    plain = _DRESSING.sub("", sentence).lower()
    if any(_says(plain, word) for word in language.never):
        return False
    labelled = sentence.rstrip()[-1:] in ":："
    if not plain or (labelled and _LABEL.match(f"{plain}:")):
        return True
    if kind in ("continue-reading", "source"):
        return False
    return any(subject in plain for subject in language.subjects)


def _says(text: str, word: str) -> bool:
    """Whether a text has a word: whole where the script parts words by spaces."""
    found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)
    return found is not None or (not word.isascii() and word in text)


def _name(raw: str, language: Language) -> str:
    """The name in what a phrase captured; "" when it is a date or one's own place."""
    name = " ".join(raw.split())
    if url := _URL.search(name):
        return url.group().rstrip(".,;)")
    name = _headless(name, language)
    lowered = name.lower()
    for stop in language.stops:
        cut = lowered.find(stop)
        if cut > 0:
            name, lowered = name[:cut], lowered[:cut]
    name = _headless(_DATE_BEHIND.sub("", name).strip(_TRAIL), language)
    lowered = name.lower()
    if not name or len(name) > _NAME_MAX or _dated(lowered, language):
        return ""
    if any(lowered == own or lowered.startswith(own + " ") for own in language.own):
        return ""
    return name


def _headless(name: str, language: Language) -> str:
    """A name without what says of what kind it is: "the website of The Bore"."""
    for _ in range(_HEADS):
        head = next((h for h in language.heads if _begins(name, h)), "")
        rest = name[len(head) :].strip(_TRAIL)
        # What is left must look like a name, which has no small letters alone.
        if not head or not rest or (rest.islower() and "." not in rest):
            break
        name = rest
    return name


def _begins(name: str, head: str) -> bool:
    """Whether a name begins with a word, parted from it where its script parts them."""
    after = name[len(head) : len(head) + 1]
    return name.startswith(head) and (after.isspace() or head[-1] > _SPACELESS)


def _is_theirs(captured: str, language: Language) -> bool:
    """Whether a name is only a word for somebody who was named before."""
    plain = captured.strip(_TRAIL).lower()
    return any(
        plain == word or plain.startswith(f"{word} ") for word in language.theirs
    )


def _is_mild(captured: str, rest: str, language: Language) -> bool:
    """Whether a name is a place of one's own, or that of something printed."""
    plain = captured.strip(_TRAIL).lower()
    parts = _APPOSED.split(f"{plain} {rest[:_NAME_MAX].lower()}")
    own = any(part.startswith(f"{mine} ") for part in parts for mine in language.mine)
    return own or any(_says(plain, word) for word in language.prints)


def _dated(name: str, language: Language) -> bool:
    """Whether a name is a date: "3 February", "May 2020", "le 4", "2019"."""
    words = re.split(r"[\s,./-]+", name)
    telling = [word for word in words[:3] if not _NUMBER.fullmatch(word)]
    if len(telling) == len(words[:3]):  # no number in it: "Monday", "May"
        return _is_date(words[0], language)
    if not _NUMBER.fullmatch(words[0]):
        return _is_date(words[0], language)
    return all(word in _JOINING or _is_date(word, language) for word in telling[:1])


def _is_date(word: str, language: Language) -> bool:
    return any(
        word == date or (len(date) > 3 and word.startswith(date))
        for date in language.dates
    )
