"""The people, categories and pictures of a feed and its items, by feedparser's rules.

Never judges names: whose they are and how they are written is read later.
"""

from xml.etree.ElementTree import Element

from reader.feeds.bounds import ITEMS_OWN, SHORT, TAGS
from reader.feeds.quicknames import UnusualError, key
from reader.feeds.quicktext import leaf, repaired
from reader.feeds.quickwalk import (
    READ,
    RESERVED,
    UNUSUAL,
    Walk,
    attributes_of,
    is_filled,
    own_text,
    store,
)

ITUNES = "http://www.itunes.com/"
_PERSONS = {
    "name": "name",
    "itunes_name": "name",
    "email": "email",
    "itunes_email": "email",
    "url": "href",
    "uri": "href",
    "homepage": "href",
}
_PICTURES = {"title", "link", "description", "url", "width", "height", "name"}


def author_rule(walk: Walk, element: Element, depth: int) -> None:
    people = walk.context.setdefault("authors", [])
    people.append({})
    for child in element:
        name = _PERSONS.get(key(child.tag, walk.unknown))
        if name:
            _name_by_text(walk, people)
            people[-1][name] = leaf(child).strip()[:SHORT]
        else:
            _check_nothing(walk, child)
    store(walk, "author", repaired(own_text(element).strip()[:SHORT]), depth)
    _name_by_text(walk, people)


def _name_by_text(walk: Walk, people: list[dict[str, str]]) -> None:
    if not people[-1] and walk.context.get("author"):
        people[-1]["name"] = walk.context["author"]


def _check_nothing(walk: Walk, element: Element) -> None:
    name = key(element.tag, walk.unknown)
    if walk.depths is not None and not walk.in_source and name in ITEMS_OWN:
        leaf(element)
        return
    known = name in walk.named or name in READ or name in RESERVED or name in UNUSUAL
    if known or len(element) or (element.keys() and is_filled(element)):
        raise UnusualError("more than names in a person")


def persons_rule(walk: Walk, element: Element, depth: int) -> None:
    """People of no interest: contributors; the owner of a podcast."""
    for child in element:
        if key(child.tag, walk.unknown) in _PERSONS:
            leaf(child)
        else:
            _check_nothing(walk, child)


def owner_rule(walk: Walk, element: Element, depth: int) -> None:
    # feedparser takes an owner for an author, too; an RSS channel's are not read.
    if walk.atom or walk.depths is not None:
        raise UnusualError("an owner that feedparser takes for an author")
    persons_rule(walk, element, depth)


def _add_tag(
    walk: Walk, term: str | None, scheme: str | None, label: str | None
) -> None:
    tags = walk.context.setdefault("tags", [])
    tag = {"term": term, "scheme": scheme, "label": label}
    if len(tags) < TAGS and (term or scheme or label) and tag not in tags:
        tags.append(tag)


def category_rule(
    walk: Walk,
    element: Element,
    depth: int,
    term: str = "term",
    scheme: str | None = None,
) -> None:
    given = attributes_of(element) if element.keys() else {}
    scheme = given.get("scheme", scheme or given.get("domain"))
    if term == "text":
        _add_tag(walk, given.get("text"), ITUNES, None)
    else:
        _add_tag(walk, given.get("term"), scheme, given.get("label"))
    if walk.context is walk.feed and len(element):
        _categories_only(walk, element)
    elif value := repaired(leaf(element)):
        tags = walk.context["tags"]
        if tags and not tags[-1]["term"]:
            tags[-1]["term"] = value
        else:
            _add_tag(walk, value, None, None)


def _categories_only(walk: Walk, element: Element) -> None:
    """Podcasts' categories, one in the other; a feed's own are not read."""
    for child in element:
        if key(child.tag, walk.unknown) != "itunes_category":
            raise UnusualError("more in a category than categories")
        _categories_only(walk, child)


def keywords_rule(
    walk: Walk, element: Element, depth: int, scheme: str | None = None
) -> None:
    if element.keys():
        raise UnusualError("keywords with attributes")
    for term in repaired(leaf(element)).split(","):
        if term.strip():
            _add_tag(walk, term.strip(), scheme, None)


def picture_rule(walk: Walk, element: Element, depth: int) -> None:
    """A channel's image or search box, whose title and link are its own."""
    if walk.in_source:
        raise UnusualError("a picture in a source")
    walk.title_depth = -1
    for child in element:
        name = key(child.tag, walk.unknown)
        if name not in _PICTURES or (name == "name" and not _is_input(element)):
            raise UnusualError("more in an image than belongs there")
        if repaired(leaf(child)) and name == "title" and walk.depths is None:
            walk.title_depth = depth + 1


def _is_input(element: Element) -> bool:
    return element.tag.lower().endswith("textinput")


def chapter_rule(walk: Walk, element: Element, depth: int) -> None:
    if "start" not in attributes_of(element):
        raise UnusualError("a chapter that feedparser stumbles over")
    leaf(element)
