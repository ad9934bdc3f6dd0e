"""Headlines in more than ten scripts, wide, combining and from right to left."""

from datetime import UTC, datetime, timedelta

from reader.model import Attribution, EntryRow, FeedRef, Status

NOW = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)

SCRIPTS: tuple[tuple[str, str, str], ...] = (
    ("Latin", "Gazette des Îles", "Le phare qui ne voulait pas s’éteindre"),
    ("Latin, decomposed", "Cafe\u0301 Noir", "Une e\u0301te\u0301 a\u0300 la plage"),
    ("Vietnamese", "Báo Bến Cảng", "Chiếc phà chưa từng rời bến được bán hai lần"),
    ("Greek", "Εφημερίδα Λιμένος", "Το πλοίο που δεν έφυγε ποτέ πουλήθηκε δύο φορές"),
    ("Cyrillic", "Вестник залива", "Ледокол вернулся в порт с грузом ягод"),
    ("Arabic", "صحيفة المرفأ", "مدينة ساحلية تعيد فتح مكتبتها بعد أربعين عامًا"),
    ("Hebrew", "עיתון הנמל", "המעבורת שמעולם לא עזבה את הנמל נמכרה פעמיים"),
    ("Devanagari", "बंदरगाह समाचार", "नाव जो कभी बंदरगाह से नहीं निकली दो बार बिकी"),
    ("Thai", "ข่าวท่าเรือ", "เรือข้ามฟากที่ไม่เคยออกจากท่าถูกขายสองครั้งในสัปดาห์เดียว"),
    ("Chinese", "港口日报", "从未离港的渡轮一周内两度易手，港务长仍握着钥匙"),
    ("Japanese", "港町新報", "港の古い時計、六十年ぶりに時を刻む"),
    ("Korean", "항구신문", "한 번도 출항하지 않은 여객선이 일주일에 두 번 팔렸다"),
    (
        "Emoji",
        "Harbour 👩‍👩‍👧‍👦",
        "Flags 🇳🇴🇯🇵, families 👩‍👩‍👧‍👦 and hearts ❤️ in one row",
    ),
    ("Mixed", "Relay | ميناء", "“مرحبا”, said the 港 clerk: 12:57 [1]"),
)
"""What it is called, a publisher, and a headline in it."""

_STATUS: tuple[Status, ...] = ("resolved", "original", "unresolved", "unchecked")


def rows() -> tuple[EntryRow, ...]:
    """An entry in each script, with every mark among them."""
    return tuple(_row(number, *named[1:]) for number, named in enumerate(SCRIPTS))


def _row(number: int, publisher: str, title: str) -> EntryRow:
    url = f"https://relay.example/{number}"
    when = NOW - timedelta(minutes=21 * number + 5)
    feed = FeedRef(1, publisher, "https://relay.example/feed")
    status = _STATUS[number % len(_STATUS)]
    known = url if status in ("resolved", "original") else None
    verdict = Attribution(status, url=known, publisher=publisher if known else None)
    also = ("Other", "Another")[: number % 3]
    return EntryRow(
        number + 1,
        feed,
        title,
        url,
        (),
        when,
        when,
        read=number % 3 == 2,
        starred=number % 4 == 1,
        attribution=verdict,
        also_in=also,
    )
