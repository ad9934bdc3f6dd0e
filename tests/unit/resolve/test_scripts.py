"""Scripts read as text: which of them move the reader, and where to."""

import pytest

from reader.resolve import scripts

URL = "https://bore.example/x?a=1&b=2"


class TestTargets:
    @pytest.mark.parametrize(
        "script",
        [
            f'location = "{URL}"',
            f"window.location='{URL}';",
            f"window.location.href = `{URL}`",
            f'document.location.replace("{URL}")',
            f'window["location"]; top.location.assign("{URL}")',
            f'location["href"] = "{URL}"',
            f"setTimeout(\"window.location='{URL}'\", 5000)",
            f'setTimeout(function () {{ location.href = "{URL}"; }}, 5000);',
            f'function go() {{ location.href = "{URL}" }}\nsetTimeout(go, 100)',
            f'var go = function () {{ location.href = "{URL}" }}; go();',
            f'const go = () => {{ location.href = "{URL}" }}; window.onload = go;',
            f'window.addEventListener("load", function () {{ location = "{URL}" }})',
            f'$(function () {{ location.replace("{URL}") }})',
            f'try {{ window.location = "{URL}" }} catch (e) {{ }}',
            'var h = "https://bore.example", p = "/x"; '
            'location.href = h + p + "?a=1" + "&b=2"',
            'var u = "https://bore.example/x"; u += "?a=1&b=2"; location.href = u',
            'location.href = "https:\\/\\/bore.example\\/x?a=1\\u0026b=2"',
            'location.href = "https\\x3a//bore.example/x?a=1\\u{26}b=2"',
            "location.href = decodeURIComponent("
            '"https%3A%2F%2Fbore.example%2Fx%3Fa%3D1%26b%3D2")',
            "var s = 5; var t = setInterval(function () { s--; if (s === 0) "
            f'{{ location.href = "{URL}" }} }}, 1000)',
            f'var c = {{ target: "{URL}" }}; window.location.href = c.target',
        ],
    )
    def test_that_move(self, script: str) -> None:
        """
        Every common spelling of a redirect is read, without running it.
        """
        assert scripts.targets(script) == (URL,)

    @pytest.mark.parametrize(
        "script",
        [
            f'button.onclick = function () {{ location.href = "{URL}" }}',
            f'el.addEventListener("click", () => {{ location.href = "{URL}" }})',
            f'$("#b").on("click", function () {{ location = "{URL}" }})',
            f'if (navigator.userAgent.match(/iPad/)) {{ location.href = "{URL}" }}',
            f'if (screen.width < 600) location.href = "{URL}"',
            f'isOld && (location.href = "{URL}")',
            f'function leave() {{ location.href = "{URL}" }}',
            f'// location.href = "{URL}"',
            f'/* location.href = "{URL}" */',
            f"var text = \"location.href = '{URL}'\"",
            f'var location = "{URL}"',
            f'map.location = "{URL}"',
            f'if (location.href == "{URL}") {{ start() }}',
            "location.href = next()",
            'location.hash = "#x"',
            "location.reload()",
            f'window.onbeforeunload = function () {{ location.href = "{URL}" }}',
            f'else {{ location.href = "{URL}" }}',
            f'fetch("/x").catch(function () {{ location.href = "{URL}" }})',
        ],
    )
    def test_that_do_not(self, script: str) -> None:
        """
        Handlers, feature tests, comments and strings move nobody by themselves.
        """
        assert scripts.targets(script) == ()

    @pytest.mark.parametrize(
        "script",
        ["location" + "(" * 5000, '"' * 999 + "location", "location = '" + "\\" * 9000],
    )
    def test_made_to_be_slow(self, script: str) -> None:
        """
        Scripts made to hurt are read to their end, and give nothing.
        """
        assert scripts.targets(script) == ()

    def test_libraries_are_not_read(self) -> None:
        """
        A script longer than any page's own redirect is left alone.
        """
        script = f'location.href = "{URL}";' + " " * scripts.SCRIPT_MAX

        assert scripts.targets(script) == ()


class TestSubmits:
    def test_by_itself_or_not(self) -> None:
        """
        A form that a script sends counts; one that waits for a click does not.
        """
        assert scripts.submits("document.forms[0].submit();")
        assert scripts.submits("window.onload = function () { document.f.submit() }")
        assert not scripts.submits("b.onclick = function () { document.f.submit() }")
