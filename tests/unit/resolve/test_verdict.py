"""Evidence to confidence: what is enough, what is not, what lowers it."""

from typing import get_args

import pytest

from reader.resolve.values import Evidence, Sign
from reader.resolve.verdict import THRESHOLD, WEIGHTS, confidence, reasons


def of(*signs: Sign) -> float:
    return confidence(Evidence(sign) for sign in signs)


class TestConfidence:
    @pytest.mark.parametrize(
        "signs",
        [
            ("orig-link",),
            ("wrapper",),
            ("http",),
            ("announced-link",),
            ("refresh",),
            ("canonical", "same-headline"),
            ("named", "feed-headline"),
            ("only-link", "same-text"),
            ("announced-link", "named", "same-headline"),
            ("announced-link", "named", "other-headline", "same-text"),
            ("announced-link", "named", "unseen", "address"),
            ("announced-link", "other-headline", "moving"),
            ("hinted-link", "named", "same-headline"),
            ("feed-hint", "same-text"),
        ],
        ids=" + ".join,
    )
    def test_enough(self, signs: tuple[Sign, ...]) -> None:
        """
        One definitional sign, or two that agree, are an answer.
        """
        assert of(*signs) >= THRESHOLD

    @pytest.mark.parametrize(
        "signs",
        [
            (),
            ("canonical",),
            ("named",),
            ("named", "same-name"),
            ("feed-hint",),
            ("hinted-link",),
            ("only-link", "bare"),
            ("only-link", "same-headline", "earlier"),
            ("based-on", "same-headline"),
            ("announced-link", "named", "points-back"),
            ("canonical", "og-url", "based-on"),
            ("feed-hint", "hinted-link", "other-text"),
            ("announced-link", "other-text"),
            ("announced-link", "named", "other-headline"),
            ("announced-link", "named", "other-headline", "address"),
            ("announced-link", "named", "unseen"),
            ("announced-link", "named", "thin"),
            ("hinted-link", "named", "earlier", "address"),
            ("canonical", "other-headline"),
            ("http", "no-article"),
        ],
        ids=" + ".join,
    )
    def test_not_enough(self, signs: tuple[Sign, ...]) -> None:
        """
        One weak sign, one sign said twice, and contradicted signs are none.
        """
        assert of(*signs) < THRESHOLD

    def test_more_evidence_never_lowers(self) -> None:
        """
        What supports raises, what speaks against lowers; 1 is never reached.
        """
        for sign in get_args(Sign):
            with_it, without = of("canonical", "named", sign), of("canonical", "named")

            assert (with_it >= without) == (
                WEIGHTS[sign].supports or with_it == without
            )
            assert with_it < 1


class TestReasons:
    def test_strongest_first(self) -> None:
        """
        Reasons come strongest first, those against last, and none twice.
        """
        found = reasons(
            Evidence(sign)
            for sign in (
                "earlier",
                "other-headline",
                "named",
                "announced-link",
                "same-name",
            )
        )

        assert [reason.text for reason in found] == [
            "a link in the stub",
            "named in the stub",
            "dated earlier",
            "another headline",
        ]
        assert [reason.supports for reason in found] == [True, True, True, False]

    def test_every_sign_has_a_weight(self) -> None:
        """
        No sign is without a weight between nothing and certainty.
        """
        assert set(WEIGHTS) == set(get_args(Sign))
        assert all(0 < weight.worth < 1 for weight in WEIGHTS.values())
