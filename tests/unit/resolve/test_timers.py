"""How long scripts wait: what runs out after minutes moves nobody."""

import pytest

from reader.resolve.scripts import targets

_GO = "location.href = 'https://idp.example/bye'"


class TestTargets:
    @pytest.mark.parametrize(
        "script",
        [
            f"setTimeout(function () {{ {_GO} }}, 1800000)",
            f"setTimeout(() => {{ {_GO} }}, 30 * 60 * 1000)",
            f"setTimeout(() => {_GO}, 18e5)",
            f"function bye() {{ {_GO} }} setTimeout(bye, 900000)",
            f"var limit = 600000; setTimeout(function () {{ {_GO} }}, limit)",
            "setTimeout(\"location.href='https://idp.example/bye'\", 900000)",
            "var t; function arm() { clearTimeout(t); t = setTimeout(function () "
            f"{{ {_GO} }}, 60000) }} document.onmousemove = arm; arm()",
        ],
        ids=["plain", "product", "exponent", "named", "variable", "text", "rearmed"],
    )
    def test_waits_for_a_reader_who_left(self, script: str) -> None:
        """
        A delay of minutes, or one that each movement starts anew, is no redirect.
        """
        assert targets(script) == ()

    @pytest.mark.parametrize(
        "script",
        [
            f"setTimeout(function () {{ {_GO} }}, 5000)",
            f"setTimeout(() => {{ {_GO} }}, 8 * 1000)",
            f"function go() {{ {_GO} }} setTimeout(go, 3e3)",
            f"setTimeout(function () {{ {_GO} }}, 3000); track('page', 900000)",
        ],
        ids=["plain", "product", "named", "other call behind it"],
    )
    def test_moves_soon(self, script: str) -> None:
        """
        A delay of seconds moves the reader, whatever numbers stand elsewhere.
        """
        assert targets(script) == ("https://idp.example/bye",)
