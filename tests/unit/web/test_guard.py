"""Who may come in to the page, as a table."""

import pytest

from reader.web.guard import Knock, policy, refusal

PORT, TOKEN = 8123, "t0ken-of_this-run"
HOST, OWN = "127.0.0.1:8123", "http://127.0.0.1:8123"
PAGE = f"/{TOKEN}/"


def knock(
    path: str = PAGE,
    host: tuple[str, ...] = (HOST,),
    origin: tuple[str, ...] = (),
    *,
    upgrade: bool = False,
) -> Knock:
    """A request that is right but for what a test says."""
    return Knock(path, host, origin, upgrade)


class TestRefusal:
    @pytest.mark.parametrize(
        "asked",
        [
            pytest.param(knock(), id="an address typed"),
            pytest.param(knock(origin=(OWN,)), id="from the page itself"),
            pytest.param(knock(f"{PAGE}static/js/textual.js"), id="a file"),
            pytest.param(knock(f"/{TOKEN}"), id="without a slash"),
            pytest.param(
                knock(f"{PAGE}ws?width=80", origin=(OWN,), upgrade=True), id="a socket"
            ),
        ],
    )
    def test_comes_in(self, asked: Knock) -> None:
        """
        What names this host and knows the token comes in.
        """
        assert refusal(asked, PORT, TOKEN) is None

    @pytest.mark.parametrize(
        ("asked", "why"),
        [
            pytest.param(knock(host=()), "another host", id="no host"),
            pytest.param(knock(host=("a.example",)), "another host", id="rebinding"),
            pytest.param(
                knock(host=("a.example:8123",)), "another host", id="rebinding to port"
            ),
            pytest.param(knock(host=("localhost:8123",)), "another host", id="a name"),
            pytest.param(knock(host=("127.0.0.1",)), "another host", id="no port"),
            pytest.param(
                knock(host=("127.0.0.1:8124",)), "another host", id="another port"
            ),
            pytest.param(
                knock(host=("127.0.0.1:8123.a.example",)), "another host", id="longer"
            ),
            pytest.param(knock(host=(HOST, "a.example")), "another host", id="two"),
            pytest.param(
                knock(origin=("http://a.example",)), "another origin", id="a site"
            ),
            pytest.param(knock(origin=("null",)), "another origin", id="a sandbox"),
            pytest.param(knock(origin=("",)), "another origin", id="an empty origin"),
            pytest.param(
                knock(origin=("http://127.0.0.1:9000",)),
                "another origin",
                id="another server of this machine",
            ),
            pytest.param(
                knock(origin=("https://127.0.0.1:8123",)),
                "another origin",
                id="another scheme",
            ),
            pytest.param(
                knock(origin=(OWN, "http://a.example")), "another origin", id="origins"
            ),
            pytest.param(
                knock(upgrade=True), "another origin", id="a socket from nowhere"
            ),
            pytest.param(knock("/"), "another token", id="no token"),
            pytest.param(knock(""), "another token", id="no path"),
            pytest.param(knock("/t0ken/"), "another token", id="part of the token"),
            pytest.param(knock(f"/{TOKEN}x/"), "another token", id="more than it"),
            pytest.param(knock(f"//{TOKEN}/"), "another token", id="two slashes"),
            pytest.param(knock(f"/ws/{TOKEN}/"), "another token", id="elsewhere"),
            pytest.param(knock("/tökén/"), "another token", id="no ASCII"),
            pytest.param(knock(f"?/{TOKEN}/"), "another token", id="in the query"),
        ],
    )
    def test_is_turned_away(self, asked: Knock, why: str) -> None:
        """
        One thing that is wrong is enough.
        """
        assert refusal(asked, PORT, TOKEN) == why


class TestPolicy:
    def test_nothing_from_elsewhere(self) -> None:
        """
        The page loads from itself alone, talks to its own socket, and is in no frame.
        """
        told = dict(part.split(" ", 1) for part in policy(PORT).split("; "))

        assert told["default-src"] == "'none'"
        assert told["connect-src"] == "'self' ws://127.0.0.1:8123"
        assert told["frame-ancestors"] == "'none'"
        assert not any("http" in value or "*" in value for value in told.values())
