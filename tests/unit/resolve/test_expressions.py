"""What simple values of a script hold, and what they may take from the page."""

import pytest
from lxml.html import document_fromstring

from reader.resolve.elements import readable
from reader.resolve.scripts import targets

_URL = "https://www.bore.example/sea/4711"
_PAGE = readable(
    document_fromstring(
        f'<html><head><meta name="go-to" content="{_URL}"></head><body>'
        f'<p id="t" data-href="{_URL}" data-next-page="{_URL}">x</p>'
        f'<input type="hidden" id="dest" value="{_URL}"><a id="go" href="{_URL}">x</a>'
        '<i data-many="https://one.example/"></i><i data-many="https://two.example/">'
        "</i></body></html>"
    )
)


class TestTargets:
    @pytest.mark.parametrize(
        "value",
        [
            "atob('aHR0cHM6Ly93d3cuYm9yZS5leGFtcGxlL3NlYS80NzEx')",
            "window.atob('aHR0cHM6Ly93d3cuYm9yZS5leGFtcGxlL3NlYS80NzEx')",
            "`https://www.bore.example/sea/${id}`",
            "`${site.base}/sea/${ id }`",
            "['https:/', 'www.bore.example', 'sea', id].join('/')",
            "'https://'.concat('www.bore.example', '/sea/', id)",
            "'1174/aes/elpmaxe.erob.www//:sptth'.split('').reverse().join('')",
            "new URL('https://www.bore.example/sea/4711')",
            "decodeURIComponent('https%3A%2F%2Fwww.bore.example%2Fsea%2F4711')",
        ],
    )
    def test_made(self, value: str) -> None:
        """
        Decoded, filled in, joined or turned round, a value is read without running.
        """
        script = (
            "const site = {base: 'https://www.bore.example'}; const id = '4711';"
            f"location.replace({value})"
        )

        assert targets(script) == (_URL,)

    @pytest.mark.parametrize(
        "value",
        [
            "document.getElementById('t').dataset.href",
            "document.getElementById('t').dataset.nextPage",
            "document.querySelector('#t').getAttribute('data-href')",
            "document.currentScript.dataset.href",
            "document.getElementById('dest').value",
            "document.getElementById('go').href",
            "document.querySelector('meta[name=\"go-to\"]').content",
            "$('#t').data('href')",
            "$('#go').attr('href')",
        ],
    )
    def test_of_the_page(self, value: str) -> None:
        """
        An attribute of an element that is found by its id or name is read.
        """
        assert targets(f"location.href = {value}", _PAGE) == (_URL,)

    def test_of_an_element_in_a_variable(self) -> None:
        """
        The element may be kept in a variable first.
        """
        script = "var e = document.getElementById('t'); location = e.dataset.href"

        assert targets(script, _PAGE) == (_URL,)

    @pytest.mark.parametrize(
        "value",
        [
            "document.body.dataset.many",
            "document.getElementById('other').dataset.href",
            "document.getElementById('t').dataset.none",
            "`https://www.bore.example/${unknown}`",
            "`https://www.bore.example/${a + b}`",
            "atob('not base64!')",
            "['https:/', unknown].join('/')",
        ],
    )
    def test_unknown(self, value: str) -> None:
        """
        What several elements have, or nobody knows, is no target.
        """
        assert targets(f"location.href = {value}", _PAGE) == ()

    @pytest.mark.parametrize("into", ["_self", "_top", "_parent"])
    def test_open_in_the_same_window(self, into: str) -> None:
        """
        `window.open` into the window that is open moves it.
        """
        assert targets(f"window.open('{_URL}', '{into}')") == (_URL,)

    def test_open_in_another_window(self) -> None:
        """
        A window beside this one is an advertisement.
        """
        assert targets(f"window.open('{_URL}', '_blank'); var top = '_top'") == ()

    @pytest.mark.parametrize("opening", ["(", "[", "window.", "atob(", "new URL("])
    def test_nested_without_end(self, opening: str) -> None:
        """
        Brackets in brackets are followed to a depth, and no further.
        """
        script = "location = " + opening * 5_000

        assert targets(script) == ()

    def test_values_stay_short(self) -> None:
        """
        Lists of lists of one value make no text of megabytes.
        """
        many = ", ".join("v" for _ in range(50))
        script = f"v = 'https://bore.example/{'x' * 4000}';" + "".join(
            f"v{n} = [{many.replace('v', f'v{n - 1}' if n else 'v')}].join('');"
            for n in range(2)
        )

        assert all(len(t) <= 8_000 for t in targets(script + "location = v1"))
