"""Days and minutes as the page writes them, in Japan time whatever clock they came from."""

from datetime import date, datetime, timedelta, timezone

JAPAN = timezone(timedelta(hours=9), "JST")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day(locale: str, when: date) -> str:
    """2026年11月24日, or 24 November 2026."""
    if locale == "ja":
        return f"{when.year}年{when.month}月{when.day}日"
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def minute(locale: str, when: datetime) -> str:
    """2026年11月24日 10:42, or 24 November 2026, 10:42 JST."""
    local = when.astimezone(JAPAN)
    separator, zone = (" ", "") if locale == "ja" else (", ", " JST")
    return f"{day(locale, local.date())}{separator}{local:%H:%M}{zone}"
