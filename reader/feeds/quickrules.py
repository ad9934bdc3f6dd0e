"""Which rule is for which element, by feedparser's names; never what a rule does."""

from collections.abc import Mapping
from functools import partial

from reader.feeds.quickparts import (
    content_rule,
    described_rule,
    enclosure_rule,
    guid_rule,
    link_rule,
    media_rule,
    source_rule,
    title_rule,
)
from reader.feeds.quickpeople import (
    ITUNES,
    author_rule,
    category_rule,
    chapter_rule,
    keywords_rule,
    owner_rule,
    persons_rule,
    picture_rule,
)
from reader.feeds.quickwalk import (
    Rule,
    ignored_rule,
    item_rule,
    text_rule,
    wrapper_rule,
)

_MEDIA_SCHEME = "http://search.yahoo.com/mrss/category_schema"
_IGNORED = (
    *("cloud", "copyright", "dc_contributor", "dc_publisher", "dc_rights"),
    *("dcterms_valid", "expirationdate", "generator", "georss_box", "georss_line"),
    *("georss_point", "georss_polygon", "height", "itunes_block", "itunes_explicit"),
    *("itunes_image", "itunes_subtitle", "media_credit", "media_license"),
    *("media_player", "media_rating", "media_restriction", "media_thumbnail", "rights"),
    *("subtitle", "tagline", "webmaster", "width", "email", "name", "itunes_name"),
    *("itunes_email", "itunes_link", "cc_license", "creativecommons_license", "info"),
    "feedburner_browserfriendly",
)


def _named(names: tuple[str, ...], field_name: str) -> dict[str, Rule]:
    return dict.fromkeys(names, partial(text_rule, name=field_name))


RULES: Mapping[str, Rule] = {
    **dict.fromkeys(_IGNORED, ignored_rule),
    **dict.fromkeys(("title", "dc_title"), title_rule),
    **dict.fromkeys(("item", "entry"), item_rule),
    **dict.fromkeys(("image", "textinput"), picture_rule),
    **dict.fromkeys(
        ("author", "managingeditor", "dc_author", "dc_creator"), author_rule
    ),
    **dict.fromkeys(("category", "keywords", "dc_subject"), category_rule),
    **dict.fromkeys(("url", "uri", "homepage"), ignored_rule),
    **_named(("pubdate", "published", "issued", "dcterms_issued"), "published"),
    **_named(("updated", "modified", "lastbuilddate"), "updated"),
    **_named(("dc_date", "dcterms_modified"), "updated"),
    **_named(("created", "dcterms_created"), "created"),
    **_named(("language", "dc_language"), "language"),
    **_named(("media_title",), "media_title"),
    **_named(("media_description",), "media_text"),
    **_named(("itunes_summary",), "itunes_text"),
    "content": partial(content_rule, declared="text/plain"),
    "content_encoded": partial(content_rule, declared="text/html"),
    "fullitem": partial(content_rule, declared="text/html"),
    "description": partial(described_rule, declared="text/html"),
    "dc_description": partial(described_rule, declared="text/html"),
    "summary": partial(described_rule, declared="text/plain"),
    "contributor": persons_rule,
    "enclosure": enclosure_rule,
    "guid": guid_rule,
    "id": partial(text_rule, name="id"),
    "itunes_author": author_rule,
    "itunes_category": partial(category_rule, term="text"),
    "itunes_keywords": partial(keywords_rule, scheme=ITUNES),
    "itunes_owner": owner_rule,
    "link": link_rule,
    "media_category": partial(category_rule, scheme=_MEDIA_SCHEME),
    "media_content": media_rule,
    "media_group": wrapper_rule,
    "media_keywords": keywords_rule,
    "psc_chapter": chapter_rule,
    "psc_chapters": wrapper_rule,
    "source": source_rule,
    "tags": keywords_rule,
}
