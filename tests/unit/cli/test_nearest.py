"""Text for terminals of another charset."""

import io

import pytest

from reader.cli.nearest import NAME


class TestNearest:
    @pytest.mark.parametrize(
        ("charset", "text", "written"),
        [
            ("ascii", "● “Fährhaus” – 2 km … naïve", 'N "Fahrhaus" - 2 km ... naive'),
            ("latin-1", "◆ Fährhaus’s 港", "> F\xe4hrhaus's ?"),
            ("ascii", "e\u0301 Straße Łódź", "e Strasse Lodz"),
            ("cp437", "│ ½ €", "\xb3 \xab EUR"),
        ],
    )
    def test_is_written(self, charset: str, text: str, written: str) -> None:
        """
        What a charset lacks is written as near as can be, whatever else stays.
        """
        out = io.BytesIO()
        with io.TextIOWrapper(out, charset, errors=NAME) as stream:
            stream.write(text)
            stream.flush()
            assert out.getvalue() == written.encode("latin-1")
