"""The rules: the bundled file, a user's additions, and what announces an original."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import SettingsError
from reader.rules import announcement, announcements, parse, parse_own
from reader.rules.tables import host_keys, listed
from tests.cases import load_rules

RULES = load_rules()
LANGUAGES = "en de fr es pt it nl pl ru uk tr ar he hi zh ja ko"


class TestParse:
    def test_the_bundled_file(self) -> None:
        """
        The bundled rules hold every section, and the guide's seventeen languages.
        """
        codes = {language.code for language in RULES.announcements}

        assert codes >= set(LANGUAGES.split())
        assert RULES.wrappers
        assert RULES.walls
        assert RULES.tracking.tracks("bore.example", "utm_source")

    def test_a_users_additions(self) -> None:
        """
        A user's file adds hosts, parameters and phrases, and takes nothing away.
        """
        mine = """
        [tracking]
        names = ["tide"]
        [places]
        shorteners = ["knot.example"]
        [language.en]
        published-on = ["first hauled ashore by *"]
        """
        rules = parse("[tracking]\\nnames = ['gclid']".replace("\\n", "\n"), mine)
        found = announcement("First hauled ashore by Bore", rules)

        assert rules.tracking.names == {"gclid", "tide"}
        assert "knot.example" in rules.places.shorteners
        assert found is not None
        assert found.name == "Bore"

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            (
                "[trakcing]\nnames = []",
                "“trakcing” is no section of the rules (line 1)",
            ),
            ("\n[places]\nsocail = []", "“places.socail” is not known (line 3)"),
            (
                "[places]\nsocial = 'x'",
                "“places.social” must be a list of texts (line 2)",
            ),
            ("[[wrapper]]\nparams = ['u']", "“wrapper” lacks the key hosts"),
            (
                "[[wrapper]]\nhosts = ['a']",
                "“wrapper” lacks the key params, or template",
            ),
            (
                "[tracking]\nname = ['a']",
                "“tracking.name” is not known; there are names",
            ),
            ("[language.english]\nsource = []", "“language.english” is no code of a"),
            ("[language.en]\nsource = ['*']", "“language.en.source” holds “*”, which"),
            ("[language.en]\nsource = ['x *', '']", "holds “”, which has no word"),
            ("[article]\nboxs = []", "“article.boxs” cannot be used"),
            ("[language]\nen = 1", "“language.en” must be a table (line 2)"),
            ("[tracking]\nby_site = 1", "“tracking.by_site” must be a table"),
            ("[[wrapper]]\nhosts=['a']\nencoding='rot13'", "must be one of percent"),
            (
                "[language.en]\nshouted = []",
                "own, mine, theirs, heads, prints, excerpts, dates, stops (line 2)",
            ),
            (
                "[places]\nsocial = []\n[titles]\ngeneric = []\n"
                "[carriers]\nparams = []\nsocial = []",
                "“carriers.social” is not known (line 7)",
            ),
            ("[wrapper]\nhosts = []", "must be written [[wrapper]]"),
            ("[tracking\n", "line 1"),
        ],
    )
    def test_what_cannot_be_used(self, text: str, said: str) -> None:
        """
        An error names the file, the key and the line.
        """
        with pytest.raises(SettingsError) as error:
            parse("", text)

        assert said in str(error.value)
        assert str(error.value).startswith("resolve.toml: ")


class TestParseOwn:
    def test_every_fault_is_named_and_the_rest_holds(self) -> None:
        """
        Each thing that cannot be used is left out with its line, and nothing else.
        """
        mine = """
        [tracking]
        names = ["tide"]
        name = ["ebb"]
        [[wrapper]]
        hosts = ["knot.example"]
        params = ["u"]
        [[wrapper]]
        params = ["u"]
        [[wrapper]]
        hosts = ["reef.example"]
        paths = 7
        [language.en]
        published-on = ["*", "first hauled ashore by *"]
        "odd.key" = []
        [places]
        "a.b" = 1
        ["x.y"]
        """
        rules, faults = parse_own("[tracking]\nnames = ['gclid']", mine)
        told = "\n".join(faults)

        assert len(faults) == 7
        for words in (
            "“x.y” is no section of the rules (line 18); it is left out",
            "“tracking.name” is not known",
            "“wrapper” lacks the key hosts (line 8)",
            "“wrapper.paths” must be a list of texts (line 12)",
            "“language.en.published-on” holds “*”, which has no word to be found by",
            "“language.en.odd.key” is no kind of announcement",
            "“places.a.b” is not known (line 17)",
        ):
            assert words in told
        assert rules.tracking.names == {"gclid", "tide"}
        assert [one.hosts for one in rules.wrappers] == [("knot.example",)]
        assert announcement("First hauled ashore by Bore", rules) is not None

    @pytest.mark.parametrize(
        "text",
        ["[tracking\n", "a = " + "[" * 9_999, "a = " + "1" * 5_000],
        ids=["syntax", "depth", "digits"],
    )
    def test_no_rules_at_all(self, text: str) -> None:
        """
        What is no TOML is named, and the bundled rules hold.
        """
        rules, (fault,) = parse_own("[tracking]\nnames = ['gclid']", text)

        assert rules.tracking.names == {"gclid"}
        assert fault.endswith("the bundled rules hold")

    def test_faults_without_end(self) -> None:
        """
        A file of nothing but faults is given up after some of them.
        """
        text = "\n".join(f"a{number} = 1" for number in range(5_000))
        _, faults = parse_own("", text)

        assert len(faults) < 100


class TestHosts:
    def test_keys(self) -> None:
        """
        A host is listed by its own name, by what it is below, and by any suffix.
        """
        assert {"www.google.co.uk", "google.co.uk", "google.*"} <= set(
            host_keys("www.google.co.uk")
        )
        assert "news.google.*" in set(host_keys("news.google.com"))
        assert listed("old.reddit.com", frozenset(("reddit.com",)))
        assert not listed("notreddit.com", frozenset(("reddit.com",)))


SAID = [
    ("en", "published-on", "This post was originally published on {}"),
    ("en", "published-on", "(Originally published in {}.)"),
    ("en", "published-on", "Editor's note: This story first appeared in {}."),
    (
        "en",
        "published-on",
        "This article is republished from {} under a Creative Commons license.",
    ),
    ("en", "published-on", "Republished with permission from {}"),
    ("en", "published-on", "Cross-posted from {}"),
    ("en", "footer", "The post A second boat appeared first on {}."),
    ("en", "continue-reading", "Read the full story at {}"),
    ("en", "continue-reading", "Continue reading on {} →"),
    ("en", "source", "Source: {}"),
    ("en", "source", "h/t {}"),
    ("de", "published-on", "Dieser Artikel erschien zuerst auf {}."),
    ("de", "published-on", "Der Text wurde ursprünglich auf {} veröffentlicht."),
    ("de", "footer", "Der Beitrag Das Boot erschien zuerst auf {}."),
    ("de", "source", "Quelle: {}"),
    ("fr", "published-on", "Cet article a été publié à l’origine sur {}."),
    ("fr", "footer", "L’article Le bac est apparu en premier sur {}."),
    ("es", "published-on", "Este artículo fue publicado originalmente en {}"),
    ("es", "footer", "La entrada El barco se publicó primero en {}."),
    ("pt", "published-on", "Este artigo foi publicado originalmente no {}."),
    ("pt", "footer", "O post O barco apareceu primeiro em {}."),
    ("it", "published-on", "Questo articolo è stato pubblicato originariamente su {}."),
    ("it", "footer", "L'articolo La barca proviene da {}."),
    ("nl", "published-on", "Dit artikel verscheen eerder op {}."),
    ("nl", "footer", "Het bericht De boot verscheen eerst op {}."),
    ("pl", "published-on", "Tekst ukazał się pierwotnie w {}."),
    ("pl", "footer", "Artykuł Statek pochodzi z serwisu {}."),
    ("ru", "published-on", "Статья впервые опубликована на {}."),
    ("uk", "published-on", "Матеріал вперше опубліковано на {}."),
    ("tr", "published-on", "Bu yazı ilk olarak {} sitesinde yayımlanmıştır."),
    ("ar", "published-on", "نُشر هذا المقال لأول مرة على موقع {}."),
    ("he", "published-on", "הכתבה פורסמה במקור באתר {}"),
    ("hi", "published-on", "यह लेख मूल रूप से {} पर प्रकाशित हुआ"),
    ("zh", "published-on", "本文首发于{}。"),
    ("zh", "source", "来源：{}"),
    ("ja", "published-on", "この記事は{}に掲載されたものです。"),
    ("ja", "source", "出典：{}"),
    ("ko", "published-on", "이 글은 {}에 처음 게재되었습니다."),
    ("ko", "source", "출처: {}"),
]


PHRASES = [
    (language.code, phrase.text)
    for language in RULES.announcements
    for phrases in language.phrases.values()
    for phrase in phrases
    if not phrase.text.startswith(language.excerpts)
]


class TestPhrases:
    def test_each_finds_its_name(self) -> None:
        """
        Every bundled phrase is found, with its name and nothing beside it.
        """
        missed = []
        for code, phrase in PHRASES:
            names = phrase.count("*")
            text = phrase.replace("*", "Das Boot", max(0, names - 1))
            found = announcement(text.replace("*", "Bore 24") + ".", RULES)
            if found is None or found.name != ("Bore 24" if names else ""):
                missed.append((code, phrase, found))

        assert len(PHRASES) > 4_000
        assert not missed


class TestAnnouncement:
    @pytest.mark.parametrize(
        ("code", "kind", "text"), SAID, ids=[t for _, _, t in SAID]
    )
    def test_names_the_publisher(self, code: str, kind: str, text: str) -> None:
        """
        In every language the kind and the name come out, the name alone.
        """
        found = announcement(text.format("Harbour 24"), RULES)

        assert found is not None
        assert (found.kind, found.name) == (kind, "Harbour 24")
        assert found.language == code

    @pytest.mark.parametrize(
        "text",
        [
            "You will shortly be re-directed to the publisher's website",
            "You are being redirected",
            "Sie werden in Kürze weitergeleitet",
            "Vous allez être redirigé vers le site",
            "Вы будете перенаправлены",
            "まもなく移動します",
            "即将跳转到出版方网站",
        ],
    )
    def test_moves_on(self, text: str) -> None:
        """
        An announced redirect is one, whether or not it names anybody.
        """
        found = announcement(text, RULES)

        assert found is not None
        assert found.kind == "redirect"

    @pytest.mark.parametrize(
        "text",
        [
            "A page says “This post was originally published on Bore” and moves on.",
            'They write "originally published on Bore" under it.',
            "Sie schreiben „ursprünglich veröffentlicht auf Bore“ darunter.",
            "Originally published on 3 February, updated since",
            "This article was originally published on Monday.",
            "First published in May 2020",
            "Originally published 2019",
            "The novel was first published in 1987 by Harbour Books.",
            "The book was first published by Harbour Books in 1987.",
            "Originally published on my old blog.",
            "This post is a reply to an essay originally published in Bore.",
            "His essay was first published in Bore.",
            "This article was also first published on Bore.",
            "This post was originally published in English.",
            "Dieser Beitrag ist eine Antwort auf den Text, der zuerst in Bore kam.",
            "A plan, first published in Bore in the autumn, met with little love on "
            "the islands, where people remember the last plan, and the one before, and "
            "what became of both.",
            "The boat will run twice as often from April.",
            "",
        ],
    )
    def test_says_nothing(self, text: str) -> None:
        """
        Quotations, dates, books, one's own places and running prose announce nothing.
        """
        assert announcement(text, RULES) is None

    @pytest.mark.parametrize(
        "text",
        [
            "Originally published on my old blog.",
            "Originally published on oldboat.example, my first blog.",
            "First published in the March issue of Bore.",
            "Dieser Artikel erschien zuerst in Ausgabe 2/2025 von Bore.",
        ],
    )
    def test_mild(self, text: str) -> None:
        """
        A place of one's own, or a printed issue, is announced mildly: without a name.
        """
        found = next(announcements(text, RULES))

        assert found.mild
        assert found.name == ""

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("نُشر هذا المقال أولاً في الوادي.", "الوادي"),
            ("نشر هذا المقال أولا في الوادي.", "الوادي"),
            ("Zuerst auf Englisch bei Bore erschienen", "Bore"),
            ("This post was originally published in French by Bore.", "Bore"),
        ],
    )
    def test_written_otherwise(self, text: str, name: str) -> None:
        """
        Vowels may be written or not, and the original's language may stand between.
        """
        found = announcement(text, RULES)

        assert found is not None
        assert found.name == name

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            (
                "Originally published on The New Stack on Sept. 4th, 2016.",
                "The New Stack",
            ),
            (
                "Originally published on HPE Community and is reposted with thanks.",
                "HPE Community",
            ),
            (
                "Originally published at https://bore.example/x?a=1.",
                "https://bore.example/x?a=1",
            ),
            ("Originally published on dev.to.", "dev.to"),
            ("First published in 20 Minutes", "20 Minutes"),
            ("Originally published in Le Phare, 12 May 2020", "Le Phare"),
            ("Dieser Text erschien zuerst bei Der Strand am 3. Mai.", "Der Strand"),
        ],
    )
    def test_the_name_alone(self, text: str, name: str) -> None:
        """
        Dates, thanks and punctuation behind a name are none of it.
        """
        found = announcement(text, RULES)

        assert found is not None
        assert found.name == name
        assert text[slice(*found.span)].startswith(found.text[:10])

    @given(st.text(max_size=300))
    def test_any_text(self, text: str) -> None:
        """
        No text makes it raise; a span lies within the text.
        """
        for given_text in (
            text,
            f"Originally published on {text}",
            f"{text}に最初に公開されました",
        ):
            found = announcement(given_text, RULES)

            assert found is None or 0 <= found.span[0] < found.span[1] <= len(
                given_text
            )

    def test_texts_made_to_be_slow(self) -> None:
        """
        Only the first four thousand characters are looked at, in linear expressions.
        """
        text = "originally published on " * 9_000
        found = announcement(text, RULES)

        assert found is None or found.span[1] <= 4_096

    @given(
        st.lists(
            st.sampled_from(
                [
                    *("Originally", "published", "on", "ON", "via", "(via", "viaduct"),
                    *(
                        "“Source:",
                        "source",
                        "Опубликовано",
                        "на",
                        "最初に公開",
                        "é",
                        "h/t",
                    ),
                    *("you’re", "redirected", "_this", "Quelle:", "Źródło:", "—", "."),
                ]
            ),
            max_size=8,
        ),
        st.sampled_from([" ", "", "\u2003", "\n"]),
    )
    def test_any_within(self, words: list[str], space: str) -> None:
        """
        Whether a text holds any phrase is the same asked quickly and in full.
        """
        text = space.join(words)
        found = list(RULES.phrases.within(text.lower()))

        assert RULES.phrases.any_within(text) == bool(found)
