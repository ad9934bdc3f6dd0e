"""What a script may read of its page: the attributes of elements that hold addresses.

Keyed as `javascript` asks for them: "id attribute" (a `meta` by its name), and
" attribute" for the only element of the page that has it. Judges no address.
"""

from collections.abc import Iterator, Mapping
from itertools import islice

from lxml.html import HtmlElement

_PLAIN = ("href", "value", "content", "title")
_MOST = 400
"""Attributes of one page that are kept."""


def readable(tree: HtmlElement) -> Mapping[str, str]:
    """The attributes of a page's elements that a script may take an address from."""
    found: dict[str, str] = {}
    often: set[str] = set()
    for name, attribute, value in islice(_addresses(tree), _MOST):
        if name:
            found.setdefault(f"{name} {attribute}", value)
        alone = f" {attribute}"
        if found.setdefault(alone, value) != value:
            often.add(alone)
    return {key: value for key, value in found.items() if key not in often}


def _addresses(tree: HtmlElement) -> Iterator[tuple[str, str, str]]:
    """Id, attribute and value, wherever the value is an address or may hold one."""
    for node in tree.iter():
        if not isinstance(node.tag, str):
            continue
        name = node.get("id") or ""
        if node.tag == "meta":
            name = node.get("name") or node.get("property") or name
        for attribute, value in node.attrib.items():
            kept = attribute.startswith("data-") or (name and attribute in _PLAIN)
            if kept and 8 <= len(value) <= 4_000:
                yield name, attribute, value.strip()
