"""A verdict told as a person would tell it: the answer, the way, the reasons.

Only words and lines; what is so was decided elsewhere. URLs stand whole on their lines.
"""

from collections.abc import Iterable, Iterator
from datetime import tzinfo

from reader.cli.as_text import count, when
from reader.model import Attribution, Guess, Hop, Reason, Refusal, Via
from reader.urls import host

NEEDED = 0.80
"""How sure an answer must be (resolve.THRESHOLD, whose import brings the parsers)."""

HOW: dict[Via, str] = {
    "http-301": "The server says that it has moved to {there} for good.",
    "http-302": "The server sends on to {there} for now.",
    "http-303": "The server says to look at {there}.",
    "http-307": "The server sends on to {there} for now.",
    "http-308": "The server says that it has moved to {there} for good.",
    "refresh-header": "The answer sends on to {there} after a while.",
    "meta-refresh": "The page sends on to {there} after a while.",
    "script": "A script of the page moves on to {there}.",
    "form": "The page sends a form to {there} by itself.",
    "wrapper": "The address stands for one of {there}.",
    "stub-link": "The page says that it is a copy, and links to {there}.",
    "only-link": "The only way out of the page leads to {there}.",
    "canonical": "The page says that it belongs at {there}.",
    "amp": "The page is the short form of one at {there}.",
    "feed-link": "The feed names {there}.",
    "publisher-feed": "The same headline stands in the feed of {there}.",
}
"""How each way on was found; `{there}` is the host that it leads to."""

SAME = {
    "canonical": "The page gives this as its own plain address.",
    "amp": "The page gives this as its full form.",
}
"""The same, where a page only names its own better address."""


UNQUOTED = ("feed-link", "publisher-feed", "wrapper")
"""Ways whose evidence is a remark of ours; all other evidence is somebody's words."""


def explained(value: Attribution, asked: str, zone: tzinfo) -> Iterator[str]:
    """The whole verdict on what was asked, in paragraphs, an empty line between."""
    parts = (
        _answer(value, zone),
        _announced(value),
        _way(value, asked),
        _reasons("Why", value.reasons),
        _guess(value.guess),
        _refused(value.refused),
    )
    written = [lines for part in parts if (lines := list(part))]
    for number, lines in enumerate(written):
        if number:
            yield ""
        yield from lines


def _answer(value: Attribution, zone: tzinfo) -> Iterator[str]:
    match value.status:
        case "resolved":
            yield f"First published by {value.publisher or 'somebody unnamed'}"
        case "original":
            yield f"Published here first by {value.publisher or 'its own site'}"
        case "unresolved":
            yield "First publisher not established"
        case "unchecked":
            yield "Not looked at yet"
    if value.url:
        yield value.url
    by = [", ".join(value.authors), when(value.published, zone)]
    if any(by):
        yield " · ".join(filter(None, by))
    yield " · ".join(_measures(value))
    if value.problem:
        shown = f" {value.problem_evidence}" if value.problem_evidence else ""
        yield f"The original {value.problem}.{shown}"


def _measures(value: Attribution) -> Iterator[str]:
    if value.status == "resolved" and value.confidence is not None:
        yield f"{value.confidence:.2f} sure"
    if value.trail:
        yield count(len(value.trail), "hop")
    seconds = sum(hop.elapsed or 0.0 for hop in value.trail)
    looked = f"{count(value.pages, 'page')} looked at"
    yield f"{looked} in {seconds:.1f} s" if seconds else looked


# --- the way ----------------------------------------------------------------


def _announced(value: Attribution) -> Iterator[str]:
    if value.announced and not any(value.announced in h.evidence for h in value.trail):
        yield f"It says of itself: {_quoted(value.announced)}"


def _way(value: Attribution, asked: str) -> Iterator[str]:
    if not value.trail and value.status == "original":
        yield "Nothing on its page names another source."
        return
    yield "The way"
    for number, hop in enumerate(value.trail, 1):
        yield f"{number:>3}  {hop.url}"
        yield from (f"     {line}" for line in _hop(hop))
    last = value.trail[-1].target if value.trail else asked
    yield f"{len(value.trail) + 1:>3}  {last}"
    yield f"     {_end(value)}"


def _hop(hop: Hop) -> Iterator[str]:
    """How a hop was found, what was read there, and what the server answered."""
    near = host(hop.url) == host(hop.target)
    own = SAME.get(hop.via) if near else None
    there = "another page of its own" if near else host(hop.target) or hop.target
    yield own or HOW[hop.via].format(there=there)
    if hop.evidence:
        yield hop.evidence if hop.via in UNQUOTED else _quoted(hop.evidence)
    parts = [f"HTTP {hop.status}"] if hop.status else []
    parts += [f"{hop.elapsed:.2f} s"] if hop.elapsed else []
    yield f"{hop.via} · {', '.join(parts)}" if parts else hop.via


def _quoted(text: str) -> str:
    """Somebody's words; quotation marks among them become single ones."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


def _end(value: Attribution) -> str:
    if value.status == "unresolved":
        return f"Here the way ended: {value.ended or 'nothing led on'}."
    if value.status == "unchecked":
        return "Nobody has looked further yet."
    if value.problem:
        return f"This is the original; it {value.problem}."
    return "This is the original: it points to nobody else."


# --- the reasons ------------------------------------------------------------


def _reasons(head: str, reasons: Iterable[Reason]) -> Iterator[str]:
    told = list(reasons)
    if told:
        yield head
    for reason in told:
        yield f"  {'+' if reason.supports else '-'} {reason.text}"


def _guess(guess: Guess | None) -> Iterator[str]:
    if guess is None:
        return
    yield "A guess, kept apart: never opened, copied or counted"
    who = guess.publisher or "somebody"
    yield f"  {who}, {guess.confidence:.2f} sure where {NEEDED:.2f} is needed"
    yield f"  {guess.url}"
    yield from list(_reasons("", guess.reasons))[1:]


def _refused(refused: Iterable[Refusal]) -> Iterator[str]:
    told = list(refused)
    if told:
        yield "Looked at and not taken"
    for each in told:
        yield f"  {each.url}"
        yield f"    {each.reason}"
